/**
 * The one table of what a person can set, whatever the way: by a control, by the address of the
 * page, later by a file. Each row says how the property is named, where it sits in a spec, and how
 * it is written; controls, URL and the list of pending changes all follow from it.
 */

import type {
  DatasetName,
  Normalization,
  Preset,
  Range,
  Regularization,
  RunSpec,
} from "../generated/core";
import { DECAYS, INITIALIZERS, LIMITS, OPTIMIZERS, PRESETS } from "../generated/limits";
import { strings } from "../strings";
import { formatLayers, parseLayers } from "./layer-text";

/** One thing that can be set. */
export interface Property {
  /** Its name in the page's address. */
  param: string;
  /** What it is called on the page. */
  label: string;
  /** Where the core finds fault with it. */
  field: string;
  /** Whether a change acts on the run in hand. */
  live: boolean;
  /** Its value as text; nothing where the spec has no such property, as Adam has no momentum. */
  read(spec: RunSpec): string | undefined;
  /** The spec with the value that the text says; nothing where the text is not understood. */
  write(spec: RunSpec, text: string): RunSpec | undefined;
}

/** A property that is a number, with the range its slider spans. */
export interface NumberProperty extends Property {
  range: Range;
  get(spec: RunSpec): number | undefined;
  set(spec: RunSpec, value: number): RunSpec;
}

/** The presets by name, in the order they are listed. */
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

const DATASETS: Record<DatasetName, true> = { mnist: true };
/** The data sets by name. */
export const DATASET_NAMES = Object.keys(DATASETS) as DatasetName[];

const NORMALIZATIONS: Record<Normalization, true> = {
  none: true,
  unit: true,
  half: true,
  meanStd: true,
};

/**
 * A number as a person typed it. What is no number becomes NaN, which the core refuses with a
 * sentence: the page has no judgement of its own.
 */
export function parseNumber(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}

/** The property with this name in the URL. */
function number(
  param: string,
  label: string,
  field: string,
  range: Range,
  get: (spec: RunSpec) => number | undefined,
  set: (spec: RunSpec, value: number) => RunSpec,
  live = false,
): NumberProperty {
  return {
    param,
    label,
    field,
    range,
    live,
    get,
    set,
    read(spec) {
      const value = get(spec);
      return value === undefined ? undefined : String(value);
    },
    write: (spec, text) => set(spec, parseNumber(text)),
  };
}

function trainNumber(
  key: "learningRate" | "batchSize" | "epochs" | "seed",
  param: string,
  live = false,
): NumberProperty {
  return number(
    param,
    strings.labels[key],
    `train.${key}`,
    LIMITS[key],
    (spec) => spec.train[key],
    (spec, value) => ({ ...spec, train: { ...spec.train, [key]: value } }),
    live,
  );
}

/** A number that some optimizers have. */
function optimizerNumber(key: string, range: Range): NumberProperty {
  return number(
    key,
    strings.labels.optimizerNumbers[key] ?? key,
    `train.optimizer.${key}`,
    range,
    (spec) => numberOf(spec.train.optimizer, key),
    (spec, value) => {
      const { optimizer } = spec.train;
      if (numberOf(optimizer, key) === undefined) return spec;
      return { ...spec, train: { ...spec.train, optimizer: { ...optimizer, [key]: value } } };
    },
  );
}

/** A number that some learning-rate schedules have. */
function decayNumber(key: string, param: string, range: Range): NumberProperty {
  return number(
    param,
    strings.labels.decayNumbers[key] ?? key,
    `train.schedule.decay.${key}`,
    range,
    (spec) => numberOf(spec.train.schedule.decay, key),
    (spec, value) => {
      const { schedule } = spec.train;
      if (numberOf(schedule.decay, key) === undefined) return spec;
      const decay = { ...schedule.decay, [key]: value };
      return { ...spec, train: { ...spec.train, schedule: { ...schedule, decay } } };
    },
  );
}

/** A number of the regularization. */
function regularizationNumber(
  key: keyof Regularization,
  param: string,
  range: Range,
): NumberProperty {
  return number(
    param,
    strings.labels.regularization[key],
    `train.regularization.${key}`,
    range,
    (spec) => spec.train.regularization[key],
    (spec, value) => {
      const regularization = { ...spec.train.regularization, [key]: value };
      return { ...spec, train: { ...spec.train, regularization } };
    },
  );
}

/** The number under this key of an object, if it has one. */
function numberOf(object: object, key: string): number | undefined {
  const value: unknown = Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined;
  return typeof value === "number" ? value : undefined;
}

/** A choice among names. Case does not matter when it is read. */
function choice<Name extends string>(
  param: string,
  label: string,
  field: string,
  names: Record<Name, unknown>,
  get: (spec: RunSpec) => Name,
  set: (spec: RunSpec, name: Name) => RunSpec,
): Property {
  return {
    param,
    label,
    field,
    live: false,
    read: get,
    write(spec, text) {
      const name = matchName(Object.keys(names) as Name[], text);
      return name && set(spec, name);
    },
  };
}

/** The name among `names` that the text means. */
export function matchName<Name extends string>(
  names: readonly Name[],
  text: string,
): Name | undefined {
  return names.find((name) => name.toLowerCase() === text.trim().toLowerCase());
}

/** Step size of the optimizer. */
export const learningRate = trainNumber("learningRate", "lr", true);
/** Images per step. */
export const batchSize = trainNumber("batchSize", "batch");
/** Passes over the training images. */
export const epochs = trainNumber("epochs", "epochs", true);
/** Seed of weights, split and shuffles. */
export const seed = trainNumber("seed", "seed");
/** Momentum, of the optimizers that have it. */
export const momentum = optimizerNumber("momentum", LIMITS.momentum);

