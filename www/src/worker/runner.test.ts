import { beforeEach, describe, expect, test } from "vitest";

import type { Evaluation, Progress } from "../generated/core";
import { PRESETS } from "../generated/limits";
import type { EventBody } from "../trainer/protocol";
import type { RunCore } from "./core";
import { Runner } from "./runner";
import { nextMacrotask, Turn } from "./turn";

const TOTAL = 1000;

/** A core that trains three steps a slice, as far as it has data. */
class FakeCore implements RunCore {
  step = 0;
  stepsWithData = TOTAL;
  warmUps = 0;
  inside = 0;
  failure: unknown;
  /** Whether it fails in the slice in hand; the next one says why. */
  fails = false;
  stepsPerEpoch = TOTAL;
  calls: number[] = [];

  /** Evaluations that are made beside training. */
  beside: Evaluation[] = [];

  /** Steps after which there is an evaluation. */
  evaluatedAfter: number[] = [];

  helpWanted() {
    return { helpers: 0, work: "evaluations" } as const;
  }
  spec() {
    return PRESETS.MLP;
  }
  employ() {
    return undefined;
  }
  update() {
    return undefined;
  }
  create() {
    this.step = 0;
    return this.progress(0);
  }
  fineTune() {
    return this.create();
  }
  restore() {
    this.step = 500;
    return this.progress(0);
  }
  save() {
    return Promise.resolve(Uint8Array.of(this.step % 256));
  }
  settle() {
    const evaluations = this.beside;
    this.beside = [];
    return Promise.resolve({ ...this.progress(0), evaluations });
  }
  warmUp() {
    this.warmUps += 1;
    return Promise.resolve();
  }
  async advance(_: number, maxSteps: number): Promise<Progress> {
    this.inside += 1;
    expect(this.inside, "one call at a time").toBe(1);
    this.calls.push(maxSteps);
    await nextMacrotask();
    this.inside -= 1;
    if (this.fails) {
      this.fails = false;
      return { ...this.progress(0), state: "failed" };
    }
    if (this.failure) throw this.failure as Error;
    const steps = Math.min(3, maxSteps, Math.min(this.stepsWithData, TOTAL) - this.step);
    this.step += steps;
    const evaluations = this.evaluatedAfter.includes(this.step) ? [evaluation(this.step)] : [];
    return { ...this.progress(steps), evaluations };
  }
  progress(steps: number): Progress {
    const values = Float32Array.from({ length: steps }, (_, i) => this.step - steps + i + 1);
    // Several times within a report, and after every other slice not.
    const watched = steps > 0 && this.step % 6 === 0;
    return {
      state: this.step === 0 ? "idle" : this.step >= TOTAL ? "finished" : "running",
      epoch: 1,
      epochs: 1,
      step: this.step,
      stepsPerEpoch: this.stepsPerEpoch,
      losses: values,
      accuracies: values.slice(),
      learningRates: values.slice(),
      evaluations: [],
      vitals: watched ? [{ step: this.step, gradientNorm: 1, layers: [] }] : [],
      threads: 1,
      imagesPerSecond: 0,
      waitingForData: steps === 0 && this.step < TOTAL,
    };
  }
}

const evaluation = (step: number): Evaluation => ({
  split: "test",
  ...{ step, epoch: 1, images: 1, loss: 1, accuracy: 0 },
  confusion: new Uint32Array(100),
});

let core: FakeCore;
let runner: Runner;
let events: EventBody[];
let clock: number;
let streaming: boolean;
let helped: string[];

beforeEach(async () => {
  core = new FakeCore();
  events = [];
  clock = 0;
  streaming = false;
  helped = [];
  runner = new Runner(core, {
    turn: new Turn(),
    helpers: {
      engage: () => {
        expect(core.inside, "one call at a time").toBe(0);
        helped.push("engage");
        return Promise.resolve();
      },
      dismiss: () => helped.push("dismiss"),
    },
    emit: (_, body) => events.push(body),
    dataExpected: () => streaming,
    nextMacrotask,
    now: () => (clock += 10),
  });
  await runner.create(1, PRESETS.MLP);
});

const reports = () =>
  events.flatMap((event) => (event.type === "progress" ? [event.progress] : []));
const states = () => reports().map(({ state }) => state);
const losses = () => reports().flatMap((report) => [...report.losses]);
const counting = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** Waits for something to come true, through macrotasks. */
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 10_000 && !condition(); i += 1) await nextMacrotask();
  expect(condition()).toBe(true);
}

test("a run gets helpers when it is first trained, and they end with it", async () => {
  helped = [];
  await runner.step();
  await runner.step();
  expect(helped).toEqual(["engage"]);
  await runner.create(2, PRESETS.MLP);
  expect(helped).toEqual(["engage", "dismiss"]);
  await runner.step();
  await runner.withoutRun(() => undefined);
  expect(helped).toEqual(["engage", "dismiss", "engage", "dismiss"]);
});

