import { expect, test } from "vitest";

import type { LayerSpec } from "../generated/core";
import { layerFields, networkFields } from "./layer-fields";
import { formatLayers, parseLayers } from "./layer-text";

function layer(text: string): LayerSpec {
  const [first] = parseLayers(text) ?? [];
  if (!first) throw new Error(`The test's own layer is not understood: ${text}`);
  return first;
}

/** Every field of every kind of layer, set to something else. */
const EDITS: [before: string, key: string, value: number | string | boolean, after: string][] = [
  ["dense_10", "units", 12, "dense_12"],
  ["conv_8_3", "filters", 9, "conv_9_3"],
  ["conv_8_3", "kernel", 5, "conv_8_5"],
  ["conv_8_3", "stride", 2, "conv_8_3_2"],
  ["conv_8_3", "padding", "valid", "conv_8_3_1_valid"],
  ["conv_8_3", "padding", "nonsense", "conv_8_3"],
  ["maxpool_2", "size", 3, "maxpool_3"],
  ["maxpool_3_2", "size", 4, "maxpool_4_2"],
  ["maxpool_NaN", "size", 3, "maxpool_3"],
  ["avgpool_2", "stride", 1, "avgpool_2_1"],
  ["dropout_0.5", "rate", 0.25, "dropout_0.25"],
  ["relu", "function", "tanh", "tanh"],
  ["residual(relu)", "projection", true, "residual_projected(relu)"],
];

test.each(EDITS)("%s with %s %s is %s", (before, key, value, after) => {
  const field = layerFields(layer(before)).find((field) => field.key === key);
  const made = field && (field.set as (value: unknown) => LayerSpec)(value);
  expect(made && formatLayers([made])).toBe(after);
});

test("every value of a layer can be edited, and no other", () => {
  for (const text of ["dense_1", "conv_1", "maxpool_2", "avgpool_2", "dropout_0.5", "relu"]) {
    const made = layer(text);
    const keys = layerFields(made).map(({ key }) => key);
    expect(keys, text).toEqual(Object.keys(made).filter((key) => key !== "type"));
  }
});

test("problems within blocks have a place", () => {
  expect(networkFields(parseLayers("residual(maxpool_2)-flatten") ?? [])).toEqual([
    "model.layers.0.projection",
    "model.layers.0",
    "model.layers.0.layers.0.size",
    "model.layers.0.layers.0.stride",
    "model.layers.0.layers.0",
    "model.layers.1",
    "model.layers",
    "train.frozen",
  ]);
});
