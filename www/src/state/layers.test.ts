import { expect, test } from "vitest";

import type { LayerSpec } from "../generated/core";
import { formatLayers, parseLayers } from "./layer-text";
import {
  addConv,
  addDense,
  blocks,
  removeBlock,
  replaceLayer,
  setPooled,
  type Block,
} from "./layers";

function network(text: string): LayerSpec[] {
  const layers = parseLayers(text);
  if (!layers) throw new Error(`The test's own network is not understood: ${text}`);
  return layers;
}

/** The block at a place in the list of blocks. */
function nth(layers: LayerSpec[], place: number): Block {
  const block = blocks(layers)[place];
  if (!block) throw new Error(`There is no block ${place}.`);
  return block;
}

const GROUPS: [text: string, kinds: string][] = [
  ["flatten-dense_128-relu-dense_10", "flatten dense output"],
  ["conv_8-relu-maxpool_2-conv_8-maxpool_2-flatten-dense_10", "conv conv flatten output"],
  ["conv_8-conv_8-relu-flatten-dense_10", "conv conv flatten output"],
  ["avgpool_2-relu-flatten-dense_10", "other other flatten output"],
  ["conv_8-relu-tanh-maxpool_2", "conv other other"],
  ["dense_5-dense_10-relu", "dense dense"],
];

test.each(GROUPS)("%s is grouped as %s, without a gap", (text, kinds) => {
  const grouped = blocks(network(text));
  expect(grouped.map(({ kind }) => kind).join(" ")).toBe(kinds);
  let at = 0;
  for (const block of grouped) {
    expect(block.at).toBe(at);
    at = block.end;
  }
  expect(at).toBe(network(text).length);
});

type Edit = (layers: LayerSpec[]) => LayerSpec[];
const withPool: Edit = (layers) => addConv(layers, true);
const withoutPool: Edit = (layers) => addConv(layers, false);

const EDITS: [what: string, before: string, edit: Edit, after: string][] = [
  [
    "a first convolution",
    "flatten-dense_10",
    withPool,
    "conv_16_3-relu-maxpool_2-flatten-dense_10",
  ],
  [
    "a further convolution is twice as wide",
    "conv_32_3-relu-flatten-dense_10",
    withoutPool,
    "conv_32_3-relu-conv_64_3-relu-flatten-dense_10",
  ],
  [
    "no convolution is wider than its slider",
    "conv_128_3-flatten-dense_10",
    withoutPool,
    "conv_128_3-conv_128_3-relu-flatten-dense_10",
  ],
  [
    "a convolution after one that is half typed",
    "conv_NaN_3-flatten-dense_10",
    withoutPool,
    "conv_NaN_3-conv_16_3-relu-flatten-dense_10",
  ],
  ["a first hidden layer", "flatten-dense_10", addDense, "flatten-dense_64-relu-dense_10"],
  [
    "a further hidden layer is half as wide",
    "flatten-dense_64-relu-dense_10",
    addDense,
    "flatten-dense_64-relu-dense_32-relu-dense_10",
  ],
  ["a hidden layer without an output", "flatten", addDense, "flatten-dense_64-relu"],
  [
    "a block goes with its activation and its pooling",
    "conv_8_3-relu-maxpool_2-flatten-dense_10",
    (layers) => removeBlock(layers, nth(layers, 0)),
    "flatten-dense_10",
  ],
  [
    "pooling is taken away",
    "conv_8_3-relu-maxpool_2-flatten-dense_10",
    (layers) => setPooled(layers, nth(layers, 0), false),
    "conv_8_3-relu-flatten-dense_10",
  ],
  [
    "pooling is added after the activation",
    "conv_8_3-relu-flatten-dense_10",
    (layers) => setPooled(layers, nth(layers, 0), true),
    "conv_8_3-relu-maxpool_2-flatten-dense_10",
  ],
  [
    "pooling that is there stays",
    "conv_8_3-avgpool_3-flatten-dense_10",
    (layers) => setPooled(layers, nth(layers, 0), true),
    "conv_8_3-avgpool_3-flatten-dense_10",
  ],
  [
    "one layer is replaced",
    "flatten-dense_10",
    (layers) => replaceLayer(layers, 1, { type: "dense", units: 11 }),
    "flatten-dense_11",
  ],
];

test.each(EDITS)("%s", (_, before, edit, after) => {
  const layers = network(before);
  expect(formatLayers(edit(layers))).toBe(after);
  expect(formatLayers(layers), "the former list is left as it was").toBe(before);
});
