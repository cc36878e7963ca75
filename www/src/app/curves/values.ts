/** The numbers beside a chart. */

import { FORMATS, isScore } from "../../charts/curve-drawing";
import type { Measure } from "../../state/curve-view.svelte";
import { MISSING } from "../../state/format";
import type { History } from "../../state/history";
import type { Smoothed } from "../../state/smoother";
import { strings } from "../../strings";

/** One value. */
export interface CurveValue {
  /** Which curve; the only one of a chart needs no sign. */
  key: "training" | "validation" | "test" | "only";
  name: string;
  text: string;
}

/** The values of a measure at a step: of evaluations those that were made last. */
export function curveValues(
  history: History,
  measure: Measure,
  smoothed: Smoothed | undefined,
  step: number,
): CurveValue[] {
  const words = strings.curves;
  const text = (value: number | undefined) =>
    value === undefined || step === 0 ? MISSING : FORMATS[measure](value);
  if (isScore(measure)) {
    const evaluated = (split: "validation" | "test") =>
      history.evaluationAt(split, step)?.[measure];
    return [
      { key: "training", name: words.training, text: text(smoothed?.at(step - 1)) },
      { key: "validation", name: words.validation, text: text(evaluated("validation")) },
      { key: "test", name: words.test, text: text(evaluated("test")) },
    ];
  }
  const value =
    measure === "learningRate" ? history.learningRate.at(step - 1) : history.gradientNormAt(step);
  return [{ key: "only", name: words.only, text: text(value) }];
}
