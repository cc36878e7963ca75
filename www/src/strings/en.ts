/**
 * Every word on the page, in English. The other languages are objects of this one's type, so that
 * a sentence that is missing there is found by the type check.
 *
 * Sentences about a wrong spec or a failed run come from the core, where the facts are.
 */

import type { DatasetSpec, DeviceName, Split } from "../generated/core";
import type { GroupName } from "../state/groups";
import type { TabName } from "../state/view.svelte";
import type { DeviceChoice } from "../trainer/protocol";
import { architecture } from "./en-architecture";
import { curves } from "./en-curves";
import {
  confusion,
  examination,
  imageList,
  mistakes,
  predictions,
  report,
  robustness,
} from "./en-errors";
import { failures } from "./en-failures";
import { fields, initializers, normalizations, optimizers, schedules } from "./en-fields";
import { diagnosis, tour } from "./en-guidance";
import { dataSet, draw, ownSet } from "./en-images";
import { layers } from "./en-layers";
import { finder } from "./en-finder";
import { checkpoints, comparison, runs, sweep, travel } from "./en-runs";

const deviceNames: Record<DeviceName, string> = {
  webgpu: "WebGPU",
  cpu: "CPU",
  ndarray: "CPU (ndarray)",
};

const splits: Record<Split, string> = { validation: "Validation", test: "Test" };

