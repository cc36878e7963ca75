import { describe, expect, test } from "vitest";

import { weightPage } from "./weight-sheet";

/** Weights of a shape, each its own position. */
const weights = (...shape: number[]) => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i),
});

describe("a page of weights", () => {
  test("of first filters has them side by side", () => {
    const page = weightPage(weights(32, 1, 3, 3), 0);
    expect(page).toMatchObject({ kind: "kernels", from: 0, to: 32, pages: 1 });
    expect(page.sheet).toMatchObject({ height: 3, width: 3, columns: 12 });
    expect(page.values).toHaveLength(32 * 9);
  });

  test("of filters of several maps has a row for each filter", () => {
    const page = weightPage(weights(64, 32, 3, 3), 1);
    expect(page).toMatchObject({ from: 8, to: 16, pages: 8, inputs: 32 });
    expect(page.sheet.columns).toBe(32);
    expect([page.values[0], page.values.length]).toEqual([8 * 32 * 9, 8 * 32 * 9]);
  });

  test("of units that see the image has pictures of them, the last page what is left", () => {
    const page = weightPage(weights(40, 784), 99);
    expect(page).toMatchObject({ kind: "pictures", from: 36, to: 40, pages: 3 });
    expect(page.sheet).toMatchObject({ height: 28, width: 28 });
    expect(page.values[0]).toBe(36 * 784);
  });

  test("of other units is a matrix as high as there are units", () => {
    const page = weightPage(weights(10, 128), -1);
    expect(page).toMatchObject({ kind: "matrix", from: 0, to: 10, pages: 1 });
    expect(page.sheet).toMatchObject({ height: 10, width: 128, columns: 1 });
  });
});
