import { beforeEach, describe, expect, test } from "vitest";

import type { RunSpec, SearchSpec, SearchTrial, TrialResult } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { settled } from "../trainer/fake-worker";
import { TrainerError, type ProgressUpdate } from "../trainer/protocol";
import { RunView } from "./run.svelte";
import { RunArchive } from "./runs.svelte";
import { Sweep } from "./sweep.svelte";

const SEARCH: SearchSpec = {
  base: PRESETS.MLP,
  axes: [],
  strategy: { type: "grid" },
  epochsPerTrial: 1,
};

const trial = (learningRate: number): SearchTrial => ({
  spec: { ...PRESETS.MLP, train: { ...PRESETS.MLP.train, learningRate } },
  choices: [{ parameter: "learningRate", value: learningRate }],
  parameters: 10,
  flopsPerImage: 20,
});
const TRIALS = [trial(0.1), trial(0.2), trial(0.3)];

function progress(step: number, state: ProgressUpdate["state"]): ProgressUpdate {
  const values = new Float32Array(step);
  return {
    state,
    epoch: 1,
    epochs: 1,
    step,
    stepsPerEpoch: 4,
    losses: values,
    accuracies: values,
    learningRates: values,
    vitals: [],
    threads: 1,
    imagesPerSecond: 0,
    waitingForData: false,
  };
}

let run: RunView;
let archive: RunArchive;
let sweep: Sweep;
let calls: string[];
let refuse: boolean;

const trainer = {
  create(spec: RunSpec) {
    calls.push(`create ${spec.train.learningRate}`);
    if (refuse) return Promise.reject(new TrainerError("data_missing", "No images."));
    return Promise.resolve(progress(0, "idle"));
  },
  train: () => Promise.resolve(void calls.push("train")),
  save: () => Promise.resolve((calls.push("save"), Uint8Array.of(7))),
  restore([number = 0]: Uint8Array) {
    calls.push(`restore ${number}`);
    return Promise.resolve({ spec: PRESETS.CNN, progress: progress(0, "paused") });
  },
  abandon: () => Promise.resolve((calls.push("abandon"), true)),
};

function ask(question: "planTrials" | "rank", args: object): Promise<never> {
  const answer =
    question === "planTrials"
      ? TRIALS
      : (args as { results: TrialResult[] }).results.toSorted(
          (a, b) => (b.best?.accuracy ?? -1) - (a.best?.accuracy ?? -1),
        );
  return Promise.resolve(answer as never);
}

beforeEach(() => {
  calls = [];
  refuse = false;
  archive = new RunArchive();
  run = new RunView(archive, () => "cpu");
  sweep = new Sweep({
    run,
    trainer,
    ask,
    rest: () => Promise.resolve(void calls.push("rest")),
  });
  run.spec = PRESETS.CNN;
  run.progress(progress(2, "paused"), 0);
});

/** Lets the trial in hand come to its end with an accuracy, or fail. */
async function end(accuracy: number | undefined): Promise<void> {
  run.progress(progress(4, "finished"), 100);
  if (accuracy !== undefined) {
    run.evaluated({
      split: "validation",
      step: 4,
      epoch: 1,
      images: 10,
      loss: 1,
      accuracy,
      confusion: new Uint32Array(4),
    });
  }
  sweep.ended();
  await settled();
}

describe("a sweep", () => {
  test("trains trial after trial in place of the run in hand, and brings that back", async () => {
    const done = sweep.start(SEARCH);
    await settled();
    expect(calls).toEqual(["rest", "save", "create 0.1", "train"]);
    expect([run.state, run.spec]).toEqual(["warming", TRIALS[0]?.spec]);
    await end(0.8);
    expect(sweep.current).toBe(1);
    await end(0.9);
    await end(0.7);
    await done;
    expect(calls.slice(-2)).toEqual(["abandon", "restore 7"]);
    expect([run.state, run.spec, run.standing.step]).toEqual(["paused", PRESETS.CNN, 2]);
    expect(sweep.results.map((result) => [result.trial, result.best?.accuracy])).toEqual([
      [1, 0.9],
      [0, 0.8],
      [2, 0.7],
    ]);
    expect(archive.runs.map(({ spec }) => spec)).toEqual(TRIALS.map(({ spec }) => spec));
    expect(sweep.active).toBe(false);
  });

  test("goes on where a trial fails, which has no result to speak of", async () => {
    const done = sweep.start(SEARCH);
    await settled();
    await end(undefined);
    await end(0.9);
    await end(0.7);
    await done;
    expect(sweep.results.map((result) => result.trial)).toEqual([1, 2, 0]);
    expect(sweep.results.at(-1)?.best).toBeUndefined();
  });

  test("that is stopped keeps the trials that were trained", async () => {
    const done = sweep.start(SEARCH);
    await settled();
    await end(0.8);
    sweep.stop();
    await done;
    expect(sweep.results.map((result) => result.trial)).toEqual([0]);
    expect(calls).not.toContain("create 0.3");
    expect(run.spec).toBe(PRESETS.CNN);
  });

  test("that is dropped brings nothing back: there are other images", async () => {
    const done = sweep.start(SEARCH);
    await settled();
    run.clear();
    sweep.drop();
    await done;
    expect(calls).not.toContain("restore 7");
    expect([run.spec, sweep.active]).toEqual([undefined, false]);
  });

  test("that cannot begin says why, and the run is back", async () => {
    refuse = true;
    await sweep.start(SEARCH);
    expect(sweep.failure).toBe("No images.");
    expect([run.state, run.spec]).toEqual(["paused", PRESETS.CNN]);
    expect(sweep.active).toBe(false);
  });

  // One that was made and has no step has nothing to come back to either: the next Train makes it anew.
  test.each([undefined, PRESETS.CNN])("without a run in hand leaves none", async (spec) => {
    run.begin();
    run.spec = spec;
    const done = sweep.start(SEARCH);
    await settled();
    expect(calls).not.toContain("save");
    sweep.stop();
    await done;
    expect([run.state, run.spec, run.standing.step]).toEqual(["idle", undefined, 0]);
    expect(calls.at(-1)).toBe("abandon");
  });
});
