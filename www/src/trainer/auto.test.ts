import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { FakeWorker, progress, report, settled } from "./fake-worker";
import type { Comparison, EventBody } from "./protocol";
import { Trainer } from "./trainer";

const SAVED = Uint8Array.of(100);
const SLOW_GPU = 500;
const FAST_GPU = 5000;
const CPU = 1000;

let workers: FakeWorker[];
let heard: EventBody[];
let trainer: Trainer;

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  visit();
});

afterEach(() => {
  trainer.dispose();
  vi.unstubAllGlobals();
});

/** A page that has a GPU. */
function visit(): void {
  workers = [];
  heard = [];
  trainer = new Trainer({
    spawn() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    whyNoWebgpu: () => Promise.resolve(undefined),
    dataFolder: "https://example.org/data/",
    listen: (event) => heard.push(event),
  });
}

/** The worker that was started last. */
function worker(): FakeWorker {
  const found = workers.at(-1);
  if (!found) throw new Error("No worker was started.");
  return found;
}

/** Asks for what the test does not wait for. */
function begin(asked: Promise<unknown>): void {
  asked.catch(() => undefined);
}

const events = <T extends EventBody["type"]>(type: T) =>
  heard.filter((event): event is Extract<EventBody, { type: T }> => event.type === type);

/** Makes a run on the worker in use, and trains it. */
async function train(spec: RunSpec = PRESETS.MLP, live = worker()): Promise<void> {
  const created = trainer.create(spec);
  await live.answer("create", progress(0, "idle"));
  await created;
  begin(trainer.train());
  await live.answer("train");
}

/** Trains the first run on the CPU at its speed. */
async function trainOnCpu(spec?: RunSpec): Promise<FakeWorker> {
  const opened = trainer.open("auto");
  await settled();
  const cpu = worker();
  expect(cpu.asked("open")).toMatchObject({ device: "cpu" });
  await cpu.answer("open", report("cpu"));
  await opened;
  await train(spec);
  await cpu.emit(1, { type: "progress", progress: { ...progress(10), imagesPerSecond: CPU } });
  return cpu;
}

/** The GPU beside it opens, and shows how fast it is. */
async function showGpu(speed: number): Promise<FakeWorker> {
  const gpu = worker();
  expect(gpu.asked("open")).toMatchObject({ device: "webgpu" });
  await gpu.answer("open", report("webgpu"));
  await gpu.answer("speed", speed);
  return gpu;
}

/** What the workers do when a run moves from one to the other. */
async function move(cpu: FakeWorker, gpu: FakeWorker, step: number): Promise<void> {
  await gpu.answer("load");
  await cpu.emit(1, { type: "progress", progress: progress(step, "paused") });
  await cpu.answer("pause");
  await cpu.answer("save", SAVED);
  expect(gpu.asked("restore")).toMatchObject({ checkpoint: SAVED });
  await gpu.answer("restore", { spec: PRESETS.MLP, progress: progress(step, "paused") });
  await gpu.answer("update");
}

/** A run that has moved to the GPU, where it is known as 2. */
async function onGpu(): Promise<FakeWorker> {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  await move(cpu, gpu, 20);
  await gpu.answer("train");
  heard.length = 0;
  return gpu;
}

test("training begins on the CPU and moves to a faster GPU, which is told", async () => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  await move(cpu, gpu, 50);
  expect(cpu.terminated).toBe(true);
  expect(gpu.names).toContain("train");
  const comparison: Comparison = { cpu: CPU, webgpu: FAST_GPU };
  expect(events("compared").at(-1)).toEqual({ type: "compared", comparison });
  expect(events("ready").at(-1)).toMatchObject({ report: report("webgpu") });
  expect(events("moved")).toEqual([{ type: "moved", comparison }]);
  expect(
    events("progress").map(({ progress: { state } }) => state),
    "that it rests on the way is not its state",
  ).not.toContain("paused");
});

