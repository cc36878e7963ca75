/** What a curve chart draws, as columns over one ascending list of steps. */

import type { Split } from "../generated/core";
import type { History } from "../state/history";
import { decimate } from "./decimate";

/** The two things that are drawn over the steps. */
export type Measure = "loss" | "accuracy";

/** A column: a number, or nothing at a step that this series has no point at. */
export type Column = (number | null)[];

/** Steps, then raw training, smoothed training, validation, and test. */
export interface CurveTable {
  columns: [steps: number[], raw: Column, smooth: Column, validation: Column, test: Column];
  /** The lowest and the highest value worth showing. */
  range: [low: number, high: number];
}

const SPLITS: Split[] = ["validation", "test"];

/**
 * Share of the run whose values may fall outside the range: the first steps are so far off that
 * they would flatten all that follows.
 */
const WARM_START = 0.05;

/** The table of one measure, thinned out for a chart `width` pixels wide. */
export function curveTable(history: History, measure: Measure, width: number): CurveTable {
  const { raw, smooth } = history[measure];
  const evaluations = SPLITS.map((split) => history.evaluations[split]);
  const kept = decimate(raw.values, Math.max(Math.floor(width), 1));
  const steps = [
    ...new Set([
      ...kept.map((position) => position + 1),
      ...evaluations.flat().map(({ step }) => step),
    ]),
  ].sort((a, b) => a - b);
  const row = new Map(steps.map((step, i) => [step, i]));

  const drawn = new Set(kept);
  const rawColumn = steps.map((step) => (drawn.has(step - 1) ? finite(raw.at(step - 1)) : null));
  const smoothColumn = steps.map((step) => finite(step > 0 ? smooth.at(step - 1) : undefined));
  const [validation, test] = evaluations.map((list) => {
    const column: Column = steps.map(() => null);
    for (const evaluation of list) {
      column[row.get(evaluation.step) ?? -1] = finite(evaluation[measure]);
    }
    return column;
  }) as [Column, Column];

  const settled = steps.findIndex((step) => step > WARM_START * history.steps);
  const shown = [smoothColumn, validation, test].flatMap((column) =>
    column.slice(Math.max(settled, 0)).filter((value) => value !== null),
  );
  return {
    columns: [steps, rawColumn, smoothColumn, validation, test],
    range: [Math.min(...shown), Math.max(...shown)],
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
