import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Typing } from "./typing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a value counts once it rests, and only once", () => {
  const [typing, send] = [new Typing(), vi.fn()];
  typing.later(send);
  vi.advanceTimersByTime(400);
  typing.later(send);
  vi.advanceTimersByTime(400);
  expect(send).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  typing.settle();
  expect(send).toHaveBeenCalledTimes(1);
});

test("what is asked for meanwhile does not wait", () => {
  const [typing, one, other] = [new Typing(), vi.fn(), vi.fn()];
  typing.later(one);
  typing.later(other);
  typing.forget(other);
  typing.settle();
  vi.runAllTimers();
  expect(one).toHaveBeenCalledTimes(1);
  expect(other).not.toHaveBeenCalled();
});
