/** How the network is trained: step size, batches, epochs, optimizer, and what restrains it. */

import type { Range, Regularization, RunSpec, TrainSpec } from "../../generated/core";
import { LIMITS, OPTIMIZERS } from "../../generated/limits";
import { strings } from "../../strings";
import type { Steps } from "../stops";
import {
  choice,
  formatNumbers,
  list,
  number,
  numberOf,
  parseNumbers,
  toggle,
  type Param,
} from "./kinds";

function train(spec: RunSpec, changes: Partial<TrainSpec>): RunSpec {
  return { ...spec, train: { ...spec.train, ...changes } };
}

function trainNumber(
  key: "learningRate" | "batchSize" | "epochs" | "seed",
  param: Param,
  { live = false, steps = "usual" }: { live?: boolean; steps?: Steps } = {},
) {
  return number({
    param,
    field: `train.${key}`,
    range: LIMITS[key],
    live,
    steps,
    get: (spec) => spec.train[key],
    set: (spec, value) => train(spec, { [key]: value }),
  });
}

/** Step size of the optimizer. */
export const learningRate = trainNumber("learningRate", "lr", { live: true });
/** Images per step. */
export const batchSize = trainNumber("batchSize", "batch", { steps: "binary" });
/** Passes over the training images. */
export const epochs = trainNumber("epochs", "epochs", { live: true });
/** Seed of weights, split and shuffles. */
export const seed = trainNumber("seed", "seed");

/** The rule that turns gradients into updates. */
export const optimizer = choice(
  "optimizer",
  "train.optimizer",
  strings.optimizers,
  (spec) => spec.train.optimizer.type,
  (spec, type) =>
    spec.train.optimizer.type === type ? spec : train(spec, { optimizer: OPTIMIZERS[type] }),
);

type OptimizerKey = "momentum" | "alpha" | "beta1" | "beta2" | "epsilon" | "weightDecay";

/** A number that some optimizers have. */
function optimizerNumber(key: OptimizerKey, range: Range, steps: Steps) {
  return number({
    param: key,
    field: `train.optimizer.${key}`,
    range,
    steps,
    get: (spec) => numberOf(spec.train.optimizer, key),
    set(spec, value) {
      const { optimizer } = spec.train;
      if (numberOf(optimizer, key) === undefined) return spec;
      return train(spec, { optimizer: { ...optimizer, [key]: value } });
    },
  });
}

/** Whether SGD looks ahead. */
const nesterov = toggle(
  "nesterov",
  "train.optimizer.nesterov",
  ({ train: { optimizer } }) => (optimizer.type === "sgd" ? optimizer.nesterov : undefined),
  (spec, nesterov) => {
    const { optimizer } = spec.train;
    return optimizer.type === "sgd" ? train(spec, { optimizer: { ...optimizer, nesterov } }) : spec;
  },
);

/** What the optimizers have, each its own part of it. */
export const optimizerProperties = [
  optimizerNumber("momentum", LIMITS.momentum, "nearOne"),
  nesterov,
  optimizerNumber("alpha", LIMITS.beta, "nearOne"),
  optimizerNumber("beta1", LIMITS.beta, "nearOne"),
  optimizerNumber("beta2", LIMITS.beta, "nearOne"),
  optimizerNumber("epsilon", LIMITS.epsilon, "usual"),
  optimizerNumber("weightDecay", LIMITS.weightDecay, "fromZero"),
];

function setRegularization(spec: RunSpec, changes: Partial<Regularization>): RunSpec {
  return train(spec, { regularization: { ...spec.train.regularization, ...changes } });
}

function regularizationNumber(
  key: "l1" | "l2" | "labelSmoothing",
  param: Param,
  range: Range,
  steps: Steps,
) {
  return number({
    param,
    field: `train.regularization.${key}`,
    range,
    steps,
    get: (spec) => spec.train.regularization[key],
    set: (spec, value) => setRegularization(spec, { [key]: value }),
  });
}

/** Longest gradient. In a spec, 0 stands for no limit. */
const clipNorm = number({
  param: "clip",
  field: "train.regularization.clipNorm",
  range: LIMITS.clipNorm,
  steps: "aboveZero",
  get({ train }) {
    const { clipNorm } = train.regularization;
    return clipNorm === 0 ? Infinity : clipNorm;
  },
  set: (spec, value) => setRegularization(spec, { clipNorm: value === Infinity ? 0 : value }),
});

/** Epochs without improvement before a run stops. In a spec, nothing stands for never. */
const earlyStopping = number({
  param: "stop",
  field: "train.earlyStopping.patience",
  range: LIMITS.patience,
  get: (spec) => spec.train.earlyStopping?.patience ?? Infinity,
  set: (spec, patience) =>
    train(spec, { earlyStopping: patience === Infinity ? null : { patience } }),
});

/** What keeps the network from learning by heart. */
export const regularization = [
  regularizationNumber("l1", "l1", LIMITS.penalty, "fromZero"),
  regularizationNumber("l2", "l2", LIMITS.penalty, "fromZero"),
  regularizationNumber("labelSmoothing", "smoothing", LIMITS.labelSmoothing, "usual"),
  clipNorm,
  earlyStopping,
];

/** Layers that stay as they are, by their index. */
export const frozen = list("frozen", "train.frozen", {
  read: (spec) => formatNumbers(spec.train.frozen, "none"),
  write(spec, text) {
    const frozen = parseNumbers(text, "none");
    return frozen && train(spec, { frozen });
  },
  show: (spec) => formatNumbers(spec.train.frozen, strings.settings.none),
});
