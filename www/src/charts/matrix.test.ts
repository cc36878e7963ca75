import { describe, expect, test } from "vitest";

import { matrixRows, worstMistakes } from "./matrix";
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
