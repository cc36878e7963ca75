import { expect, test } from "vitest";

import { roundNumbers } from "./round-numbers";

test.each([
  [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0.13, 0.72, 3, [0.2, 0.4, 0.6]],
  [-1.2, 3.9, 6, [-1, 0, 1, 2, 3]],
  [93, 96.5, 3, [94, 96]],
  [0, 0.003, 3, [0, 0.001, 0.002, 0.003]],
])("between %f and %f there are some round numbers", (low, high, wanted, expected) => {
  expect(roundNumbers(low, high, wanted)).toEqual(expected);
});
