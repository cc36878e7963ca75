/** How the weights of a layer are laid out as pictures, and which of them a page shows. */

import { PIXELS, SIDE } from "../charts/digits";
import type { MapSheet } from "../charts/maps";
import type { Filters } from "../generated/core";

/** A page of a layer's weights. */
export interface WeightPage {
  /** What is shown: kernels, pictures of the image's size, or the whole as one matrix. */
  kind: "kernels" | "pictures" | "matrix";
  values: Float32Array;
  sheet: MapSheet;
  /** Filters or units on this page, counted from 0 to before `to`. */
  from: number;
  to: number;
  /** All filters or units. */
  count: number;
  pages: number;
  /** Input maps of a filter, or inputs of a unit. */
  inputs: number;
}

/** Kernels next to each other, where each filter has one. */
const KERNELS = 12;
/** Rows of a page of kernels. */
const KERNEL_ROWS = 8;
/** Pictures of an image's size next to each other, and rows of them. */
const PICTURES = 6;
const PICTURE_ROWS = 3;
/** Rows of a matrix on a page, and how many numbers they may have together. */
const MATRIX_ROWS = 128;
const MATRIX_NUMBERS = 2 ** 16;

/** A page, counted from 0; the last one where there are fewer. */
export function weightPage({ shape, values }: Filters, wanted: number): WeightPage {
  const [count = 0, inputs = 1, kernel = 1] = shape;
  if (shape.length === 4) {
    // A filter with several input maps has a row of its own.
    const columns = inputs === 1 ? KERNELS : inputs;
    const perPage = inputs === 1 ? KERNELS * KERNEL_ROWS : KERNEL_ROWS;
    const sheet = { height: kernel, width: kernel, columns, gap: 1 };
    return page("kernels", wanted, { count, inputs, values, perPage, sheet });
  }
  if (inputs === PIXELS) {
    const sheet = { height: SIDE, width: SIDE, columns: PICTURES, gap: 2 };
    return page("pictures", wanted, {
      count,
      inputs,
      values,
      perPage: PICTURES * PICTURE_ROWS,
      sheet,
    });
  }
  const affordable = Math.max(Math.floor(MATRIX_NUMBERS / inputs), 1);
  const perPage = Math.min(MATRIX_ROWS, affordable);
  const { from, to, ...rest } = page("matrix", wanted, {
    count,
    inputs,
    values,
    perPage,
    sheet: { height: 1, width: inputs, columns: 1, gap: 0 },
  });
  return { ...rest, from, to, sheet: { ...rest.sheet, height: to - from } };
}

interface Layout {
  count: number;
  inputs: number;
  values: Float32Array;
  perPage: number;
  sheet: MapSheet;
}

function page(kind: WeightPage["kind"], wanted: number, layout: Layout): WeightPage {
  const { count, inputs, values, perPage, sheet } = layout;
  const pages = Math.max(Math.ceil(count / perPage), 1);
  const at = Math.min(Math.max(wanted, 0), pages - 1);
  const [from, to] = [at * perPage, Math.min((at + 1) * perPage, count)];
  const each = values.length / Math.max(count, 1);
  const shown = values.subarray(from * each, to * each);
  return { kind, values: shown, sheet, from, to, count, pages, inputs };
}
