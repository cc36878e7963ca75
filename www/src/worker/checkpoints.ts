/**
 * When a run is saved by itself: at each end of an epoch and at the evaluations of the first one, to
 * be travelled back to; and now and then between, so that a crash costs little.
 */

import type { Progress } from "../generated/core";

/** A crash costs no more training than this, in milliseconds. */
const KEEP_MS = 15_000;

/** Saving may take one part in so many of the time: where epochs take no time, not all are kept. */
const SPARING = 20;

/** How a checkpoint is kept: for travelling, or only until the next one. */
export type Kind = "milestone" | "passing";

/** Says after each slice whether the run is to be saved. */
export class CheckpointClock {
  #step = 0;
  #savedAt = -Infinity;
  #cost = 0;

  /** A run stands at `step`; nothing before that is to be saved. */
  begin(step: number, now: number): void {
    this.saved(step, now, now);
  }

  /** A checkpoint at `step` was taken, from one time to another. */
  saved(step: number, from: number, to: number): void {
    this.#step = step;
    this.#savedAt = to;
    this.#cost = to - from;
  }

  /** Whether there is anything to save that was not saved before. */
  isNews({ state, step }: Progress): boolean {
    return step !== this.#step && (state === "running" || state === "finished");
  }

  /** What checkpoint is due after a slice, if any. */
  due(progress: Progress, now: number): Kind | undefined {
    const since = now - this.#savedAt;
    if (!this.isNews(progress) || since < SPARING * this.#cost) return undefined;
    const { epoch, evaluations, step, stepsPerEpoch } = progress;
    const wholeEpoch = step % stepsPerEpoch === 0;
    if (wholeEpoch || (epoch === 1 && evaluations.length > 0)) return "milestone";
    return since >= KEEP_MS ? "passing" : undefined;
  }
}
