/** How long a run has been trained, told by when its reports arrive. */

import type { ProgressUpdate } from "../trainer/protocol";

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
