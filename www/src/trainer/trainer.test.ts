import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { DeviceName, RunState } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { FakeWorker, settled } from "./fake-worker";
import type { EventBody, ProgressUpdate } from "./protocol";
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
const report = (device: DeviceName) => ({ device, label: device.toUpperCase() });

function progress(step: number, state: RunState = "running"): ProgressUpdate {
  return {
    state,
    epoch: 1,
    epochs: 1,
    step,
    stepsPerEpoch: 100,
    losses: new Float32Array(),
    accuracies: new Float32Array(),
    learningRates: new Float32Array(),
    vitals: [],
    imagesPerSecond: 0,
    waitingForData: false,
  };
}

/** Opens a device with a run on it that trains, at `step`. Run 1 is the first. */
async function training(choice: "auto" | DeviceName, step: number): Promise<FakeWorker> {
  const device = choice === "auto" ? "webgpu" : choice;
  const opened = trainer.open(choice);
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

  const NO_WEBGPU: [what: string, fail: () => Promise<void>, why: string][] = [
    [
      "fails its self-test",
      () => worker().refuse("open", { code: "self_test_failed", message: "Wrong sums." }),
      "Wrong sums.",
    ],
    [
      "crashes twice",
      async () => {
        await worker().die("trap");
        await worker().die("trap");
      },
      "trap",
    ],
  ];

  test.each(NO_WEBGPU)(
    "auto goes to the CPU where WebGPU %s, and says why",
    async (_, fail, why) => {
      const opened = trainer.open("auto");
      await settled();
      await fail();
      expect(worker().asked("open")).toMatchObject({ device: "cpu" });
      await worker().answer("open", report("cpu"));
      await expect(opened).resolves.toEqual(report("cpu"));
      expect(heard).toContainEqual({ type: "degraded", from: "webgpu", to: "cpu", why });
    },
  );

  test("auto starts no worker for a WebGPU that is not there", async () => {
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
    void trainer.create(PRESETS.CNN);
    await first.emit(1, { type: "finished" });
    await first.answer("pause");
    await expect(stopped).resolves.toBe(true);
    await first.answer("create", progress(0, "idle"));
    await first.emit(1, { type: "progress", progress: progress(7) });
    await first.emit(2, { type: "progress", progress: progress(1) });
    expect(heard).toEqual([
      { type: "progress", progress: progress(0, "idle") },
      expect.objectContaining({ run: 2, progress: progress(1) }),
    ]);
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

/** What `#replace` does before a run can begin again. */
async function reopen(device: DeviceName): Promise<void> {
  await settled();
  await worker().answer("open", report(device));
  await worker().answer("load");
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
    expect(types()).toEqual(["progress", "progress"]);
  });

  test("before the first step, under auto: on the CPU", async () => {
    const dead = await training("auto", 0);
    await dead.emit(1, { type: "failed", code: "device_lost", message: "The GPU is gone." });
    expect(worker().asked("open")).toMatchObject({ device: "cpu" });
    await reopen("cpu");
    expect(worker().names).toContain("create");
    expect(heard).toContainEqual({
      type: "degraded",
      from: "webgpu",
      to: "cpu",
      why: "The GPU is gone.",
    });
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

  test("in the middle: the run has failed, and a fresh worker waits for the next", async () => {
    const dead = await training("cpu", 250);
    await dead.die("trap");
    await reopen("cpu");
    expect(heard.find(({ type }) => type === "failed")).toMatchObject({
      code: "crashed",
      message: expect.stringMatching(/step 250 \(trap\).*Reset/) as string,
    });
    expect(worker().names).not.toContain("create");
    expect(trainer.isOpen).toBe(true);
  });

  test("in the middle, under auto: the next run is on the CPU", async () => {
    const dead = await training("auto", 250);
    await dead.die("trap");
    await reopen("cpu");
    expect(types()).toEqual(["failed", "degraded"]);
    expect(trainer.isOpen).toBe(true);
  });

  test("by silence counts as well", async () => {
    await training("cpu", 250);
    await vi.advanceTimersByTimeAsync(180_000);
    expect(heard[0]).toMatchObject({ type: "failed", code: "silent" });
  });
});

test("a paused run may be silent for as long as it likes", async () => {
  const live = await training("cpu", 5);
  void trainer.pause();
  await live.emit(1, { type: "progress", progress: progress(5, "paused") });
  await live.answer("pause");
  await vi.advanceTimersByTimeAsync(600_000);
  expect(live.terminated).toBe(false);
});
