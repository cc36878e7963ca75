import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Newest } from "./newest";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  let value = 0;
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const newest = new Newest(80, () => {
    asked.push(value);
    return new Promise((resolve) => answers.push(resolve));
  });
  const change = (to: number) => {
    value = to;
    newest.changed();
  };
  return { newest, asked, answers, change };
}

test("one question at a time, about the newest, after a rest", async () => {
  const { asked, answers, change } = setUp();
  change(1);
  change(2);
  change(3);
  expect(asked).toEqual([1]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked, "the first is not answered").toEqual([1]);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(79);
  expect(asked).toEqual([1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual([1, 3]);
  answers[1]?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked, "nothing changed since").toEqual([1, 3]);
  change(4);
  expect(asked).toEqual([1, 3, 4]);
});

test("what is dropped is not asked", async () => {
  const { newest, asked, answers, change } = setUp();
  change(1);
  change(2);
  newest.drop();
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([1]);
});
