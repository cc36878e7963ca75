import { expect, test } from "vitest";

import type { LayerSummary } from "../generated/core";
import { outline, shapeBefore, summaryAt } from "./layer-outline";
import { parseLayers } from "./layer-text";

const NAMES: [text: string, names: string[]][] = [
  ["flatten-dense_64-relu-dense_10", ["Flatten", "Dense 1", "Activation", "Output"]],
  [
    "conv_8_3-relu-residual(conv_8_3-relu-conv_8_3)-flatten-dense_10",
    [
      "Convolution 1",
      "Activation 1",
      "Residual block 1",
      "Convolution 2",
      "Activation 2",
      "Convolution 3",
      "Flatten",
      "Output",
    ],
  ],
  // The last layer is no output, so the dense layer counts as any other.
  ["maxpool_2-maxpool_2-dense_10-relu", ["Max pool 1", "Max pool 2", "Dense 1", "Activation"]],
  ["residual()", ["Residual block 1"]],
];

test.each(NAMES)("%s", (text, names) => {
  const all = outline(parseLayers(text) ?? []);
  expect(all.map(({ name }) => name)).toEqual(names);
  expect(new Set(names).size, "no two layers share a name").toBe(names.length);
});

test("a card numbers only what one counts", () => {
  const all = outline(parseLayers("maxpool_2-maxpool_2-dense_10-relu") ?? []);
  expect(all.map(({ shortName }) => shortName)).toEqual([
    "Max pool",
    "Max pool",
    "Dense 1",
    "Activation",
  ]);
});

const leaf = (outputShape: number[]): LayerSummary => ({
  outputShape,
  parameters: 0,
  flops: 0,
  inner: [],
});
const SUMMARIES: LayerSummary[] = [
  leaf([8, 28, 28]),
  { ...leaf([16, 14, 14]), inner: [leaf([16, 14, 14]), leaf([16, 14, 13])] },
];

test("summaries are found within blocks", () => {
  expect(summaryAt(SUMMARIES, [1, 1])?.outputShape).toEqual([16, 14, 13]);
  expect(summaryAt(SUMMARIES, [2])).toBeUndefined();
  expect(summaryAt(SUMMARIES, [2, 0])).toBeUndefined();
});

const BEFORE: [gap: number[], shape: number[] | undefined][] = [
  [[0], [1, 28, 28]],
  [[1], [8, 28, 28]],
  [
    [1, 0],
    [8, 28, 28],
  ],
  [
    [1, 1],
    [16, 14, 14],
  ],
  [[2], [16, 14, 14]],
  [[3], undefined],
];

test.each(BEFORE)("into the gap %j comes %j", (gap, shape) => {
  expect(shapeBefore(SUMMARIES, gap)).toEqual(shape);
});