test.each([
  ["slower", SLOW_GPU],
  ["hardly faster", 1.1 * CPU],
])("a GPU that is %s is let go, and not tried again, nor on the next visit", async (_, speed) => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(speed);
  expect(gpu.terminated).toBe(true);
  expect(cpu.names).not.toContain("pause");
  begin(trainer.pause());
  begin(trainer.train());
  await settled();
  expect(workers).toHaveLength(2);

  trainer.dispose();
  visit();
  await trainOnCpu();
  expect(workers).toHaveLength(1);
  expect(events("compared").at(-1)?.comparison).toEqual({ cpu: CPU, webgpu: speed });
});

test("another network is another question", async () => {
  await trainOnCpu();
  await showGpu(SLOW_GPU);
  trainer.dispose();
  visit();
  await trainOnCpu(PRESETS.CNN);
  expect(worker().asked("open")).toMatchObject({ device: "webgpu" });
});

test("what is stored is anyone's to write", async () => {
  localStorage.setItem("emberlab.speeds", '[["x"], 3, {"a": 1}, ["y", "1", null], [1, 2, 3]]');
  await trainOnCpu();
  await showGpu(SLOW_GPU);
  localStorage.setItem("emberlab.speeds", "{");
  trainer.dispose();
  visit();
  await trainOnCpu();
  expect(workers).toHaveLength(2);
});

test("a run that was paused meanwhile stays where it is", async () => {
  const cpu = await trainOnCpu();
  begin(trainer.pause());
  await cpu.answer("pause");
  const gpu = await showGpu(FAST_GPU);
  expect(gpu.terminated).toBe(true);
  // Gone on with, it moves.
  begin(trainer.train());
  await settled();
  expect(worker().asked("open")).toMatchObject({ device: "webgpu" });
});

test("another network that is trained meanwhile is looked at next", async () => {
  const cpu = await trainOnCpu();
  const created = trainer.create(PRESETS.CNN);
  await cpu.answer("create", progress(0, "idle"));
  await created;
  begin(trainer.train());
  await cpu.emit(2, { type: "progress", progress: { ...progress(1), imagesPerSecond: CPU } });
  await showGpu(FAST_GPU);
  expect(workers, "what was found is of the former network").toHaveLength(3);
  expect(events("compared").at(-1)?.comparison).toBeUndefined();
  await worker().answer("open", report("webgpu"));
  expect(worker().asked("speed")).toMatchObject({ spec: PRESETS.CNN });
});

test("a pause on the way holds after the move", async () => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  await gpu.answer("load");
  const paused = trainer.pause();
  await cpu.answer("pause");
  await cpu.answer("pause");
  await paused;
  await cpu.answer("save", SAVED);
  await gpu.answer("restore", { spec: PRESETS.MLP, progress: progress(20, "paused") });
  await gpu.answer("update");
  expect(gpu.names).not.toContain("train");
  expect(events("progress").at(-1)?.progress.state).toBe("paused");
});

test("a run that is dropped on the way leaves the CPU to the next", async () => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  await gpu.answer("load");
  begin(trainer.abandon(1000));
  await cpu.answer("pause");
  await cpu.answer("save", SAVED);
  await gpu.answer("restore", { spec: PRESETS.MLP, progress: progress(20, "paused") });
  expect(gpu.terminated).toBe(true);
  expect(cpu.terminated).toBe(false);
  expect(events("moved")).toEqual([]);
});

test("a run that another takes the place of on the way is not moved, and the other not paused", async () => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  begin(trainer.abandon(1000));
  await cpu.answer("pause");
  await train(PRESETS.CNN, cpu);
  await gpu.answer("load");
  expect(cpu.names.filter((name) => name === "pause")).toHaveLength(1);
  expect(gpu.terminated).toBe(true);
});

test("a run that is over is not moved", async () => {
  const cpu = await trainOnCpu();
  await cpu.emit(1, { type: "progress", progress: progress(100, "finished") });
  const gpu = await showGpu(FAST_GPU);
  expect(gpu.terminated).toBe(true);
  expect(cpu.names).not.toContain("pause");
});