describe("training", () => {
  test("goes to the end, and reports every step once and in order", async () => {
    runner.train();
    await until(() => events.some(({ type }) => type === "finished"));
    expect(states().at(-1)).toBe("finished");
    expect(losses()).toEqual(counting(TOTAL));
    expect(core.warmUps).toBe(1);
  });

  test("joins several slices in a report", async () => {
    runner.train();
    await until(() => events.some(({ type }) => type === "finished"));
    expect(reports().length).toBeLessThan(core.calls.length / 2);
    const watched = reports().map(({ vitals }) => vitals.map(({ step }) => step));
    expect(watched.flat()).toEqual(counting(Math.floor(TOTAL / 6)).map((i) => 6 * i));
    expect(Math.max(...watched.map(({ length }) => length))).toBeGreaterThan(1);
  });

  test.each(["pause", "save"] as const)(
    "tells what is evaluated beside it at a %s",
    async (act) => {
      await runner.step();
      core.beside = [evaluation(1)];
      await runner[act]();
      await until(() => events.some(({ type }) => type === "evaluated"));
      expect(events.filter(({ type }) => type === "evaluated")).toEqual([
        { type: "evaluated", evaluation: evaluation(1) },
      ]);
    },
  );

  test("tells evaluations with the report of their steps", async () => {
    core.evaluatedAfter = [3, 6, 9, 300, TOTAL];
    runner.train();
    await until(() => events.some(({ type }) => type === "finished"));
    let before = 0;
    const told = events.flatMap((event) => {
      if (event.type !== "progress") return [];
      const steps = (event.evaluations ?? []).map(({ step }) => step);
      for (const step of steps) {
        expect(step).toBeGreaterThan(before);
        expect(step).toBeLessThanOrEqual(event.progress.step);
      }
      before = event.progress.step;
      return steps;
    });
    expect(told).toEqual(core.evaluatedAfter);
    expect(events.some(({ type }) => type === "evaluated")).toBe(false);
  });

  test("stops when paused, and goes on where it was", async () => {
    runner.train();
    await until(() => core.step > 100);
    await runner.pause();
    const paused = core.step;
    expect(states().at(-1)).toBe("paused");
    expect(losses()).toEqual(counting(paused));
    for (let i = 0; i < 20; i += 1) await nextMacrotask();
    expect(core.step).toBe(paused);
    runner.train();
    await until(() => core.step > paused);
    await runner.pause();
    expect(losses()).toEqual(counting(core.step));
  });

  test("does not take two Trains for two loops", async () => {
    runner.train();
    runner.train();
    await until(() => core.step > 50);
    await runner.pause();
  });

  test("is still paused when Pause comes before the first step", async () => {
    runner.train();
    await runner.pause();
    expect(states().at(-1)).toBe(core.step === 0 ? "idle" : "paused");
  });

  test("ends with the run it was for", async () => {
    runner.train();
    await until(() => core.step > 50);
    await runner.create(2, PRESETS.CNN);
    for (let i = 0; i < 20; i += 1) await nextMacrotask();
    expect(core.step).toBe(0);
  });
});

describe("a step", () => {
  test("is one step", async () => {
    await runner.step();
    await runner.step();
    expect([core.step, losses(), states().at(-1)]).toEqual([2, [1, 2], "paused"]);
    expect(new Set(core.calls)).toEqual(new Set([1]));
  });

  test("stops a loop that goes", async () => {
    runner.train();
    await until(() => core.step > 30);
    await runner.step();
    expect(losses()).toEqual(counting(core.step));
    expect(states().at(-1)).toBe("paused");
  });
});

describe("data that is missing", () => {
  test("is waited for", async () => {
    core.stepsWithData = 30;
    streaming = true;
    runner.train();
    await until(() => core.step === 30);
    for (let i = 0; i < 20; i += 1) await nextMacrotask();
    const asked = core.calls.length;
    for (let i = 0; i < 20; i += 1) await nextMacrotask();
    expect(core.calls, "no busy waiting").toHaveLength(asked);
    core.stepsWithData = 60;
    runner.dataChanged();
    await until(() => core.step === 60);
    await runner.pause();
  });

  test("and will not come, pauses the run", async () => {
    core.stepsWithData = 30;
    runner.train();
    await until(() => states().at(-1) === "paused");
    expect(losses()).toEqual(counting(30));
    core.stepsWithData = TOTAL;
    runner.train();
    await until(() => core.step > 30);
    await runner.pause();
  });

  test("before the first step, leaves the run idle", async () => {
    core.stepsWithData = 0;
    runner.train();
    await until(() => states().includes("idle"));
  });

  test("that arrives while the core is asked is not missed", async () => {
    core.stepsWithData = 30;
    streaming = true;
    runner.train();
    await until(() => core.step === 30 && core.inside === 1);
    core.stepsWithData = TOTAL;
    runner.dataChanged();
    await until(() => core.step > 30);
    await runner.pause();
  });

  test("does not keep Pause waiting, whenever it comes", async () => {
    core.stepsWithData = 0;
    streaming = true;
    for (let before = 0; before < 20; before += 1) {
      runner.train();
      for (let i = 0; i < before; i += 1) await nextMacrotask();
      await runner.pause();
      expect(states().at(-1)).toBe("idle");
    }
  });

  test("does not keep a step that is to stop waiting", async () => {
    core.stepsWithData = 0;
    streaming = true;
    for (let before = 0; before < 20; before += 1) {
      const stepping = runner.step();
      for (let i = 0; i < before; i += 1) await nextMacrotask();
      runner.stop();
      await stepping;
      expect(states().at(-1)).toBe("idle");
    }
  });
});

