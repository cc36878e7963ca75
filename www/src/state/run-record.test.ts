import { expect, test } from "vitest";

import { fakeEvaluation, fakeProgress } from "./fake-progress";
import { History } from "./history";
import { recordOf } from "./run-record";

function history(losses: ArrayLike<number>, seconds = 10): History {
  const result = new History();
  result.add(fakeProgress(losses), seconds);
  return result;
}

test("a short run is kept as it was", () => {
  const record = recordOf(history([1, 0.5, 0.25], 3));
  expect(record).toMatchObject({ block: 1, stepsPerEpoch: 10 });
  expect([...record.steps]).toEqual([1, 2, 3]);
  expect([...record.seconds]).toEqual([1, 2, 3]);
  expect([...record.loss]).toEqual([1, 0.5, 0.25]);
  expect([...record.accuracy]).toEqual([0, 0.5, 0.75]);
  expect([...record.learningRate].map((rate) => rate.toFixed(3))).toEqual(Array(3).fill("0.001"));
});

test("of a long run remain means, as many as of any other", () => {
  const run = history(Array.from({ length: 100_001 }, (_, i) => (i % 2 === 0 ? 1 : 3)));
  for (let step = 1; step <= 3000; step += 1) {
    run.addEvaluation(fakeEvaluation("validation", step, step === 777 ? 0 : 0.5));
  }
  const record = recordOf(run);
  expect(record.block).toBe(196);
  expect(record.steps.length).toBeLessThanOrEqual(512);
  expect(record.steps.at(-1)).toBe(100_001);
  expect(record.loss.length).toBe(record.steps.length);
  expect(record.loss[100]).toBeCloseTo(2, 5);
  const { steps, values } = record.scores.validation.loss;
  expect(steps.length).toBeLessThan(600);
  expect(values[steps.indexOf(777)]).toBe(0);
});

test("what is not finite is in no mean", () => {
  const losses = Array.from({ length: 1024 }, (_, i) => (i % 2 === 0 ? NaN : 0.5));
  expect([...recordOf(history(losses)).loss.slice(0, 3)]).toEqual([0.5, 0.5, 0.5]);
});

test("of nothing remains nothing", () => {
  const record = recordOf(new History());
  expect([record.steps.length, record.loss.length, record.gradientNorm.steps.length]).toEqual([
    0, 0, 0,
  ]);
});
