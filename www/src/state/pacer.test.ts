import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Pacer } from "./pacer";

let shown: number[];
let pacer: Pacer<number>;

beforeEach(() => {
  vi.useFakeTimers();
  shown = [];
  pacer = new Pacer((value) => shown.push(value), 200, "running");
});

afterEach(() => {
  vi.useRealTimers();
});

/** Takes 1, 2, 3 and so on, each so many milliseconds after the one before. */
function take(...waits: number[]): void {
  for (const [i, wait] of waits.entries()) {
    vi.advanceTimersByTime(wait);
    pacer.take(i + 1, "running");
  }
}

test("shows with the changes that come, and not in between", () => {
  take(0, 100, 100, 120, 120, 90, 90);
  expect(shown).toEqual([1, 3, 5, 7]);
});

test("changes slower than the pace are all shown", () => {
  take(400, 900, 200);
  expect(shown).toEqual([1, 2, 3]);
});

test("the last word comes where no change comes after it", () => {
  take(0, 20, 30);
  vi.advanceTimersByTime(249);
  expect(shown).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(shown).toEqual([1, 3]);
  vi.runAllTimers();
  expect(shown).toEqual([1, 3]);
});

test("what has another reason is shown at once, and what waited never", () => {
  take(0, 20);
  pacer.take(3, "paused");
  pacer.take(4, "paused");
  vi.runAllTimers();
  expect(shown).toEqual([1, 3, 4]);
});

test("nothing is shown once it was stopped", () => {
  take(0, 20);
  pacer.stop();
  vi.runAllTimers();
  expect(shown).toEqual([1]);
});