/** The rule that turns gradients into updates. */
export const optimizer = choice(
  "optimizer",
  strings.labels.optimizer,
  "train.optimizer",
  OPTIMIZERS,
  (spec) => spec.train.optimizer.type,
  (spec, type) =>
    spec.train.optimizer.type === type
      ? spec
      : { ...spec, train: { ...spec.train, optimizer: OPTIMIZERS[type] } },
);

const nesterov: Property = {
  param: "nesterov",
  label: strings.labels.nesterov,
  field: "train.optimizer.nesterov",
  live: false,
  read({ train: { optimizer } }) {
    return optimizer.type === "sgd" ? String(optimizer.nesterov) : undefined;
  },
  write(spec, text) {
    const { optimizer } = spec.train;
    const word = matchName(["false", "true"], text);
    if (optimizer.type !== "sgd" || word === undefined) return undefined;
    const chosen = { ...optimizer, nesterov: word === "true" };
    return { ...spec, train: { ...spec.train, optimizer: chosen } };
  },
};

const schedule = choice(
  "schedule",
  strings.labels.schedule,
  "train.schedule.decay",
  DECAYS,
  (spec) => spec.train.schedule.decay.type,
  (spec, type) => {
    const { schedule } = spec.train;
    if (schedule.decay.type === type) return spec;
    return { ...spec, train: { ...spec.train, schedule: { ...schedule, decay: DECAYS[type] } } };
  },
);

const warmup = number(
  "warmup",
  strings.labels.warmup,
  "train.schedule.warmupEpochs",
  LIMITS.warmupEpochs,
  (spec) => spec.train.schedule.warmupEpochs,
  (spec, warmupEpochs) => {
    const schedule = { ...spec.train.schedule, warmupEpochs };
    return { ...spec, train: { ...spec.train, schedule } };
  },
);

/** Epochs without improvement before a run stops; `off` where it never does. */
const earlyStopping: Property = {
  param: "stop",
  label: strings.labels.earlyStopping,
  field: "train.earlyStopping.patience",
  live: false,
  read: (spec) => String(spec.train.earlyStopping?.patience ?? "off"),
  write(spec, text) {
    const off = matchName(["off"], text) !== undefined;
    const earlyStopping = off ? null : { patience: parseNumber(text) };
    return { ...spec, train: { ...spec.train, earlyStopping } };
  },
};

const initializer = choice(
  "init",
  strings.labels.initializer,
  "model.initializer",
  INITIALIZERS,
  (spec) => spec.model.initializer.type,
  (spec, type) =>
    spec.model.initializer.type === type
      ? spec
      : { ...spec, model: { ...spec.model, initializer: INITIALIZERS[type] } },
);

const initialStd = number(
  "std",
  strings.labels.initialStd,
  "model.initializer.std",
  LIMITS.initialStd,
  (spec) => numberOf(spec.model.initializer, "std"),
  (spec, std) =>
    spec.model.initializer.type === "normal"
      ? { ...spec, model: { ...spec.model, initializer: { type: "normal", std } } }
      : spec,
);

const dataset = choice(
  "dataset",
  strings.labels.dataset,
  "data.dataset",
  DATASETS,
  (spec) => spec.data.dataset,
  (spec, name) => ({ ...spec, data: { ...spec.data, dataset: name } }),
);

const normalization = choice(
  "normalization",
  strings.labels.normalization,
  "data.normalization",
  NORMALIZATIONS,
  (spec) => spec.data.normalization,
  (spec, name) => ({ ...spec, data: { ...spec.data, normalization: name } }),
);

const validationImages = number(
  "validation",
  strings.labels.validationImages,
  "data.validationImages",
  LIMITS.validationImages,
  (spec) => spec.data.validationImages,
  (spec, value) => ({ ...spec, data: { ...spec.data, validationImages: value } }),
);

const layers: Property = {
  param: "layers",
  label: strings.labels.layers,
  field: "model.layers",
  live: false,
  read: (spec) => formatLayers(spec.model.layers),
  write(spec, text) {
    const parsed = parseLayers(text);
    return parsed && { ...spec, model: { ...spec.model, layers: parsed } };
  },
};

/** Every property. A choice stands before the numbers that only some of its options have. */
export const PROPERTIES: readonly Property[] = [
  dataset,
  normalization,
  validationImages,
  layers,
  initializer,
  initialStd,
  optimizer,
  momentum,
  nesterov,
  optimizerNumber("alpha", LIMITS.beta),
  optimizerNumber("beta1", LIMITS.beta),
  optimizerNumber("beta2", LIMITS.beta),
  optimizerNumber("epsilon", LIMITS.epsilon),
  optimizerNumber("weightDecay", LIMITS.weightDecay),
  schedule,
  decayNumber("factor", "factor", LIMITS.decayFactor),
  decayNumber("every", "every", LIMITS.decayEvery),
  decayNumber("rise", "rise", LIMITS.rise),
  decayNumber("patience", "patience", LIMITS.patience),
  warmup,
  regularizationNumber("l1", "l1", LIMITS.penalty),
  regularizationNumber("l2", "l2", LIMITS.penalty),
  regularizationNumber("labelSmoothing", "smoothing", LIMITS.labelSmoothing),
  regularizationNumber("clipNorm", "clip", LIMITS.clipNorm),
  earlyStopping,
  learningRate,
  batchSize,
  epochs,
  seed,
];

/** The properties in which two specs differ. */
export function differences(a: RunSpec, b: RunSpec): Property[] {
  return PROPERTIES.filter((property) => property.read(a) !== property.read(b));
}

/** The preset a spec equals in everything, if any. */
export function presetOf(spec: RunSpec): Preset | undefined {
  return PRESET_NAMES.find((name) => differences(spec, PRESETS[name]).length === 0);
}
