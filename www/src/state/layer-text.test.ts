import { expect, test } from "vitest";

import type { LayerSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { formatLayers, parseLayers } from "./layer-text";

const ROUND_TRIPS: [text: string, layers: LayerSpec[]][] = [
  ["flatten-dense_128-relu-dense_64-relu-dense_10", PRESETS.MLP.model.layers],
  [
    "conv_32_3-relu-maxpool_2-conv_64_3-relu-maxpool_2-flatten-dense_128-relu-dense_64-relu-dense_10",
    PRESETS.CNN.model.layers,
  ],
  ["conv_8_5_2", [{ type: "conv2d", filters: 8, kernel: 5, stride: 2, padding: "same" }]],
  ["conv_8_3_1_valid", [{ type: "conv2d", filters: 8, kernel: 3, stride: 1, padding: "valid" }]],
  ["avgpool_3_2", [{ type: "avgPool2d", size: 3, stride: 2 }]],
  ["leakyRelu", [{ type: "activation", function: "leakyRelu" }]],
  [
    "dropout_0.5-batchnorm-layernorm-globalavgpool",
    [
      { type: "dropout", rate: 0.5 },
      { type: "batchNorm" },
      { type: "layerNorm" },
      { type: "globalAvgPool" },
    ],
  ],
  [
    "residual(conv_8_3-relu-residual_projected(conv_4_1))-relu",
    [
      {
        type: "residual",
        projection: false,
        layers: [
          { type: "conv2d", filters: 8, kernel: 3, stride: 1, padding: "same" },
          { type: "activation", function: "relu" },
          {
            type: "residual",
            projection: true,
            layers: [{ type: "conv2d", filters: 4, kernel: 1, stride: 1, padding: "same" }],
          },
        ],
      },
      { type: "activation", function: "relu" },
    ],
  ],
  ["residual()", [{ type: "residual", projection: false, layers: [] }]],
  ["dense_NaN", [{ type: "dense", units: NaN }]],
];

test.each(ROUND_TRIPS)("%s", (text, layers) => {
  expect(parseLayers(text)).toEqual(layers);
  expect(formatLayers(layers)).toBe(text);
});

const SHORT: [text: string, long: string][] = [
  ["conv_16", "conv_16_3"],
  ["conv_16_valid", "conv_16_3_1_valid"],
  ["conv_16_3_1_same", "conv_16_3"],
  ["maxpool_2_2", "maxpool_2"],
  [" flatten-dense_10 ", "flatten-dense_10"],
];

test.each(SHORT)("%s means %s", (text, long) => {
  expect(formatLayers(parseLayers(text) ?? [])).toBe(long);
});

const NONSENSE = [
  "",
  "dense",
  "dense_1_2",
  "conv",
  "conv_1_2_3_4",
  "maxpool",
  "maxpool_1_2_3",
  "maxpool_2_valid",
  "flatten_1",
  "relu_2",
  "Dense_1",
  "__proto__",
  "toString",
  "dropout",
  "batchnorm_1",
  "residual",
  "residual(conv_8",
  "residual(conv_8))",
  `${"residual(".repeat(9)}relu${")".repeat(9)}`,
  "flatten--dense_10",
  "flatten-".repeat(500),
];

test.each(NONSENSE)("%j is no network", (text) => {
  expect(parseLayers(text)).toBeUndefined();
});
