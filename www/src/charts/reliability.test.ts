import { expect, test } from "vitest";

import { reliabilityBars } from "./reliability";

test("bins without images have no bar, and few images can still be seen", () => {
  const bars = reliabilityBars({
    error: 0.1,
    bins: [
      { lower: 0, upper: 0.5, count: 0 },
      { lower: 0.5, upper: 0.75, count: 1, confidence: 0.6, accuracy: 1 },
      { lower: 0.75, upper: 1, count: 100, confidence: 0.97, accuracy: 0.95 },
    ],
  });
  expect(bars).toEqual([
    { lower: 0.5, upper: 0.75, count: 1, confidence: 0.6, accuracy: 1, fullness: 0.1 },
    { lower: 0.75, upper: 1, count: 100, confidence: 0.97, accuracy: 0.95, fullness: 1 },
  ]);
});

test("no image at all draws nothing", () => {
  const bins = [{ lower: 0, upper: 1, count: 0 }];
  expect(reliabilityBars({ error: 0, bins })).toEqual([]);
});
