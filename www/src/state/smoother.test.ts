import { describe, expect, test } from "vitest";

import { Series } from "./series";
import { horizonOf, Smoothed, Smoother } from "./smoother";

describe("smoothing", () => {
  const smooth = (values: number[], horizon = 40) => [
    ...new Smoother(horizon).next(Float32Array.from(values)),
  ];

  test("begins with the first value itself", () => {
    expect(smooth([2.5, 2.5, 2.5])).toEqual([2.5, 2.5, 2.5]);
  });

  test("follows a fall early on, and less and less later", () => {
    const early = smooth([1, 0]).at(-1) ?? NaN;
    const late = smooth([...Array<number>(1000).fill(1), 0]).at(-1) ?? NaN;
    expect(early).toBeLessThan(0.15);
    expect(late).toBeCloseTo(1 - 1 / 40, 5);
  });

  test("leaves out what is not finite", () => {
    expect(smooth([1, NaN, Infinity, 1])).toEqual([1, 1, 1, 1]);
    expect(smooth([NaN, 3])).toEqual([NaN, 3]);
  });

  test("does not depend on how the values arrive", () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => Math.sin(i));
    const whole = new Smoother(40).next(values);
    const pieces = new Smoother(40);
    expect([...pieces.next(values.slice(0, 33)), ...pieces.next(values.slice(33))]).toEqual([
      ...whole,
    ]);
  });

  test("of nothing leaves the values as they are", () => {
    expect(horizonOf(0)).toBe(1);
    const values = Array.from({ length: 100 }, (_, i) => Math.fround(Math.sin(i)));
    expect(smooth(values, horizonOf(0))).toEqual(values);
  });

  test("of more looks back over more steps, but never over all", () => {
    expect([0.5, 0.9, 0.99].map((share) => Math.round(horizonOf(share)))).toEqual([2, 10, 100]);
    expect(horizonOf(1)).toBeLessThan(Infinity);
  });
});

test("a smoothed series follows the one it is of", () => {
  const source = new Series();
  const smoothed = new Smoothed(source, 0.9);
  expect(smoothed.at(-1)).toBeUndefined();
  source.push([1, 1]);
  expect(smoothed.at(1)).toBe(1);
  source.push([0]);
  expect(smoothed.at(-1)).toBeCloseTo(smoothed.at(2) ?? NaN, 9);
  expect(smoothed.at(2)).toBeLessThan(1);
  expect(smoothed.at(3)).toBeUndefined();
});
