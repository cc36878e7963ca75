/** Everything a run has told so far, in arrays that grow as it goes on. */

import type { Evaluation, Split } from "../generated/core";
import type { ProgressUpdate } from "../trainer/protocol";

/** A list of numbers that grows at its end without being copied each time. */
export class Series {
  #values = new Float32Array(1024);
  #length = 0;

  /** How many values there are. */
  get length(): number {
    return this.#length;
  }

  /** The values, as a view that the next `push` may leave behind. */
  get values(): Float32Array {
    return this.#values.subarray(0, this.#length);
  }

  /** The value at a position; from the end where it is negative. */
  at(index: number): number | undefined {
    const position = index < 0 ? this.#length + index : index;
    return position < this.#length ? this.#values[position] : undefined;
  }

  /** Adds values at the end. */
  push(values: Float32Array): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) {
      const grown = new Float32Array(Math.max(length, 2 * this.#values.length));
      grown.set(this.values);
      this.#values = grown;
    }
    this.#values.set(values, this.#length);
    this.#length = length;
  }
}

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

/** Steps that the smoothed curves look back over. */
const HORIZON = 40;

/** One measure over the steps of a run: position 0 holds step 1. */
export class Curve {
  /** As measured on each batch. */
  readonly raw = new Series();
  /** Averaged over the last steps. */
  readonly smooth = new Series();
  readonly #smoother = new Smoother(HORIZON);

  /** Adds the values of the next steps. */
  push(values: Float32Array): void {
    this.raw.push(values);
    this.smooth.push(this.#smoother.next(values));
  }
}

/** The record of one run. */
export class History {
  /** Cross-entropy of each step's batch, in nats. */
  readonly loss = new Curve();
  /** Share of each step's batch that was classified correctly. */
  readonly accuracy = new Curve();
  /** Evaluations by the images they looked at, in order of their steps. */
  readonly evaluations: Record<Split, Evaluation[]> = { validation: [], test: [] };
  /** Steps of one epoch; 0 before it is known. */
  stepsPerEpoch = 0;

  /** Steps recorded. */
  get steps(): number {
    return this.loss.raw.length;
  }

  /** Adds what the run reports. */
  add(progress: ProgressUpdate): void {
    this.stepsPerEpoch = progress.stepsPerEpoch;
    this.loss.push(progress.losses);
    this.accuracy.push(progress.accuracies);
  }

  /** Adds an evaluation. */
  addEvaluation(evaluation: Evaluation): void {
    this.evaluations[evaluation.split].push(evaluation);
  }

  /** The last evaluation at or before a step. */
  evaluationAt(split: Split, step: number): Evaluation | undefined {
    return this.evaluations[split].findLast((evaluation) => evaluation.step <= step);
  }
}
