/**
 * Every word on the page, in one place, so that a second language is a second object of this type.
 *
 * Sentences about a wrong spec or a failed run come from the core, where the facts are.
 */

import type {
  Activation,
  DatasetName,
  DeviceName,
  LayerSpec,
  OptimizerSpec,
  Regularization,
  Split,
} from "./generated/core";
import type { DeviceChoice } from "./trainer/protocol";

/** The language that numbers are written in. */
export const LOCALE = "en-US";

const deviceNames: Record<DeviceName, string> = {
  webgpu: "WebGPU",
  cpu: "CPU",
  ndarray: "CPU (ndarray)",
};

const splits: Record<Split, string> = { validation: "Validation", test: "Test" };

export const strings = {
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
    dismiss: "Dismiss",
    settings: "Settings",
    newSeed: "New seed",
  },

  labels: {
    preset: "Preset",
    custom: "Custom",
    dataset: "Data set",
    device: "Device",
    learningRate: "Learning rate",
    batchSize: "Batch size",
    epochs: "Epochs",
    optimizer: "Optimizer",
    seed: "Seed",
    normalization: "Normalization",
    validationImages: "Validation images",
    layers: "Layers",
    optimizerNumbers: {
      momentum: "Momentum",
      beta1: "Beta 1",
      beta2: "Beta 2",
      epsilon: "Epsilon",
      alpha: "Alpha",
      weightDecay: "Weight decay",
    } as Record<string, string>,
    nesterov: "Nesterov",
    schedule: "Schedule",
    decayNumbers: {
      factor: "Factor",
      every: "Epochs between falls",
      rise: "Share of the rise",
      patience: "Patience of the schedule",
    } as Record<string, string>,
    warmup: "Warm-up",
    regularization: {
      l1: "L1",
      l2: "L2",
      labelSmoothing: "Label smoothing",
      clipNorm: "Longest gradient",
    } satisfies Record<keyof Regularization, string>,
    earlyStopping: "Early stopping",
    initializer: "Initializer",
    initialStd: "Standard deviation",
  },

  help: {
    learningRate: "How far each step moves the weights. Acts at once, also while training.",
    batchSize: "Images the network looks at before each step.",
    epochs: "Times the network sees all training images. Acts at once.",
    optimizer: "The rule that turns gradients into new weights.",
    momentum: "Share of the last step that is kept.",
    seed: "The same seed gives the same weights and the same order of images.",
  },

  datasets: { mnist: "MNIST" } satisfies Record<DatasetName, string>,
  optimizers: {
    adam: "Adam",
    adamW: "AdamW",
    sgd: "SGD",
    rmsProp: "RMSprop",
    adagrad: "Adagrad",
    lion: "Lion",
  } satisfies Record<OptimizerSpec["type"], string>,
  devices: { auto: "Auto", ...deviceNames } satisfies Record<DeviceChoice, string>,
  deviceNames,
  splits,

  settings: {
    heading: "Settings",
    hyperparameters: "Hyperparameters",
    summary: (optimizer: string, learningRate: string, batch: string, parameters: string) =>
      `${optimizer} ${learningRate} · batch ${batch} · ${parameters} parameters`,
  },

  architecture: {
    heading: "Architecture",
    input: "Image",
    conv: "Convolution",
    dense: "Dense",
    output: "Output",
    layers: {
      dense: "Dense",
      conv2d: "Convolution",
      maxPool2d: "Max pooling",
      avgPool2d: "Average pooling",
      globalAvgPool: "Global average",
      flatten: "Flatten",
      batchNorm: "Batch norm",
      layerNorm: "Layer norm",
      dropout: "Dropout",
      residual: "Residual block",
    } satisfies Record<Exclude<LayerSpec["type"], "activation">, string>,
    pool: "Pool",
    filters: "filters",
    kernel: "kernel",
    units: "units",
    window: "window",
    rate: "rate",
    activations: {
      relu: "ReLU",
      leakyRelu: "Leaky ReLU",
      elu: "ELU",
      gelu: "GELU",
      silu: "SiLU",
      sigmoid: "Sigmoid",
      tanh: "Tanh",
    } satisfies Record<Activation, string>,
    addConv: "Add convolution",
    addDense: "Add dense layer",
    remove: (block: string) => `Remove ${block}`,
    field: (block: string, field: string) => `${block} ${field}`,
    parameters: (count: string) => `${count} parameters`,
  },

  problems: {
    cannotTrain: (count: number) =>
      count === 1 ? "Cannot train yet:" : `Cannot train yet, ${count} things to mend:`,
    ignoredParam: (param: string, text: string) =>
      `The address asks for ${param}=${text}, which is not understood here. The usual value is used.`,
  },

  curves: {
    loss: "Loss",
    accuracy: "Accuracy",
    unit: { loss: "nats", accuracy: "" },
    meaning: {
      loss: "Cross-entropy: how surprised the network is by the right answers. Falls as it learns.",
      accuracy: "Share of the images that the network gets right. Rises as it learns.",
    },
    training: "Training",
    validation: splits.validation,
    test: splits.test,
    logScale: "Log scale",
    fromZero: "From 0 %",
    step: "step",
    epoch: (epoch: number) => `epoch ${epoch}`,
    atStep: (step: string) => `at step ${step}`,
    summary: (parts: string[]) => parts.join(", "),
    value: (name: string, value: string) => `${name} ${value}`,
  },

  confusion: {
    heading: "Confusion matrix",
    predicted: "Predicted",
    trueClass: "True",
    empty:
      "Filled at the first evaluation: rows are what a digit is, columns what the network takes it for.",
    caption: (split: Split, images: string, step: string, accuracy: string) =>
      `${images} ${split === "test" ? "test" : "validation"} images at step ${step}: ${accuracy} classified correctly.`,
    show: "Images shown",
    worst: (pairs: string[]) => `Most often mistaken: ${pairs.join(", ")}.`,
    pair: (actual: string, predicted: string, count: string) =>
      `${actual} for ${predicted} (${count})`,
    noMistakes: "No mistakes.",
  },

  status: {
    epoch: (epoch: number, epochs: number) => `Epoch ${epoch} of ${epochs}`,
    step: (step: string) => `step ${step}`,
    loss: (loss: string) => `loss ${loss}`,
    accuracy: (accuracy: string) => `accuracy ${accuracy}`,
    speed: (images: string) => `${images} images/s`,
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
    outdated: (labels: string[]) => `Reset to apply: ${labels.join(", ")}`,
    finishedHint: "Raise Epochs to go on, or Reset to start again.",
    pageTitle: (epoch: number, epochs: number, accuracy: string) =>
      `${epoch}/${epochs} · ${accuracy} · Emberlab`,
  },

  data: {
    name: "Data",
    loading: (loaded: string, total: string) => `${loaded} of ${total} images loaded`,
    failed: (message: string) => `${message} Press Train to try again.`,
  },

  notices: {
    degraded: (to: DeviceName, why: string) => `${why} Training runs on the ${deviceNames[to]}.`,
    chooseAnother: (why: string) => `${why} Choose another device.`,
  },

  webgpu: {
    noApi: "This browser offers no WebGPU.",
    adapterFailed: (detail: string) => `WebGPU could not be asked for a graphics card (${detail}).`,
    noAdapter: "WebGPU found no graphics card it can use.",
    softwareOnly: "WebGPU would run in software here, which is slower than the CPU.",
    noTimestamps:
      "The graphics card lacks the WebGPU feature “timestamp-query”, which training needs.",
  },

  failures: {
    coreMissing: (build: string) => `The ${build} core is not part of this site. Build it again.`,
    coreNotLoaded: (build: string, detail: string) =>
      `The ${build} core could not be loaded (${detail}). Check the connection, then press Reset.`,
    notOpen: "No device is open. Press Reset.",
    workerNotStarted: "The training worker could not be started.",
    workerGarbled: "A message from the training worker could not be read.",
    workerGone: "The training worker has ended.",
    workerSilent: (seconds: number) =>
      `The training worker gave no sign of life for ${seconds} seconds.`,
    superseded: "Something newer was asked for.",
    runLost: (why: string, step: number) =>
      `Training broke off at step ${step} (${why}). A new worker is ready: press Reset to start again.`,
    diedTwice: (why: string) =>
      `The training worker broke down twice (${why}). Choose another device, or a smaller network, then press Reset.`,
    unreachable: (file: string) => `${file} could not be fetched: check the connection.`,
    refused: (file: string, status: number) =>
      `${file} could not be fetched: the server answered ${status}.`,
    notGzip: (file: string) => `${file} is damaged: it could not be unpacked.`,
    manifestBroken: (file: string) => `${file} is damaged: it could not be read.`,
  },
};
