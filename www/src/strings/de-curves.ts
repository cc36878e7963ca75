/** The words of the curves, in German. */

import type { curves as en } from "./en-curves";
import type { Partly } from "./merge";

export const curves: Partly<typeof en> = {
  loss: "Verlust",
  accuracy: "Genauigkeit",
  learningRate: "Lernrate",
  gradientNorm: "Gradientennorm",
  chartOf: (measure) => `Kurve: ${measure}`,
  meaning: {
    loss: "Kreuzentropie: wie sehr die richtigen Antworten das Netz überraschen. Fällt, während es lernt.",
    accuracy: "Anteil der Bilder, die das Netz richtig erkennt. Steigt, während es lernt.",
    learningRate: "Wie weit jeder Schritt die Gewichte bewegt, wie der Zeitplan es vorsieht.",
    gradientNorm: "Wie steil der Verlust ist: die Länge des Gradienten, einige Male je Epoche.",
  },
  unit: { loss: "nats", accuracy: "", learningRate: "", gradientNorm: "" },
  training: "Training",
  validation: "Validierung",
  test: "Test",
  only: "Wert",
  third: "Drittes Diagramm",
  thirdHelp: "Was das kleine Diagramm zeigt.",
  logScale: "Log-Skala",
  logScaleHelp: "Gleiche Abstände sind gleiche Verhältnisse: zeigt kleine Werte neben großen.",
  fromZero: "Ab 0 %",
  fromZeroHelp: "Beginnt die Achse bei 0 % statt knapp unter den Werten.",
  axis: "X-Achse",
  axisHelp: "Worüber die Kurven aufgetragen sind.",
  axes: { step: "Schritte", epoch: "Epochen", seconds: "Trainingszeit" },
  corner: { step: "Schritt", epoch: "Epoche", seconds: "Zeit" },
  smoothing: "Glättung",
  smoothingHelp: "Anteil des Mittels, den jeder Schritt behält: 0 zeigt jeden Batch, wie er war.",
  crosshair: "Fadenkreuz",
  crosshairHelp:
    "Bewegt das Fadenkreuz über die Schritte; die Diagramme nennen ihre Werte an dieser Stelle.",
  crosshairAt: (step, values) => `Schritt ${step}: ${values.join(", ")}`,
  epoch: (epoch) => `Epoche ${epoch}`,
  atStep: (step) => `bei Schritt ${step}`,
  summary: (parts) => parts.join(", "),
  value: (name, value) => `${name} ${value}`,
  best: (value) => `am besten ${value}`,
  bestAt: (value, step) => `beste Validierung ${value} bei Schritt ${step}`,
  changes: "Während des Laufs geändert",
  changed: ({ learningRate, epochs }, number) =>
    [
      learningRate === undefined ? "" : `Lernrate ${number(learningRate)}`,
      epochs === undefined ? "" : `${number(epochs)} Epochen`,
    ]
      .filter(Boolean)
      .join(", "),
  changedAt: (step, what) => `Nach Schritt ${step}: ${what}`,
  earlier: {
    button: (count) => `Frühere Läufe (${count})`,
    heading: "Frühere Läufe",
    help: "Die letzten Läufe dieses Besuchs, hinter dem jetzigen gezeichnet: gestrichelt ist die Validierung.",
    show: (number) => `Lauf ${number} zeigen`,
    forget: (number) => `Lauf ${number} vergessen`,
    forgetShort: "Vergessen",
    same: "gleiche Einstellungen",
    more: (count) => `${count} weitere`,
    states: {
      idle: "nicht begonnen",
      warming: "nicht begonnen",
      running: "abgebrochen",
      paused: "abgebrochen",
      finished: "beendet",
      failed: "gescheitert",
    },
    result: (accuracy) => `beste Validierung ${accuracy}`,
    extent: (state, step, time) => `${state} nach ${step} Schritten, ${time}`,
  },
};
