import { expect, test } from "vitest";

import { NOTHING, scaleOf, together, withOthers, type Span } from "./curve-scale";

const SCALES: [what: string, scale: Span, low: number, high: number][] = [
  ["no loss yet", scaleOf("loss", NOTHING, false), 0, 2.7],
  ["a loss, from zero", scaleOf("loss", [0.1, 2], false), 0, 2.16],
  ["a loss of nothing", scaleOf("loss", [0, 0], false), 0, 1],
  ["a loss, logarithmic", scaleOf("loss", [0.1, 2], true), 0.08, 2.5],
  ["a loss of nothing, logarithmic", scaleOf("loss", [0, 0], true), 8e-8, 1.25e-7],
  ["no accuracy yet", scaleOf("accuracy", NOTHING, false), 0, 1],
  ["an accuracy near one", scaleOf("accuracy", [0.93, 0.99], false), 0.9, 1],
  ["an accuracy at its lowest", scaleOf("accuracy", [0.05, 0.99], false), 0, 1],
  ["an accuracy, from zero", scaleOf("accuracy", [0.93, 0.99], true), 0, 1],
  ["a learning rate", scaleOf("learningRate", [0.001, 0.01], false), 0, 0.0108],
  ["a gradient norm, logarithmic", scaleOf("gradientNorm", [1, 10], true), 0.8, 12.5],
];

test.each(SCALES)("the axis of %s", (_, scale, low, high) => {
  expect(scale[0]).toBeCloseTo(low, 9);
  expect(scale[1]).toBeCloseTo(high, 9);
});

test("two spans together", () => {
  expect(together([1, 2], [1.5, 3])).toEqual([1, 3]);
  expect(together(NOTHING, [1, 2])).toEqual([1, 2]);
});

test("a run that exploded leaves the one in hand to be seen", () => {
  expect(withOthers([0.1, 2], [0.05, 2.5])).toEqual([0.05, 2.5]);
  expect(withOthers([0.1, 2], [0.5, 1250])).toEqual([0.1, 8]);
  expect(withOthers([0.1, 2], NOTHING)).toEqual([0.1, 2]);
  expect(withOthers(NOTHING, [0.5, 1250])).toEqual([0.5, 1250]);
});
