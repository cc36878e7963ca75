/** What the page says of its own accord: the tour, and what it makes of a run; in German. */

import type { diagnosis as enDiagnosis, tour as enTour } from "./en-guidance";

export const tour: typeof enTour = {
  name: "Rundgang",
  place: (at, of) => `${at} von ${of}`,
  back: "Zurück",
  next: "Weiter",
  done: "Fertig",
  skip: "Überspringen",
  stops: {
    loss: {
      heading: "Es lernt, während Sie zusehen",
      text: "Der Verlust sagt, wie sehr die richtigen Antworten das Netz überraschen. Raten unter zehn Ziffern hat 2,3; jeder Schritt bringt ihn herunter. Blaue Punkte sind Bilder, aus denen es nie lernt.",
    },
    matrix: {
      heading: "Wo es sich irrt",
      text: "Zeilen sind, was eine Ziffer ist, Spalten, wofür das Netz sie hält. Blau auf der Diagonale ist richtig, die orangen Zellen sind seine Fehler.",
    },
    rate: {
      heading: "Der wichtigste Regler",
      text: "Die Lernrate ist die Länge eines Schritts. Bewegen Sie sie während des Trainings: Zu niedrig, und der Verlust kriecht; zu hoch, und er springt.",
    },
    architecture: {
      heading: "Das Netz gehört Ihnen",
      text: "Schichten lassen sich hinzufügen, verschieben, vergrößern und entfernen. Was hier geändert wird, wirkt mit einem Neustart.",
    },
    learn: {
      heading: "Fragen, und Experimente als Antwort",
      text: "„Lernen“ führt durch einen Kurs zur Ziffernerkennung. Jede Frage bringt einen Knopf mit, der das Experiment einstellt. Von dort lässt sich auch dieser Rundgang wiederholen.",
    },
  },
};

export const diagnosis: typeof enDiagnosis = {
  name: "Diagnose",
  dismiss: "Diese Diagnose ausblenden",
  diverged: "Kleinere Schritte halten den Verlust eine Zahl.",
  rising:
    "Das Netz liegt weit öfter daneben als beim Raten, und der Verlust fällt nicht: Die Lernrate ist zu hoch.",
  unnormalized: (loss, chance) =>
    `Der erste Verlust war ${loss}, wo Raten ${chance} hat: Rohe Pixel von 0 bis 255 machen die Ausgaben riesig.`,
  stuck: (steps, because) => `Nach ${steps} Schritten nicht besser als Raten: ${because}`,
  stuckBecause: {
    labels: "Die Trainingslabels sind zufällig, es gibt also nichts zu lernen.",
    zeros: "Alle Gewichte waren anfangs null, also bleiben alle Einheiten einer Schicht gleich.",
    rateHigh: "Die Lernrate ist wohl zu hoch und hat die Einheiten verstummen lassen.",
    rateLow: "Die Lernrate ist wohl zu niedrig, um vom Anfang wegzukommen.",
    saturation:
      "Sigmoid- oder Tanh-Einheiten sind wohl gesättigt und lassen kaum Gradienten durch.",
    unknown:
      "Versuchen Sie einen anderen Startwert, eine dreimal so hohe oder niedrige Lernrate oder mehr Einheiten.",
  },
  oneClass: (name) =>
    `Fast jedes Bild wird für Klasse ${name} gehalten. Bleibt das so, sind die Schritte zu groß, oder die anderen Klassen fehlen.`,
  dead: (share, layer) =>
    `${share} der Einheiten in ${layer} antworten auf kein Bild eines Batches: Sie lernen nicht mehr.`,
  missing: (name) =>
    `Nichts wird je für Klasse ${name} gehalten: Sabotage lässt sie im Training weg.`,
  vanishing:
    "In den unteren Schichten kommt kaum ein Gradient an: Sigmoid und Tanh flachen ihn auf dem Rückweg ab.",
  overfitting: (training, validation) =>
    `Das Training ist der Validierung weit voraus (Genauigkeit ${training} und ${validation}): Das Netz lernt seine Bilder auswendig. Es ist überangepasst.`,
  noImprovement: (epochs) =>
    `Seit ${epochs} Epochen kein besserer Validierungsverlust: Weiteres Training hilft kaum.`,
  slow: (rate) =>
    `Der Verlust fällt stetig, aber langsam: Eine Lernrate von ${rate} ist vielleicht zu niedrig.`,
  coarse: (rate) =>
    `Der Verlust bleibt auf hohem Niveau stehen: Bei einer Lernrate von ${rate} sind die Schritte vielleicht zu grob, um tiefer zu kommen.`,
  underfitting:
    "Der Verlust bleibt auf hohem Niveau stehen, im Training wie in der Validierung: Das Netz ist vielleicht zu klein (Unteranpassung).",
  fewSteps: (steps) =>
    `Eine Epoche hat nur ${steps} ${steps === 1 ? "Schritt" : "Schritte"}: Die Batches sind groß für so wenige Bilder.`,
  remedies: {
    learningRate: (rate) => `Lernrate auf ${rate} setzen`,
    batchSize: (size) => `Batchgröße auf ${size} setzen`,
    leakyRelu: "Leaky ReLU verwenden",
    relu: "ReLU verwenden",
    dropout: "Dropout hinzufügen",
    augment: "Bilder verzerren",
    stopEarly: "Früh abbrechen",
    initializer: "Zufällige Gewichte verwenden",
    normalize: "Pixel normalisieren",
    clip: "Gradienten kappen",
    moreLayers: "Dichte Schicht hinzufügen",
    trueLabels: "Richtige Labels verwenden",
    allClasses: "Alle Klassen verwenden",
  },
};
