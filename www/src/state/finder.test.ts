import { beforeEach, describe, expect, test } from "vitest";

import type { RangeTestProgress, RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { settled } from "../trainer/fake-worker";
import { TrainerError } from "../trainer/protocol";
import { Finder } from "./finder.svelte";
import { batchSize, epochs, learningRate } from "./properties";

const found = (steps: number, done: boolean): RangeTestProgress => ({
  rates: new Float32Array(steps),
  losses: new Float32Array(steps),
  smoothed: new Float32Array(steps),
  done,
  waitingForData: false,
});

let finder: Finder;
let asked: RunSpec[];
let trainable: boolean;
let answer: (progress: RangeTestProgress) => void;
let refuse: (error: Error) => void;

beforeEach(() => {
  asked = [];
  trainable = true;
  finder = new Finder({
    prepare: () => Promise.resolve(trainable ? PRESETS.MLP : undefined),
    ask(_, { spec }) {
      asked.push(spec);
      return new Promise((resolve, reject) => ([answer, refuse] = [resolve, reject]));
    },
  });
});

describe("the finder", () => {
  test("shows how a test goes, and what it has found", async () => {
    const testing = finder.test();
    await settled();
    expect([finder.busy, asked]).toEqual([true, [PRESETS.MLP]]);
    finder.hear(found(7, false));
    expect(finder.progress?.rates).toHaveLength(7);
    answer({ ...found(9, true), suggestion: 0.01 });
    await testing;
    expect([finder.busy, finder.progress?.suggestion]).toEqual([false, 0.01]);
  });

  test("does not begin a second test, nor one of what cannot be trained", async () => {
    void finder.test();
    void finder.test();
    await settled();
    expect(asked).toHaveLength(1);
    answer(found(1, true));
    await settled();
    trainable = false;
    await finder.test();
    expect(asked).toHaveLength(1);
    expect(finder.busy).toBe(false);
  });

  test("says why a test came to nothing", async () => {
    const testing = finder.test();
    await settled();
    refuse(new TrainerError("device_lost", "The GPU is gone."));
    await testing;
    expect([finder.busy, finder.failure]).toEqual([false, "The GPU is gone."]);
  });

  test("knows which changes make a test outdated", async () => {
    expect(finder.changedSince(PRESETS.CNN)).toEqual([]);
    const testing = finder.test();
    await settled();
    answer(found(1, true));
    await testing;
    const rate = learningRate.set(epochs.set(PRESETS.MLP, 3), 0.25);
    expect(finder.changedSince(rate)).toEqual([]);
    expect(finder.changedSince(batchSize.set(rate, 7))).toEqual([batchSize]);
  });
});
