/**
 * The confusion matrix as cells to show: numbers, how strongly each is coloured, and the worst.
 * Counts are `[classes, classes]` row by row: row = true class, column = predicted class.
 */

import { shade } from "./matrix-shade";

/** One cell: images of one class that were taken for one class; or how two matrices differ there. */
export interface Cell {
  /** Images; of a difference, how many more. */
  count: number;
  /** Their share of the row; of a difference, how much larger it is. */
  share: number;
  /** On the diagonal. */
  right: boolean;
  /** Whether it speaks for the network, and so which of the two colours it has. */
  good: boolean;
  /** Strength of its colour, 0 to 1. */
  strength: number;
}

/** A kind of mistake. */
export interface Mistake {
  actual: number;
  predicted: number;
  count: number;
}

/** Counts of a matrix. */
export type Counts = Uint32Array | Uint16Array;

/** How many classes a matrix is of. */
export function classesOf(counts: Counts): number {
  return Math.sqrt(counts.length);
}

/**
 * The rows of a matrix.
 *
 * @param errors whether only mistakes are coloured, the largest share of a row fully
 */
export function matrixRows(counts: Counts, classes: number, errors = false): Cell[][] {
  const rows = split(counts, classes);
  const full = errors ? Math.max(...rows.map(worstShare)) : undefined;
  return rows.map(({ row, total }, actual) =>
    row.map((count, predicted) => {
      const right = actual === predicted;
      const strength = errors && right ? 0 : shade(count, total, right, full);
      return { count, share: total > 0 ? count / total : 0, right, good: right, strength };
    }),
  );
}

/**
 * The rows of the difference of two matrices: what `counts` has more than `before`. More on the
 * diagonal is good, more elsewhere is not. Colours go by shares, with the square root as those of
 * mistakes do, since the two may be of different numbers of images.
 */
export function differenceRows(counts: Counts, before: Counts, classes: number): Cell[][] {
  const former = split(before, classes);
  const rows = split(counts, classes).map(({ row, total }, actual) =>
    row.map((count, predicted) => {
      const other = former[actual];
      const otherCount = other?.row[predicted] ?? 0;
      const share = (total && count / total) - (other?.total ? otherCount / other.total : 0);
      return { count: count - otherCount, share, right: actual === predicted };
    }),
  );
  const most = Math.max(...rows.flat().map(({ share }) => Math.abs(share)));
  return rows.map((row) =>
    row.map((cell) => ({
      ...cell,
      good: cell.share > 0 === cell.right,
      strength: most > 0 ? Math.sqrt(Math.abs(cell.share) / most) : 0,
    })),
  );
}

/** The most frequent mistakes, worst first. */
export function worstMistakes(rows: readonly (readonly Cell[])[], most: number): Mistake[] {
  return rows
    .flatMap((row, actual) => row.map(({ count }, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

interface Row {
  row: number[];
  total: number;
}

function split(counts: Counts, classes: number): Row[] {
  return Array.from({ length: classes }, (_, actual) => {
    const row = Array.from(counts.subarray(actual * classes, (actual + 1) * classes));
    return { row, total: row.reduce((sum, count) => sum + count, 0) };
  });
}

function worstShare({ row, total }: Row, actual: number): number {
  const mistakes = row.filter((_, predicted) => predicted !== actual);
  return total > 0 ? Math.max(0, ...mistakes) / total : 0;
}
