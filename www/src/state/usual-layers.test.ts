import { expect, test } from "vitest";

import type { LayerSpec } from "../generated/core";
import { formatLayers, parseLayers } from "./layer-text";
import { addConv, addDense, usualGap, usualLayer } from "./usual-layers";

function network(text: string): LayerSpec[] {
  const layers = parseLayers(text);
  if (!layers) throw new Error(`The test's own network is not understood: ${text}`);
  return layers;
}

const conv = (pooled: boolean) => (layers: LayerSpec[], frozen: number[]) =>
  addConv({ layers, frozen }, pooled);
const dense = (layers: LayerSpec[], frozen: number[]) => addDense({ layers, frozen });

const ADDED: [what: string, before: string, edit: typeof dense, after: string][] = [
  [
    "a first convolution",
    "flatten-dense_10",
    conv(true),
    "conv_16_3-relu-maxpool_2-flatten-dense_10",
  ],
  [
    "a further convolution is twice as wide",
    "conv_32_3-relu-flatten-dense_10",
    conv(false),
    "conv_32_3-relu-conv_64_3-relu-flatten-dense_10",
  ],
  [
    "no convolution is wider than its slider",
    "conv_128_3-flatten-dense_10",
    conv(false),
    "conv_128_3-conv_128_3-relu-flatten-dense_10",
  ],
  [
    "a convolution after one that is half typed",
    "conv_NaN_3-flatten-dense_10",
    conv(false),
    "conv_NaN_3-conv_16_3-relu-flatten-dense_10",
  ],
  [
    "a convolution in front of a global average",
    "conv_8_3-globalavgpool-dense_10",
    conv(false),
    "conv_8_3-conv_16_3-relu-globalavgpool-dense_10",
  ],
  ["a first hidden layer", "flatten-dense_10", dense, "flatten-dense_64-relu-dense_10"],
  [
    "a further hidden layer is half as wide",
    "flatten-dense_64-relu-dense_10",
    dense,
    "flatten-dense_64-relu-dense_32-relu-dense_10",
  ],
  ["a hidden layer without an output", "flatten", dense, "flatten-dense_64-relu"],
];

test.each(ADDED)("%s", (_, before, edit, after) => {
  const layers = network(before);
  const output = layers.length - 1;
  const made = edit(layers, [output]);
  expect(formatLayers(made.layers)).toBe(after);
  // The layer that was frozen is the same one as before.
  expect(made.layers[made.frozen[0] ?? -1]).toEqual(layers[output]);
});

const GAPS: [type: LayerSpec["type"], text: string, at: number][] = [
  ["conv2d", "flatten-dense_10", 0],
  ["maxPool2d", "conv_8_3-relu-flatten-dense_10", 2],
  ["flatten", "conv_8_3-relu-dense_10", 2],
  ["dropout", "flatten-dense_64-relu-dense_10", 3],
  ["activation", "flatten-dense_64", 1],
  ["residual", "conv_8_3-relu-flatten-dense_10", 2],
  ["residual", "flatten-dense_64-relu-dense_10", 3],
  ["dense", "relu", 1],
];

test.each(GAPS)("%s belongs into %s at %i", (type, text, at) => {
  expect(usualGap(network(text), type)).toEqual([at]);
});

const BLOCKS: [input: number[], text: string][] = [
  [[32, 14, 14], "residual(conv_32_3-relu-conv_32_3)"],
  [[128], "residual(dense_128-relu-dense_128)"],
  [[], "residual(conv_16_3-relu-conv_16_3)"],
];

test.each(BLOCKS)("a block that gets %j keeps the shape", (input, text) => {
  expect(formatLayers([usualLayer("residual", input)])).toBe(text);
});