test("where there is no run, a pause has nothing to say", async () => {
  await runner.step();
  await runner.withoutRun(() => undefined);
  events = [];
  await runner.pause();
  expect(events).toEqual([]);
});

describe("a failure", () => {
  test("with a code ends the run with its sentence", async () => {
    core.failure = Object.assign(new Error("Not a number."), { code: "diverged" });
    runner.train();
    await until(() => events.some(({ type }) => type === "failed"));
    expect(events.at(-1)).toEqual({ type: "failed", code: "diverged", message: "Not a number." });
    await runner.pause();
    expect(states()).toEqual(["failed"]);
  });

  test("that Pause comes upon is told", async () => {
    runner.train();
    await until(() => core.step > 30 && core.inside === 1);
    core.failure = Object.assign(new Error("Not a number."), { code: "diverged" });
    core.fails = true;
    await runner.pause();
    expect(events.at(-1)).toEqual({ type: "failed", code: "diverged", message: "Not a number." });
    expect(states()).not.toContain("paused");
  });

  test("without one is a trap, and not the runner's to handle", async () => {
    core.failure = new WebAssembly.RuntimeError("unreachable");
    await expect(runner.step()).rejects.toThrow("unreachable");
  });
});

test("a restored run goes on from where it was saved", async () => {
  runner.train();
  await nextMacrotask();
  const progress = await runner.restore(2, Uint8Array.of(1));
  expect(progress).toMatchObject({ state: "paused", step: 500 });
  await runner.step();
  expect(core.step).toBe(501);
  expect(reports().at(-1)).toMatchObject({ state: "paused", step: 501 });
});

test("saving takes its turn between two slices of a run that goes on", async () => {
  runner.train();
  await nextMacrotask();
  await runner.save();
  const before = core.step;
  await nextMacrotask();
  await nextMacrotask();
  expect(core.step).toBeGreaterThan(before);
  await runner.pause();
});

test("a run is saved by itself where an epoch ends, and where it is paused", async () => {
  core.stepsPerEpoch = 200;
  const taken = () =>
    events.flatMap((event) => (event.type === "checkpoint" ? [event.checkpoint] : []));
  runner.train();
  await until(() => core.step > 500);
  await runner.pause();
  await until(() => taken().length > 2);
  const [first, second, paused] = taken();
  expect(first).toMatchObject({ step: 200, milestone: true, bytes: Uint8Array.of(200) });
  expect(second).toMatchObject({ step: 400, milestone: true });
  expect(paused).toMatchObject({ step: core.step, milestone: false });
  // All that led to it was told before.
  const at = events.findIndex(({ type }) => type === "checkpoint");
  const told = events
    .slice(0, at)
    .flatMap((e) => (e.type === "progress" ? [...e.progress.losses] : []));
  expect(told).toEqual(counting(200));

  await runner.pause();
  for (let i = 0; i < 20; i += 1) await nextMacrotask();
  expect(taken(), "the same step is not saved twice").toHaveLength(3);
});

test("a run that failed is not saved", async () => {
  runner.train();
  await until(() => core.step > 30);
  core.failure = Object.assign(new Error("Not a number."), { code: "diverged" });
  await until(() => events.some(({ type }) => type === "failed"));
  await runner.pause();
  for (let i = 0; i < 20; i += 1) await nextMacrotask();
  expect(events.map(({ type }) => type)).not.toContain("checkpoint");
});

test("what no run survives is done once it stands still", async () => {
  runner.train();
  await nextMacrotask();
  const inside = await runner.withoutRun(() => core.inside);
  expect(inside).toBe(0);
  const { step } = core;
  await nextMacrotask();
  expect(core.step).toBe(step);
});

test("where it fails, the run goes on", async () => {
  runner.train();
  await nextMacrotask();
  const refusal = new Error("Too few images.");
  const refused = runner.withoutRun(() => {
    throw refusal;
  });
  await expect(refused).rejects.toBe(refusal);
  const { step } = core;
  await until(() => core.step > step);
});
