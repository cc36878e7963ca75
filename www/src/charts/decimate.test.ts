import { describe, expect, test } from "vitest";

import { decimate } from "./decimate";

const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i / 50));

describe("thinning out", () => {
  test.each([0, 1, 2, 19, 20])("keeps all of %d values where there is room", (length) => {
    expect(decimate(wave(length), 10)).toEqual([...Array(length).keys()]);
  });

  test.each([21, 1000, 100_000])("keeps at most two of each part, of %d values", (length) => {
    const kept = decimate(wave(length), 10);
    expect(kept.length).toBeLessThanOrEqual(2 * 10 + 1);
    expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
    expect(kept.at(-1)).toBe(length - 1);
  });

  test("loses no spike", () => {
    const values = wave(100_000);
    values[54_321] = 9;
    values[12_345] = -9;
    expect(decimate(values, 300)).toEqual(expect.arrayContaining([12_345, 54_321]));
  });

  test("prefers numbers to what is none", () => {
    const values = new Float32Array(100).fill(NaN);
    values[5] = 1;
    values[95] = Infinity;
    values[96] = 2;
    expect(decimate(values, 10)).toEqual(expect.arrayContaining([5, 96]));
  });

  test("is quick enough for every frame", () => {
    const values = wave(100_000);
    const start = performance.now();
    for (let i = 0; i < 10; i += 1) decimate(values, 500);
    expect((performance.now() - start) / 10).toBeLessThan(16);
  });
});
