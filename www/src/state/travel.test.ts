import { beforeEach, describe, expect, test } from "vitest";

import type { Changes, Evaluation, RunState } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { settled } from "../trainer/fake-worker";
import { TrainerError, type ProgressUpdate } from "../trainer/protocol";
import { RunView } from "./run.svelte";
import { RunArchive } from "./runs.svelte";
import { Travel } from "./travel.svelte";

const SPE = 100;

function progress(step: number, state: RunState = "paused", steps = 0): ProgressUpdate {
  const values = Float32Array.from({ length: steps }, (_, i) => step - steps + i + 1);
  return {
    state,
    epoch: Math.ceil(step / SPE),
    epochs: 5,
    step,
    stepsPerEpoch: SPE,
    losses: values,
    accuracies: values,
    learningRates: values,
    vitals: [],
    threads: 1,
    imagesPerSecond: 0,
    waitingForData: false,
  };
}

const evaluation = (step: number): Evaluation => ({
  split: "validation",
  step,
  epoch: step / SPE,
  images: 10,
  loss: 1,
  accuracy: step / 1000,
  confusion: new Uint32Array(4).fill(step),
});

/** A trainer whose checkpoints are the number of the step, and that answers when it is told to. */
class FakeTrainer {
  step = 300;
  updates: Changes[] = [];
  restored: number[] = [];
  hold: Promise<void> = Promise.resolve();
  refuse = false;

  save = () => Promise.resolve(Uint8Array.of(this.step / SPE));
  update = (changes: Changes) => {
    this.updates.push(changes);
    return Promise.resolve();
  };
  async restore([hundreds = 0]: Uint8Array) {
    await this.hold;
    if (this.refuse) throw new TrainerError("bad_data", "Damaged.");
    this.step = hundreds * SPE;
    this.restored.push(this.step);
    return { spec: PRESETS.MLP, progress: progress(this.step) };
  }
}

let run: RunView;
let archive: RunArchive;
let trainer: FakeTrainer;
let travel: Travel;

beforeEach(() => {
  archive = new RunArchive();
  run = new RunView(archive, () => "cpu");
  trainer = new FakeTrainer();
  travel = new Travel({ run, trainer });
  run.spec = PRESETS.MLP;
  for (const step of [100, 200, 300]) {
    run.progress(progress(step, "running", SPE), step);
    run.evaluated(evaluation(step));
    const bytes = Uint8Array.of(step / SPE);
    travel.take({ step, epoch: step / SPE, milestone: true, bytes });
  }
  run.progress(progress(300, "finished"), 300);
});

const place = (step: number) => travel.places.find((each) => each.step === step);

describe("travelling", () => {
  test("is for a run at rest, to what is past", () => {
    expect(travel.places.map(({ step }) => step)).toEqual([100, 200]);
    expect(travel.open).toBe(true);
    run.state = "running";
    expect(travel.open).toBe(false);
    travel.take({ step: 350, epoch: 4, milestone: false, bytes: new Uint8Array(1) });
    expect(travel.last?.step).toBe(300);
  });

  test("shows the network, the step and the matrix of then", async () => {
    await travel.go(place(100));
    expect(trainer.step).toBe(100);
    expect(run.standing).toMatchObject({ step: 100, epoch: 1, loss: 100 });
    expect(run.latest.validation?.confusion[0]).toBe(100);
    expect([run.state, run.shownUpTo]).toEqual(["paused", 100]);
    expect(run.record.history.steps).toBe(300);
  });

  test("comes back to the newest as it was", async () => {
    await travel.go(place(100));
    await travel.go(place(200));
    await travel.leave();
    expect(trainer.restored).toEqual([100, 200, 300]);
    expect(run.standing.step).toBe(300);
    expect([run.state, run.shownUpTo]).toEqual(["finished", Infinity]);
    expect(run.latest.validation?.step).toBe(300);
    expect(trainer.updates).toEqual([]);
  });

  test("brings back what was changed on the way", async () => {
    await travel.go(place(100));
    run.updated({ learningRate: 0.5 });
    await travel.go(undefined);
    expect(trainer.updates).toEqual([{ learningRate: 0.5 }]);
    expect(run.spec?.train.learningRate).toBe(0.5);
  });

  test("skips what was dragged past", async () => {
    let release: () => void = () => undefined;
    trainer.hold = new Promise((resolve) => (release = resolve));
    const first = travel.go(place(100));
    await settled();
    void travel.go(place(200));
    void travel.go(place(100));
    void travel.go(undefined);
    release();
    await first;
    expect(trainer.restored).toEqual([100, 300]);
    expect(run.state).toBe("finished");
  });

  test("goes on from there, and what came after is an earlier run", async () => {
    await travel.go(place(100));
    await travel.continueHere();
    expect(run.record.history.steps).toBe(100);
    expect([run.state, run.standing.step, run.shownUpTo]).toEqual(["paused", 100, Infinity]);
    expect(archive.runs).toHaveLength(1);
    expect(archive.runs[0]).toMatchObject({ step: 300, state: "finished" });
    expect(travel.places).toEqual([]);
    expect(trainer.updates).toHaveLength(1);
  });

  test("of a run that failed ends where one is", async () => {
    run.state = "failed";
    trainer.save = () => Promise.reject(new TrainerError("diverged", "Not a number."));
    await travel.go(place(200));
    expect([run.state, travel.canReturn]).toEqual(["paused", false]);
    await travel.leave();
    expect(travel.place).toBeUndefined();
    expect(run.record.history.steps).toBe(200);
  });

  test("that fails says so, and one stays where one was", async () => {
    trainer.refuse = true;
    await travel.go(place(100));
    expect(travel.failure).toBe("Damaged.");
    expect(travel.place).toBeUndefined();
    expect(run.standing.step).toBe(300);

    // The newest is another one by then.
    trainer.refuse = false;
    trainer.step = 400;
    run.progress(progress(400, "paused", SPE), 400);
    await travel.go(place(100));
    await travel.leave();
    expect(run.standing.step).toBe(400);
  });

  test("has no effect on the run that came after", async () => {
    let release: () => void = () => undefined;
    trainer.hold = new Promise((resolve) => (release = resolve));
    const going = travel.go(place(100));
    await settled();
    run.clear();
    travel.clear();
    release();
    await going;
    expect(run.standing.step).toBe(0);
    expect(travel.place).toBeUndefined();
  });
});
