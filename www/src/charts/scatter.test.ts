import { describe, expect, test } from "vitest";

import { scatter } from "./scatter";

describe("a scatter", () => {
  test("has the cheapest on the left and the best at the top", () => {
    const { places, costTicks, accuracyTicks } = scatter(
      [
        { cost: 10, accuracy: 0.9 },
        { cost: 20, accuracy: 0.8 },
      ],
      120,
      60,
    );
    expect(places).toEqual([
      { x: 10, y: 5 },
      { x: 110, y: 55 },
    ]);
    expect(costTicks).toEqual([
      { value: 10, x: 10 },
      { value: 20, x: 110 },
    ]);
    expect(accuracyTicks.map(({ value }) => value)).toEqual([0.8, 0.9]);
  });

  test("spaces costs by factors where they differ widely", () => {
    const points = [1, 10, 100].map((cost) => ({ cost, accuracy: 0.5 }));
    const { places } = scatter(points, 120, 60);
    expect(places.map(({ x }) => x)).toEqual([10, 60, 110]);
  });

  test("of one trial stands in the middle; of none there is nothing", () => {
    expect(scatter([{ cost: 5, accuracy: 0 }], 100, 50).places).toEqual([{ x: 50, y: 25 }]);
    expect(scatter([], 100, 50).places).toEqual([]);
  });
});
