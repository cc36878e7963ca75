/**
 * The one table of what a person can set, whatever the way: by a control, by the address of the
 * page, later by a file. Each row says how the property is named, where it sits in a spec, and how
 * it is written; controls, URL and the list of pending changes all follow from it.
 */

import type { Preset, RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import {
  augmentation,
  dataset,
  keptShares,
  sabotage,
  selection,
  trainingImages,
} from "./properties/data";
import type { Property } from "./properties/kinds";
import { initialization, layers } from "./properties/network";
import { scheduleProperties } from "./properties/schedule";
import {
  batchSize,
  epochs,
  frozen,
  learningRate,
  optimizer,
  optimizerProperties,
  regularization,
  seed,
} from "./properties/training";

export {
  classCount,
  DATASET_NAMES,
  keepShare,
  keptShare,
  type DatasetName,
} from "./properties/data";
export { matchName, parseLimited, parseNumber } from "./properties/kinds";
export type {
  ChoiceProperty,
  NumberProperty,
  Param,
  Property,
  SwitchProperty,
} from "./properties/kinds";
export {
  augmentation,
  batchSize,
  dataset,
  epochs,
  initialization,
  keptShares,
  learningRate,
  optimizer,
  optimizerProperties,
  regularization,
  sabotage,
  scheduleProperties,
  seed,
  selection,
  trainingImages,
};

/** The presets by name, in the order they are listed. */
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

/** Every property. A choice stands before the numbers that only some of its options have. */
export const PROPERTIES: readonly Property[] = [
  dataset,
  ...selection,
  ...augmentation,
  ...sabotage,
  layers,
  frozen,
  ...initialization,
  optimizer,
  ...optimizerProperties,
  ...scheduleProperties,
  ...regularization,
  learningRate,
  batchSize,
  epochs,
  seed,
];

/**
 * The properties that make `spec` of `base` when they are set one after the other. What an option
 * brings by itself, as an optimizer its usual parameters, is not among them.
 */
export function changes(base: RunSpec, spec: RunSpec): Property[] {
  let made = base;
  return PROPERTIES.filter((property) => {
    const text = property.read(spec);
    if (text === property.read(made)) return false;
    if (text !== undefined) made = property.write(made, text) ?? made;
    return true;
  });
}

/** The properties in which two specs differ. */
export function differences(a: RunSpec, b: RunSpec): Property[] {
  return PROPERTIES.filter((property) => property.read(a) !== property.read(b));
}

/** The preset a spec equals in everything, if any. */
export function presetOf(
  spec: RunSpec,
  presets: Readonly<Record<Preset, RunSpec>> = PRESETS,
): Preset | undefined {
  return PRESET_NAMES.find((name) => differences(spec, presets[name]).length === 0);
}
