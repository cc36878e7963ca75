/** What the panels say that show where the network errs, in German. */

import type { Split } from "../generated/core";
import type * as en from "./en-errors";
import type { Partly } from "./merge";

const images = (split: Split) => (split === "test" ? "Testbilder" : "Validierungsbilder");

export const examination: Partly<typeof en.examination> = {
  split: "Gezeigte Bilder",
  splitHelp: {
    validation:
      "Bilder, die vom Training ausgenommen sind; nach ihnen wählt man Lernrate und dergleichen.",
    test: "Bilder, nach denen nichts gewählt wurde: das letzte Wort.",
  },
  now: "Jetzt prüfen",
  nowHelp: "Alle diese Bilder mit dem Netz ansehen, wie es jetzt ist",
  busy: (split) => `Alle ${images(split)} werden angesehen…`,
  of: (split, count, step) => `${count} ${images(split)} bei Schritt ${step}.`,
  older: (step) => `Der Lauf ist jetzt bei Schritt ${step}.`,
  empty: (split) =>
    `Füllt sich am Ende jeder Epoche mit einer genauen Prüfung aller ${images(split)}.`,
  emptyNow: "„Jetzt prüfen“ tut es sofort.",
};

export const imageList: Partly<typeof en.imageList> = {
  taken: (actual, predicted) => `${actual} für ${predicted} gehalten`,
  right: (actual) => `${actual}, erkannt`,
  number: (index) => `Nr. ${index}`,
  loss: (loss) => `Verlust ${loss}`,
  truth: "wahre Klasse",
  select: "Auswählen, damit andere Reiter es genauer zeigen",
  page: (first, last, total) => `${first}–${last} von ${total}`,
  previous: "Vorige Bilder",
  next: "Weitere Bilder",
};

export const confusion: Partly<typeof en.confusion> = {
  heading: "Konfusionsmatrix",
  predicted: "Vorhergesagt",
  trueClass: "Wahr",
  empty:
    "Füllt sich mit der ersten Auswertung: Zeilen sagen, was eine Ziffer ist, Spalten, wofür das Netz sie hält.",
  caption: (split, count, step, accuracy) =>
    `${count} ${images(split)} bei Schritt ${step}: ${accuracy} richtig erkannt.`,
  worst: "Am häufigsten verwechselt:",
  pair: (actual, predicted, count) => `${actual} für ${predicted} (${count})`,
  noMistakes: "Keine Fehler.",
  unit: "Zellen zeigen",
  units: { counts: "Anzahl", shares: "% der Zeile" },
  unitHelp: {
    counts: "Wie viele Bilder",
    shares: "Prozent der Bilder jeder wahren Klasse",
  },
  errors: "Nur Fehler",
  errorsHelp:
    "Nur Fehler einfärben, den größten Anteil ganz, damit auch die selteneren hervortreten",
  keys: "Die Pfeiltasten führen durch die Zellen, die Eingabetaste zeigt die Bilder einer Zelle.",
  cell: (actual, predicted, count, share) =>
    `${actual} für ${predicted} gehalten: ${count} (${share})`,
  cellRight: (actual, count, share) => `${actual} erkannt: ${count} (${share})`,
  time: "Auswertung",
  timeHelp: "Zu früheren Auswertungen dieses Laufs zurückgehen",
  timeValue: (at, of, step) => `${at} von ${of}, Schritt ${step}`,
  compare: "Vergleich mit",
  compareHelp: "Zeigt, was dieser Lauf mehr oder weniger hat als ein früherer",
  compareNone: "Vergleich mit…",
  less: (run) => `minus ${run}`,
  difference: (step, other, otherStep) =>
    `Dieser Lauf bei Schritt ${step} minus ${other} bei Schritt ${otherStep}.`,
  better: "besser",
  worse: "schlechter",
  back: "Zurück zur Matrix",
  images: (actual, predicted) => `${actual} für ${predicted} gehalten`,
  imagesRight: (actual) => `${actual} erkannt`,
  found: (count, total, actual, step) =>
    `${count} von ${total} Bildern von ${actual}, bei Schritt ${step}; der größte Verlust zuerst.`,
  moved: (step) => `Die Matrix ist von Schritt ${step}.`,
  none: "Kein Bild: So, wie das Netz jetzt ist, fällt keines in diese Zelle.",
};

