import { describe, expect, test } from "vitest";

import { mapsPicture, saliencyPicture, signedColor, strength } from "./maps";

const COLORS = {
  negative: [200, 100, 0],
  zero: [255, 255, 255],
  positive: [0, 100, 200],
} as const;

/** The colour of a pixel of a picture, opacity included. */
function at({ width, data }: { width: number; data: Uint8ClampedArray }, x: number, y: number) {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

describe("the colour of a signed number", () => {
  test.each([
    [0, [255, 255, 255]],
    [1, [0, 100, 200]],
    [7, [0, 100, 200]],
    [-1, [200, 100, 0]],
    [0.5, [128, 178, 228]],
    [NaN, [255, 255, 255]],
  ])("%f", (value, expected) => expect(signedColor(value, COLORS)).toEqual(expected));
});

describe("maps", () => {
  const sheet = { height: 1, width: 2, columns: 2, gap: 1 };

  test("stand in a grid, clear in between", () => {
    const picture = mapsPicture(Float32Array.of(2, 0, -2, NaN, 1, 1), sheet, 2, COLORS);
    expect([picture.width, picture.height]).toEqual([5, 3]);
    expect(at(picture, 0, 0)).toEqual([0, 100, 200, 255]);
    expect(at(picture, 2, 0)).toEqual([0, 0, 0, 0]);
    expect(at(picture, 3, 0)).toEqual([200, 100, 0, 255]);
    expect(at(picture, 0, 1)).toEqual([0, 0, 0, 0]);
    expect(at(picture, 4, 0)).toEqual([255, 255, 255, 255]);
    expect(at(picture, 1, 2)).toEqual([127, 177, 227, 255]);
    expect(at(picture, 3, 2)).toEqual([0, 0, 0, 0]);
  });

  test("are as narrow as they are few", () => {
    const { width, height } = mapsPicture(Float32Array.of(1, 2), sheet, 1, COLORS);
    expect([width, height]).toEqual([2, 1]);
  });

  test("of nothing but zeros have the colour of zero", () => {
    const picture = mapsPicture(new Float32Array(2), sheet, 0, COLORS);
    expect(at(picture, 0, 0)).toEqual([255, 255, 255, 255]);
  });
});

describe("the scale", () => {
  test("leaves out a rare extreme", () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 500 ? -100 : 1));
    expect(strength(values)).toBe(1);
  });

  test("is that of what is there, where most is zero", () => {
    const values = new Float32Array(1000);
    values[3] = -4;
    expect(strength(values)).toBe(4);
    expect(strength(new Float32Array(9))).toBe(0);
    expect(strength(new Float32Array())).toBe(0);
  });

  test("does not look at what is no number", () => {
    expect(strength(Float32Array.of(NaN, 2, Infinity))).toBe(2);
  });
});

test("saliency glows over the faded image", () => {
  const colors = { paper: [0, 0, 0], ink: [200, 200, 200], glow: [250, 120, 0] } as const;
  const picture = saliencyPicture([255, 0], Float32Array.of(0, 3), 2, colors);
  expect([picture.width, picture.height]).toEqual([2, 1]);
  expect(at(picture, 0, 0)).toEqual([90, 90, 90, 255]);
  expect(at(picture, 1, 0)).toEqual([250, 120, 0, 255]);
});
