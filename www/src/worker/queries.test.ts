import { describe, expect, test, vi } from "vitest";

import type { Examination, RangeTestProgress } from "../generated/core";
import type { Core, CoreModule } from "./core";
import { answers } from "./queries";
import { nextMacrotask, Turn } from "./turn";

/** A core whose looks take three slices; it keeps one of each kind in hand, as the real one does. */
class FakeCore {
  slices = 0;
  asked = "";
  waiting = false;

  examine(request: { split: string }) {
    this.asked = request.split;
    this.slices = 0;
  }
  examineOn() {
    this.slices += 1;
    const done = this.slices === 3;
    return Promise.resolve(done ? ({ request: { split: this.asked } } as Examination) : null);
  }
  rangeTest() {
    this.slices = 0;
  }
  rangeTestOn() {
    this.slices += 1;
    const progress = { done: this.slices === 3, waitingForData: this.waiting };
    return Promise.resolve(progress as RangeTestProgress);
  }
}

function setUp(dataExpected = false) {
  const core = new FakeCore();
  const turn = new Turn();
  const tested: RangeTestProgress[] = [];
  const queries = answers({
    turn,
    core: () => core as unknown as Core,
    module: () => Promise.resolve({} as CoreModule),
    dataExpected: () => dataExpected,
    tested: (progress) => tested.push(progress),
    nextMacrotask,
  });
  return { core, turn, tested, queries };
}

const request = (split: "validation" | "test") =>
  ({ id: 1, type: "examine", request: { split } }) as const;

describe("examine", () => {
  test("lets others have their turn between its slices", async () => {
    const { core, turn, queries } = setUp();
    const look = queries.examine(request("test"));
    const seen: number[] = [];
    while (core.slices < 3) {
      await turn.take(() => seen.push(core.slices));
      await nextMacrotask();
    }
    await look;
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  test("a second look waits for the first, and each has its own answer", async () => {
    const { queries } = setUp();
    const both = [queries.examine(request("test")), queries.examine(request("validation"))];
    const splits = (await Promise.all(both)).map((look) => look.request.split);
    expect(splits).toEqual(["test", "validation"]);
  });
});

describe("rangeTest", () => {
  const command = { id: 1, type: "rangeTest", spec: {} } as never;

  test("tells how it goes and answers when it is done", async () => {
    const { tested, queries } = setUp();
    expect((await queries.rangeTest(command)).done).toBe(true);
    expect(tested.map(({ done }) => done)).toEqual([false, false, true]);
  });

  test("waits for images that are on their way, and asks for them now and then", async () => {
    vi.useFakeTimers();
    const { core, tested, queries } = setUp(true);
    core.waiting = true;
    const done = queries.rangeTest(command);
    await vi.advanceTimersByTimeAsync(50);
    expect(tested).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect((await done).done).toBe(true);
    expect(tested).toHaveLength(3);
    vi.useRealTimers();
  });

  test("gives up where images are missing and none are on their way", async () => {
    const { core, queries } = setUp();
    core.waiting = true;
    await expect(queries.rangeTest(command)).rejects.toMatchObject({ code: "data_missing" });
  });
});
