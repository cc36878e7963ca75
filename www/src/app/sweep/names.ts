/** What the settings of a sweep and their values are called. */

import type { ParameterValue, SearchParameter, TrialChoice } from "../../generated/core";
import { typed } from "../../state/format";
import { strings } from "../../strings";

/** The words for the names that a setting can take. */
const NAMES: Partial<Record<SearchParameter, Readonly<Record<string, string>>>> = {
  optimizer: strings.optimizers,
  schedule: strings.schedules,
  initializer: strings.initializers,
  activation: strings.architecture.activations,
  normalization: strings.normalizations,
};

/** A value of a setting, as one reads it. */
export function valueName(parameter: SearchParameter, value: ParameterValue): string {
  if (typeof value === "number") return typed(Number(value.toPrecision(3)));
  return NAMES[parameter]?.[value] ?? value;
}

/** The choices of a trial in words. */
export function choicesName(choices: readonly TrialChoice[]): string {
  return choices
    .map(({ parameter, value }) => {
      return `${strings.sweep.parameters[parameter]} ${valueName(parameter, value)}`;
    })
    .join(", ");
}
