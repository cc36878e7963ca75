import { expect, test } from "vitest";

import type { Description, LayerSummary, Problem, RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { formatLayers, parseLayers } from "./layer-text";
import { layerAt, stackOf } from "./layers";
import { isMended, mends } from "./mends";

function specOf(text: string): RunSpec {
  const { MLP } = PRESETS;
  return { ...MLP, model: { ...MLP.model, layers: parseLayers(text) ?? [] } };
}

function problem(field: string, code: Problem["code"]): Problem {
  return { field, code, message: "Wrong." };
}

const leaf = (outputShape: number[]): LayerSummary => ({
  outputShape,
  parameters: 0,
  flops: 0,
  inner: [],
});
const MAP = leaf([8, 28, 28]);

/** A problem, the first mend's words, and what it makes of the network. */
const CASES: [text: string, problem: Problem, label: string, mended: string][] = [
  [
    "conv_8_3-dense_10",
    problem("model.layers.1", "shape_mismatch"),
    "Add Flatten before it",
    "conv_8_3-flatten-dense_10",
  ],
  [
    "flatten-flatten-dense_10",
    problem("model.layers.1", "shape_mismatch"),
    "Remove it",
    "flatten-dense_10",
  ],
  [
    "flatten-relu-conv_8_3-dense_10",
    problem("model.layers.2", "shape_mismatch"),
    "Move it before Flatten",
    "conv_8_3-flatten-relu-dense_10",
  ],
  [
    "conv_8_3-globalavgpool-maxpool_2-dense_10",
    problem("model.layers.2", "shape_mismatch"),
    "Move it before Global average",
    "conv_8_3-maxpool_2-globalavgpool-dense_10",
  ],
  [
    "conv_8_9-flatten-dense_10",
    problem("model.layers.0.kernel", "shape_mismatch"),
    "Set kernel to 8",
    "conv_8_8-flatten-dense_10",
  ],
  [
    "residual(conv_8_3-maxpool_5)-flatten-dense_10",
    problem("model.layers.0.layers.1.size", "shape_mismatch"),
    "Set size to 4",
    "residual(conv_8_3-maxpool_4)-flatten-dense_10",
  ],
  [
    "residual(conv_8_3)-flatten-dense_10",
    problem("model.layers.0.projection", "shape_mismatch"),
    "Turn on projection",
    "residual_projected(conv_8_3)-flatten-dense_10",
  ],
  [
    "flatten-dense_12",
    problem("model.layers.1", "output_layer"),
    "Set units to 10",
    "flatten-dense_10",
  ],
  [
    "flatten-relu",
    problem("model.layers.1", "output_layer"),
    "Add Dense with 10 units",
    "flatten-relu-dense_10",
  ],
  [
    "conv_8_3-relu",
    problem("model.layers.1", "output_layer"),
    "Add Flatten and Dense with 10 units",
    "conv_8_3-relu-flatten-dense_10",
  ],
  [
    "flatten-dense_0-dense_10",
    problem("model.layers.1.units", "out_of_range"),
    "Set units to 1",
    "flatten-dense_1-dense_10",
  ],
  [
    "flatten-dense_12.6-dense_10",
    problem("model.layers.1.units", "not_whole"),
    "Set units to 13",
    "flatten-dense_13-dense_10",
  ],
  [
    "residual(dropout_2)-flatten-dense_10",
    problem("model.layers.0.layers.0.rate", "out_of_range"),
    "Set rate to 0.95",
    "residual(dropout_0.95)-flatten-dense_10",
  ],
];

test.each(CASES)("%s: %o", (text, found, label, mended) => {
  const spec = specOf(text);
  // What the core says of the layers before the wrong one; here all that matters is map or not.
  const flatAt = spec.model.layers.findIndex(({ type }) => type === "flatten");
  const summaries = spec.model.layers.map((_, i) =>
    flatAt !== -1 && i >= flatAt ? leaf([9]) : MAP,
  );
  const [mend] = mends(found, spec, summaries);
  expect(mend?.label).toBe(label);
  const made = mend?.apply(stackOf(spec)).layers ?? [];
  expect(formatLayers(made)).toBe(mended);
  // There is something to look at, unless it was removed.
  expect(mend && layerAt(made, mend.at)).toBeDefined();
});

test("a smaller window is tried one by one", () => {
  const spec = specOf("conv_8_3_1_valid-maxpool_5-flatten-dense_10");
  const found = problem("model.layers.1.size", "shape_mismatch");
  const labels = mends(found, spec, []).map(({ label }) => label);
  expect(labels).toEqual([4, 3, 2, 1].map((size) => `Set size to ${size}`));
});

test("an own data set's output has its number of classes", () => {
  const spec = specOf("flatten-dense_10");
  const own = { classes: 4, trainingImages: 9, testImages: 9, mean: 0.5, deviation: 0.5 };
  const [mend] = mends(
    problem("model.layers.1", "output_layer"),
    { ...spec, data: { ...spec.data, dataset: { own } } },
    [],
  );
  expect(mend?.label).toBe("Set units to 4");
});

const HOPELESS: [text: string, found: Problem][] = [
  ["residual_projected(conv_8_3)-dense_10", problem("model.layers.0.projection", "shape_mismatch")],
  ["residual(dense_10)-dense_10", problem("model.layers.0.layers.0", "shape_mismatch")],
  ["dense_NaN-dense_10", problem("model.layers.0.units", "not_a_number")],
  ["flatten-dense_10", problem("train.batchSize", "too_large")],
  ["flatten-dense_10", problem("model.layers", "too_large")],
];

test.each(HOPELESS)("%s: for %o there is no plain way out", (text, found) => {
  expect(mends(found, specOf(text), [])).toEqual([]);
});

test("frozen layers can all be let go", () => {
  const spec = specOf("flatten-dense_10");
  const [mend] = mends(problem("train.frozen", "out_of_range"), spec, []);
  expect(mend?.apply({ layers: spec.model.layers, frozen: [1] }).frozen).toEqual([]);
});

const description = (problems: Problem[], layers: LayerSummary[]): Description => ({
  problems,
  layers,
  parameters: 0,
  flopsPerImage: 0,
  learningRates: new Float32Array(),
  memoryBytes: 0,
});

test("a mend counts when the problem is gone, or when more layers fit", () => {
  const wrong = problem("model.layers.1", "shape_mismatch");
  const before = {
    stack: stackOf(specOf("flatten-flatten-flatten-dense_10")),
    description: description([wrong], [leaf([9])]),
  };
  const shorter = stackOf(specOf("flatten-flatten-dense_10"));
  const same = { ...before, description: description([wrong], [leaf([9])]) };
  expect(isMended(wrong, before, same)).toBe(false);
  const nearer = { stack: shorter, description: description([wrong], [leaf([9])]) };
  expect(isMended(wrong, before, nearer)).toBe(true);
  const other = problem("model.layers.2", "shape_mismatch");
  const elsewhere = { ...before, description: description([other], [leaf([9]), leaf([9])]) };
  expect(isMended(wrong, before, elsewhere)).toBe(true);
});
