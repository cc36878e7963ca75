/** What the network learns from: which images, how many, and how they are distorted and spoiled. */

import type {
  AugmentSpec,
  DataSpec,
  DatasetSpec,
  RunSpec,
  SabotageSpec,
} from "../../generated/core";
import { LIMITS } from "../../generated/limits";
import { strings } from "../../strings";
import type { Steps } from "../stops";
import { classes } from "../usual";
import {
  choice,
  choiceAmong,
  formatNumbers,
  list,
  matchName,
  number,
  parseNumber,
  parseNumbers,
  type Param,
} from "./kinds";

/** A data set that comes with the page. */
export type DatasetName = Extract<DatasetSpec, string>;

/** The data sets by name. */
export const DATASET_NAMES = Object.keys(strings.datasets) as DatasetName[];

function data(spec: RunSpec, changes: Partial<DataSpec>): RunSpec {
  return { ...spec, data: { ...spec.data, ...changes } };
}

/** The images, where they come with the page: of an own set the page's address says nothing. */
export const dataset = choice(
  "dataset",
  "data.dataset",
  strings.datasets,
  ({ data }) => (typeof data.dataset === "string" ? data.dataset : undefined),
  (spec, dataset) => data(spec, { dataset }),
);

const normalization = choice(
  "normalization",
  "data.normalization",
  strings.normalizations,
  (spec) => spec.data.normalization,
  (spec, normalization) => data(spec, { normalization }),
);

/** Images held out. */
export const validationImages = number({
  param: "validation",
  field: "data.validationImages",
  range: LIMITS.validationImages,
  get: (spec) => spec.data.validationImages,
  set: (spec, validationImages) => data(spec, { validationImages }),
});

function augment(param: Param, key: keyof AugmentSpec, steps: Steps = "usual") {
  return number({
    param,
    field: `data.augmentation.${key}`,
    range: LIMITS.augmentation[key],
    steps,
    get: (spec) => spec.data.augmentation[key],
    set: (spec, value) => data(spec, { augmentation: { ...spec.data.augmentation, [key]: value } }),
  });
}

/** How training images are distorted. */
export const augmentation = [
  augment("rotation", "rotation"),
  augment("shift", "shift"),
  augment("zoom", "zoom"),
  augment("shear", "shear"),
  augment("elastic", "elasticAlpha"),
  augment("elasticSigma", "elasticSigma"),
  augment("brightness", "brightness"),
  augment("contrast", "contrast"),
  augment("noise", "noise"),
  augment("cutout", "cutout"),
];

function setSabotage(spec: RunSpec, changes: Partial<SabotageSpec>): RunSpec {
  return data(spec, { sabotage: { ...spec.data.sabotage, ...changes } });
}

/** Examples of each class. In a spec, 0 stands for all. */
export const trainingImages = number({
  param: "examples",
  field: "data.sabotage.examplesPerClass",
  range: LIMITS.sabotage.examplesPerClass,
  steps: "aboveZero",
  get({ data }) {
    const { examplesPerClass } = data.sabotage;
    return examplesPerClass === 0 ? Infinity : examplesPerClass;
  },
  set: (spec, value) => setSabotage(spec, { examplesPerClass: value === Infinity ? 0 : value }),
});

const labelNoise = number({
  param: "labelNoise",
  field: "data.sabotage.labelNoise",
  range: LIMITS.sabotage.labelNoise,
  get: (spec) => spec.data.sabotage.labelNoise,
  set: (spec, labelNoise) => setSabotage(spec, { labelNoise }),
});

/** How many classes the images have: those of an own set, else as many as the network tells apart. */
export function classCount(spec: RunSpec): number {
  const { dataset } = spec.data;
  const count = typeof dataset === "object" ? dataset.own.classes : classes(spec);
  return Number.isInteger(count) ? Math.min(Math.max(count, 0), LIMITS.classes.max) : 0;
}

const NO_CLASS = "none";

const missingClass = choiceAmong("missing", "data.sabotage.missingClass", {
  options: (spec, classNames = []) => [
    { name: NO_CLASS, label: strings.settings.none },
    ...Array.from({ length: classCount(spec) }, (_, i) => ({
      name: `${i}`,
      label: classNames[i] ?? `${i}`,
    })),
  ],
  read: (spec) => String(spec.data.sabotage.missingClass ?? NO_CLASS),
  write(spec, text) {
    if (matchName([NO_CLASS], text)) return setSabotage(spec, { missingClass: null });
    const missingClass = parseNumber(text);
    return Number.isNaN(missingClass) ? undefined : setSabotage(spec, { missingClass });
  },
  show: (spec) => String(spec.data.sabotage.missingClass ?? strings.settings.none),
});

/** What is written where every class is kept whole. */
const ALL = "all";

/** Share of each class that is kept; classes past the list's end are kept whole. */
export const keptShares = list("keep", "data.sabotage.keep", {
  read: (spec) => formatNumbers(spec.data.sabotage.keep, ALL),
  write(spec, text) {
    const keep = parseNumbers(text, ALL);
    return keep && setSabotage(spec, { keep });
  },
  show: () => undefined,
});

/** The share of one class that is kept. */
export function keptShare(spec: RunSpec, of: number): number {
  return spec.data.sabotage.keep[of] ?? LIMITS.sabotage.keep.max;
}

/** The spec that keeps another share of one class. */
export function keepShare(spec: RunSpec, of: number, share: number): RunSpec {
  const whole = LIMITS.sabotage.keep.max;
  const length = Math.max(spec.data.sabotage.keep.length, of + 1);
  const keep = Array.from({ length }, (_, i) => (i === of ? share : keptShare(spec, i)));
  return setSabotage(spec, {
    keep: keep.slice(0, keep.findLastIndex((kept) => kept !== whole) + 1),
  });
}

/** How the training set is spoiled. */
export const sabotage = [labelNoise, missingClass, keptShares];

/** Which images there are, and how their pixels are read. */
export const selection = [normalization, validationImages, trainingImages];
