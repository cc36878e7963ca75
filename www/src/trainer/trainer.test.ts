import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { DeviceName } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { FakeWorker, progress, report, settled } from "./fake-worker";
import type { EventBody } from "./protocol";
import { Trainer } from "./trainer";

let workers: FakeWorker[];
let heard: EventBody[];
let whyNoWebgpu: string | undefined;
let trainer: Trainer;

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  heard = [];
  whyNoWebgpu = undefined;
  trainer = new Trainer({
    spawn() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    whyNoWebgpu: (allowSoftware) =>
      Promise.resolve(whyNoWebgpu === "software" && allowSoftware ? undefined : whyNoWebgpu),
    dataFolder: "https://example.org/data/",
    listen: (event) => heard.push(event),
  });
});

afterEach(() => {
  trainer.dispose();
  vi.useRealTimers();
});

/** The worker that is in use. */
function worker(): FakeWorker {
  const last = workers.at(-1);
  if (!last) throw new Error("No worker was started.");
  return last;
}

const types = () => heard.map(({ type }) => type).filter((type) => type !== "started");
/** Opens a device with a run on it that trains, at `step`. Run 1 is the first. */
async function training(device: DeviceName, step: number): Promise<FakeWorker> {
  const opened = trainer.open(device);
  await settled();
  await worker().answer("open", report(device));
  await opened;
  const created = trainer.create(PRESETS.MLP);
  await worker().answer("create", progress(0, "idle"));
  await created;
  void trainer.train();
  await worker().answer("train");
  if (step > 0) await worker().emit(1, { type: "progress", progress: progress(step) });
  heard.length = 0;
  return worker();
}

describe("opening", () => {
  test.each(["cpu", "ndarray", "webgpu"] as const)("%s opens just that", async (device) => {
    const opened = trainer.open(device);
    await settled();
    expect(worker().asked("open")).toMatchObject({ device });
    await worker().answer("open", report(device));
    await expect(opened).resolves.toEqual(report(device));
    expect(trainer.isOpen).toBe(true);
    expect(workers).toHaveLength(1);
    expect(types()).toEqual([]);
  });

  test("auto opens the CPU, and says why where it will stay with that", async () => {
    whyNoWebgpu = "No adapter.";
    const opened = trainer.open("auto");
    await settled();
    expect(workers).toHaveLength(1);
    await worker().answer("open", report("cpu"));
    await opened;
    expect(types()).toEqual(["degraded"]);
  });

  test("only who chooses WebGPU by hand gets it in software", async () => {
    whyNoWebgpu = "software";
    trainer.open("webgpu").catch(() => undefined);
    await settled();
    expect(worker().asked("open")).toMatchObject({ device: "webgpu" });
    trainer.open("auto").catch(() => undefined);
    await settled();
    expect(worker().asked("open")).toMatchObject({ device: "cpu" });
  });

  test("a device chosen by hand is never swapped, and specs can still be judged", async () => {
    whyNoWebgpu = "No adapter.";
    await expect(trainer.open("webgpu")).rejects.toMatchObject({
      code: "device_unavailable",
      message: "No adapter.",
    });
    expect(trainer.isOpen).toBe(false);
    const described = trainer.describe(PRESETS.MLP);
    await worker().answer("describe", { problems: [] });
    await expect(described).resolves.toEqual({ problems: [] });
  });

  test("the latest choice wins", async () => {
    const first = expect(trainer.open("cpu")).rejects.toMatchObject({ code: "superseded" });
    const second = trainer.open("ndarray");
    await settled();
    await worker().answer("open", report("ndarray"));
    await first;
    await expect(second).resolves.toEqual(report("ndarray"));
  });
});

describe("runs", () => {
  test("of before are not heard any more", async () => {
    const first = await training("cpu", 5);
    const stopped = trainer.abandon(1000);
    expect(first.names).toContain("pause");
    await first.emit(1, { type: "progress", progress: progress(6) });
    const created = trainer.create(PRESETS.CNN);
    await first.emit(1, { type: "finished" });
    await first.answer("pause");
    await expect(stopped).resolves.toBe(true);
    await first.answer("create", progress(0, "idle"));
    await first.emit(1, { type: "progress", progress: progress(7) });
    await first.emit(2, { type: "progress", progress: progress(1) });
    await expect(created).resolves.toEqual(progress(0, "idle"));
    expect(heard).toEqual([expect.objectContaining({ run: 2, progress: progress(1) })]);
  });

  test("that do not stop in time are told", async () => {
    await training("cpu", 5);
    const stopped = trainer.abandon(1000);
    await vi.advanceTimersByTimeAsync(1000);
    await expect(stopped).resolves.toBe(false);
  });

  test("do not stop the news of the worker itself", async () => {
    const live = await training("cpu", 5);
    await live.emit(0, { type: "data", part: "train", loadedImages: 1, totalImages: 2 });
    expect(types()).toEqual(["data"]);
  });
});

