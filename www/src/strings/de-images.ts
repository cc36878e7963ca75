/** What the panels say that are about the images, in German. */

import type { Strings } from "./en";
import type { Partly } from "./merge";

export const draw: Partly<Strings["draw"]> = {
  heading: "Zeichnen",
  area: "Zeichenfläche",
  areaHelp:
    "Mit Maus, Finger oder Stift zeichnen. Mit der Tastatur stattdessen eine Testziffer laden.",
  invite: "Hier eine Ziffer zeichnen",
  undo: "Strich zurück",
  undoHelp: "Den letzten Strich zurücknehmen, oder was zuletzt geschah",
  clear: "Leeren",
  clearHelp: "Mit leerem Papier beginnen",
  brush: "Pinselgröße",
  brushHelp: "Wie breit der Pinsel ist, in Pixeln des Bildes",
  brushText: (pixels) => `${pixels} Pixel`,
  load: "Testziffer laden",
  notLoaded: "Die Testbilder sind noch unterwegs …",
  testDigit: "Testziffer",
  next: "Nächste",
  random: "Zufällige",
  nextDigit: "Nächste Testziffer",
  nextDigitHelp: "Das nächste Testbild aufs Papier bringen",
  randomDigit: "Zufällige Testziffer",
  randomDigitHelp: "Irgendein Testbild aufs Papier bringen",
  loaded: (index, name) => `Testbild ${index}: ${name}`,

  seen: "Was das Netz sieht",
  steps: "Schritte dazwischen",
  step: {
    crop: { name: "Auf die Tinte zuschneiden", help: "Das leere Papier um die Tinte wegschneiden" },
    scale: {
      name: "Auf 20 × 20 skalieren",
      help: "Die Tinte so groß machen wie die Ziffern von MNIST, ohne sie zu verzerren",
    },
    centre: {
      name: "Nach Schwerpunkt zentrieren",
      help: "Den Schwerpunkt der Tinte in die Mitte der 28 × 28 Pixel rücken",
    },
  },
  saliency: "Salienz",
  saliencyHelp: "Die Pixel markieren, an denen die Antwort am meisten hängt",
  saliencyOf: (name) => `Markiert: was für oder gegen ${name} spricht`,

  probabilities: "Wahrscheinlichkeiten",
  others: (count) => `${count} andere`,
  answer: (name, share) => `Sieht aus wie ${name}: ${share}`,
  unsure: (name, share, second, other) =>
    `Sieht aus wie ${name} (${share}), vielleicht ${second} (${other})`,
  broken:
    "Das Netz nennt keine Wahrscheinlichkeiten: Seine Zahlen sind kaputt. Zurücksetzen hilft.",
  noRun: "Es gibt noch kein Netz: erst auf Trainieren drücken.",
  oneStep: "Einen Schritt machen",
  oneStepHelp: "Genau einen Schritt trainieren: genug für ein Netz, wenn auch kein gutes",
  draw: "Etwas zeichnen, und das Netz sagt, was es sieht.",

  add: "Zu den Trainingsbildern",
  addHelp: "Das Bild, das das Netz sieht, zu den Trainingsbildern nehmen",
  addAs: "Als Klasse",
  added: (count) =>
    `${count} von Hand hinzugefügt. Sie zählen vom nächsten Lauf an: Zurücksetzen, dann Trainieren.`,
  addNote: "Es zählt vom nächsten Lauf an.",
};

export const dataSet: Partly<Strings["dataSet"]> = {
  heading: "Daten",
  mnist: "MNIST",
  own: "Eigener …",
  counts: (training, test, classes) =>
    `${training} Trainings- und ${test} Testbilder in ${classes} Klassen`,
  added: (count) => `${count} von Hand hinzugefügt`,
  change: "Eigene Bilder …",
  back: "Zurück zu MNIST",
  backHelp: "Wieder mit MNIST trainieren; der Lauf endet",
  waiting: "Die Bilder sind unterwegs …",
  lost: (name, why) =>
    `${name || "Der eigene Datensatz"} ist weg, es gilt wieder MNIST: ${why} Seine Dateien unter Datensatz neu wählen.`,
  views: "Was von den Daten zu sehen ist",
  view: { samples: "Beispiele", classes: "Klassen", augmentation: "Augmentierung" },
  see: {
    samples: "Die Bilder ansehen",
    classes: "Ansehen, was von jeder Klasse bleibt",
    augmentation: "Die verzerrten Bilder ansehen",
  },

  classFilter: "Klasse",
  allClasses: "Alle Klassen",
  samples: (what) => `Trainingsbilder, ${what}`,
  sampleOf: (name) => `Klasse ${name}`,
  sample: (index, name) => `Trainingsbild ${index}, Klasse ${name}`,
  page: (first, last, total) => `${first}–${last} von ${total}`,
  previous: "Vorige Bilder",
  next: "Weitere Bilder",
  none: "Es gibt kein solches Bild.",
  means: "Mittlere Bilder",
  meansHelp: "Jeder Pixel ist das Mittel über alle Bilder, oder über die einer Klasse",
  meanOfAll: "alle",
  meanOf: (name) => `Mittel der Klasse ${name}`,

  distribution: "Womit ein Lauf trainiert",
  distributionOf: (trained, validation) =>
    `${trained} Bilder, dazu ${validation} zur Validierung zurückgehalten.`,
  trained: "trainiert",
  mislabelled: "falsch benannt",
  heldOut: "zurückgehalten",
  className: "Klasse",
  unsound: "Erscheint, sobald mit den Einstellungen trainiert werden kann.",
  mislabelledNote: (count) =>
    `${count} sind falsch benannt: Jedes steht bei der Klasse, als die es trainiert wird.`,
  sabotage: "Sabotage",
  sabotageHelp: "Die Trainingsdaten absichtlich verderben und sehen, was das mit der Matrix macht.",

  augmentation: "Augmentierung",
  augmentationHelp:
    "Jede Epoche trainiert mit leicht verzerrten Kopien, damit das Netz die Bilder nicht auswendig lernt.",
  preview: "Dieselben Bilder in mehreren Epochen",
  previewRow: (epoch) => `Epoche ${epoch}`,
  original: "Original",
  otherImages: "Andere Bilder",
  previewOff: "Nichts wird verzerrt: Jede Epoche trainiert mit denselben Bildern.",
};

