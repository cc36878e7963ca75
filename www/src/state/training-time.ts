/** How long a run has been trained, told by when its reports arrive. */

import type { ProgressUpdate } from "../trainer/protocol";
import { countUpTo } from "./history";

/** A clock that stands while the run does. */
export class TrainingTime {
  #seconds: number;
  /** When the run was last heard of, while it went on, in milliseconds. */
  #heardAt: number | undefined;

  /** @param seconds trained so far */
  constructor(seconds = 0) {
    this.#seconds = seconds;
  }

  /**
   * Seconds of training up to the end of what is reported at `now`, in milliseconds. What came
   * before the first report after a rest was not all training: that is taken from the run's speed.
   */
  after(progress: ProgressUpdate, batchSize: number, now: number): number {
    const { losses, imagesPerSecond, state, waitingForData } = progress;
    const atSpeed = imagesPerSecond > 0 ? (losses.length * batchSize) / imagesPerSecond : 0;
    this.#seconds += this.#heardAt === undefined ? atSpeed : (now - this.#heardAt) / 1000;
    this.#heardAt = state === "running" && !waitingForData ? now : undefined;
    return this.#seconds;
  }
}

/** A forecast above this many seconds is rounded to so many, so that it does not flicker. */
const COARSE_ABOVE = 60;
const COARSE = 10;

/**
 * Seconds that a run will still take, going on as it did so far.
 *
 * @param seconds of training up to each step; 0 of those that were trained before it was restored
 */
export function secondsLeft(seconds: ArrayLike<number>, step: number, steps: number): number {
  const each = (seconds[step - 1] ?? NaN) / (step - countUpTo(seconds, 0));
  const left = each * Math.max(steps - step, 0);
  return left > COARSE_ABOVE ? COARSE * Math.ceil(left / COARSE) : Math.ceil(left);
}
