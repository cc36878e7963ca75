import { expect, test } from "vitest";

import { fakeEvaluation, fakeProgress } from "../state/fake-progress";
import { History } from "../state/history";
import { recordOf } from "../state/run-record";
import { Smoothed } from "../state/smoother";
import { curveDrawing, type Shown } from "./curve-drawing";
import { earlierLine } from "./earlier-lines";

function history(steps: number, loss = 0.5): History {
  const result = new History();
  result.add(fakeProgress(Array<number>(steps).fill(loss)), steps);
  return result;
}

function drawing(run: History, over: Partial<Shown> = {}) {
  return curveDrawing({
    history: run,
    measure: "loss",
    smoothed: new Smoothed(run.loss.raw, 0.9),
    earlier: [],
    pointedAt: undefined,
    axis: "step",
    toggled: false,
    width: 400,
    ...over,
  }).drawing;
}

test("the axes hold the run in hand and those before it", () => {
  const before = recordOf(history(50, 2));
  const earlier = [earlierLine(1, before, "loss", { axis: "step", smoothing: 0 })];
  expect(drawing(history(20)).last).toBe(20);
  const both = drawing(history(20), { earlier });
  expect(both.last).toBe(50);
  expect(both.scale[1]).toBeCloseTo(2.16, 5);
});

test("the best validation has its place, its value and its words", () => {
  const run = history(20);
  run.addEvaluation(fakeEvaluation("validation", 10, 0.25));
  run.addEvaluation(fakeEvaluation("validation", 20, 0.75));
  expect(drawing(run, { axis: "epoch" }).best).toEqual({ x: 1, y: 0.25, label: "best 0.250" });
  expect(drawing(run, { measure: "accuracy" }).best).toMatchObject({
    y: 0.75,
    label: "best 75.0\u00a0%",
  });
  expect(drawing(run, { measure: "learningRate", smoothed: undefined }).best).toBeUndefined();
});

test("what was changed stands where it was, in words", () => {
  const run = history(20);
  run.addMark({ learningRate: 0.01, epochs: 9 });
  expect(drawing(run).changes).toEqual([{ x: 20, label: "learning rate 0.01, 9 epochs" }]);
});

test("the ends of epochs are marked", () => {
  expect(drawing(history(25)).epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
});