export const ownSet: Partly<Strings["ownSet"]> = {
  heading: "Eigene Bilder",
  about:
    "Sie bleiben auf diesem Gerät und werden auf 28 × 28 graue Pixel skaliert. Der laufende Lauf endet, sobald sie gelesen sind.",
  drop: "Dateien hier ablegen oder unten wählen.",
  kind: "Wo sind die Bilder?",
  kinds: {
    csv: {
      name: "In einer Tabelle (CSV)",
      help: "Eine Zeile je Bild: seine Klasse als Zahl, dann seine 784 Grauwerte von 0 bis 255.",
    },
    idx: {
      name: "In IDX-Dateien",
      help: "So wie MNIST, Fashion-MNIST und EMNIST kommen: eine Datei mit Bildern, eine mit Klassen, mit oder ohne gzip.",
    },
    zip: {
      name: "In einem Zip-Archiv",
      help: "PNG- oder JPEG-Bilder in Ordnern, die nach ihren Klassen heißen.",
    },
    folder: {
      name: "In einem Ordner",
      help: "PNG- oder JPEG-Bilder in Ordnern, die nach ihren Klassen heißen.",
    },
  },
  fields: {
    csvTrain: { name: "Trainingstabelle", help: "Eine .csv-Datei, mit oder ohne gzip." },
    csvTest: {
      name: "Testtabelle (freiwillig)",
      help: "Ohne sie wird ein Fünftel jeder Klasse zum Testen behalten.",
    },
    idxTrain: { name: "Trainingsbilder und Klassen", help: "Beide Dateien auf einmal wählen." },
    idxTest: {
      name: "Testbilder und Klassen (freiwillig)",
      help: "Ohne sie wird ein Fünftel jeder Klasse zum Testen behalten.",
    },
    zip: {
      name: "Archiv",
      help: "Ordner train und test über denen der Klassen teilen den Satz; sonst wird ein Fünftel behalten.",
    },
    folder: {
      name: "Ordner",
      help: "Ordner train und test über denen der Klassen teilen den Satz; sonst wird ein Fünftel behalten.",
    },
  },
  transposed: "Die Bilder liegen auf der Seite (EMNIST)",
  transposedHelp: "Bei EMNIST sind Zeilen und Spalten vertauscht: Dies richtet die Bilder auf.",
  polarity: "Tinte",
  polarityHelp:
    "Die Netze hier sehen helle Tinte auf dunklem Papier, wie in MNIST: Andere Bilder werden umgekehrt.",
  polarities: {
    automatic: "Am Rand der Bilder erkennen",
    darkOnLight: "Dunkle Tinte auf hellem Papier",
    lightOnDark: "Helle Tinte auf dunklem Papier",
  },
  chosen: (names, count) =>
    names.length > 3 ? `${names[0]} und ${count} weitere Dateien` : names.join(", "),
  use: "Diese Bilder verwenden",
  cancel: "Abbrechen",
  close: "Schließen",
  reading: "Die Dateien werden gelesen …",
  progress: (read, total) => `${read} von ${total} Bildern gelesen`,
  losesAdded: (count) =>
    `Die ${count} von Hand hinzugefügten Bilder gehen mit dem jetzigen Datensatz.`,
  missing: {
    csvTrain: "Erst eine Tabelle wählen.",
    idxTrain: "Zwei Dateien wählen: eine mit Bildern, eine mit Klassen.",
    idxTest: "Zwei Dateien wählen, eine mit Bildern und eine mit Klassen, oder keine.",
    zip: "Erst ein Archiv wählen.",
    folder: "Erst einen Ordner wählen.",
  },
  unknown: "Diese Dateien sind von keiner der Arten unten. Wählen, wo die Bilder sind.",
};
