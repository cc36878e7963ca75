/** The confusion matrix as cells to show: numbers, how strongly each is coloured, and the worst. */

import type { Evaluation } from "../generated/core";
import { shade } from "./matrix-shade";

/** One cell: images of one class that were taken for one class. */
export interface Cell {
  count: number;
  right: boolean;
  /** Strength of its colour, 0 to 1. */
  strength: number;
}

/** A kind of mistake. */
export interface Mistake {
  actual: number;
  predicted: number;
  count: number;
}

/** The rows of a matrix: row = true class, column = predicted class. */
export function matrixRows(confusion: Evaluation["confusion"], classes: number): Cell[][] {
  return Array.from({ length: classes }, (_, actual) => {
    const counts = Array.from(confusion.subarray(actual * classes, (actual + 1) * classes));
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count, predicted) => {
      const right = actual === predicted;
      return { count, right, strength: shade(count, total, right) };
    });
  });
}

/** The most frequent mistakes, worst first. */
export function worstMistakes(rows: readonly (readonly Cell[])[], most: number): Mistake[] {
  return rows
    .flatMap((row, actual) => row.map(({ count }, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}
