import { describe, expect, test } from "vitest";

import type { Axis, Measure } from "../state/curve-view.svelte";
import { fakeEvaluation, fakeProgress } from "../state/fake-progress";
import { History } from "../state/history";
import { recordOf } from "../state/run-record";
import { earlierLine } from "./earlier-lines";

function line(losses: ArrayLike<number>, measure: Measure, axis: Axis = "step", smoothing = 0) {
  const history = new History();
  const vitals = [{ step: 2, gradientNorm: 4, layers: [] }];
  history.add(fakeProgress(losses, { vitals }), losses.length / 2);
  history.addEvaluation(fakeEvaluation("validation", 2, 0.25));
  return earlierLine(7, recordOf(history), measure, { axis, smoothing });
}

describe("the line of an earlier run", () => {
  test("has its training and its validation", () => {
    const { id, training, validation, last } = line([1, 0.5], "loss");
    expect([id, last]).toEqual([7, 2]);
    expect([[...Array.from(training.x)], [...Array.from(training.y)]]).toEqual([
      [1, 2],
      [1, 0.5],
    ]);
    expect([Array.from(validation.x), Array.from(validation.y)]).toEqual([[2], [0.25]]);
  });

  test("is of any measure", () => {
    expect(Array.from(line([1, 0.5], "accuracy").training.y)).toEqual([0, 0.5]);
    expect(Array.from(line([1, 0.5], "learningRate").training.y)[0]).toBeCloseTo(0.001, 6);
    const norm = line([1, 0.5], "gradientNorm");
    expect([Array.from(norm.training.x), Array.from(norm.training.y)]).toEqual([[2], [4]]);
    expect(norm.validation.x).toHaveLength(0);
  });

  test("lies on the axis that is chosen", () => {
    expect(line([1, 1, 1, 1], "loss", "epoch").last).toBeCloseTo(0.4, 9);
    expect(line([1, 1, 1, 1], "loss", "seconds").last).toBe(2);
  });

  test("is smoothed as the run in hand, also where its points stand for many steps", () => {
    const noisy = Array.from({ length: 20_000 }, (_, i) => (i < 10_000 ? 2 : 1));
    const at = (smoothing: number) => {
      const { x, y } = line(noisy, "loss", "step", smoothing).training;
      return y[Array.from(x).findIndex((step) => step > 10_040)] ?? NaN;
    };
    expect(at(0)).toBe(1);
    expect(at(0.99)).toBeGreaterThan(1.1);
  });

  test("tells its span without its first steps", () => {
    const { span } = line([9, ...Array<number>(99).fill(1)], "loss");
    expect(span).toEqual([1, 1]);
  });
});
