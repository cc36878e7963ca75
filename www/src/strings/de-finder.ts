/** What the learning-rate finder says, in German. */

import type { Strings } from "./en";
import type { Partly } from "./merge";

export const finder: Partly<Strings["finder"]> = {
  heading: "Lernratensuche",
  about:
    "Trainiert ein Wegwerfnetz, während die Lernrate von winzig zu riesig wächst. Eine gute Rate liegt, wo der Verlust am schnellsten fällt, weit bevor er wieder steigt.",
  test: "Lernrate suchen",
  again: "Noch einmal suchen",
  testHelp: "Die jetzigen Einstellungen prüfen; der laufende Lauf bleibt, wie er ist",
  busy: (steps) => `Sucht: ${steps} Raten bisher…`,
  stale: (settings) =>
    `Von anderen Einstellungen: Seitdem wurde geändert: ${settings}. Noch einmal suchen.`,
  more: (count) => `${count} weitere`,
  suggestion: (rate) => `${rate} verwenden`,
  suggestionHelp: "Wo der geglättete Verlust am schnellsten fällt.",
  steepest: "Steilster Abfall",
  tenth: "Ein Zehntel des tiefsten Punkts",
  tenthHelp:
    "Ein Zehntel der Rate, bei der der geglättete Verlust am kleinsten ist: die andere Faustregel.",
  none: "Der Verlust fiel nie: Keine Rate lässt sich vorschlagen. Ein Blick auf die Daten oder die Anfangsgewichte lohnt sich.",
  set: (rate) => `Lernrate auf ${rate} gesetzt.`,
  chart: {
    name: "Verlust über der Lernrate",
    rate: "Lernrate",
    loss: "Verlust",
    current: "jetzt",
    summary: (from, to, best) =>
      `Verlust ab ${from}, am kleinsten mit ${to} bei einer Lernrate von ${best}.`,
    slider: "Rate auf der Kurve",
    sliderHelp:
      "Pfeiltasten gehen die Kurve entlang, die Eingabetaste setzt die Lernrate. Oder die Kurve anklicken.",
    value: (rate, loss) => `Lernrate ${rate}, Verlust ${loss}`,
  },
};
