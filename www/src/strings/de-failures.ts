/** What is said where something failed, in German. */

import type { failures as en } from "./en-failures";
import type { Partly } from "./merge";

export const failures: Partly<typeof en> = {
  coreMissing: (build) =>
    `Der Kern „${build}“ gehört nicht zu dieser Seite. Sie muss neu gebaut werden.`,
  coreNotLoaded: (build, detail) =>
    `Der Kern „${build}“ konnte nicht geladen werden (${detail}). Verbindung prüfen, dann Zurücksetzen drücken.`,
  notOpen: "Kein Gerät ist geöffnet. Zurücksetzen drücken.",
  workerNotStarted: "Der Trainings-Worker konnte nicht gestartet werden.",
  workerGarbled: "Eine Nachricht des Trainings-Workers konnte nicht gelesen werden.",
  workerGone: "Der Trainings-Worker ist beendet.",
  workerSilent: (seconds) =>
    `Der Trainings-Worker hat ${seconds} Sekunden lang kein Lebenszeichen gegeben.`,
  superseded: "Inzwischen wurde etwas Neueres verlangt.",
  diedTwice: (why) =>
    `Der Trainings-Worker ist zweimal zusammengebrochen (${why}). Ein anderes Gerät oder ein kleineres Netz wählen, dann Zurücksetzen drücken.`,
  unreachable: (file) => `${file} konnte nicht geholt werden: bitte die Verbindung prüfen.`,
  refused: (file, status) => `${file} konnte nicht geholt werden: Der Server antwortete ${status}.`,
  notGzip: (file) => `${file} ist beschädigt und ließ sich nicht auspacken.`,
  notUnpacked: (file) =>
    `${file} ist beschädigt und ließ sich nicht auspacken. Bitte neu erstellen oder noch einmal holen.`,
  notRead: (file) =>
    `${file} konnte nicht gelesen werden: Vielleicht wurde die Datei verschoben oder geändert, seit sie gewählt wurde. Bitte neu wählen.`,
  tooLarge: (file) =>
    `${file} ergibt ausgepackt mehr, als gelesen werden kann. Bitte weniger Bilder verwenden.`,
  noFiles: "Es wurde keine Datei gewählt. Wählen Sie Bilder in Ordnern oder ein Zip-Archiv davon.",
  imagesMissing:
    "Einige Bilder sind nicht angekommen. Verbindung prüfen, dann noch einmal versuchen.",
  manifestBroken: (file) => `${file} ist beschädigt und ließ sich nicht lesen.`,
};
