import { expect, test } from "vitest";

import type { LayerSpec, RunSpec } from "../generated/core";
import { INITIALIZERS, PRESETS } from "../generated/limits";
import { augments, drops, remedied, saturates, type Remedy } from "./remedies";

const { MLP } = PRESETS;
const RESNET = PRESETS["Small ResNet"];
const functions = (layers: readonly LayerSpec[]): string[] =>
  layers.flatMap((layer) => {
    if (layer.type === "activation") return layer.function;
    return layer.type === "residual" ? functions(layer.layers) : [];
  });

/** A remedy, and what it makes of a spec. */
const CASES: [remedy: Remedy, spec: RunSpec, shows: (spec: RunSpec) => unknown, made: unknown][] = [
  [{ kind: "learningRate", value: 0.5 }, MLP, ({ train }) => train.learningRate, 0.5],
  [{ kind: "batchSize", value: 32 }, MLP, ({ train }) => train.batchSize, 32],
  [
    { kind: "leakyRelu", layer: 2 },
    MLP,
    ({ model }) => functions(model.layers),
    ["leakyRelu", "relu"],
  ],
  [
    { kind: "leakyRelu", layer: 3 },
    RESNET,
    ({ model }) => functions(model.layers),
    ["relu", "leakyRelu", "relu", "relu", "relu", "relu", "relu"],
  ],
  [
    { kind: "relu" },
    PRESETS["LeNet-5"],
    ({ model }) => functions(model.layers),
    ["relu", "relu", "relu", "relu"],
  ],
  [
    { kind: "dropout" },
    MLP,
    ({ model }) => model.layers.slice(-2).map(({ type }) => type),
    ["dropout", "dense"],
  ],
  [{ kind: "augment" }, MLP, ({ data }) => data.augmentation.rotation, 10],
  [{ kind: "stopEarly" }, MLP, ({ train }) => train.earlyStopping, { patience: 3 }],
  [
    { kind: "initializer" },
    { ...MLP, model: { ...MLP.model, initializer: INITIALIZERS.zeros } },
    ({ model }) => model.initializer.type,
    "pytorch",
  ],
  [
    { kind: "normalize" },
    PRESETS["CNN, two convs then pool"],
    ({ data }) => data.normalization,
    "meanStd",
  ],
  [{ kind: "clip" }, MLP, ({ train }) => train.regularization.clipNorm, 1],
  [
    { kind: "moreLayers" },
    MLP,
    ({ model }) => model.layers.filter(({ type }) => type === "dense").length,
    4,
  ],
  [
    { kind: "trueLabels" },
    { ...MLP, data: { ...MLP.data, sabotage: { ...MLP.data.sabotage, labelNoise: 1 } } },
    ({ data }) => data.sabotage.labelNoise,
    0,
  ],
  [
    { kind: "allClasses" },
    { ...MLP, data: { ...MLP.data, sabotage: { ...MLP.data.sabotage, missingClass: 5 } } },
    ({ data }) => data.sabotage.missingClass,
    null,
  ],
];

test.each(CASES)("%o", (remedy, spec, shows, made) => {
  expect(shows(spec)).not.toEqual(made);
  expect(shows(remedied(spec, remedy))).toEqual(made);
});

test("what a spec has already", () => {
  expect([augments(MLP), augments(remedied(MLP, { kind: "augment" }))]).toEqual([false, true]);
  const { layers } = remedied(MLP, { kind: "dropout" }).model;
  expect([drops(MLP.model.layers), drops(layers)]).toEqual([false, true]);
  expect([saturates(MLP.model.layers), saturates(PRESETS["LeNet-5"].model.layers)]).toEqual([
    false,
    true,
  ]);
});
