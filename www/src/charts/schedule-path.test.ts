import { expect, test } from "vitest";

import { peak, schedulePath } from "./schedule-path";

const PATHS: [what: string, rates: number[], path: string][] = [
  ["a constant rate", [0.1, 0.1, 0.1], "M0 0L50 0L100 0"],
  ["a fall to nothing", [0.4, 0.2, 0], "M0 0L50 10L100 20"],
  ["a rise and a fall", [0, 1, 0.5], "M0 20L50 0L100 10"],
  ["a run of one step", [0.1], "M0 0H100"],
  ["nothing known", [], ""],
  ["no rate at all", [0, 0], ""],
];

test.each(PATHS)("%s", (_, rates, path) => {
  expect(schedulePath(Float32Array.from(rates), 100, 20)).toBe(path);
});

test("long runs keep both ends and are no longer than is seen", () => {
  const rates = Array.from({ length: 5000 }, (_, i) => 1 - i / 4999);
  const path = schedulePath(rates, 100, 20);
  expect(path.startsWith("M0 0L")).toBe(true);
  expect(path.endsWith("L100 20")).toBe(true);
  expect(path.split("L").length).toBe(240);
});

test("the peak is where the rate is first highest", () => {
  expect(peak([0, 1, 3, 3, 2])).toEqual({ rate: 3, at: 0.5 });
  expect(peak([2, 2])).toEqual({ rate: 2, at: 0 });
  expect(peak([]).rate).toBeNaN();
});
