/**
 * The one table of what a person can set, whatever the way: by a control, by the address of the
 * page, later by a file. Each row says how the property is named, where it sits in a spec, and how
 * it is written; controls, URL and the list of pending changes all follow from it.
 */

import type {
  DatasetName,
  Normalization,
  OptimizerSpec,
  Preset,
  Range,
  RunSpec,
  TrainSpec,
} from "../generated/core";
import { LIMITS, PRESETS } from "../generated/limits";
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

/** The optimizers, each with the parameters it starts from. */
export const OPTIMIZERS: { [T in OptimizerSpec["type"]]: Extract<OptimizerSpec, { type: T }> } = {
  adam: { type: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  sgd: { type: "sgd", momentum: 0.9 },
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
  key: Exclude<keyof TrainSpec, "optimizer">,
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

function optimizerNumber<T extends OptimizerSpec["type"]>(
  type: T,
  key: keyof Omit<Extract<OptimizerSpec, { type: T }>, "type"> & string,
  range: Range,
): NumberProperty {
  return number(
    key,
    strings.labels.optimizerNumbers[key] ?? key,
    `train.optimizer.${key}`,
    range,
    ({ train: { optimizer } }) =>
      optimizer.type === type ? (optimizer as unknown as Record<string, number>)[key] : undefined,
    (spec, value) =>
      spec.train.optimizer.type === type
        ? {
            ...spec,
            train: { ...spec.train, optimizer: { ...spec.train.optimizer, [key]: value } },
          }
        : spec,
  );
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
/** Momentum of SGD. */
export const momentum = optimizerNumber("sgd", "momentum", LIMITS.momentum);

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
    return parsed && { ...spec, model: { layers: parsed } };
  },
};

/** Every property. An optimizer stands before its parameters, which only it has. */
export const PROPERTIES: readonly Property[] = [
  dataset,
  normalization,
  validationImages,
  layers,
  optimizer,
  momentum,
  optimizerNumber("adam", "beta1", LIMITS.beta),
  optimizerNumber("adam", "beta2", LIMITS.beta),
  optimizerNumber("adam", "epsilon", LIMITS.epsilon),
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
