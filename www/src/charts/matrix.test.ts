import { describe, expect, test } from "vitest";

import { classesOf, differenceRows, matrixRows, worstMistakes } from "./matrix";
import { shade } from "./matrix-shade";

describe("the strength of a cell's colour", () => {
  const CASES: [what: string, strength: number, expected: number][] = [
    ["an empty cell", shade(0, 100, false), 0],
    ["an empty row", shade(0, 0, true), 0],
    ["half a row right", shade(50, 100, true), 0.5],
    ["a whole row right", shade(100, 100, true), 1],
    ["one mistake in a hundred", shade(1, 100, false), 0.2],
    ["a quarter of a row mistaken", shade(25, 100, false), 1],
    ["a whole row mistaken", shade(100, 100, false), 1],
  ];

  test.each(CASES)("%s", (_, strength, expected) => expect(strength).toBeCloseTo(expected, 9));

  test("grows with the count", () => {
    for (const right of [true, false]) {
      const strengths = [...Array(101).keys()].map((count) => shade(count, 100, right));
      expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
    }
  });
});

const COUNTS = Uint32Array.from([8, 2, 0, 1, 7, 0, 0, 5, 5]);

test("rows are true classes, columns predicted ones", () => {
  const rows = matrixRows(COUNTS, 3);
  expect(rows.map((row) => row.map(({ count }) => count))).toEqual([
    [8, 2, 0],
    [1, 7, 0],
    [0, 5, 5],
  ]);
  expect(
    rows
      .flat()
      .filter(({ right }) => right)
      .map(({ count }) => count),
  ).toEqual([8, 7, 5]);
});

test("shares are of the row, and of an empty row none", () => {
  const rows = matrixRows(Uint16Array.from([3, 1, 0, 0]), 2);
  expect(rows.map((row) => row.map(({ share }) => share))).toEqual([
    [0.75, 0.25],
    [0, 0],
  ]);
  expect(classesOf(COUNTS)).toBe(3);
});

describe("with emphasis on errors", () => {
  const rows = matrixRows(COUNTS, 3, true);

  test("the diagonal steps back and the worst share has the full colour", () => {
    expect(rows.map((row, i) => row[i]?.strength)).toEqual([0, 0, 0]);
    expect(rows[2]?.[1]?.strength).toBe(1);
    expect(rows[1]?.[0]?.strength).toBeCloseTo(Math.sqrt(1 / 8 / (5 / 10)), 9);
  });

  test("nothing is coloured where nothing is wrong", () => {
    const strengths = matrixRows(Uint32Array.from([4, 0, 0, 4]), 2, true).flat();
    expect(strengths.map(({ strength }) => strength)).toEqual([0, 0, 0, 0]);
  });
});

describe("the difference of two matrices", () => {
  const before = Uint32Array.from([6, 4, 0, 10]);
  const now = Uint32Array.from([18, 2, 2, 18]);
  const [first, second] = differenceRows(now, before, 2);

  test("says how many more there are, and how much larger a share", () => {
    expect(first?.map(({ count }) => count)).toEqual([12, -2]);
    expect(first?.[0]?.share).toBeCloseTo(0.3, 9);
    expect(first?.[1]?.share).toBeCloseTo(-0.3, 9);
  });

  test("more right answers and fewer mistakes are good", () => {
    expect(first?.map(({ good }) => good)).toEqual([true, true]);
    expect(second?.map(({ good }) => good)).toEqual([false, false]);
  });

  test("the largest change has the full colour, no change none", () => {
    expect(first?.map(({ strength }) => strength)).toEqual([1, 1]);
    expect(second?.[0]?.strength).toBeCloseTo(Math.sqrt(1 / 3), 9);
    const same = differenceRows(now, now, 2).flat();
    expect(same.map(({ count, strength }) => [count, strength])).toEqual(Array(4).fill([0, 0]));
  });

  test("a row without images counts as no share", () => {
    const [row] = differenceRows(Uint32Array.from([0, 0, 0, 1]), before, 2);
    expect(row?.map(({ share }) => share)).toEqual([-0.6, -0.4]);
  });
});

test("before the first evaluation no row has a cell", () => {
  expect(matrixRows(new Uint32Array(), 3)).toEqual([[], [], []]);
});

test("the worst mistakes come first, right answers and empty cells never", () => {
  expect(worstMistakes(matrixRows(COUNTS, 3), 5)).toEqual([
    { actual: 2, predicted: 1, count: 5 },
    { actual: 0, predicted: 1, count: 2 },
    { actual: 1, predicted: 0, count: 1 },
  ]);
  expect(worstMistakes(matrixRows(COUNTS, 3), 1)).toHaveLength(1);
});
