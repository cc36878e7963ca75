import { expect, test } from "vitest";

import { digitPicture, SIDE, type InkColors } from "./digits";

const COLORS: InkColors = { paper: [255, 200, 0], ink: [0, 100, 50] };

/** Red, green, blue and opacity of a picture's pixel. */
function pixel({ width, data }: ReturnType<typeof digitPicture>, x: number, y: number) {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

test("0 is paper, 255 is ink, and what is between lies between", () => {
  const image = new Uint8Array(SIDE * SIDE);
  image[3 * SIDE + 5] = 255;
  image[3 * SIDE + 6] = 51;
  const picture = digitPicture(image, { columns: 1 }, COLORS);
  expect(picture).toMatchObject({ width: SIDE, height: SIDE });
  expect(pixel(picture, 0, 0)).toEqual([255, 200, 0, 255]);
  expect(pixel(picture, 5, 3)).toEqual([0, 100, 50, 255]);
  expect(pixel(picture, 6, 3)).toEqual([204, 180, 10, 255]);
});

test("images stand row by row with clear gaps in between", () => {
  const side = 2;
  const images = [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0];
  const picture = digitPicture(images, { columns: 2, gap: 1, side }, COLORS);
  expect(picture).toMatchObject({ width: 5, height: 5 });
  const inked = [];
  for (let y = 0; y < 5; y += 1) {
    for (let x = 0; x < 5; x += 1) {
      if (pixel(picture, x, y).join() === "0,100,50,255") inked.push([x, y]);
    }
  }
  expect(inked).toEqual([
    [0, 0],
    [4, 0],
    [0, 4],
  ]);
  expect(pixel(picture, 2, 0)[3]).toBe(0);
  expect(pixel(picture, 4, 4)[3]).toBe(0);
});

test("a row is no longer than there are images, and no image is clear", () => {
  expect(digitPicture(new Uint8Array(SIDE * SIDE), { columns: 6 }, COLORS).width).toBe(SIDE);
  const none = digitPicture([], { columns: 3 }, COLORS);
  expect(none).toMatchObject({ width: SIDE, height: SIDE });
  expect(none.data.every((value) => value === 0)).toBe(true);
});
