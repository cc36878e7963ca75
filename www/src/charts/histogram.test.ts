import { describe, expect, test } from "vitest";

import { histogramPath, placeOf } from "./histogram";

describe("the outline of a histogram", () => {
  test("steps from bar to bar, the highest as high as there is room", () => {
    expect(histogramPath([1, 4, 2], 30, 8)).toBe("M0,8 V6 H10 V0 H20 V4 H30 V8 Z");
  });

  test("shows a bar of one in a million, and none where nothing is", () => {
    expect(histogramPath(Uint32Array.of(1, 0, 1_000_000), 3, 10)).toBe(
      "M0,10 V9.5 H1 V10 H2 V0 H3 V10 Z",
    );
  });

  test("of nothing is a line", () => {
    expect(histogramPath([], 30, 8)).toBe("M0,8 H30");
    expect(histogramPath([0, 0], 30, 8)).toBe("M0,8 H30");
  });
});

test("zero has its place between the ends, where it lies between them", () => {
  expect(placeOf(0, -1, 3)).toBe(0.25);
  expect(placeOf(0, 1, 3)).toBeUndefined();
  expect(placeOf(0, 0, 0)).toBeUndefined();
});
