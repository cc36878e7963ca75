import { expect, test } from "vitest";

import { blank, paintImage, paintLine, RASTER_SIDE } from "./raster";

const at = (raster: Uint8Array, x: number, y: number) => raster[y * RASTER_SIDE + x];
const ink = (raster: Uint8Array) => raster.reduce((sum, grey) => sum + grey, 0) / 255;

test("a dab is a disc", () => {
  const raster = blank();
  const dab = { x: 100, y: 50, width: 20 };
  paintLine(raster, dab, dab);
  expect(ink(raster)).toBeCloseTo(Math.PI * 10 ** 2, -1);
  expect(at(raster, 100, 50)).toBe(255);
  expect(at(raster, 109, 50)).toBeGreaterThan(0);
  expect(at(raster, 111, 50)).toBe(0);
});

test("a line covers what lies between its ends, as wide as it is at each", () => {
  const raster = blank();
  paintLine(raster, { x: 50, y: 100, width: 10 }, { x: 150, y: 100, width: 30 });
  expect(at(raster, 100, 109)).toBe(255);
  expect(at(raster, 100, 112)).toBe(0);
  expect(at(raster, 50, 106)).toBe(0);
  expect(at(raster, 150, 113)).toBe(255);
});

test("ink over ink stays ink, and beyond the border there is none", () => {
  const raster = blank();
  const [from, to] = [
    { x: -30, y: 10, width: 12 },
    { x: 400, y: 10, width: 12 },
  ];
  paintLine(raster, from, to);
  const once = raster.slice();
  paintLine(raster, to, from);
  expect(raster).toEqual(once);
  expect(at(raster, 0, 10)).toBe(255);
  expect(at(raster, RASTER_SIDE - 1, 10)).toBe(255);
  expect(ink(raster)).toBeCloseTo(12 * RASTER_SIDE, -2);
});

test("an image is ten times as large", () => {
  const raster = blank();
  paintImage(
    raster,
    Uint8Array.from({ length: 784 }, (_, i) => (i === 29 ? 200 : 0)),
  );
  expect(ink(raster) * 255).toBe(100 * 200);
  expect(at(raster, 10, 10)).toBe(200);
  expect(at(raster, 19, 19)).toBe(200);
  expect(at(raster, 20, 19)).toBe(0);
});
