import { describe, expect, test } from "vitest";

import { preprocess, type Grey, type Steps } from "./preprocess";
import { blank, paintImage, RASTER_SIDE } from "./raster";

const ALL: Steps = { crop: true, scale: true, centre: true };
const NONE: Steps = { crop: false, scale: false, centre: false };

/** A drawing of 280 x 280 with filled boxes: left, top, width, height, and how dark. */
function drawing(...boxes: [number, number, number, number, number?][]): Grey {
  const pixels = blank();
  for (const [left, top, width, height, ink = 255] of boxes) {
    for (let y = top; y < top + height; y += 1) {
      pixels.fill(ink, y * RASTER_SIDE + left, y * RASTER_SIDE + left + width);
    }
  }
  return { width: RASTER_SIDE, height: RASTER_SIDE, pixels };
}

/** Where the ink is: columns and rows, from first to last. */
function extent(image: Uint8Array) {
  const at = [...image].flatMap((ink, i) => (ink > 0 ? [i] : []));
  const columns = at.map((i) => i % 28);
  const rows = at.map((i) => Math.floor(i / 28));
  const range = (values: number[]) => [Math.min(...values), Math.max(...values)];
  return { columns: range(columns), rows: range(rows) };
}

/** An image of 28 x 28 whose ink is where `inked` says. */
const imageOf = (inked: (x: number, y: number) => number) =>
  Uint8Array.from({ length: 784 }, (_, i) => inked(i % 28, Math.floor(i / 28)));

describe("without any step", () => {
  test("a pixel is the mean of the hundred it stands for", () => {
    const image = preprocess(
      drawing([30, 50, 10, 10], [40, 50, 4, 10], [50, 50, 10, 10, 100]),
      NONE,
    );
    expect([...image.subarray(28 * 5 + 2, 28 * 5 + 7)]).toEqual([0, 255, 102, 100, 0]);
    expect(extent(image)).toEqual({ columns: [3, 5], rows: [5, 5] });
  });

  test("empty paper is empty, whatever the steps", () => {
    expect(preprocess(drawing(), NONE)).toEqual(new Uint8Array(784));
    expect(preprocess(drawing(), ALL)).toEqual(new Uint8Array(784));
  });
});

describe("crop", () => {
  test("alone puts the box of the ink in the middle, at its size", () => {
    const image = preprocess(drawing([10, 200, 40, 60]), { ...NONE, crop: true });
    expect(extent(image)).toEqual({ columns: [12, 15], rows: [11, 16] });
    expect(image.reduce((sum, ink) => sum + ink, 0)).toBe(4 * 6 * 255);
  });
});

describe("scale", () => {
  test("makes the longer side 20 pixels and keeps the proportions", () => {
    const small = preprocess(drawing([5, 5, 20, 40]), { ...ALL, centre: false });
    expect(extent(small)).toEqual({ columns: [9, 18], rows: [4, 23] });
    const large = preprocess(drawing([0, 70, 280, 140]), { ...ALL, centre: false });
    expect(extent(large)).toEqual({ columns: [4, 23], rows: [9, 18] });
  });

  test("without crop makes the whole drawing 20 pixels wide", () => {
    const image = preprocess(drawing([0, 0, 14, 14], [266, 266, 14, 14]), { ...NONE, scale: true });
    expect(extent(image)).toEqual({ columns: [4, 23], rows: [4, 23] });
  });

  test("does not lose the thinnest line", () => {
    const image = preprocess(drawing([100, 0, 1, 280]), ALL);
    expect(extent(image).rows).toEqual([5, 24]);
    expect(Math.max(...image)).toBe(255);
  });
});

describe("centre by mass", () => {
  test("moves what is heavier towards the middle", () => {
    // A column of 20, and a thick foot at its lower end.
    const foot = drawing([100, 0, 20, 200], [60, 160, 100, 40]);
    const box = preprocess(foot, { ...ALL, centre: false });
    const mass = preprocess(foot, ALL);
    expect(extent(box).rows).toEqual([4, 23]);
    expect(extent(mass).rows[1]).toBeLessThan(23);
    const mean = mass.reduce((sum, ink, i) => sum + ink * Math.floor(i / 28), 0);
    expect(mean / mass.reduce((sum, ink) => sum + ink, 0)).toBeCloseTo(14, 0);
  });

  test("cuts off what it moves over the border, and nothing wraps around", () => {
    const corner = drawing([0, 0, 280, 10], [0, 0, 10, 280]);
    const image = preprocess(corner, { ...NONE, centre: true });
    expect(extent(image).columns[1]).toBe(27);
    const inked = image.reduce((count, ink) => count + (ink > 0 ? 1 : 0), 0);
    expect(inked).toBeLessThan(28 + 27);
  });
});

test("an image that is as MNIST's are comes out as it went in", () => {
  // 20 pixels high, its mean at row and column 14, in many greys.
  const image = imageOf((x, y) =>
    x >= 10 && x <= 18 && y >= 4 && y <= 23
      ? 1 + ((x * 31 + y * 17 + (x - 14) * (y - 14)) % 255)
      : 0,
  );
  const raster = blank();
  paintImage(raster, image);
  const grey = { width: RASTER_SIDE, height: RASTER_SIDE, pixels: raster };
  expect(preprocess(grey, NONE)).toEqual(image);
  expect(preprocess(grey, ALL)).toEqual(image);
});
