import { describe, expect, test } from "vitest";

import type { Checkpoint } from "../trainer/protocol";
import { shelve } from "./checkpoint-shelf";

const at = (step: number, size = 10): Checkpoint => ({
  step,
  epoch: 1,
  milestone: true,
  bytes: new Uint8Array(size),
});

/** What is kept after checkpoints at these steps. */
function shelved(steps: readonly number[], room: number, most = 100): number[] {
  let kept: readonly Checkpoint[] = [];
  for (const step of steps) kept = shelve(kept, at(step), room, most);
  return kept.map(({ step }) => step);
}

const counting = (count: number) => Array.from({ length: count }, (_, i) => 10 * (i + 1));

describe("checkpoints", () => {
  test("are all kept where there is room", () => {
    expect(shelved(counting(5), 1000)).toEqual(counting(5));
  });

  test("never take more room than there is, and span the whole run", () => {
    const kept = shelved(counting(500), 200);
    expect(kept).toHaveLength(20);
    expect([kept[0], kept.at(-1)]).toEqual([10, 5000]);
    expect(shelved(counting(500), 1e9, 7)).toHaveLength(7);
  });

  test("are closer together near the end than near the beginning", () => {
    const kept = shelved(counting(500), 200);
    const gap = (i: number) => (kept.at(i) ?? 0) - (kept.at(i - 1) ?? 0);
    expect(gap(-1)).toBeLessThan(200);
    expect(gap(2)).toBeGreaterThan(3 * gap(-1));
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  test("of a run that went back replace those of its former future", () => {
    expect(shelved([10, 20, 30, 15, 20], 1000)).toEqual([10, 15, 20]);
  });

  test("that are too large for all the room leave the others alone", () => {
    const kept = shelve([at(10)], at(20, 999), 100);
    expect(kept.map(({ step }) => step)).toEqual([10]);
  });

  test("as large as half the room leave the newest", () => {
    expect(shelved([10, 20, 30], 15)).toEqual([30]);
    expect(shelved([10, 20, 30], 20)).toEqual([10, 30]);
  });
});