export const report: Partly<typeof en.report> = {
  heading: "Bericht",
  table: "Klassifikationsbericht",
  class: "Klasse",
  precision: "Präzision",
  recall: "Trefferquote",
  f1: "F1",
  rocAuc: "ROC-AUC",
  images: "Bilder",
  help: {
    precision: "Anteil der Bilder, die für diese Klasse gehalten wurden und zu ihr gehören",
    recall: "Anteil der Bilder dieser Klasse, die für sie gehalten wurden",
    f1: "Harmonisches Mittel aus Präzision und Trefferquote",
    rocAuc:
      "Wie wahrscheinlich ein Bild dieser Klasse mehr Wahrscheinlichkeit für sie erhält als ein anderes",
    images: "Bilder dieser Klasse",
  },
  macro: "Makromittel",
  macroHelp: "Mittel über die Klassen, von denen jede gleich zählt",
  weighted: "Gewichtet",
  weightedHelp: "Mittel über die Klassen, von denen jede so oft zählt, wie sie Bilder hat",
  figures: {
    accuracy: "Genauigkeit",
    logLoss: "Log-Verlust",
    rocAuc: "ROC-AUC",
    topTwo: "Top-2-Genauigkeit",
    calibration: "Kalibrierungsfehler",
  },
  figuresHelp: {
    accuracy: "Anteil, der richtig erkannt wurde",
    logLoss:
      "Wie sehr die richtige Antwort im Mittel überrascht, in Nat; ein einziger sicherer Fehler kostet viel",
    rocAuc: "Mittel der Flächen unter den ROC-Kurven der Klassen; 1 ist vollkommen, 0,5 ist Raten",
    topTwo: "Anteil, dessen wahre Klasse unter den zwei wahrscheinlichsten ist",
    calibration: "Wie weit Zuversicht und Genauigkeit im Mittel auseinanderliegen",
  },
  reliability: "Verlässlichkeit",
  reliabilityHelp:
    "Wie viele der Bilder, bei denen es sich so sicher ist, sind richtig? Orange zeigt, wie weit das danebenliegt; die grauen Balken sagen, wie viele Bilder es sind.",
  confidence: "Zuversicht",
  right: "richtig",
  bin: (from, to, count, accuracy) =>
    `${from} bis ${to} sicher: ${count} Bilder, ${accuracy} richtig`,
};

export const robustness = {
  heading: "Verallgemeinert es?",
  help: "Dieselben Bilder, auf acht Arten verdorben, die das Netz vielleicht nie gesehen hat.",
  severity: "Stärke",
  severityHelp: "Von kaum zu bemerken bis auch für Menschen schwer zu lesen",
  run: "Verdorbene Bilder prüfen",
  runHelp: "Das Netz an jeder Art von Kopien prüfen, einer nach der anderen",
  stop: "Anhalten",
  stopHelp: "Behalten, was fertig ist, und nicht weiter prüfen",
  chart: "Genauigkeit auf verdorbenen Bildern",
  clean: "Wie sie sind",
  waiting: "nicht geprüft",
  busy: "wird geprüft…",
  at: (steps) => `Bei Schritt ${steps}.`,
  corruptions: {
    rotated: "Gedreht",
    shifted: "Verschoben",
    scaled: "Verkleinert",
    noisy: "Verrauscht",
    blurred: "Unscharf",
    inverted: "Umgekehrt",
    thick: "Dick",
    thin: "Dünn",
  },
} satisfies Partly<typeof en.robustness>;

export const mistakes: Partly<typeof en.mistakes> = {
  heading: "Fehler",
  count: (count, total) => `${count} von ${total} sind falsch, die schlimmsten zuerst.`,
  none: "Keine Fehler: Jedes Bild wird richtig erkannt.",
};

export const predictions: Partly<typeof en.predictions> = {
  heading: "Vorhersagen",
  about:
    "Dieselben Testbilder, nach jeder Auswertung neu gefragt. Neben einer falschen Antwort steht die wahre Klasse.",
  score: (right, of, step) => `${right} von ${of} richtig bei Schritt ${step}`,
  before: "Trainieren drücken: Nach jeder Auswertung wird das Netz neu gefragt.",
  asking: "Die Antworten des Netzes sind unterwegs …",
  waiting: "Die Testbilder werden noch geladen.",
  tile: (actual) => `Wahre Klasse ${actual}`,
  taken: (predicted, share, right) =>
    `für ${predicted} gehalten, ${share}, ${right ? "richtig" : "falsch"}`,
  record: (right, of) => `${right} von ${of} Malen richtig`,
};
