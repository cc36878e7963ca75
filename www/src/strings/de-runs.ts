/** What is said of the runs of a visit, of saved runs, of sweeps and of time travel, in German. */

import type { Strings } from "./en";
import type { Partly } from "./merge";

export const runs: Partly<Strings["runs"]> = {
  heading: "Läufe",
  empty: "Hier steht jeder Lauf dieses Besuchs: trainieren, etwas ändern, noch einmal trainieren.",
  table: "Läufe dieses Besuchs",
  columns: {
    run: "Lauf",
    validation: "Validierung",
    test: "Test",
    seconds: "Sekunden",
    parameters: "Parameter",
  },
  columnHelp: {
    run: "In der Reihenfolge des Besuchs",
    validation: "Beste Genauigkeit bei den Validierungsbildern, mit ihrer Epoche",
    test: "Genauigkeit bei den Testbildern in der letzten Auswertung",
    seconds: "Sekunden des Trainings, ohne Pausen",
    parameters: "Trainierbare Zahlen",
  },
  current: "Dieser Lauf",
  run: (number) => `Lauf ${number}`,
  same: "gleiche Einstellungen",
  more: (count) => `${count} weitere`,
  epoch: (epoch) => `Epoche ${epoch}`,
  compare: (run) => `${run} vergleichen`,
  compareShort: "A/B",
  compareHelp: "Zwei Läufe markieren, um sie nebeneinander zu sehen",
  details: (run) => `Einzelheiten von ${run}`,
  on: (device) => `auf ${device}`,
  use: "Diese Einstellungen verwenden",
  useHelp: "Die Regler auf das stellen, womit dieser Lauf begonnen hat",
  shown: "In den Kurven zeigen",
  forget: "Löschen",
  forgetHelp: "Diesen Lauf vergessen",
};

export const comparison: Partly<Strings["comparison"]> = {
  heading: (a, b) => `A/B: ${a} und ${b}`,
  hint: "Zum Vergleichen zwei Läufe markieren.",
  setting: "Einstellung",
  same: "Beide hatten dieselben Einstellungen.",
  sameSeed:
    "Gleicher Startwert: Beide begannen mit denselben Gewichten, wo die Schichten gleich sind, und sahen dieselben Bilder in derselben Reihenfolge.",
  otherSeed:
    "Die Startwerte sind verschieden: Ein Teil des Unterschieds ist Glück. Mit gleichem Startwert wird es sicher.",
  loss: "Verlust",
  accuracy: "Validierungsgenauigkeit",
  training: "Training",
  validation: "Validierung",
  best: "Beste Validierung",
  test: "Test",
  clear: "Vergleich schließen",
  chart: (measure, a, b) => `${measure} von ${a} und ${b} über die Schritte`,
  step: (step) => `Schritt ${step}`,
};

export const checkpoints: Partly<Strings["checkpoints"]> = {
  heading: "Checkpoints",
  about:
    "Ein Checkpoint ist der Lauf als Datei: Gewichte, Optimierer und alles, um später weiterzumachen.",
  save: "Checkpoint sichern",
  saveHelp: "Diesen Lauf als Datei herunterladen",
  open: "Checkpoint öffnen",
  openHelp: "Mit einem gesicherten Lauf weitermachen; seine Einstellungen kommen mit",
  file: "Checkpoint-Datei",
  fineTune: "Hiervon ausgehend feintrainieren",
  fineTuneHelp:
    "Einen neuen Lauf mit den jetzigen Einstellungen trainieren, dessen erste Schichten mit dem beginnen, was dieser gelernt hat",
  atHand: (name, size) => `${name}, ${size}`,
  saved: (name) => `Gesichert als ${name}.`,
  opened: (name, step) => `${name} bei Schritt ${step} geöffnet: Trainieren macht weiter.`,
  fineTuning: (name) => `Ein neuer Lauf beginnt mit dem, was ${name} gelernt hat.`,
  nothing: "Es gibt noch nichts zu sichern: erst trainieren.",
  busy: "Gerade läuft eine Versuchsreihe: erst diese anhalten.",
};

export const sweep = {
  heading: "Versuchsreihe",
  about:
    "Trainiert einen Lauf nach dem anderen mit anderen Werten und vergleicht, wozu sie es bringen.",
  parameters: {
    learningRate: "Lernrate",
    batchSize: "Batchgröße",
    optimizer: "Optimierer",
    momentum: "Momentum",
    weightDecay: "Gewichtsabnahme",
    schedule: "Zeitplan",
    warmupEpochs: "Epochen zum Aufwärmen",
    initializer: "Anfangsgewichte",
    activation: "Aktivierung",
    normalization: "Normalisierung",
    dropout: "Dropout",
    l1: "L1",
    l2: "L2",
    labelSmoothing: "Label-Glättung",
    unitsScale: "Einheiten, mal",
    filtersScale: "Filter, mal",
    examplesPerClass: "Bilder je Klasse",
    seed: "Startwert",
  },
  axis: (number) => `Einstellung ${number}`,
  none: "keine",
  from: "Von",
  to: "Bis",
  count: "Werte",
  field: (axis, field) => `${axis}: ${field}`,
  strategy: "Welche Kombinationen",
  grid: "Raster: alle",
  random: "Zufall: einige",
  trials: "Versuche",
  epochs: "Epochen je Versuch",
  limit: "Bilder je Klasse",
  limitHelp:
    "Trainiert höchstens so viele Bilder jeder Klasse, damit Versuche weniger lange dauern",
  all: "alle",
  start: "Reihe starten",
  stop: "Reihe anhalten",
  stopHelp: "Die Reihe beenden: Was trainiert ist, bleibt, und der vorige Lauf kommt zurück",
  running: "Unten ist zu sehen, wie weit sie ist.",
  stopping: "Wird angehalten…",
  plan: (trials, epochs) =>
    `${trials} ${trials === 1 ? "Versuch" : "Versuche"} zu ${epochs} ${epochs === "1" ? "Epoche" : "Epochen"}. Dieser Lauf wartet so lange.`,
  progress: (trial, trials) =>
    `Versuchsreihe: Versuch ${trial} von ${trials} wird trainiert, und die Seite zeigt ihn.`,
  results: "Versuche, der beste zuerst",
  best: "bester",
  accuracy: "Validierung",
  failed: "gescheitert",
  cost: "Aufwand",
  costs: { parameters: "Parameter", seconds: "Sekunden" },
  scatter: (cost) => `Validierungsgenauigkeit gegen ${cost}`,
  point: (choices, accuracy, cost) => `${choices}: ${accuracy}, ${cost}`,
  use: "Diese Einstellungen verwenden",
  useShort: "Verwenden",
  useOf: (choices) => `Diese Einstellungen verwenden: ${choices}`,
} satisfies Partly<Strings["sweep"]>;

export const travel: Partly<Strings["travel"]> = {
  heading: "Zeitreise",
  help: "Zurückziehen zeigt, was das Netz damals wusste: Matrix, Vorhersagen und Schichten folgen.",
  now: (step) => `Schritt ${step}, der neueste`,
  at: (step, epoch) => `Schritt ${step}, Epoche ${epoch}`,
  continueHere: "Von hier weiter",
  continueHelp: "Von diesem Schritt weitertrainieren; was danach kam, wird ein früherer Lauf",
  leave: "Zum neuesten zurück",
  trainFromNewest: "Trainieren macht beim neuesten weiter.",
  noNewest: "Der Lauf brach danach ab: Weiter geht es nur von hier.",
};
