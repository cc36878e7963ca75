/** Every word on the page, in German. What a setting is called is in `de-fields.ts`. */

import type { DeviceName, Split } from "../generated/core";
import { architecture } from "./de-architecture";
import { curves } from "./de-curves";
import {
  confusion,
  examination,
  imageList,
  mistakes,
  predictions,
  report,
  robustness,
} from "./de-errors";
import { failures } from "./de-failures";
import { fields, initializers, normalizations, optimizers, schedules } from "./de-fields";
import { finder } from "./de-finder";
import { diagnosis, tour } from "./de-guidance";
import { dataSet, draw, ownSet } from "./de-images";
import { layers } from "./de-layers";
import { checkpoints, comparison, runs, sweep, travel } from "./de-runs";
import type { Strings } from "./en";
import type { Partly } from "./merge";

const deviceNames: Record<DeviceName, string> = {
  webgpu: "WebGPU",
  cpu: "CPU",
  ndarray: "CPU (ndarray)",
};

const splits: Record<Split, string> = { validation: "Validierung", test: "Test" };

export const de: Partly<Strings> = {
  title: "Emberlab",

  actions: {
    train: "Trainieren",
    pause: "Pause",
    step: "Schritt",
    reset: "Zurücksetzen",
    trainHelp: "Das Netz trainieren, bis alle Epochen fertig sind",
    pauseHelp: "Nach dem laufenden Schritt anhalten",
    stepHelp: "Genau einen Schritt trainieren",
    resetHelp: "Das Gelernte vergessen und mit neuen Gewichten beginnen",
    restart: "Mit Änderungen neu starten",
    restartHelp: "Das Gelernte vergessen und mit den Änderungen neu trainieren",
    undoChanges: "Änderungen zurücknehmen",
    undoChangesHelp: "Die Regler auf das zurückstellen, womit dieser Lauf begonnen hat",
    dismiss: "Ausblenden",
    skip: "Zu den Kurven springen",
    settings: "Einstellungen",
    newSeed: "Neuer Startwert",
  },

  labels: {
    preset: "Vorlage",
    custom: "Eigene",
    dataset: "Datensatz",
    device: "Gerät",
  },

  datasets: { mnist: "MNIST" },
  fields,
  optimizers,
  schedules,
  initializers,
  normalizations,
  devices: { auto: "Automatisch", ...deviceNames },
  deviceNames,
  splits,

  language: {
    label: "Sprache",
    help: "Die Sprache dieser Seite. Die Seite wird neu geladen; ihre Adresse behält alle Einstellungen.",
    losesRun:
      "Eine andere Sprache lädt die Seite neu und beendet damit den Lauf. Sprache wechseln?",
  },

  tabs: {
    name: "Einblicke",
    notFetched: "Dieser Bereich konnte nicht geholt werden: bitte die Verbindung prüfen.",
    again: "Noch einmal versuchen",
    labels: {
      matrix: "Matrix",
      predictions: "Vorhersagen",
      mistakes: "Fehler",
      report: "Bericht",
      layers: "Schichten",
      finder: "Lernratensuche",
      draw: "Zeichnen",
      data: "Daten",
      runs: "Läufe",
      learn: "Lernen",
    },
    help: {
      matrix: "Welche Ziffern das Netz für welche hält.",
      predictions: "Dieselben Ziffern nach jeder Auswertung: So sieht man das Netz sie lernen.",
      mistakes: "Die Bilder, bei denen das Netz am meisten danebenliegt.",
      report: "Alle Zahlen einer genauen Prüfung, und ob sie auch für verdorbene Bilder gelten.",
      layers: "Was jede Schicht aus einem Bild macht, ihre Gewichte und wie es ihr geht.",
      finder: "Findet eine Lernrate für die Einstellungen, wie sie sind.",
      draw: "Eine Ziffer zeichnen und sehen, was das Netz dazu sagt.",
      data: "Die Bilder: wie sie aussehen, wie viele je Klasse, verzerrt und verdorben.",
      runs: "Die Läufe dieses Besuchs: verglichen, gespeichert und viele auf einmal.",
      learn: "Fragen in der Reihenfolge eines Kurses, jede mit einem Knopf, der die Antwort zeigt.",
    },
  },

  settings: {
    heading: "Einstellungen",
    hyperparameters: "Hyperparameter",
    summary: (optimizer, learningRate, batch, parameters) =>
      `${optimizer} ${learningRate} · Batch ${batch} · ${parameters} Parameter`,
    help: "was es bewirkt",
    differs: "anders als in der Vorlage",
    groups: {
      optimizer: "Optimierer",
      schedule: "Zeitplan",
      regularization: "Regularisierung",
      data: "Daten",
      augmentation: "Verzerrung",
      sabotage: "Sabotage",
    },
    usual: {
      optimizer: "übliche Werte",
      regularization: "aus",
      augmentation: "aus",
      sabotage: "aus",
    },
    on: "an",
    off: "aus",
    none: "keine",
    keptOf: (label) => `Behalten von Klasse ${label}`,
    keepAll: "Alle behalten",
    curve: {
      name: "Lernrate im Lauf des Trainings",
      epoch: (epoch) => `Epoche ${epoch}`,
      from: (rate) => `Beginnt bei ${rate}`,
      peak: (rate, epoch) => `erreicht in Epoche ${epoch} höchstens ${rate}`,
      to: (rate) => `endet bei ${rate}.`,
      steady: (rate) => `${rate} von Anfang bis Ende.`,
      plateaus: "Fällt, wo der Validierungsverlust nicht mehr fällt.",
    },
  },

  problems: {
    cannotTrain: (count) =>
      count === 1
        ? "Training noch nicht möglich:"
        : `Training noch nicht möglich, ${count} Dinge sind zu beheben:`,
    ignoredParam: (param, text) =>
      `Die Adresse verlangt ${param}=${text}, was hier nicht verstanden wird. Es gilt der übliche Wert.`,
  },

  architecture,
  curves,
  confusion,
  report,
  robustness,
  mistakes,
  predictions,
  examination,
  imageList,

  status: {
    epoch: (epoch, epochs) => `Epoche ${epoch} von ${epochs}`,
    step: (step) => `Schritt ${step}`,
    loss: (loss) => `Verlust ${loss}`,
    accuracy: (accuracy) => `Genauigkeit ${accuracy}`,
    speed: (images) => `${images} Bilder/s`,
    threads: (device, threads) => `${device}, ${threads} Threads`,
    faster: (device, times, other) => `${device} (${times}× ${other})`,
    elapsed: (time) => `${time} trainiert`,
    left: (time) => `noch ${time}`,
    ready: "Bereit: Trainieren drücken und dem Netz beim Lernen zusehen",
    notReady: "Nicht bereit: Erst ist etwas zu beheben",
    opening: "Das Gerät wird gestartet…",
    waiting: "wartet auf Bilder",
    states: {
      idle: "Bereit",
      warming: "Bereitet das Training vor",
      running: "Trainiert",
      paused: "Pausiert",
      finished: "Fertig",
      failed: "Abgebrochen",
    },
    outdated: "Wartet auf einen Neustart:",
    change: (label, from, to) => [label, from, from && to && "→", to].filter(Boolean).join(" "),
    moreChanges: (count) => `${count} weitere`,
    fewerChanges: "weniger",
    finishedHint: "Mehr Epochen führen den Lauf fort, Zurücksetzen beginnt von vorn.",
    pageTitle: (epoch, epochs, accuracy) => `${epoch}/${epochs} · ${accuracy} · Emberlab`,
  },

  learn: {
    heading: "Dreizehn Fragen",
    intro:
      "In der Reihenfolge eines Kurses. Zu jeder gehört ein Knopf, der die Seite so einstellt, dass sie die Antwort zeigt; „Zurück“ im Browser stellt wieder her, was vorher war.",
    set: "Die Seite ist eingestellt: Trainieren drücken.",
    setForRestart: "Die Seite ist eingestellt: Mit Änderungen neu starten.",
    setForReset: "Die Seite ist eingestellt: Zurücksetzen drücken, dann Trainieren.",
    tour: "Rundgang zeigen",
  },

  layers,
  finder,
  runs,
  comparison,
  checkpoints,
  sweep,
  travel,

  tour,
  diagnosis,

  data: {
    name: "Daten",
    loading: (loaded, total) => `${loaded} von ${total} Bildern geladen`,
    failed: (message) => `${message} Trainieren versucht es noch einmal.`,
  },

  draw,
  dataSet,
  ownSet,

  notices: {
    degraded: (to, why) => `${why} Trainiert wird auf ${deviceNames[to]}.`,
    alone: (why) =>
      `Ein Thread, der beim Training half, ist ausgefallen${why && ` (${why})`}. Der Lauf geht auf einem Thread weiter.`,
    chooseAnother: (why) => `${why} Bitte ein anderes Gerät wählen.`,
    moved: (times) =>
      `WebGPU trainiert dieses Netz ${times}-mal so schnell wie die CPU: Der Lauf geht dort weiter.`,
    recovered: (to, lostAt, why) =>
      to === "0"
        ? `Der Trainings-Worker brach bei Schritt ${lostAt} zusammen (${why}). Ein neuer hat den Lauf von vorn begonnen.`
        : `Der Trainings-Worker brach bei Schritt ${lostAt} zusammen (${why}). Ein neuer macht bei Schritt ${to} weiter.`,
  },

  webgpu: {
    noApi: "Dieser Browser bietet kein WebGPU.",
    adapterFailed: (detail) =>
      `WebGPU konnte nicht nach einer Grafikkarte gefragt werden (${detail}).`,
    noAdapter: "WebGPU hat keine Grafikkarte gefunden, die es nutzen kann.",
    softwareOnly: "WebGPU liefe hier in Software, und das ist langsamer als die CPU.",
    noTimestamps:
      "Der Grafikkarte fehlt die WebGPU-Fähigkeit „timestamp-query“, die das Training braucht.",
  },

  failures,
};
