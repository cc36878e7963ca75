/**
 * From a drawing to an image as MNIST has them, in the steps of its authors (LeCun et al., 1998):
 * the ink is cut out, scaled to fit 20 x 20 pixels with its proportions kept, and put into 28 x 28
 * such that its centre of mass is in the middle. Each step can be left out.
 */

import { PIXELS, SIDE } from "../charts/digits";

/** Side of the square that the ink is scaled to fit. */
const FIT = 20;

/** Which steps are taken. */
export interface Steps {
  /** Cut out the ink; else all of the drawing is used. */
  crop: boolean;
  /** Make what is used as large as MNIST's digits; else it keeps the size it has in the drawing. */
  scale: boolean;
  /** Put its centre of mass in the middle; else that of the box it was cut out by. */
  centre: boolean;
}

/** A grey picture, row by row: 0 is paper, 255 ink. */
export interface Grey {
  width: number;
  height: number;
  pixels: ArrayLike<number>;
}

/** A part of a picture. */
interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The image, 784 grey values. Without ink it is empty. */
export function preprocess(drawing: Grey, steps: Steps): Uint8Array {
  const image = new Uint8Array(PIXELS);
  const ink = inkBox(drawing);
  if (!ink) return image;
  const box = steps.crop ? ink : { left: 0, top: 0, width: drawing.width, height: drawing.height };
  const factor = steps.scale
    ? FIT / Math.max(box.width, box.height)
    : SIDE / Math.max(drawing.width, drawing.height);
  const width = Math.max(Math.round(box.width * factor), 1);
  const height = Math.max(Math.round(box.height * factor), 1);
  const scaled: Grey = { width, height, pixels: resample(drawing, box, width, height) };
  const [x, y] = steps.centre ? centreOfMass(scaled) : [width / 2, height / 2];
  const left = Math.round(SIDE / 2 - x);
  const top = Math.round(SIDE / 2 - y);
  for (let row = Math.max(top, 0); row < Math.min(top + height, SIDE); row += 1) {
    for (let column = Math.max(left, 0); column < Math.min(left + width, SIDE); column += 1) {
      image[row * SIDE + column] = scaled.pixels[(row - top) * width + column - left] ?? 0;
    }
  }
  return image;
}

/** The smallest box that holds all ink, if there is any. */
function inkBox({ width, height, pixels }: Grey): Box | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!pixels[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return undefined;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** A part of a picture at another size: each pixel is the mean of the area it stands for. */
function resample(picture: Grey, box: Box, width: number, height: number): Uint8Array {
  const columns = shares(box.left, box.width, width);
  const rows = shares(box.top, box.height, height);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    let sum = 0;
    for (const [y, down] of rows[Math.floor(i / width)] ?? []) {
      for (const [x, across] of columns[i % width] ?? []) {
        sum += (picture.pixels[y * picture.width + x] ?? 0) * down * across;
      }
    }
    return Math.round(sum);
  });
}

/** Along one axis, the pixels that each of `to` pixels is made of, and how much of each. */
function shares(start: number, from: number, to: number): [pixel: number, share: number][][] {
  const length = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [first, last] = [start + i * length, start + (i + 1) * length];
    const parts: [number, number][] = [];
    for (let pixel = Math.floor(first); pixel < last; pixel += 1) {
      const share = (Math.min(last, pixel + 1) - Math.max(first, pixel)) / length;
      // What is left of rounding must not reach beyond the box.
      if (share > 1e-9) parts.push([pixel, share]);
    }
    return parts;
  });
}

/**
 * Where the ink is on average, in whole pixels from the first; the middle of empty paper. Counted
 * so, MNIST's digits have it at 14, half a pixel right of and below the very middle.
 */
function centreOfMass({ width, height, pixels }: Grey): [x: number, y: number] {
  let [mass, across, down] = [0, 0, 0];
  for (let i = 0; i < width * height; i += 1) {
    const ink = pixels[i] ?? 0;
    mass += ink;
    across += ink * (i % width);
    down += ink * Math.floor(i / width);
  }
  return mass > 0 ? [across / mass, down / mass] : [width / 2, height / 2];
}
