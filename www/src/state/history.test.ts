import { describe, expect, test } from "vitest";

import { Series, Smoother } from "./history";

describe("a series", () => {
  test("keeps every value however it grows", () => {
    const series = new Series();
    for (let i = 0; i < 3000; i += 7)
      series.push(Float32Array.from({ length: 7 }, (_, j) => i + j));
    expect(series.length).toBe(3003);
    expect([...series.values.slice(1020, 1030)]).toEqual(
      [...Array(10).keys()].map((i) => 1020 + i),
    );
    expect(series.at(-1)).toBe(3002);
    expect(series.at(3003)).toBeUndefined();
  });

  test("takes more at once than it had room for", () => {
    const series = new Series();
    series.push(new Float32Array(100_000).fill(1));
    expect(series.length).toBe(100_000);
  });
});

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
});
