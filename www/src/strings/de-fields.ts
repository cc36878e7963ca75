/** What each setting is called, in German. */

import type { Partly } from "./merge";
import type { fields as en, initializers as enInitializers } from "./en-fields";

/** Names, and so the same in every language. */
export { optimizers } from "./en-fields";

export const schedules = {
  constant: "Konstant",
  cosine: "Kosinus",
  oneCycle: "Ein Zyklus",
  step: "Stufen",
  exponential: "Exponentiell",
  onPlateau: "Bei Stillstand",
};

export const initializers: Partly<typeof enInitializers> = {
  pytorch: "Wie in PyTorch",
  kaimingUniform: "Kaiming gleichverteilt",
  kaimingNormal: "Kaiming normalverteilt",
  xavierUniform: "Xavier gleichverteilt",
  xavierNormal: "Xavier normalverteilt",
  normal: "Normalverteilt",
  zeros: "Alle null",
};

export const normalizations = {
  meanStd: "Mittel 0, Abw. 1",
  unit: "Pixel 0 bis 1",
  half: "Pixel −1 bis 1",
  none: "Pixel 0 bis 255",
};

export const fields: { [Name in keyof typeof en]: (typeof en)[Name] } = {
  lr: {
    label: "Lernrate",
    help: "Wie weit jeder Schritt die Gewichte bewegt; wirkt sofort, auch während des Trainings.",
  },
  batch: {
    label: "Batchgröße",
    help: "So viele Bilder sieht das Netz vor jedem Schritt.",
  },
  epochs: {
    label: "Epochen",
    help: "So oft sieht das Netz alle Trainingsbilder; eine Änderung wirkt sofort.",
  },
  seed: {
    label: "Startwert",
    help: "Gleicher Startwert: gleiche Gewichte, gleiche Aufteilung, gleiche Reihenfolge der Bilder.",
  },

  optimizer: { label: "Optimierer", help: "Die Regel, die aus Gradienten neue Gewichte macht." },
  momentum: { label: "Momentum", help: "Anteil des letzten Schritts, der erhalten bleibt." },
  nesterov: {
    label: "Nesterov",
    help: "Schaut entlang des Momentums voraus, bevor der Gradient gilt.",
  },
  alpha: {
    label: "Alpha",
    help: "Wie langsam das Mittel der quadrierten Gradienten vergisst.",
  },
  beta1: { label: "Beta 1", help: "Wie langsam das Mittel der Gradienten vergisst." },
  beta2: {
    label: "Beta 2",
    help: "Wie langsam das zweite laufende Mittel der Gradienten vergisst.",
  },
  epsilon: {
    label: "Epsilon",
    help: "Steht im Nenner, damit winzige Gradienten keine Riesenschritte werden.",
  },
  weightDecay: {
    label: "Weight Decay",
    help: "Anteil jedes Gewichts, der je Einheit der Lernrate weggenommen wird.",
  },
  init: {
    label: "Anfangs\u00ADgewichte",
    help: "Wie die Gewichte vor dem ersten Schritt gezogen werden.",
  },
  std: {
    label: "Standardabw.",
    help: "Wie weit die ersten Gewichte um null streuen.",
  },

  schedule: { label: "Zeitplan", help: "Wie sich die Lernrate im Lauf des Trainings ändert." },
  every: {
    label: "Fällt alle",
    help: "Epochen zwischen zwei Absenkungen der Rate.",
    unit: "Epochen",
  },
  factor: {
    label: "Faktor",
    help: "Was von der Rate bei jeder Absenkung bleibt, oder nach jeder Epoche, wo sie stetig fällt.",
  },
  rise: {
    label: "Anstieg",
    help: "Anteil des Laufs, in dem die Rate zu ihrem Höchstwert steigt.",
  },
  patience: {
    label: "Geduld",
    help: "Epochen ohne besseren Validierungsverlust, bevor die Rate fällt.",
    unit: "Epochen",
  },
  warmup: {
    label: "Aufwärmen",
    help: "Epochen, in denen die Rate erst von null ansteigt; auch Bruchteile zählen.",
    unit: "Epochen",
  },

  l1: {
    label: "L1-Strafe",
    help: "Mal die Summe der Beträge aller Gewichte, zum Verlust addiert: macht Gewichte genau null.",
  },
  l2: {
    label: "L2-Strafe",
    help: "Mal die halbe Summe der quadrierten Gewichte, zum Verlust addiert: hält Gewichte klein.",
  },
  smoothing: {
    label: "Label-Glättung",
    help: "Anteil jedes Ziels, der gleichmäßig auf alle Klassen verteilt wird.",
  },
  clip: {
    label: "Gradienten kappen",
    help: "Größte Länge aller Gradienten zusammen; längere werden darauf verkürzt.",
    unlimited: "aus",
  },
  stop: {
    label: "Früher Abbruch",
    help: "Epochen ohne besseren Validierungsverlust, bevor der Lauf mit den besten Gewichten endet.",
    unit: "Epochen",
    unlimited: "aus",
  },

  dataset: { label: "Datensatz", help: "Die Bilder, aus denen das Netz lernt." },
  normalization: {
    label: "Normalisierung",
    help: "Wie aus den Bytes eines Bildes die Zahlen werden, die das Netz sieht.",
  },
  validation: {
    label: "Validierungs\u00ADbilder",
    help: "Trainingsbilder, die zurückgehalten werden, um das Netz zu beurteilen.",
  },
  examples: {
    label: "Trainingsbilder",
    help: "Höchstens so viele jeder Klasse werden trainiert; der Startwert zieht sie.",
    unit: "je Klasse",
    unlimited: "alle",
  },

  rotation: { label: "Drehung", help: "Dreht jedes Bild um bis zu so viele Grad.", unit: "°" },
  shift: {
    label: "Verschiebung",
    help: "Verschiebt jedes Bild um bis zu so viele Pixel.",
    unit: "px",
  },
  zoom: { label: "Zoom", help: "Macht jedes Bild um bis zu diesen Anteil größer oder kleiner." },
  shear: { label: "Scherung", help: "Neigt jedes Bild um bis zu so viele Grad.", unit: "°" },
  elastic: {
    label: "Elastisch",
    help: "Verbiegt jedes Bild wie eine Handschrift; für Ziffern sind etwa 34 üblich.",
    unit: "px",
  },
  elasticSigma: {
    label: "Elastisch-Sigma",
    help: "Pixel, über die die Biegungen geglättet werden; wirkt nur mit elastischer Verzerrung.",
  },
  brightness: {
    label: "Helligkeit",
    help: "Macht jedes Bild um bis zu diesen Anteil heller oder dunkler.",
  },
  contrast: { label: "Kontrast", help: "Macht den Kontrast jedes Bildes stärker oder schwächer." },
  noise: {
    label: "Rauschen",
    help: "Streuung des Rauschens auf jedem Pixel, als Anteil von Weiß.",
  },
  cutout: {
    label: "Ausschnitt",
    help: "Seite eines schwarzen Quadrats an zufälliger Stelle jedes Bildes.",
    unit: "px",
  },

  labelNoise: {
    label: "Falsche Labels",
    help: "Anteil der Trainingslabels, die durch ein falsches ersetzt werden.",
  },
  keep: {
    label: "Ungleichgewicht",
    help: "Anteil der Trainingsbilder jeder Klasse, der behalten wird.",
  },
  missing: { label: "Fehlende Klasse", help: "Eine Klasse, die das Netz nie zu sehen bekommt." },

  layers: { label: "Schichten", help: "Das Netz, Schicht für Schicht." },
  frozen: {
    label: "Eingefrorene Schichten",
    help: "Schichten, deren Gewichte bleiben, wie sie sind.",
  },
};