/** What is done before a run can go on: a fresh worker gets device and data. */
async function reopen(device: DeviceName): Promise<void> {
  await settled();
  await worker().answer("open", report(device));
  await worker().answer("load");
}

/** What the page is told of a run that goes on. */
const recovery = () => heard.find((event) => event.type === "recovered");

/** Lets the live worker take a checkpoint. */
async function checkpoint(run: number, step: number): Promise<void> {
  const bytes = Uint8Array.of(step);
  await worker().emit(run, {
    type: "checkpoint",
    checkpoint: { step, epoch: 1, milestone: true, bytes },
  });
}

/** Answers what a fresh worker is asked to go on from a checkpoint. */
async function goOn(step: number): Promise<void> {
  await worker().answer("restore", { spec: PRESETS.MLP, progress: progress(step, "paused") });
  await worker().answer("update");
}

describe("a worker that dies under a run", () => {
  test("before the first step: the run begins again on a fresh one", async () => {
    const dead = await training("cpu", 0);
    await dead.die("trap");
    expect(dead.terminated).toBe(true);
    await reopen("cpu");
    expect(worker().asked("create")).toMatchObject({ run: 2, spec: PRESETS.MLP });
    await worker().answer("create", progress(0, "idle"));
    await worker().answer("train");
    await worker().emit(2, { type: "progress", progress: progress(1) });
    expect(types()).toEqual(["recovering", "progress", "progress"]);
  });

  test("before the first checkpoint: it begins again, and that is told", async () => {
    const dead = await training("cpu", 40);
    await dead.die("trap");
    await reopen("cpu");
    await worker().answer("create", progress(0, "idle"));
    expect(recovery()).toEqual({ type: "recovered", to: 0, lostAt: 40, why: "trap" });
    expect(worker().names).toContain("train");
  });

  test("later: it goes on from the last checkpoint, with what was changed since", async () => {
    await training("cpu", 90);
    await checkpoint(1, 100);
    await worker().emit(1, { type: "progress", progress: progress(200) });
    await checkpoint(1, 200);
    const changed = trainer.update({ learningRate: 0.25 });
    await worker().answer("update");
    await changed;
    await worker().emit(1, { type: "progress", progress: progress(250) });
    const dead = worker();
    await dead.die("trap");
    await reopen("cpu");
    expect(worker().asked("restore")).toMatchObject({ run: 2, checkpoint: Uint8Array.of(200) });
    await worker().answer("restore", { spec: PRESETS.MLP, progress: progress(200, "paused") });
    expect(worker().asked("update").changes).toMatchObject({ learningRate: 0.25 });
    await worker().answer("update");
    expect(recovery()).toEqual({ type: "recovered", to: 200, lostAt: 250, why: "trap" });
    expect(worker().names).toContain("train");

    // What the dead one still says is of a run that is no longer known by its number.
    heard.length = 0;
    await worker().emit(1, { type: "progress", progress: progress(251) });
    await worker().emit(2, { type: "progress", progress: progress(201) });
    expect(heard).toEqual([expect.objectContaining({ run: 2 })]);
  });

  test("while it is paused: it is paused on the fresh one", async () => {
    const dead = await training("cpu", 100);
    await checkpoint(1, 100);
    const paused = trainer.pause();
    await dead.answer("pause");
    await paused;
    await dead.die("trap");
    await reopen("cpu");
    await goOn(100);
    expect(worker().names).not.toContain("train");
    expect(heard.at(-1)).toMatchObject({ type: "progress", progress: { state: "paused" } });
  });

  test("while a command waits: the command is done once the run goes on", async () => {
    const dead = await training("cpu", 100);
    await checkpoint(1, 100);
    let done = false;
    const paused = trainer.pause().then(() => (done = true));
    await dead.die("trap");
    expect(done).toBe(false);
    await reopen("cpu");
    await goOn(100);
    await paused;
    expect(worker().names).not.toContain("train");
  });

  test("while a step waits: it is trained on the fresh one", async () => {
    await training("cpu", 100);
    await checkpoint(1, 100);
    let done = false;
    const stepped = trainer.step().then(() => (done = true));
    await worker().die("trap");
    await reopen("cpu");
    await goOn(100);
    expect(done).toBe(false);
    await worker().answer("step");
    await stepped;
    expect(worker().names).not.toContain("train");
  });

  test("while a step waits and Pause is pressed: it is not trained", async () => {
    await training("cpu", 100);
    await checkpoint(1, 100);
    const stepped = trainer.step();
    const paused = trainer.pause();
    await worker().die("trap");
    await reopen("cpu");
    await goOn(100);
    await Promise.all([stepped, paused]);
    expect(worker().names).not.toContain("step");
  });

  test("again and again, but further each time: it is not given up", async () => {
    await training("cpu", 50);
    for (const [i, step] of [100, 150, 200].entries()) {
      await checkpoint(i + 1, step);
      await worker().die("trap");
      await reopen("cpu");
      await goOn(step);
    }
    expect(types()).not.toContain("failed");
    expect(trainer.isOpen).toBe(true);
  });

  test("twice on the only device: it is given up, until it is opened anew", async () => {
    const dead = await training("cpu", 0);
    await dead.die("trap");
    await reopen("cpu");
    await worker().answer("create", progress(0, "idle"));
    const count = workers.length;
    await worker().die("trap again");
    expect(types().at(-1)).toBe("failed");
    expect(workers).toHaveLength(count);
    expect(trainer.isOpen).toBe(false);

    void trainer.open("cpu");
    await settled();
    await worker().answer("open", report("cpu"));
    expect(trainer.isOpen).toBe(true);
  });

  test("twice, the second time while the run is brought back: it is given up once", async () => {
    const dead = await training("cpu", 100);
    await checkpoint(1, 100);
    await dead.die("trap");
    await reopen("cpu");
    await worker().die("trap again");
    expect(types().filter((type) => type === "failed")).toHaveLength(1);
  });

  test("of a run that was dropped: nothing goes on", async () => {
    const dead = await training("cpu", 100);
    await checkpoint(1, 100);
    await dead.die("trap");
    void trainer.abandon(1000);
    await reopen("cpu");
    expect(worker().names).not.toContain("restore");
    expect(types()).toEqual(["checkpoint", "recovering"]);
  });

  test("by silence counts as well", async () => {
    await training("cpu", 250);
    await vi.advanceTimersByTimeAsync(180_000);
    await reopen("cpu");
    await worker().answer("create", progress(0, "idle"));
    expect(recovery()?.why).toMatch(/180 seconds/);
  });

  test("takes an own data set along, and what was added to it", async () => {
    const live = await training("cpu", 5);
    const imports = { kind: "csv", train: new File([], "digits.csv") } as const;
    const imported = trainer.importData(imports, 7);
    await live.answer("importData", {});
    await imported;
    const example = { pixels: new Uint8Array(784), label: 3 };
    const added = trainer.addExample(example);
    await live.answer("addExample");
    await added;
    await live.die("trap");
    await settled();
    await worker().answer("open", report("cpu"));
    expect(worker().asked("importData")).toMatchObject({ imports, seed: 7 });
    await worker().answer("importData", {});
    expect(worker().asked("addExample")).toMatchObject(example);
  });
});

