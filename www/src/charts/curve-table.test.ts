import { expect, test } from "vitest";

import type { Evaluation, Split } from "../generated/core";
import { History } from "../state/history";
import { accuracyScale, lossScale } from "./curve-scale";
import { curveTable } from "./curve-table";

function evaluation(split: Split, step: number, loss: number): Evaluation {
  const confusion = new Uint32Array(100);
  return { split, step, epoch: 1, images: 0, loss, accuracy: 1 - loss, confusion };
}

function history(losses: number[], evaluations: Evaluation[] = []): History {
  const result = new History();
  result.add({
    state: "running",
    epoch: 1,
    epochs: 1,
    step: losses.length,
    stepsPerEpoch: 10,
    losses: Float32Array.from(losses),
    accuracies: Float32Array.from(losses, (loss) => 1 - loss),
    learningRates: Float32Array.from(losses, () => 0.001),
    imagesPerSecond: 0,
    waitingForData: false,
  });
  evaluations.forEach((each) => result.addEvaluation(each));
  return result;
}

test("nothing is an empty table", () => {
  expect(curveTable(new History(), "loss", 100).columns).toEqual([[], [], [], [], []]);
});

test("evaluations stand at their steps, among the training steps", () => {
  const run = history(
    [1, 0.5, 0.25],
    [evaluation("validation", 2, 0.5), evaluation("test", 3, 0.75)],
  );
  const [steps, raw, , validation, held] = curveTable(run, "loss", 100).columns;
  expect(steps).toEqual([1, 2, 3]);
  expect(raw).toEqual([1, 0.5, 0.25]);
  expect(validation).toEqual([null, 0.5, null]);
  expect(held).toEqual([null, null, 0.75]);
});

test("an evaluation whose step was thinned out still has its row", () => {
  const run = history(Array<number>(10_000).fill(0.5), [evaluation("validation", 5003, 0.4)]);
  const [steps, raw, smooth, validation] = curveTable(run, "loss", 50).columns;
  const row = steps.indexOf(5003);
  expect([raw[row], smooth[row], validation[row]]).toEqual([null, 0.5, 0.4]);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

test("the accuracy is read from the same evaluations", () => {
  const run = history([0.25], [evaluation("test", 1, 0.25)]);
  const [, raw, , , held] = curveTable(run, "accuracy", 50).columns;
  expect([raw, held]).toEqual([[0.75], [0.75]]);
});

test("the first steps do not set the range; what is not finite is not drawn", () => {
  const run = history([50, 40, ...Array<number>(100).fill(0.5), NaN]);
  const { columns, range } = curveTable(run, "loss", 500);
  expect(columns[1].at(-1)).toBeNull();
  expect(range[1]).toBeLessThan(40);
});

const SCALES: [what: string, scale: [number, number], low: number, high: number][] = [
  ["no loss yet", lossScale([Infinity, -Infinity], false), 0, 2.7],
  ["a loss, from zero", lossScale([0.1, 2], false), 0, 2.16],
  ["a loss of nothing", lossScale([0, 0], false), 0, 1],
  ["a loss, logarithmic", lossScale([0.1, 2], true), 0.08, 2.5],
  ["a loss of nothing, logarithmic", lossScale([0, 0], true), 8e-7, 1.25e-6],
  ["no accuracy yet", accuracyScale([Infinity, -Infinity], false), 0, 1],
  ["an accuracy near one", accuracyScale([0.93, 0.99], false), 0.9, 1],
  ["an accuracy at its lowest", accuracyScale([0.05, 0.99], false), 0, 1],
  ["an accuracy, from zero", accuracyScale([0.93, 0.99], true), 0, 1],
];

test.each(SCALES)("the axis of %s", (_, scale, low, high) => {
  expect(scale[0]).toBeCloseTo(low, 9);
  expect(scale[1]).toBeCloseTo(high, 9);
});
