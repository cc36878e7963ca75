import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { WorkerClient } from "./client";
import { FakeWorker, settled } from "./fake-worker";
import { TrainerError, type Event } from "./protocol";

let worker: FakeWorker;
let events: Event[];
let deaths: TrainerError[];
let client: WorkerClient;

beforeEach(() => {
  vi.useFakeTimers();
  worker = new FakeWorker();
  events = [];
  deaths = [];
  client = new WorkerClient(worker, {
    event: (event) => events.push(event),
    died: (death) => deaths.push(death),
  });
});

afterEach(() => {
  client.terminate();
  vi.useRealTimers();
});

/** Lets the seconds pass one by one, as a page that is awake does. */
async function seconds(count: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000 * count);
}

describe("replies", () => {
  test("find their commands, in whatever order they come", async () => {
    const predicted = client.send("predict", { pixels: new Float32Array() });
    const paused = client.send("pause", {});
    await worker.answer("pause");
    await worker.answer("predict", new Float32Array([1]));
    await expect(paused).resolves.toBeUndefined();
    await expect(predicted).resolves.toEqual(new Float32Array([1]));
  });

  test("that refuse carry code, sentence and problems", async () => {
    const problems = [{ field: "model", code: "too_large" as const, message: "Too large." }];
    const created = client.send("update", { changes: {} });
    const refused = expect(created).rejects.toMatchObject({
      name: "TrainerError",
      code: "invalid_spec",
      message: "No.",
      problems,
    });
    await worker.refuse("update", { code: "invalid_spec", message: "No.", problems });
    await refused;
  });

  test("nobody asked for are dropped", async () => {
    await worker.say({ kind: "reply", id: 99, ok: true, value: 1 });
    expect(deaths).toEqual([]);
  });
});

test("events go to the listener as they are", async () => {
  await worker.emit(3, { type: "finished" });
  expect(events).toEqual([{ kind: "event", run: 3, seq: 1, type: "finished" }]);
});

describe("a worker dies", () => {
  const WAYS: [how: string, die: () => Promise<void>, code: string][] = [
    ["by saying so", () => worker.emit(0, { type: "crashed", message: "unreachable" }), "crashed"],
    ["of an error", () => worker.die("out of memory"), "crashed"],
    ["of silence", () => seconds(180), "silent"],
  ];

  test.each(WAYS)("%s: it is ended, and what it owed is rejected", async (_, die, code) => {
    const owed = expect(client.send("step", {})).rejects.toMatchObject({ code });
    await die();
    await owed;
    expect(worker.terminated).toBe(true);
    expect(client.dead).toBe(true);
    expect(deaths.map((death) => death.code)).toEqual([code]);
    await expect(client.send("step", {})).rejects.toMatchObject({ code: "crashed" });
    await worker.emit(1, { type: "finished" });
    expect(events).toEqual([]);
  });

  test("only once", async () => {
    await worker.die("first");
    await worker.die("second");
    expect(deaths.map(({ message }) => message)).toEqual(["first"]);
  });
});

describe("the watchdog", () => {
  test("leaves an idle worker alone", async () => {
    await seconds(1000);
    expect([deaths, worker.commands]).toEqual([[], []]);
  });

  test("watches a worker that trains, although it owes nothing", async () => {
    client.busy = true;
    await seconds(180);
    expect(deaths.map(({ code }) => code)).toEqual(["silent"]);
  });

  test("asks for a sign of life, and is content with any", async () => {
    client.busy = true;
    for (let i = 0; i < 30; i += 1) {
      await seconds(10);
      await worker.answer("ping");
    }
    expect(deaths).toEqual([]);
  });

  test("does not take the page's own sleep for the worker's silence", async () => {
    client.busy = true;
    // A page that sleeps gets one tick when it wakes, however long it slept.
    vi.setSystemTime(Date.now() + 3_600_000);
    await seconds(1);
    expect(deaths).toEqual([]);
  });
});

test("a worker that is replaced rejects what it owed as superseded", async () => {
  const owed = expect(client.send("train", {})).rejects.toMatchObject({ code: "superseded" });
  client.terminate();
  await owed;
  await settled();
  expect(deaths).toEqual([]);
});
