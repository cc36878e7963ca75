import { expect, test } from "vitest";

import { classBars, ranked } from "./class-bars";

test("few classes are all shown, in their order", () => {
  expect(classBars([0.2, 0.5, 0.3])).toEqual([
    { of: 0, probability: 0.2, classes: 1 },
    { of: 1, probability: 0.5, classes: 1 },
    { of: 2, probability: 0.3, classes: 1 },
  ]);
});

test("of many the most probable are shown, and the rest as one", () => {
  const bars = classBars([0.0625, 0.25, 0.125, 0.5, 0.0625], 3);
  expect(bars).toEqual([
    { of: 3, probability: 0.5, classes: 1 },
    { of: 1, probability: 0.25, classes: 1 },
    { of: undefined, probability: 0.25, classes: 3 },
  ]);
});

test("broken numbers have no order", () => {
  expect(ranked([0.1, 0.9]).map(({ of }) => of)).toEqual([1, 0]);
  expect(ranked([NaN, NaN])).toEqual([]);
});
