import { describe, expect, test } from "vitest";

import type { Evaluation } from "../generated/core";
import { Matrices, MOST_KEPT } from "./matrices";

const evaluation = (step: number, most = 7): Evaluation => ({
  split: "test",
  step,
  epoch: 1,
  images: 10,
  loss: 1,
  accuracy: 0.5,
  confusion: Uint32Array.of(step, 0, most, 0),
});

function after(evaluations: number): Matrices {
  const matrices = new Matrices();
  for (let i = 1; i <= evaluations; i += 1) matrices.add(evaluation(10 * i));
  return matrices;
}

const steps = (matrices: Matrices) => matrices.kept.map(({ step }) => step);

/** The distances of those that are kept; the last one is kept whatever its distance. */
function gaps(matrices: Matrices): number[] {
  const kept = steps(matrices);
  return kept.slice(1, -1).map((step, i) => step - (kept[i] ?? 0));
}

describe("the matrices of a run", () => {
  test("are all kept while they are few", () => {
    expect(steps(after(3))).toEqual([10, 20, 30]);
    expect([...(after(3).kept[1]?.counts ?? [])]).toEqual([20, 0, 7, 0]);
  });

  test.each([MOST_KEPT + 1, 1000, 1001, 12_345])("span the whole of %i evaluations", (count) => {
    const matrices = after(count);
    const kept = steps(matrices);
    expect(kept.length).toBeLessThanOrEqual(MOST_KEPT);
    expect(kept.length).toBeGreaterThan(MOST_KEPT / 3);
    expect(kept[0]).toBe(10);
    expect(kept.at(-1)).toBe(10 * count);
    expect(new Set(gaps(matrices)).size).toBe(1);
  });

  test("hold counts in as little room as they need, and no smaller one", () => {
    const matrices = new Matrices();
    matrices.add(evaluation(1, 65_535));
    matrices.add(evaluation(2, 65_536));
    expect(matrices.kept.map(({ counts }) => [counts.BYTES_PER_ELEMENT, counts[2]])).toEqual([
      [2, 65_535],
      [4, 65_536],
    ]);
  });

  test("can be gone back in and gone on from, evenly", () => {
    const whole = after(1000);
    const past = whole.upTo(5000);
    expect(steps(past).at(-1)).toBeLessThanOrEqual(5000);
    for (let step = 5010; step <= 9000; step += 10) past.add(evaluation(step));
    expect(new Set(gaps(past)).size).toBeLessThanOrEqual(2);
    expect(steps(past).at(-1)).toBe(9000);
    expect(steps(whole).at(-1)).toBe(10_000);
    expect(steps(after(3).upTo(20))).toEqual([10, 20]);
    expect(steps(after(3).upTo(5))).toEqual([]);
  });

  test("go on from nothing as from the start", () => {
    const past = after(3).upTo(5);
    past.add(evaluation(10));
    past.add(evaluation(20));
    expect(steps(past)).toEqual([10, 20]);
  });
});
