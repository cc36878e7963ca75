/** The confusion matrices of a run, so that one can go back in time through them. */

import type { Evaluation } from "../generated/core";

/** A matrix and the evaluation it is of. */
export interface KeptMatrix extends Pick<Evaluation, "step" | "epoch" | "images" | "accuracy"> {
  /** `[classes, classes]` row by row: row = true class, column = predicted class. */
  counts: Uint16Array | Uint32Array;
}

/** Matrices that are kept at most: past that every other one is let go. */
export const MOST_KEPT = 120;

/**
 * The matrices of one kind of images, in order of their steps. However long the run, they span all
 * of it and take bounded room: of 62 classes 0.9 MB at most, as long as no count is over 65,535.
 */
export class Matrices {
  #kept: readonly KeptMatrix[] = [];
  /** Every so many evaluations one is kept, from the first on. */
  #stride = 1;
  #seen = 0;

  /** In order of their steps; the last one is the last evaluation. */
  get kept(): readonly KeptMatrix[] {
    return this.#kept;
  }

  /** Adds the matrix of an evaluation. */
  add({ step, epoch, images, accuracy, confusion }: Evaluation): void {
    // The last one is always there, and stays where it was its turn.
    const stays = (this.#seen - 1) % this.#stride === 0 ? this.#kept : this.#kept.slice(0, -1);
    this.#seen += 1;
    this.#kept = [...stays, { step, epoch, images, accuracy, counts: compact(confusion) }];
    if (this.#kept.length > MOST_KEPT) this.#thin();
  }

  /** Those that were there when so many steps were trained, for a run that goes on from there. */
  upTo(step: number): Matrices {
    const past = new Matrices();
    past.#kept = this.#kept.filter((matrix) => matrix.step <= step);
    past.#stride = this.#stride;
    past.#seen = past.#kept.length > 0 ? (past.#kept.length - 1) * this.#stride + 1 : 0;
    return past;
  }

  #thin(): void {
    const last = this.#kept.length - 1;
    this.#kept = this.#kept.filter((_, at) => at % 2 === 0 || at === last);
    this.#stride *= 2;
  }
}

function compact(counts: Uint32Array): KeptMatrix["counts"] {
  const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
  return most < 2 ** 16 ? Uint16Array.from(counts) : counts;
}
