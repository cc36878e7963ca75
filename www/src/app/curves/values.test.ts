import { expect, test } from "vitest";

import type { Measure } from "../../state/curve-view.svelte";
import { fakeEvaluation, fakeProgress } from "../../state/fake-progress";
import { History } from "../../state/history";
import { Smoothed } from "../../state/smoother";
import { curveValues } from "./values";

const history = new History();
history.add(
  fakeProgress([0.5, 0.25, 0.25, 0.25], { vitals: [{ step: 3, gradientNorm: 2, layers: [] }] }),
  1,
);
history.addEvaluation(fakeEvaluation("validation", 2, 0.375));

function texts(measure: Measure, step: number, run = history): string[] {
  const smoothed = measure === "loss" ? new Smoothed(run.loss.raw, 0) : undefined;
  return curveValues(run, measure, smoothed, step).map(({ text }) => text);
}

test("a chart tells its values at a step, of evaluations the last one", () => {
  expect(texts("loss", 1)).toEqual(["0.500", "–", "–"]);
  expect(texts("loss", 4)).toEqual(["0.250", "0.375", "–"]);
});

test("a chart of one curve tells one value", () => {
  expect(texts("learningRate", 1)).toEqual(["0.001"]);
  expect([2, 3, 4].map((step) => texts("gradientNorm", step))).toEqual([
    ["–"],
    ["2.000"],
    ["2.000"],
  ]);
});

test("before the first step there is nothing to tell", () => {
  for (const measure of ["loss", "learningRate", "gradientNorm"] as const) {
    expect(new Set(texts(measure, 0, new History()))).toEqual(new Set(["–"]));
  }
});