test("a move that fails leaves the run to the CPU, where it goes on", async () => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  await gpu.answer("load");
  await cpu.emit(1, { type: "progress", progress: progress(30, "paused") });
  await cpu.answer("pause");
  await cpu.answer("save", SAVED);
  await gpu.refuse("restore", { code: "bad_data", message: "Other images." });
  expect(gpu.terminated).toBe(true);
  expect(cpu.asked("train")).toBeDefined();
  expect(events("degraded"), "no one is to blame").toEqual([]);
});

test("a pause on the way of a move that fails holds, and is told", async () => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  await gpu.answer("load");
  begin(trainer.pause());
  await cpu.emit(1, { type: "progress", progress: progress(30, "paused") });
  await cpu.answer("pause");
  await cpu.answer("pause");
  await cpu.answer("save", SAVED);
  await gpu.die("out of memory");
  expect(cpu.names.filter((name) => name === "train")).toHaveLength(1);
  expect(events("progress").at(-1)?.progress).toMatchObject({ step: 30, state: "paused" });
});

test("what is changed on the way is taken along", async () => {
  const cpu = await trainOnCpu();
  const gpu = await showGpu(FAST_GPU);
  await gpu.answer("load");
  await cpu.answer("pause");
  await cpu.answer("save", SAVED);
  begin(trainer.update({ learningRate: 0.25 }));
  await cpu.answer("update");
  await gpu.answer("restore", { spec: PRESETS.MLP, progress: progress(20, "paused") });
  expect(gpu.asked("update").changes).toMatchObject({ learningRate: 0.25 });
});

const NO_GPU: [what: string, fail: () => Promise<void>, why: string][] = [
  [
    "fails its self-test",
    () => worker().refuse("open", { code: "self_test_failed", message: "Wrong sums." }),
    "Wrong sums.",
  ],
  ["crashes", () => worker().die("trap"), "trap"],
];

test.each(NO_GPU)(
  "where the GPU %s, training stays on the CPU, and that is told",
  async (_, fail, why) => {
    const cpu = await trainOnCpu();
    await fail();
    expect(events("degraded")).toEqual([{ type: "degraded", from: "webgpu", to: "cpu", why }]);
    expect(cpu.terminated).toBe(false);
    begin(trainer.train());
    await settled();
    expect(workers, "it is not tried again").toHaveLength(2);
  },
);

test("on the GPU, a network that may be faster on the CPU begins there", async () => {
  await onGpu();
  begin(trainer.create(PRESETS.CNN));
  await settled();
  expect(worker().asked("open")).toMatchObject({ device: "cpu" });
  await worker().answer("open", report("cpu"));
  await worker().answer("load");
  expect(worker().asked("create")).toMatchObject({ spec: PRESETS.CNN });
});

test("on the GPU, the same network stays there", async () => {
  const gpu = await onGpu();
  begin(trainer.create({ ...PRESETS.MLP, train: { ...PRESETS.MLP.train, learningRate: 0.5 } }));
  expect(gpu.asked("create")).toBeDefined();
  expect(workers).toHaveLength(2);
});

test("a GPU that is lost is tried once more, then the run goes on on the CPU", async () => {
  const gpu = await onGpu();
  const lost = { type: "failed", code: "device_lost", message: "The GPU is gone." } as const;
  // The worker reports all steps before it tells why there will be no more.
  await gpu.emit(2, { type: "progress", progress: progress(30, "failed") });
  await gpu.emit(2, lost);
  await settled();
  const again = worker();
  expect(again.asked("open")).toMatchObject({ device: "webgpu" });
  await again.answer("open", report("webgpu"));
  await again.answer("load");
  expect(again.asked("restore")).toMatchObject({ run: 3, checkpoint: SAVED });
  await again.answer("restore", { spec: PRESETS.MLP, progress: progress(20, "paused") });
  await again.answer("update");
  await again.answer("train");
  await again.emit(3, { type: "progress", progress: progress(30, "failed") });
  await again.emit(3, lost);
  await settled();
  expect(worker().asked("open")).toMatchObject({ device: "cpu" });
  expect(events("degraded")).toEqual([
    { type: "degraded", from: "webgpu", to: "cpu", why: "The GPU is gone." },
  ]);
});
