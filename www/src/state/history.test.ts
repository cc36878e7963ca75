import { describe, expect, test } from "vitest";

import { fakeEvaluation, fakeProgress } from "./fake-progress";
import { countUpTo, History } from "./history";

test("a history counts steps, and knows when each was trained", () => {
  const history = new History();
  history.add(fakeProgress([1, 0.5]), 4);
  history.add(fakeProgress([0.25], { step: 3 }), 5);
  expect(history.steps).toBe(3);
  expect([...history.seconds.values]).toEqual([2, 4, 5]);
  expect([...history.loss.raw.values]).toEqual([1, 0.5, 0.25]);
  expect([...history.accuracy.raw.values]).toEqual([0, 0.5, 0.75]);
});

test("a run that was trained before begins where it was left", () => {
  const history = new History();
  history.add(fakeProgress([], { step: 3 }), 0);
  history.add(fakeProgress([0.5], { step: 4 }), 1);
  expect(history.steps).toBe(4);
  expect([...history.loss.raw.values]).toEqual([NaN, NaN, NaN, 0.5]);
  expect(history.loss.smooth.at(3)).toBe(0.5);
  expect(history.seconds.at(2)).toBe(0);
});

test("the gradient norm stands at the steps that were looked at", () => {
  const history = new History();
  const vitals = [
    { step: 2, gradientNorm: 3, layers: [] },
    { step: 8, gradientNorm: 1, layers: [] },
  ];
  history.add(fakeProgress(Array<number>(10).fill(1), { vitals }), 1);
  expect([1, 2, 7, 8, 10].map((step) => history.gradientNormAt(step))).toEqual([
    undefined,
    3,
    3,
    1,
    1,
  ]);
});

describe("evaluations", () => {
  function history(losses: [step: number, loss: number, images: number][]): History {
    const result = new History();
    for (const [step, loss, images] of losses) {
      result.addEvaluation(fakeEvaluation("validation", step, loss, images));
    }
    return result;
  }

  test("are found by their steps", () => {
    const run = history([
      [5, 0.5, 100],
      [10, 0.4, 100],
    ]);
    const at = (step: number) => run.evaluationAt("validation", step)?.step;
    expect([4, 5, 9, 10, 99].map(at)).toEqual([undefined, 5, 5, 10, 10]);
    expect(run.evaluationAt("test", 99)).toBeUndefined();
  });

  test("the best is the first with the lowest loss, and that with the highest accuracy", () => {
    const run = history([
      [5, 0.5, 100],
      [10, 0.25, 100],
      [15, 0.25, 100],
      [20, 0.75, 100],
    ]);
    expect([run.best("loss")?.step, run.best("accuracy")?.step]).toEqual([10, 10]);
  });

  test("what a few images say does not count beside what more of them say", () => {
    const run = history([
      [5, 0.1, 100],
      [10, 0.3, 5000],
      [15, 0.2, 100],
    ]);
    expect(run.best("loss")?.step).toBe(10);
  });

  test("the best of several is none while there is nothing to compare it with", () => {
    const alone = history([
      [5, 0.1, 100],
      [10, 0.3, 5000],
    ]);
    expect(alone.bestOfSeveral("loss")).toBeUndefined();
    const rivals = history([
      [5, 0.1, 100],
      [10, 0.3, 5000],
      [15, 0.4, 5000],
    ]);
    expect(rivals.bestOfSeveral("loss")?.step).toBe(10);
  });

  test("the test images choose nothing", () => {
    const run = new History();
    run.addEvaluation(fakeEvaluation("test", 5, 0.1));
    expect(run.best("loss")).toBeUndefined();
  });

  test("a loss that is none is never the best", () => {
    expect(history([[5, NaN, 100]]).best("loss")).toBeUndefined();
  });
});

describe("what was changed", () => {
  test("is marked at its step; of a slider that is moved, where it came to rest", () => {
    const history = new History();
    history.add(fakeProgress([1, 1]), 1);
    history.addMark({ learningRate: 0.1 });
    history.addMark({ learningRate: 0.2 });
    history.addMark({ epochs: 7 });
    history.add(fakeProgress([1], { step: 3 }), 2);
    history.addMark({ learningRate: 0.3 });
    expect(history.marks).toEqual([
      { step: 2, changes: { learningRate: 0.2, epochs: 7 } },
      { step: 3, changes: { learningRate: 0.3 } },
    ]);
  });

  test("is not marked without end", () => {
    const history = new History();
    for (let step = 1; step <= 1000; step += 1) {
      history.add(fakeProgress([1], { step }), step);
      history.addMark({ learningRate: step });
    }
    expect(history.marks.length).toBeLessThanOrEqual(100);
    expect(history.marks.at(-1)?.step).toBe(1000);
  });
});

test("counting up to a limit", () => {
  const numbers = [1, 3, 3, 7];
  expect([0, 1, 2, 3, 7, 8].map((limit) => countUpTo(numbers, limit))).toEqual([0, 1, 1, 3, 4, 4]);
  expect(countUpTo([], 5)).toBe(0);
});
