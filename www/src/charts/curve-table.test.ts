import { describe, expect, test } from "vitest";

import type { Axis, Measure } from "../state/curve-view.svelte";
import { fakeEvaluation, fakeProgress } from "../state/fake-progress";
import { History } from "../state/history";
import { Smoothed } from "../state/smoother";
import { curveTable, type CurveTable } from "./curve-table";

function history(losses: ArrayLike<number>): History {
  const result = new History();
  result.add(fakeProgress(losses), losses.length / 2);
  return result;
}

function table(run: History, measure: Measure, width = 100, axis: Axis = "step"): CurveTable {
  const score = measure === "loss" || measure === "accuracy";
  const smoothed = score ? new Smoothed(run[measure].raw, 0.9) : undefined;
  return curveTable(run, measure, { width, axis, smoothed });
}

test("nothing is an empty table", () => {
  for (const measure of ["loss", "accuracy", "learningRate", "gradientNorm"] as const) {
    expect(table(new History(), measure).columns).toEqual([[], [], [], [], []]);
  }
});

test("evaluations stand at their steps, among the training steps", () => {
  const run = history([1, 0.5, 0.25]);
  run.addEvaluation(fakeEvaluation("validation", 2, 0.5));
  run.addEvaluation(fakeEvaluation("test", 3, 0.75));
  const { steps, columns } = table(run, "loss");
  const [x, raw, , validation, held] = columns;
  expect([steps, x]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(raw).toEqual([1, 0.5, 0.25]);
  expect(validation).toEqual([null, 0.5, null]);
  expect(held).toEqual([null, null, 0.75]);
});

test("an evaluation whose step was thinned out still has its row", () => {
  const run = history(Array<number>(10_000).fill(0.5));
  run.addEvaluation(fakeEvaluation("validation", 5003, 0.25));
  const { steps, columns } = table(run, "loss", 50);
  const row = steps.indexOf(5003);
  expect(columns.slice(1, 4).map((column) => column[row])).toEqual([null, 0.5, 0.25]);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

test("the accuracy is read from the same evaluations", () => {
  const run = history([0.25]);
  run.addEvaluation(fakeEvaluation("test", 1, 0.25));
  const [, raw, , , held] = table(run, "accuracy").columns;
  expect([raw, held]).toEqual([[0.75], [0.75]]);
});

test("a learning rate is one line, a gradient norm points at its own steps", () => {
  const run = new History();
  run.add(
    fakeProgress([1, 1, 1], {
      learningRates: Float32Array.of(0.5, 0.25, 0.125),
      vitals: [{ step: 2, gradientNorm: 4, layers: [] }],
    }),
    1,
  );
  const rate = table(run, "learningRate");
  expect(rate.columns[2]).toEqual([0.5, 0.25, 0.125]);
  expect(rate.dots.smooth).toBe(false);
  const norm = table(run, "gradientNorm");
  expect([norm.steps, norm.columns[2], norm.dots.smooth]).toEqual([[2], [4], true]);
});

test("the x axis counts steps, epochs or seconds", () => {
  const run = history(Array<number>(20).fill(1));
  const last = (axis: Axis) => table(run, "loss", 100, axis).columns[0].at(-1);
  expect([last("step"), last("epoch"), last("seconds")]).toEqual([20, 2, 10]);
});

test("the first steps do not set the span; what is not finite is not drawn", () => {
  const { columns, span } = table(history([50, 40, ...Array<number>(300).fill(0.5), NaN]), "loss");
  expect(columns[1].at(-1)).toBeNull();
  expect(span[1]).toBeLessThan(5);
});

test("points that lie too close are a line", () => {
  const run = history(Array<number>(1000).fill(1));
  for (let step = 1; step <= 40; step += 1) {
    run.addEvaluation(fakeEvaluation("validation", 25 * step, 0.5));
  }
  expect(table(run, "loss", 500).dots.validation).toBe(true);
  expect(table(run, "loss", 100).dots.validation).toBe(false);
});

describe("the work of a drawing is bounded by its pixels", () => {
  const WIDTH = 400;

  /** A long run, and how often its numbers are read from now on. */
  function counted(steps: number): { run: History; reads: () => number } {
    const run = history(Float32Array.from({ length: steps }, (_, i) => Math.sin(i) + 2));
    for (let step = 10; step <= steps; step += 10) {
      run.addEvaluation(fakeEvaluation("validation", step, 0.5));
    }
    // What a drawing brings up to date is done with.
    (["loss", "accuracy", "learningRate"] as const).forEach((measure) =>
      table(run, measure, WIDTH),
    );
    let reads = 0;
    const { loss, seconds, scores } = run;
    const tracks = [loss.raw, seconds, scores.validation.loss.values, scores.test.loss.values];
    for (const track of tracks) {
      const at = track.at.bind(track);
      track.at = (index) => {
        reads += 1;
        return at(index);
      };
      Object.defineProperty(track, "values", {
        get: () => expect.fail("a drawing read a whole series"),
      });
    }
    return { run, reads: () => reads };
  }

  test.each(["step", "seconds"] as const)("over %s", (axis) => {
    for (const steps of [1000, 10_000, 100_000]) {
      const { run, reads } = counted(steps);
      // Smoothed once for all drawings, as the page has it.
      const smoothed = { at: () => 1 } as unknown as Smoothed;
      const { steps: rows } = curveTable(run, "loss", { width: WIDTH, axis, smoothed });
      expect(rows.length).toBeGreaterThan(WIDTH / 2);
      expect(rows.length).toBeLessThan(4 * WIDTH);
      expect(reads()).toBeLessThan(9 * WIDTH);
    }
  });
});
