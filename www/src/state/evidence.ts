/** What a run has shown so far, as plain data for a diagnosis. */

import type { Evaluation, RunSpec, RunState, Vitals } from "../generated/core";
import type { RunView } from "./run.svelte";

/** Of a run that has trained at least one step. */
export interface Evidence {
  state: RunState;
  /** What the run was made from, changes mid-run included. */
  spec: RunSpec;
  /** Steps trained. */
  step: number;
  stepsPerEpoch: number;
  /** Loss of the first batch and of the last, in nats, as measured. */
  firstLoss: number;
  lastLoss: number;
  /** Smoothed training loss after each quarter of the steps so far: the last one is now. */
  quarters: readonly [number, number, number, number];
  /** Smoothed training accuracy now. */
  accuracy: number;
  /** Every evaluation on validation images, in order. */
  validation: readonly Pick<
    Evaluation,
    "step" | "epoch" | "images" | "loss" | "accuracy" | "confusion"
  >[];
  /** How the layers fared when they were last looked at. */
  vitals: Vitals | undefined;
}

/** The evidence of a run; none before its first step, nor while one looks back on it. Costs the same however long the run is. */
export function evidenceOf(run: RunView): Evidence | undefined {
  const { spec, state } = run;
  const { history } = run.record;
  const { loss, accuracy, evaluations, stepsPerEpoch, steps } = history;
  const past = run.shownUpTo < steps;
  if (!spec || steps === 0 || past) return undefined;
  const after = (share: number) => loss.smooth.at(Math.ceil(share * steps) - 1) ?? NaN;
  return {
    state,
    spec,
    step: steps,
    stepsPerEpoch,
    firstLoss: loss.raw.at(0) ?? NaN,
    lastLoss: loss.raw.at(-1) ?? NaN,
    quarters: [after(0.25), after(0.5), after(0.75), after(1)],
    accuracy: accuracy.smooth.at(-1) ?? NaN,
    validation: evaluations.validation,
    vitals: run.vitals,
  };
}