export const en = {
  title: "Emberlab",

  actions: {
    train: "Train",
    pause: "Pause",
    step: "Step",
    reset: "Reset",
    trainHelp: "Train the network until all epochs are done",
    pauseHelp: "Stop after the step in hand",
    stepHelp: "Train exactly one step",
    resetHelp: "Forget what was learned and start from new weights",
    restart: "Restart with changes",
    restartHelp: "Forget what was learned and train anew with what was changed",
    undoChanges: "Undo changes",
    undoChangesHelp: "Put the controls back to what this run was made from",
    dismiss: "Dismiss",
    skip: "Skip to the curves",
    settings: "Settings",
    newSeed: "New seed",
  },

  labels: {
    preset: "Preset",
    custom: "Custom",
    dataset: "Data set",
    device: "Device",
  },

  datasets: { mnist: "MNIST" } satisfies Record<Extract<DatasetSpec, string>, string>,
  fields,
  optimizers,
  schedules,
  initializers,
  normalizations,
  devices: { auto: "Auto", ...deviceNames } satisfies Record<DeviceChoice, string>,
  deviceNames,
  splits,

  language: {
    label: "Language",
    help: "The language of this page. The page is loaded again; its address keeps all settings.",
    losesRun: "Another language loads the page again, which ends the run. Change the language?",
  },

  tabs: {
    name: "Insights",
    notFetched: "This panel could not be fetched: check the connection.",
    again: "Try again",
    labels: {
      matrix: "Confusion matrix",
      predictions: "Predictions",
      mistakes: "Mistakes",
      report: "Report",
      layers: "Layers",
      draw: "Draw",
      data: "Data",
      finder: "Rate finder",
      runs: "Runs",
      learn: "Learn",
    } satisfies Record<TabName, string>,
    help: {
      matrix: "Which digits the network takes for which.",
      predictions: "The same digits after every evaluation: watch the network learn them.",
      mistakes: "The images that the network gets most wrong.",
      report: "Every figure of a close look, and whether it holds for spoiled images.",
      layers: "What each layer makes of an image, its weights, and how it fares.",
      draw: "Draw a digit and see what the network says of it.",
      data: "The images: how they look, how many of each class, distorted and spoiled.",
      finder: "Finds a learning rate for the settings as they are.",
      runs: "The runs of this visit: compared, saved, and many at once.",
      learn: "Questions in the order of a course, each with a button that shows its answer.",
    } satisfies Record<TabName, string>,
  },

  settings: {
    heading: "Settings",
    hyperparameters: "Hyperparameters",
    summary: (optimizer: string, learningRate: string, batch: string, parameters: string) =>
      `${optimizer} ${learningRate} · batch ${batch} · ${parameters} parameters`,
    /** The name of the button that is a setting's name and tells what the setting does. */
    help: "what it does",
    /** Of a setting or a group that has other values than the preset. */
    differs: "differs from the preset",
    groups: {
      optimizer: "Optimizer",
      schedule: "Schedule",
      regularization: "Regularization",
      data: "Data",
      augmentation: "Augmentation",
      sabotage: "Sabotage",
    } satisfies Record<GroupName, string>,
    /** What is said of a group in which nothing is set. */
    usual: {
      optimizer: "usual values",
      regularization: "off",
      augmentation: "off",
      sabotage: "off",
    } as Partial<Record<GroupName, string>>,
    on: "on",
    off: "off",
    none: "none",
    keptOf: (label: string) => `Kept of class ${label}`,
    keepAll: "Keep all",
    curve: {
      name: "Learning rate over the run",
      epoch: (epoch: string) => `epoch ${epoch}`,
      from: (rate: string) => `Starts at ${rate}`,
      peak: (rate: string, epoch: string) => `peaks at ${rate} in epoch ${epoch}`,
      to: (rate: string) => `ends at ${rate}.`,
      steady: (rate: string) => `${rate} from start to end.`,
      plateaus: "Falls where the validation loss no longer does.",
    },
  },

  architecture,
  layers,
  finder,
  runs,
  comparison,
  checkpoints,
  sweep,
  travel,

  problems: {
    cannotTrain: (count: number) =>
      count === 1 ? "Cannot train yet:" : `Cannot train yet, ${count} things to mend:`,
    ignoredParam: (param: string, text: string) =>
      `The address asks for ${param}=${text}, which is not understood here. The usual value is used.`,
  },

  curves,

  confusion,
  report,
  robustness,
  mistakes,
  predictions,
  examination,
  imageList,

  status: {
    epoch: (epoch: number, epochs: number) => `Epoch ${epoch} of ${epochs}`,
    step: (step: string) => `step ${step}`,
    loss: (loss: string) => `loss ${loss}`,
    accuracy: (accuracy: string) => `accuracy ${accuracy}`,
    speed: (images: string) => `${images} images/s`,
    threads: (device: string, threads: number) => `${device}, ${threads} threads`,
    faster: (device: string, times: string, other: string) => `${device} (${times}× ${other})`,
    elapsed: (time: string) => `${time} trained`,
    left: (time: string) => `${time} left`,
    ready: "Ready: press Train and watch the network learn",
    notReady: "Not ready: something has to be mended first",
    opening: "Starting the device…",
    waiting: "waiting for images",
    states: {
      idle: "Ready",
      warming: "Getting ready to train",
      running: "Training",
      paused: "Paused",
      finished: "Finished",
      failed: "Stopped",
    },
    outdated: "Waits for a restart:",
    change: (label: string, from: string | undefined, to: string | undefined) =>
      [label, from, from && to && "→", to].filter(Boolean).join(" "),
    moreChanges: (count: number) => `${count} more`,
    fewerChanges: "fewer",
    finishedHint: "Raise Epochs to go on, or Reset to start again.",
    pageTitle: (epoch: number, epochs: number, accuracy: string) =>
      `${epoch}/${epochs} · ${accuracy} · Emberlab`,
  },

  learn: {
    heading: "Thirteen questions",
    intro:
      "In the order of a course. Each one comes with a button that sets the page to show the answer; the browser’s Back brings back what you had.",
    set: "The page is set: press Train.",
    setForRestart: "The page is set: press Restart with changes.",
    setForReset: "The page is set: press Reset, then Train.",
    tour: "Show me around",
  },

  tour,
  diagnosis,

  data: {
    name: "Data",
    loading: (loaded: string, total: string) => `${loaded} of ${total} images loaded`,
    failed: (message: string) => `${message} Press Train to try again.`,
  },

  draw,
  dataSet,
  ownSet,

  notices: {
    degraded: (to: DeviceName, why: string) => `${why} Training runs on the ${deviceNames[to]}.`,
    alone: (why: string) =>
      `A thread that helped with training has failed${why && ` (${why})`}. The run goes on on one thread.`,
    chooseAnother: (why: string) => `${why} Choose another device.`,
    moved: (times: string) =>
      `WebGPU trains this network ${times} times as fast as the CPU: the run goes on there.`,
    recovered: (to: string, lostAt: string, why: string) =>
      to === "0"
        ? `The training worker broke down at step ${lostAt} (${why}). A new one has begun the run again.`
        : `The training worker broke down at step ${lostAt} (${why}). A new one goes on from step ${to}.`,
  },

  webgpu: {
    noApi: "This browser offers no WebGPU.",
    adapterFailed: (detail: string) => `WebGPU could not be asked for a graphics card (${detail}).`,
    noAdapter: "WebGPU found no graphics card it can use.",
    softwareOnly: "WebGPU would run in software here, which is slower than the CPU.",
    noTimestamps:
      "The graphics card lacks the WebGPU feature “timestamp-query”, which training needs.",
  },

  failures,
};

/** What every language has to say. */
export type Strings = typeof en;
