/** What the panel says that looks into the layers, in German. */

import type { Strings } from "./en";
import type { Partly } from "./merge";

export const layers: Partly<Strings["layers"]> = {
  heading: "Schichten",
  empty:
    "Trainieren oder Schritt drücken: Dann ist hier zu sehen, was jede Schicht aus einem Bild macht.",
  emptyImage: "Wartet auf das erste Testbild.",
  at: (step) => `Das Netz bei Schritt ${step}.`,

  image: {
    name: "Bild",
    first: "Voriges Testbild",
    next: "Nächstes Testbild",
    test: (index) => `Testbild ${index}`,
    validation: (index) => `Validierungsbild ${index}`,
    training: (index) => `Trainingsbild ${index}`,
    drawn: "Ihre Zeichnung",
    help: "Ein anderes lässt sich unter Fehler oder Vorhersagen auswählen oder zeichnen.",
    picture: (name) => `${name}, wie das Netz es bekommt`,
    truth: (name) => `eine ${name}`,
    predicted: "Gehalten für",
  },

  saliency: {
    label: "Bedeutung für",
    help: "Es leuchten die Pixel, die die Meinung des Netzes über diese Klasse am stärksten ändern würden.",
    predicted: (name) => `seine Wahl, ${name}`,
    picture: (name) => `Die Pixel, auf die es bei Klasse ${name} am meisten ankommt, leuchten.`,
  },

  list: "Schichten des Netzes",
  dead: (share) => `${share} tot`,

  activations: {
    heading: "Ausgabe für dieses Bild",
    maps: (count, height, width) =>
      `${count} ${count === "1" ? "Karte" : "Karten"} von ${height} × ${width}`,
    features: (count) => `${count} Zahlen`,
    range: (from, to) => `von ${from} bis ${to}`,
    zeros: (share) => `${share} sind null`,
  },

  scale: { negative: "negativ", positive: "positiv" },

  weights: {
    heading: "Gewichte",
    filters: (count, kernel) => `${count} Filter von ${kernel} × ${kernel}`,
    channels: (count) => `je eine Zeile, für ${count} Eingangskarten`,
    pictures: (count) => `${count} Einheiten, jede mit ihrem Gewicht für jeden Pixel`,
    matrix: (units, inputs) => `${units} Einheiten in Zeilen, ${inputs} Eingänge in Spalten`,
    page: (from, to, all) => `${from}–${to} von ${all}`,
    previous: "Vorige Gewichte",
    next: "Weitere Gewichte",
  },

  health: {
    heading: "Während des Trainings",
    at: (step) => `bei Schritt ${step}`,
    weightNorm: "Norm der Gewichte",
    weightNormHelp: "Länge aller Gewichte der Schicht als ein Vektor.",
    gradientNorm: "Norm des Gradienten",
    gradientNormHelp: "Länge des Gradienten aller Gewichte der Schicht, bevor er gekappt wird.",
    updateRatio: "Schritt ÷ Gewicht",
    updateRatioHelp:
      "Wie weit ein Schritt die Gewichte bewegt, als Anteil ihrer Länge. Etwa 0,001 ist gesund: viel mehr ist unruhig, viel weniger lernt kaum.",
    rule: "0,001",
    deadShare: "Tote Einheiten",
    deadShareHelp:
      "Anteil der Einheiten, die für jedes Bild eines Batches null ergeben: Sie lernen nicht mehr.",
    histogram: {
      weights: "Gewichte",
      gradients: "Gradient",
      range: (name, from, to) => `${name}: von ${from} bis ${to}`,
    },
  },
};
