/** The runs of a visit as rows of a table: what sets each apart, what it came to, what it cost. */

import type { DeviceName, Evaluation, RunSpec, Split } from "../generated/core";
import type { History } from "./history";
import type { RunRecord } from "./run-record";
import type { ArchivedRun } from "./runs.svelte";

/** The run in hand, or the number of an earlier one. */
export type RunKey = "current" | number;

/** One run. */
export interface RunRow {
  key: RunKey;
  spec: RunSpec;
  device: DeviceName | undefined;
  /** The validation that got the most images right. */
  best: Pick<Evaluation, "accuracy" | "epoch"> | undefined;
  /** Share of the test images classified correctly, at the last evaluation on them. */
  testAccuracy: number | undefined;
  /** Seconds of training. */
  seconds: number;
  /** Trainable numbers, once they have been counted. */
  parameters: number | undefined;
}

/** What the table can be sorted by. */
export const SORT_KEYS = ["run", "validation", "test", "seconds", "parameters"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** An order of the rows. */
export interface Order {
  by: SortKey;
  descending: boolean;
}

/** An earlier run as a row. */
export function archivedRow(run: ArchivedRun, parameters: number | undefined): RunRow {
  const { id, spec, device, mostAccurate, latest, seconds } = run;
  const testAccuracy = latest.test?.accuracy;
  return { key: id, spec, device, best: mostAccurate, testAccuracy, seconds, parameters };
}

/** What the run in hand tells. */
export interface CurrentRun {
  spec: RunSpec;
  device: DeviceName | undefined;
  /** The last evaluation on each kind of images. */
  latest: Partial<Record<Split, Evaluation>>;
  history: History;
}

/** The run in hand as a row. */
export function currentRow(
  { spec, device, latest, history }: CurrentRun,
  parameters: number | undefined,
): RunRow {
  return {
    key: "current",
    spec,
    device,
    best: history.best("accuracy"),
    testAccuracy: latest.test?.accuracy,
    seconds: history.seconds.at(-1) ?? 0,
    parameters,
  };
}

/** The rows in an order; those without a value come last, equal ones stay as they were. */
export function sorted(rows: readonly RunRow[], { by, descending }: Order): RunRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a, by), valueOf(b, by)];
    if (x === undefined || y === undefined)
      return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  });
}

function valueOf(row: RunRow, by: SortKey): number | undefined {
  switch (by) {
    case "run":
      // The newest of all is the one in hand.
      return row.key === "current" ? Infinity : row.key;
    case "validation":
      return row.best?.accuracy;
    case "test":
      return row.testAccuracy;
    case "seconds":
      return row.seconds;
    case "parameters":
      return row.parameters;
  }
}

/** Two marked runs, after one more was marked or taken off: the older mark gives way. */
export function marked(marks: readonly RunKey[], key: RunKey, on: boolean): RunKey[] {
  const others = marks.filter((mark) => mark !== key);
  return on ? [...others, key].slice(-2) : others;
}

/** The curves of a run that are laid over another's. */
export interface ComparedCurves {
  steps: ArrayLike<number>;
  loss: ArrayLike<number>;
  validation: Record<"loss" | "accuracy", { steps: ArrayLike<number>; values: ArrayLike<number> }>;
}

/** The curves to compare, of what remains of a run. */
export function comparedCurves({ steps, loss, scores }: RunRecord): ComparedCurves {
  return { steps, loss, validation: scores.validation };
}
