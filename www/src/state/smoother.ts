/** Smoothing: what a curve does apart from the noise of its single batches. */

import { Series } from "./series";

/**
 * Exponential moving average that begins as a plain mean: early on, where a curve changes fast, it
 * looks back over a tenth of the steps so far; later over `horizon` steps at most.
 */
export class Smoother {
  readonly #horizon: number;
  #average = NaN;
  #count = 0;

  constructor(horizon: number) {
    this.#horizon = horizon;
  }

  /** The average after each of the next values. What is not finite is left out. */
  next(values: Float32Array): Float32Array {
    return values.map((value) => {
      if (!Number.isFinite(value)) return this.#average;
      const lookBack = Math.min(1 + this.#count / 10, this.#horizon);
      this.#count += 1;
      this.#average =
        this.#count === 1 ? value : this.#average + (value - this.#average) / lookBack;
      return this.#average;
    });
  }
}

/**
 * Steps that a smoothing of 0 to almost 1 looks back over: the share of the average that each step
 * keeps, as in other tools. 0 does not smooth.
 */
export function horizonOf(smoothing: number): number {
  return 1 / (1 - Math.min(Math.max(smoothing, 0), 0.999));
}

/** A growing series, smoothed as far as it has grown. */
export class Smoothed {
  readonly #source: Series;
  readonly #smoother: Smoother;
  readonly #values = new Series();

  constructor(source: Series, smoothing: number) {
    this.#source = source;
    this.#smoother = new Smoother(horizonOf(smoothing));
  }

  /** The smoothed value at a position; from the end where it is negative. */
  at(index: number): number | undefined {
    const done = this.#values.length;
    if (done < this.#source.length) {
      this.#values.push(this.#smoother.next(this.#source.values.subarray(done)));
    }
    return this.#values.at(index);
  }
}
