/**
 * A drawing as grey values: ten times as fine as what the network sees. What is painted here is
 * both what the person sees and what is read, so there is nothing in between to differ.
 */

import { SIDE } from "../charts/digits";

/** Pixels of a drawing for one of an image. */
const FINENESS = 10;

/** Rows and columns of a drawing. */
export const RASTER_SIDE = FINENESS * SIDE;

/** A place that the pen was at, in pixels of the drawing, and how wide its mark is there. */
export interface Dab {
  x: number;
  y: number;
  width: number;
}

/** Empty paper. */
export function blank(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(RASTER_SIDE * RASTER_SIDE);
}

/** Draws a line with round ends, its width going over from one to the other, its edge smooth. */
export function paintLine(raster: Uint8Array, from: Dab, to: Dab): void {
  const reach = Math.max(from.width, to.width) / 2 + 1;
  const [left, right] = span(from.x, to.x, reach);
  const [top, bottom] = span(from.y, to.y, reach);
  const [across, down] = [to.x - from.x, to.y - from.y];
  const length = across * across + down * down;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const [dx, dy] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const along = length > 0 ? clamp((dx * across + dy * down) / length) : 0;
      const distance = Math.hypot(dx - along * across, dy - along * down);
      const radius = (from.width + along * (to.width - from.width)) / 2;
      const ink = Math.round(255 * clamp(radius - distance + 0.5));
      const at = y * RASTER_SIDE + x;
      if (ink > (raster[at] ?? 0)) raster[at] = ink;
    }
  }
}

/** Fills the drawing with an image. */
export function paintImage(raster: Uint8Array, image: ArrayLike<number>): void {
  for (let i = 0; i < raster.length; i += 1) {
    const row = Math.floor(i / RASTER_SIDE / FINENESS);
    const column = Math.floor((i % RASTER_SIDE) / FINENESS);
    raster[i] = image[row * SIDE + column] ?? 0;
  }
}

function span(a: number, b: number, reach: number): [from: number, to: number] {
  const inside = (at: number) => Math.min(Math.max(at, 0), RASTER_SIDE);
  return [inside(Math.floor(Math.min(a, b) - reach)), inside(Math.ceil(Math.max(a, b) + reach))];
}

function clamp(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
