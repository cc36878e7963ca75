import { expect, test } from "vitest";

import type { Evaluation, Split } from "../generated/core";
import { History } from "./history";

const evaluation = (split: Split, step: number): Evaluation => ({
  split,
  step,
  epoch: 1,
  images: 10,
  loss: 1 / step,
  accuracy: 0.5,
  confusion: new Uint32Array(4).fill(step),
});

test("a record that is cut is that of the shorter run, and the long one stays whole", () => {
  const history = new History();
  const losses = Float32Array.from({ length: 3000 }, (_, i) => i + 1);
  history.add(
    {
      state: "running",
      epoch: 3,
      epochs: 3,
      step: 3000,
      stepsPerEpoch: 1000,
      losses,
      accuracies: losses,
      learningRates: losses,
      vitals: [1000, 2000].map((step) => ({ step, gradientNorm: step, layers: [] })),
      threads: 1,
      imagesPerSecond: 1,
      waitingForData: false,
    },
    30,
  );
  for (const step of [500, 1000, 2000]) history.addEvaluation(evaluation("validation", step));
  history.addEvaluation(evaluation("test", 2000));
  history.marks = [
    { step: 10, changes: { epochs: 3 } },
    { step: 1500, changes: { learningRate: 1 } },
  ];

  const cut = history.upTo(1000);
  expect(cut.steps).toBe(1000);
  expect(cut.stepsPerEpoch).toBe(1000);
  expect([cut.loss.raw.at(-1), cut.accuracy.raw.at(-1), cut.learningRate.at(-1)]).toEqual([
    1000, 1000, 1000,
  ]);
  expect(cut.seconds.at(-1)).toBeCloseTo(10, 3);
  expect(cut.gradientNorm.steps).toEqual([1000]);
  expect(cut.evaluations.validation.map(({ step }) => step)).toEqual([500, 1000]);
  expect(cut.evaluations.test).toEqual([]);
  expect(cut.matrices.validation.kept.map(({ step }) => step)).toEqual([500, 1000]);
  expect(cut.evaluationWithMatrix("validation", 999)?.confusion[0]).toBe(500);
  expect(cut.evaluations.validation.at(-1)?.confusion[0]).toBe(1000);
  expect(cut.best("loss")?.step).toBe(1000);
  expect(cut.marks).toHaveLength(1);

  expect(history.steps).toBe(3000);
  expect(history.evaluations.validation).toHaveLength(3);
});

test("an evaluation that is made again counts once", () => {
  const history = new History();
  history.addEvaluation(evaluation("validation", 500));
  history.addEvaluation(evaluation("validation", 500));
  expect(history.evaluations.validation).toHaveLength(1);
  expect(history.scores.validation.loss.steps).toEqual([500]);
});
