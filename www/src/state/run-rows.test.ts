import { describe, expect, test } from "vitest";

import { PRESETS } from "../generated/limits";
import { marked, sorted, type RunRow } from "./run-rows";

const row = (key: RunRow["key"], more: Partial<RunRow> = {}): RunRow => ({
  key,
  spec: PRESETS.MLP,
  device: "cpu",
  best: undefined,
  testAccuracy: undefined,
  seconds: 1,
  parameters: 10,
  ...more,
});

describe("the order of runs", () => {
  const rows = [
    row("current", { best: { accuracy: 0.8, epoch: 1 }, seconds: 7 }),
    row(1, { best: { accuracy: 0.9, epoch: 2 }, seconds: 3 }),
    row(2, { seconds: 5 }),
    row(3, { best: { accuracy: 0.7, epoch: 1 }, testAccuracy: 0.7, seconds: 5 }),
  ];
  const keys = (by: "run" | "validation" | "test" | "seconds", descending: boolean) =>
    sorted(rows, { by, descending }).map(({ key }) => key);

  test("is that of the visit, or of what they came to", () => {
    expect(keys("run", true)).toEqual(["current", 3, 2, 1]);
    expect(keys("run", false)).toEqual([1, 2, 3, "current"]);
    expect(keys("validation", true)).toEqual([1, "current", 3, 2]);
    expect(keys("seconds", false)).toEqual([1, 2, 3, "current"]);
  });

  test("has those last that came to nothing, either way", () => {
    expect(keys("validation", false)).toEqual([3, "current", 1, 2]);
    expect(keys("test", true)[0]).toBe(3);
    expect(keys("test", false)[0]).toBe(3);
  });
});

describe("marks for a comparison", () => {
  test("are two at most, the last ones", () => {
    expect(marked([], 1, true)).toEqual([1]);
    expect(marked([1], "current", true)).toEqual([1, "current"]);
    expect(marked([1, "current"], 3, true)).toEqual(["current", 3]);
    expect(marked(["current", 3], "current", false)).toEqual([3]);
    expect(marked([3], 3, true)).toEqual([3]);
  });
});
