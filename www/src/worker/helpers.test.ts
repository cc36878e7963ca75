import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { PRESETS } from "../generated/limits";
import type { HelpWanted } from "../generated/core";
import type { ImageNumbers, ShareNumbers } from "./core";
import { HelperPool, type HelperLike, type HelperMessage, type HelperReply } from "./helpers";
import { Turn } from "./turn";

class FakeHelper implements HelperLike {
  onmessage: HelperLike["onmessage"] = null;
  onerror: HelperLike["onerror"] = null;
  terminated = false;
  readonly messages: HelperMessage[] = [];
  transferred: Transferable[] = [];

  postMessage(message: HelperMessage, transfer: Transferable[]): void {
    this.messages.push(message);
    this.transferred = transfer;
  }
  terminate(): void {
    this.terminated = true;
  }
  say(reply: HelperReply): void {
    this.onmessage?.({ data: reply } as MessageEvent<HelperReply>);
  }
  die(message: string): void {
    this.onerror?.({ message, preventDefault: () => undefined } as ErrorEvent);
  }
}

let started: FakeHelper[];
let failures: string[];
let employed: HelpWanted[];
let wanted: HelpWanted;
let asked: unknown[];
let pool: HelperPool;
let turn: Turn;

const core = {
  helpWanted(...processors: unknown[]) {
    asked = processors;
    return wanted;
  },
  spec: () => PRESETS.CNN,
  employ(wanted: HelpWanted) {
    employed.push(wanted);
  },
};

const share = (): ShareNumbers => [
  5,
  64,
  Float32Array.of(1, 2, 3),
  Float32Array.of(0.5),
  Uint8Array.of(7),
];
const answer = Float32Array.of(4, 5);

const batches = (helpers: number): HelpWanted => ({ helpers, work: "batches" });
const engage = () => pool.engage(core, (call) => turn.take(call));

/** Waits until the pool has asked the core and started whom it wants. */
async function begun(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
}

/** A pool whose helpers are at work. */
async function atWork(helpers: number): Promise<void> {
  wanted = batches(helpers);
  const engaged = engage();
  await begun();
  for (const helper of started) helper.say({ type: "ready" });
  await engaged;
}

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  failures = [];
  employed = [];
  wanted = batches(0);
  turn = new Turn();
  pool = new HelperPool({
    spawn: () => {
      const helper = new FakeHelper();
      started.push(helper);
      return helper;
    },
    processors: 4,
    pinned: 3,
    failed: (why) => failures.push(why),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

test("no helper is started where the core wants none", async () => {
  await engage();
  expect(asked).toEqual([4, 3]);
  expect(started).toEqual([]);
  expect(employed).toEqual([]);
});

test("helpers are employed once all are ready", async () => {
  wanted = batches(2);
  const engaged = engage();
  await begun();
  expect(started.map(({ messages }) => messages)).toEqual(
    Array(2).fill([{ type: "begin", spec: PRESETS.CNN }]),
  );
  started[0]?.say({ type: "ready" });
  await begun();
  expect(employed).toEqual([]);
  started[1]?.say({ type: "ready" });
  await engaged;
  expect(employed).toEqual([wanted]);
});

test("training does not wait for one that only evaluates", async () => {
  wanted = { helpers: 1, work: "evaluations" };
  await engage();
  expect(employed).toEqual([]);
  started[0]?.say({ type: "ready" });
  await begun();
  expect(employed).toEqual([wanted]);
});

test("one that is ready when its run is over is not employed", async () => {
  wanted = { helpers: 1, work: "evaluations" };
  await engage();
  started[0]?.say({ type: "ready" });
  pool.dismiss();
  await begun();
  expect(employed).toEqual([]);
  expect(failures).toEqual([]);
});

test("images go to a helper, and what it says of them comes back", async () => {
  await atWork(1);
  const images: ImageNumbers = [Float32Array.of(1, 2), Uint8Array.of(255)];
  const judged = pool.judge(1, ...images);
  expect(started[0]?.messages.at(-1)).toEqual({ type: "images", images });
  expect(started[0]?.transferred).toEqual(images.map(({ buffer }) => buffer));
  started[0]?.say({ type: "answer", answer });
  expect(await judged).toBe(answer);
  expect(await pool.judge(2, ...images)).toBeNull();
});

test("a share goes to its helper, with all its arrays moved, and the answer comes back", async () => {
  await atWork(2);
  const numbers = share();
  const both = [pool.hand(1, ...share()), pool.hand(2, ...numbers)];
  expect(started[1]?.messages.at(-1)).toEqual({ type: "share", index: 2, share: numbers });
  expect(started[1]?.transferred).toEqual(
    numbers.slice(2).map((part) => (part as Float32Array).buffer),
  );
  started[1]?.say({ type: "answer", answer });
  started[0]?.say({ type: "answer", answer: Float32Array.of(9) });
  expect(await Promise.all(both)).toEqual([Float32Array.of(9), answer]);
  expect(failures).toEqual([]);
});

test("one that fails ends all, and every share comes to nothing", async () => {
  await atWork(2);
  const both = [pool.hand(1, ...share()), pool.hand(2, ...share())];
  started[0]?.die("out of memory");
  expect(await Promise.all(both)).toEqual([null, null]);
  expect(started.every(({ terminated }) => terminated)).toBe(true);
  expect(failures).toEqual(["out of memory"]);
  expect(await pool.hand(1, ...share())).toBeNull();
});

test("one that is silent counts as failed", async () => {
  await atWork(1);
  const handed = pool.hand(1, ...share());
  vi.advanceTimersByTime(9000);
  expect(failures).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(await handed).toBeNull();
  expect(failures).toEqual([""]);
});

test("where one does not start, the run has none", async () => {
  wanted = batches(2);
  const engaged = engage();
  await begun();
  started[0]?.say({ type: "ready" });
  started[1]?.say({ type: "failed", why: "no such file" });
  await engaged;
  expect(employed).toEqual([]);
  expect(failures).toEqual(["no such file"]);
});

test("the helpers of a run end with it, and no one is to blame", async () => {
  await atWork(1);
  const handed = pool.hand(1, ...share());
  pool.dismiss();
  expect(await handed).toBeNull();
  expect(started[0]?.terminated).toBe(true);
  expect(failures).toEqual([]);
  started[0]?.die("late");
  expect(failures).toEqual([]);
});
