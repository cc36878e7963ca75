/** Which settings stand together on the page, and what each group says of itself while it is shut. */

import type { RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { strings } from "../strings";
import {
  augmentation,
  batchSize,
  changes,
  epochs,
  initialization,
  learningRate,
  optimizer,
  optimizerProperties,
  regularization,
  sabotage,
  scheduleProperties,
  seed,
  selection,
  type Param,
  type Property,
} from "./properties";

/** The groups that can be shut. */
export type GroupName =
  "optimizer" | "schedule" | "regularization" | "data" | "augmentation" | "sabotage";

/** What is always in view. */
export const ESSENTIALS: readonly Property[] = [learningRate, batchSize, epochs, optimizer, seed];

/** The settings of each group, in the order they are shown. */
export const GROUPS: Record<GroupName, readonly Property[]> = {
  optimizer: [...optimizerProperties, ...initialization],
  schedule: scheduleProperties,
  regularization,
  data: selection,
  augmentation,
  sabotage,
};

/** What is said of a group in which nothing is set: the value that it is about. */
const FALLBACK: Partial<Record<GroupName, Param>> = { schedule: "schedule", data: "validation" };

/** Whose options say by themselves what they are options of. */
const SPEAKING: readonly Param[] = ["schedule", "init", "normalization"];

/**
 * What is set in a group, and in others within it, in a few words: all that a plain run, or the
 * option that was chosen, does not have by itself.
 */
export function summary(spec: RunSpec, group: GroupName, ...within: GroupName[]): string {
  const own = new Set(changes(PRESETS.MLP, spec));
  const properties = [group, ...within].flatMap((name) => GROUPS[name]);
  const set = properties.filter((property) => own.has(property));
  if (set.length > 0) return set.map((property) => say(property, spec)).join(" · ");
  const fallback = properties.find(({ param }) => param === FALLBACK[group]);
  return fallback ? say(fallback, spec) : (strings.settings.usual[group] ?? "");
}

function say(property: Property, spec: RunSpec): string {
  const value = property.show(spec);
  if (value === undefined) return property.label;
  return SPEAKING.includes(property.param) ? value : `${property.label} ${value}`;
}