test("a run that the core refuses to make leaves the former one as it was", async () => {
  const live = await training("cpu", 100);
  const refused = expect(trainer.create(PRESETS.CNN, Uint8Array.of(1))).rejects.toThrow("No.");
  await live.refuse("create", { code: "bad_data", message: "No." });
  await refused;
  await live.emit(1, { type: "progress", progress: progress(101) });
  expect(types()).toEqual(["progress"]);
});

test("another run is gone on with from its bytes, and a wrong file changes nothing", async () => {
  const live = await training("cpu", 100);
  const refused = expect(trainer.restore(Uint8Array.of(1))).rejects.toThrow("No checkpoint.");
  await live.refuse("restore", { code: "bad_data", message: "No checkpoint." });
  await refused;
  await live.emit(1, { type: "progress", progress: progress(101) });
  expect(types()).toEqual(["progress"]);

  const restored = trainer.restore(Uint8Array.of(2));
  const id = live.asked("restore").run;
  await live.answer("restore", { spec: PRESETS.CNN, progress: progress(500, "paused") });
  await expect(restored).resolves.toMatchObject({ spec: PRESETS.CNN, progress: { step: 500 } });
  heard.length = 0;
  await live.emit(1, { type: "progress", progress: progress(102) });
  await live.emit(id, { type: "progress", progress: progress(501) });
  expect(heard).toEqual([expect.objectContaining({ run: id })]);
});

test("a paused run may be silent for as long as it likes", async () => {
  const live = await training("cpu", 5);
  void trainer.pause();
  await live.emit(1, { type: "progress", progress: progress(5, "paused") });
  await live.answer("pause");
  await vi.advanceTimersByTimeAsync(600_000);
  expect(live.terminated).toBe(false);
});

test.each(["restore", "create"] as const)(
  "a %s that is abandoned comes to no run",
  async (make) => {
    const live = await training("cpu", 100);
    const made =
      make === "restore" ? trainer.restore(Uint8Array.of(1)) : trainer.create(PRESETS.CNN);
    const refused = expect(made).rejects.toMatchObject({ code: "superseded" });
    void trainer.abandon(1000);
    const standing = progress(100, "paused");
    await live.answer(
      make,
      make === "restore" ? { spec: PRESETS.MLP, progress: standing } : standing,
    );
    await refused;
    heard.length = 0;
    await live.emit(2, { type: "progress", progress: standing });
    expect(heard, "nothing is heard of it").toEqual([]);
  },
);
