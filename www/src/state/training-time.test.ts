import { describe, expect, test } from "vitest";

import { fakeProgress } from "./fake-progress";
import { secondsLeft, TrainingTime } from "./training-time";

const BATCH = 10;
/** Two steps, at 100 images a second: a fifth of a second. */
const steps = (over = {}) => fakeProgress([1, 1], { imagesPerSecond: 100, ...over });

test("time goes by from report to report", () => {
  const time = new TrainingTime();
  time.after(steps(), BATCH, 1000);
  expect(time.after(steps(), BATCH, 1500)).toBeCloseTo(0.7, 9);
  expect(time.after(fakeProgress([]), BATCH, 2500)).toBeCloseTo(1.7, 9);
});

test("what came before the first report was not all training", () => {
  expect(new TrainingTime().after(steps(), BATCH, 60_000)).toBeCloseTo(0.2, 9);
  expect(new TrainingTime().after(fakeProgress([]), BATCH, 60_000)).toBe(0);
});

test.each([
  ["pauses", steps({ state: "paused" })],
  ["waiting for images", steps({ waitingForData: true })],
])("%s are left out", (_, rest) => {
  const time = new TrainingTime();
  time.after(steps(), BATCH, 1000);
  // What ends here was trained to the end.
  const before = time.after(rest, BATCH, 1100);
  expect(before).toBeCloseTo(0.3, 9);
  expect(time.after(steps(), BATCH, 90_000)).toBeCloseTo(before + 0.2, 9);
  expect(time.after(steps(), BATCH, 90_100)).toBeCloseTo(before + 0.3, 9);
});

describe("what a run will still take", () => {
  test("is as long for each step as it was", () => {
    expect(secondsLeft([0.5, 1, 1.5, 2], 4, 20)).toBe(8);
    expect(secondsLeft([0.5, 1, 1.5, 2], 2, 4)).toBe(1);
  });

  test("is told in tens of seconds where it is long", () => {
    expect(secondsLeft([1, 2], 2, 125)).toBe(130);
  });

  test("does not count steps that were trained before the run was restored", () => {
    expect(secondsLeft([0, 0, 0, 1, 2], 5, 8)).toBe(3);
  });

  test("is nothing once all steps are done", () => {
    expect(secondsLeft([1, 2], 2, 2)).toBe(0);
  });
});
