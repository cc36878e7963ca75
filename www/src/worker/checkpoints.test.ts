import { beforeEach, describe, expect, test } from "vitest";

import type { Evaluation, Progress } from "../generated/core";
import { CheckpointClock } from "./checkpoints";

let clock: CheckpointClock;

beforeEach(() => {
  clock = new CheckpointClock();
  clock.begin(0, 0);
});

const at = (step: number, more: Partial<Progress> = {}): Progress => ({
  state: "running",
  epoch: Math.ceil(step / 100),
  epochs: 5,
  step,
  stepsPerEpoch: 100,
  losses: new Float32Array(),
  accuracies: new Float32Array(),
  learningRates: new Float32Array(),
  evaluations: [],
  vitals: [],
  threads: 1,
  imagesPerSecond: 0,
  waitingForData: false,
  ...more,
});
const evaluations = [{} as Evaluation];

describe("a checkpoint is due", () => {
  test("at the end of an epoch", () => {
    expect(clock.due(at(99), 1000)).toBeUndefined();
    expect(clock.due(at(100), 1000)).toBe("milestone");
    expect(clock.due(at(500, { state: "finished" }), 1000)).toBe("milestone");
  });

  test("after the evaluations of the first epoch, and of no other", () => {
    expect(clock.due(at(7, { evaluations }), 1000)).toBe("milestone");
    expect(clock.due(at(107, { evaluations }), 1000)).toBeUndefined();
  });

  test("between, once enough would be lost", () => {
    expect(clock.due(at(50), 14_999)).toBeUndefined();
    expect(clock.due(at(50), 15_000)).toBe("passing");
    clock.saved(50, 15_000, 15_010);
    expect(clock.due(at(60), 30_000)).toBeUndefined();
    expect(clock.due(at(60), 30_010)).toBe("passing");
  });

  test("never twice for one step, nor for a run that failed or has not begun", () => {
    expect(clock.due(at(0, { state: "idle" }), 60_000)).toBeUndefined();
    expect(clock.due(at(100, { state: "failed" }), 60_000)).toBeUndefined();
    clock.saved(100, 60_000, 60_000);
    expect(clock.due(at(100), 120_000)).toBeUndefined();
  });

  test("only where saving takes a small share of the time", () => {
    clock.saved(100, 0, 50);
    expect(clock.due(at(200), 1000)).toBeUndefined();
    expect(clock.due(at(200), 1050)).toBe("milestone");
  });
});
