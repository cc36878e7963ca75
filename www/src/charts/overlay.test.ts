import { describe, expect, test } from "vitest";

import { overlay } from "./overlay";

describe("two runs over each other", () => {
  test("share their axes", () => {
    const { paths, steps } = overlay(
      [
        { steps: [50, 100], values: [1, 0] },
        { steps: [100, 200], values: [1, 0.5] },
      ],
      200,
      110,
    );
    expect(steps).toBe(200);
    expect(paths).toEqual(["M50,5L100,105", "M100,5L200,55"]);
  });

  test("are not flattened by the first steps", () => {
    const { paths } = overlay([{ steps: [1, 50, 100], values: [100, 1, 0] }], 100, 110);
    expect(paths).toEqual(["M1,0L50,5L100,105"]);
  });

  test("leave out what is no number, and may be empty", () => {
    const { paths, valueTicks } = overlay(
      [
        { steps: [10, 20], values: [NaN, 1] },
        { steps: [], values: [] },
      ],
      20,
      100,
    );
    expect(paths).toEqual(["M20,50", ""]);
    expect(valueTicks.find(({ value }) => value === 1)?.y).toBe(50);
  });
});
