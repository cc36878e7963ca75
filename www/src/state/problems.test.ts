import { expect, test } from "vitest";

import type { Problem } from "../generated/core";
import { placeProblems } from "./problems";

const VISIBLE = ["train.learningRate", "model.layers.1.units", "model.layers.1", "model"];

/** Where a problem is found, and beside which control it is shown. */
const CASES: [field: string, shownAt: string][] = [
  ["train.learningRate", "train.learningRate"],
  ["model.layers.1.units", "model.layers.1.units"],
  ["model.layers.1.stride", "model.layers.1"],
  ["model.layers.12.units", "model"],
  ["model.layers", "model"],
  ["train.optimizer.beta1", ""],
  ["", ""],
];

test.each(CASES)("a problem of %j is shown at %j", (field, shownAt) => {
  const problem: Problem = { field, code: "out_of_range", message: "Too large." };
  expect([...placeProblems([problem], VISIBLE)]).toEqual([[shownAt, [problem]]]);
});

test("problems of one place stay together, in order", () => {
  const problem = (field: string, message: string): Problem => ({
    field,
    code: "shape_mismatch",
    message,
  });
  const [first, second] = [problem("model.layers.0", "One."), problem("model.layers.7", "Two.")];
  expect(placeProblems([first, second], VISIBLE).get("model")).toEqual([first, second]);
});
