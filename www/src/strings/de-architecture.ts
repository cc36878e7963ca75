/** The words of the architecture editor and of the network's diagram, in German. */

import type { architecture as en } from "./en-architecture";
import type { Partly } from "./merge";

const layers = {
  dense: "Dichte Schicht",
  conv2d: "Faltung",
  maxPool2d: "Max-Pool",
  avgPool2d: "Mittel-Pool",
  globalAvgPool: "Globales Mittel",
  flatten: "Flatten",
  batchNorm: "Batch-Norm",
  layerNorm: "Layer-Norm",
  dropout: "Dropout",
  residual: "Residualblock",
  activation: "Aktivierung",
};

/** As in the papers, in every language. */
const activations = {
  relu: "ReLU",
  leakyRelu: "Leaky ReLU",
  elu: "ELU",
  gelu: "GELU",
  silu: "SiLU",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
};

export const architecture = {
  heading: "Architektur",
  input: "Bild",
  output: "Ausgabe",
  layers,
  short: { conv2d: "Faltung", dense: "Dicht" },
  about: {
    dense: "Jede Ausgabe ist eine gewichtete Summe aller Eingaben.",
    conv2d: "Sucht kleine Muster, überall im Bild dieselben.",
    maxPool2d: "Behält von jedem Quadrat die größte Zahl und macht so die Karte kleiner.",
    avgPool2d: "Behält von jedem Quadrat den Mittelwert und macht so die Karte kleiner.",
    globalAvgPool: "Behält von jeder Karte eine Zahl: ihren Mittelwert.",
    flatten: "Reiht alle Karten zu einer langen Liste auf, für dichte Schichten.",
    batchNorm: "Bringt jeden Kanal über den Batch auf Mittel 0 und Abweichung 1, dann skaliert es.",
    layerNorm: "Bringt die Zahlen jedes Bildes auf Mittel 0 und Abweichung 1, dann skaliert es.",
    dropout: "Lässt beim Training zufällig Zahlen weg, damit keine allein entscheidet.",
    residual: "Addiert die Eingabe zu dem, was die inneren Schichten ergeben.",
    activation: "Biegt jede Zahl, damit mehr Schichten mehr können.",
  },
  activations,
  paddings: { same: "same", valid: "valid" },
  numbered: (word, number) => `${word} ${number}`,
  field: (layer, field) => `${layer} ${field}`,
  fields: {
    units: {
      label: "Einheiten",
      help: "Zahlen, die die Schicht ausgibt; jede ist eine Summe über alle Eingaben.",
    },
    filters: {
      label: "Filter",
      help: "Muster, nach denen die Schicht sucht; jedes ergibt eine Karte.",
    },
    kernel: { label: "Kern", help: "Seite des Quadrats, das ein Filter betrachtet, in Pixeln." },
    stride: { label: "Schritt", help: "Pixel zwischen zwei Blicken: 2 halbiert die Karte." },
    padding: {
      label: "Rand",
      help: "Am Rand: same füllt mit Nullen auf und behält die Größe, valid nicht und verkleinert sie.",
    },
    size: { label: "Größe", help: "Seite des Quadrats, das zu einer Zahl wird, in Pixeln." },
    rate: { label: "Anteil", help: "Anteil der Zahlen, den jeder Trainingsschritt weglässt." },
    function: {
      label: "Funktion",
      help: "Was jede Zahl biegt; ohne sie bringen Schichten nichts.",
    },
    projection: {
      label: "Projektion",
      help: "Bringt die Eingabe des Blocks auf die Form der Ausgabe, wo sie sich unterscheiden.",
    },
  },
  parameters: (count) => `${count} Parameter`,
  memory: (bytes) => `${bytes} je Schritt`,
  memoryHelp:
    "Speicher eines Trainingsschritts: Gewichte, Gradienten, Mittelwerte des Optimierers und was jede Schicht für einen Batch ergibt.",
  cost: (operations) => `${operations} Operationen je Bild`,
  costHelp: "Multiplikationen und Additionen auf dem Weg eines Bildes durch das Netz.",
  outputShape: (layer, shape) => `${layer} ergibt ${shape}`,
  layerParameters: (layer, count) => `${layer} hat ${count} Parameter`,
  frozen: (layer) => `${layer} einfrieren`,
  frozenHelp:
    "Eingefroren: Die Gewichte bleiben, wie sie sind. Für einen Lauf, der mit den Gewichten eines anderen beginnt.",
  within: (block) => `Schichten von ${block}`,

  add: "Schicht einfügen",
  addButtons: { conv: "Faltung", dense: "Dichte Schicht", any: "Schicht…" },
  addHelp: "Eine beliebige Schicht wählen; sie kommt dorthin, wo sie am ehesten hingehört.",
  addConv: "Faltung einfügen",
  addConvHelp: "Eine Faltung mit ReLU hinter der letzten, mit Pooling, wo Platz ist.",
  addDense: "Dichte Schicht einfügen",
  addDenseHelp: "Eine verborgene dichte Schicht mit ReLU vor der Ausgabe.",
  addBefore: (layer) => `Schicht vor ${layer} einfügen`,
  addAfter: (layer) => `Schicht nach ${layer} einfügen`,
  addInside: (layer) => `Schicht in ${layer} einfügen`,
  actions: (layer) => `${layer} verschieben oder kopieren`,
  actionsHelp:
    "Ziehen verschiebt; drücken zeigt mehr. Auf einer Karte verschiebt Alt mit Pfeil hoch oder runter.",
  menu: {
    up: "Nach oben",
    down: "Nach unten",
    upKey: "Alt ↑",
    downKey: "Alt ↓",
    duplicate: "Verdoppeln",
    before: "Davor einfügen…",
    after: "Danach einfügen…",
    inside: "Innen einfügen…",
  },
  remove: (layer) => `${layer} entfernen`,
  undo: "Rückgängig",
  undoHelp: "Die entfernte Schicht zurückholen.",

  said: {
    added: (layer, place) => `${layer} eingefügt, ${place}.`,
    removed: (layer) => `${layer} entfernt.`,
    restored: (layer) => `${layer} ist wieder da.`,
    moved: (layer, place) => `${layer} verschoben, ${place}.`,
    renamed: (layer, place, name) => `${layer} verschoben, ${place}. Heißt jetzt ${name}.`,
    stays: (layer) => `${layer} kann nicht weiter.`,
    mended: (mend) => `Erledigt: ${mend}.`,
  },
  place: (at, count) => `jetzt Schicht ${at} von ${count}`,
  placeWithin: (at, count, block) => `jetzt Schicht ${at} von ${count} in ${block}`,

  mends: {
    set: (field, value) => `${field} auf ${value} setzen`,
    turnOn: (field) => `${field} einschalten`,
    flattenBefore: `${layers.flatten} davor einfügen`,
    moveBefore: (layer) => `Vor ${layer} verschieben`,
    remove: "Entfernen",
    addOutput: (units) => `${layers.dense} mit ${units} Einheiten anhängen`,
    addFlatOutput: (units) =>
      `${layers.flatten} und ${layers.dense} mit ${units} Einheiten anhängen`,
    unfreeze: "Alle Schichten lernen lassen",
  },

  diagram: {
    name: "Schema des Netzes",
    open: "Das Netz groß zeigen",
    heading: "Netz",
    close: "Schließen",
    summary: (steps) => `Von links nach rechts: ${steps}.`,
    step: (layer, shape) => `${layer} ${shape}`,
    skip: (block) => `Die Eingabe von ${block} wird zu dem addiert, was herauskommt.`,
    wrong: (layer) => `${layer}, zu berichtigen`,
    table: "Schichten des Netzes",
    columns: {
      layer: "Schicht",
      output: "Ausgabe",
      parameters: "Parameter",
      operations: "Operationen je Bild",
    },
    total: "Alle",
    legend: {
      map: "Karten: höher für mehr Pixel, breiter für mehr Kanäle",
      vector: "Vektor: höher für mehr Zahlen",
      mark: "Form bleibt gleich",
      skip: "Abkürzung; gestrichelt, wo projiziert",
    },
  },
} satisfies Partly<typeof en>;
