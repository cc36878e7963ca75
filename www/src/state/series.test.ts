import { describe, expect, test, vi } from "vitest";

import { Series, Track } from "./series";

describe("a series", () => {
  test("keeps every value however it grows", () => {
    const series = new Series();
    for (let i = 0; i < 3000; i += 7) series.push([0, 1, 2, 3, 4, 5, 6].map((j) => i + j));
    expect(series.length).toBe(3003);
    expect([...series.values.slice(1020, 1030)]).toEqual(
      [...Array(10).keys()].map((i) => 1020 + i),
    );
    expect(series.at(-1)).toBe(3002);
    expect(series.at(3003)).toBeUndefined();
    expect(new Series().at(-1)).toBeUndefined();
  });

  test("takes more at once than it had room for", () => {
    const series = new Series();
    series.push(new Float32Array(100_000).fill(1));
    expect(series.length).toBe(100_000);
  });
});

function track(values: ArrayLike<number>): Track {
  const result = new Track();
  result.push(values);
  return result;
}

const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i / 50));
const BLOCKS = 300;
/** Two for each block, and a rest that is not a full one. */
const MOST = 2 * BLOCKS + 2 * Math.log2(100_000);

describe("thinning out", () => {
  test.each([0, 1, 2, 19, 20])("keeps all of %d values where there is room", (length) => {
    expect(track(wave(length)).thinned(20)).toEqual([...Array(length).keys()]);
  });

  test.each([601, 1000, 4095, 4096, 65_537, 100_000])("keeps few of %d values", (length) => {
    const kept = track(wave(length)).thinned(BLOCKS);
    expect(kept.length).toBeLessThanOrEqual(MOST);
    expect(kept.length).toBeGreaterThanOrEqual(BLOCKS / 2);
    expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
    expect(kept.at(-1)).toBe(length - 1);
  });

  test("loses no spike, wherever it is", () => {
    const values = wave(100_000);
    const spikes = [0, 1, 12_345, 54_321, 98_303, 98_304, 99_998];
    spikes.forEach((at, i) => (values[at] = i % 2 === 0 ? 9 : -9));
    expect(track(values).thinned(BLOCKS)).toEqual(expect.arrayContaining(spikes));
  });

  test("prefers numbers to what is none", () => {
    const values = new Float32Array(1000).fill(NaN);
    values[5] = 1;
    values[95] = Infinity;
    values[96] = 2;
    expect(track(values).thinned(10)).toEqual(expect.arrayContaining([5, 96]));
  });

  test("is the same for values that came in pieces, with drawings in between", () => {
    const values = wave(10_000);
    const pieces = new Track();
    for (let from = 0; from < values.length; from += 37) {
      pieces.push(values.subarray(from, from + 37));
      if (from % 5 === 0) pieces.thinned(BLOCKS);
    }
    expect(pieces.thinned(BLOCKS)).toEqual(track(values).thinned(BLOCKS));
  });

  test("keeps what it kept as the series grows, so that the drawing does not flicker", () => {
    const values = track(wave(80_000));
    const before = values.thinned(BLOCKS);
    values.push(wave(40));
    const settled = before.slice(0, before.length - 40);
    expect(values.thinned(BLOCKS).slice(0, settled.length)).toEqual(settled);
  });

  test("reads what is new, however much there was before", () => {
    const values = track(wave(100_000));
    values.thinned(BLOCKS);
    values.push(wave(20));
    const read = vi.spyOn(values, "at");
    const whole = vi.spyOn(values, "values", "get");
    values.thinned(BLOCKS);
    // Each new value is looked at twice for its pair, which is looked at twice for its four, and so on.
    expect(read.mock.calls.length).toBeLessThan(4 * 20 + 4 * 17);
    expect(whole).not.toHaveBeenCalled();
  });
});
