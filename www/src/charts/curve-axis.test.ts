import { describe, expect, test } from "vitest";

import { DIVISIONS, epochMarks, placeOf } from "./curve-axis";

/** Ten steps an epoch, two steps a second. */
const TIMELINE = { stepsPerEpoch: 10, secondsAt: (step: number) => step / 2 };

test("a step has its place on each axis", () => {
  const place = (step: number) =>
    (["step", "epoch", "seconds"] as const).map((axis) => placeOf(axis, step, TIMELINE));
  expect(place(15)).toEqual([15, 1.5, 7.5]);
  expect(place(0)).toEqual([0, 0, 0]);
  expect(placeOf("epoch", 5, { ...TIMELINE, stepsPerEpoch: 0 })).toBe(0);
});

test("places are called what the axis counts", () => {
  expect(DIVISIONS.step.label(12_000)).toBe("12,000");
  expect(DIVISIONS.epoch.label(0.5)).toBe("0.5");
  expect([5, 65, 3661].map(DIVISIONS.seconds.label)).toEqual(["0:05", "1:05", "1:01:01"]);
});

test("distances between labels ascend, as they are tried in turn", () => {
  for (const { increments } of Object.values(DIVISIONS)) {
    expect(increments).toEqual([...new Set(increments)].sort((a, b) => a - b));
  }
});

describe("the ends of epochs", () => {
  const marks = (steps: number, width = 500) =>
    epochMarks("step", steps, width, TIMELINE).map(({ epoch, x }) => [epoch, x]);

  test("are marked, also the one that has just ended", () => {
    expect(marks(25)).toEqual([
      [1, 10],
      [2, 20],
    ]);
    expect(marks(20).at(-1)).toEqual([2, 20]);
  });

  test("are not marked before one has gone by, nor where the axis counts them", () => {
    expect(marks(10)).toEqual([]);
    expect(epochMarks("epoch", 100, 500, TIMELINE)).toEqual([]);
    expect(epochMarks("step", 100, 500, { ...TIMELINE, stepsPerEpoch: 0 })).toEqual([]);
  });

  test("are at their time on a clock", () => {
    expect(epochMarks("seconds", 25, 500, TIMELINE).map(({ x }) => x)).toEqual([5, 10]);
  });

  test("are as many as there is room for, and fewer have names", () => {
    const all = epochMarks("step", 100_000, 500, TIMELINE);
    expect(all.length).toBeLessThanOrEqual(500 / 14);
    expect(all.length).toBeGreaterThan(10);
    const named = all.filter(({ labelled }) => labelled);
    expect(named.length).toBeLessThanOrEqual(500 / 56);
    expect(named.length).toBeGreaterThan(2);
  });
});
