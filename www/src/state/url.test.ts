import { describe, expect, test } from "vitest";

import type { RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { readUrl, writeUrl } from "./url";

const { MLP, CNN } = PRESETS;
const train = (changes: Partial<RunSpec["train"]>, base = MLP): RunSpec => ({
  ...base,
  train: { ...base.train, ...changes },
});
const layers = (...list: RunSpec["model"]["layers"]): RunSpec => ({
  ...MLP,
  model: { ...MLP.model, layers: list },
});

/** An address and what it means, both ways. */
const ROUND_TRIPS: [search: string, spec: RunSpec][] = [
  ["", MLP],
  ["?preset=CNN", CNN],
  ["?lr=0.01", train({ learningRate: 0.01 })],
  ["?preset=CNN&lr=0.01&epochs=3", train({ learningRate: 0.01, epochs: 3 }, CNN)],
  ["?batch=128&seed=7", train({ batchSize: 128, seed: 7 })],
  ["?optimizer=sgd", train({ optimizer: { type: "sgd", momentum: 0.9, nesterov: false } })],
  [
    "?optimizer=sgd&momentum=0",
    train({ optimizer: { type: "sgd", momentum: 0, nesterov: false } }),
  ],
  ["?beta1=0.5", train({ optimizer: { type: "adam", beta1: 0.5, beta2: 0.999, epsilon: 1e-8 } })],
  [
    "?optimizer=adamW&weightDecay=0.1",
    train({
      optimizer: { type: "adamW", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 },
    }),
  ],
  [
    "?schedule=oneCycle&rise=0.2",
    train({ schedule: { warmupEpochs: 0, decay: { type: "oneCycle", rise: 0.2 } } }),
  ],
  [
    "?schedule=cosine&warmup=0.5",
    train({ schedule: { warmupEpochs: 0.5, decay: { type: "cosine" } } }),
  ],
  [
    "?l2=0.001&smoothing=0.1",
    train({ regularization: { l1: 0, l2: 0.001, labelSmoothing: 0.1, clipNorm: 0 } }),
  ],
  ["?stop=3", train({ earlyStopping: { patience: 3 } })],
  [
    "?init=normal&std=0.1",
    { ...MLP, model: { ...MLP.model, initializer: { type: "normal", std: 0.1 } } },
  ],
  ["?normalization=unit", { ...MLP, data: { ...MLP.data, normalization: "unit" } }],
  ["?validation=10000", { ...MLP, data: { ...MLP.data, validationImages: 10000 } }],
  ["?layers=flatten-dense_10", layers({ type: "flatten" }, { type: "dense", units: 10 })],
];

test.each(ROUND_TRIPS)("%s reads as its spec and is written back", (search, spec) => {
  const { preset, device, tab, spec: read, ignored } = readUrl(search);
  expect(read).toEqual(spec);
  expect(ignored).toEqual([]);
  expect(writeUrl("", { preset, device, tab, spec: read })).toBe(search);
});

const FORGIVEN: [search: string, means: Partial<ReturnType<typeof readUrl>>][] = [
  ["?preset=cnn", { preset: "CNN", spec: CNN }],
  ["?device=WebGPU", { device: "webgpu" }],
  ["?embed", { embed: true }],
  ["?embed=1&autostart=true", { embed: true, autostart: true }],
  ["?train=1", { autostart: true }],
  ["", { tour: true }],
  ["?tour=0", { tour: false }],
  ["?tab=Learn", { tab: "learn" }],
  ["?threads=2", { threads: 2 }],
  ["?device=cpu", { threads: undefined }],
  ["?embed=0&train=off", { embed: false, autostart: false }],
  ["?lr=fast", { spec: train({ learningRate: NaN }) }],
  ["?lr=0,01", { spec: train({ learningRate: 0.01 }) }],
  ["?clip=0&examples=0", { spec: MLP }],
  ["?epochs=", { spec: train({ epochs: NaN }) }],
  ["?momentum=0.5", { spec: MLP }],
  ["?utm_source=mail&__proto__=1&constructor=2", { spec: MLP, ignored: [] }],
];

test.each(FORGIVEN)("%s is understood", (search, means) => {
  expect(readUrl(search)).toMatchObject(means);
});

const NOT_UNDERSTOOD: [search: string, param: string, text: string][] = [
  ["?preset=AlexNet", "preset", "AlexNet"],
  ["?device=tpu", "device", "tpu"],
  ["?dataset=imagenet", "dataset", "imagenet"],
  ["?optimizer=toString", "optimizer", "toString"],
  ["?layers=dense_x_y", "layers", "dense_x_y"],
  ["?embed=maybe", "embed", "maybe"],
  ["?tab=settings", "tab", "settings"],
  ["?threads=0", "threads", "0"],
  ["?threads=9", "threads", "9"],
  ["?threads=1.5", "threads", "1.5"],
];

test.each(NOT_UNDERSTOOD)("%s is reported and left out", (search, param, text) => {
  const request = readUrl(search);
  expect(request.ignored).toEqual([{ param, text }]);
  expect(request).toMatchObject({ preset: "MLP", device: "auto", spec: MLP, embed: false });
});

describe("writing", () => {
  test("keeps what is not its own", () => {
    const spec = train({ epochs: 2 });
    const state = { preset: "MLP", device: "cpu", tab: "learn", spec } as const;
    expect(writeUrl("?embed=1&lr=0.5&threads=2&course=7", state)).toBe(
      "?embed=1&threads=2&course=7&device=cpu&tab=learn&epochs=2",
    );
  });

  test.each([
    ["no number", train({ learningRate: NaN })],
    ["out of range", train({ learningRate: -1 })],
    ["not whole", train({ batchSize: 12.5 })],
    ["without limit", train({ epochs: Infinity })],
    ["a layer of no size", layers({ type: "flatten" }, { type: "dense", units: NaN })],
  ])("leaves out what is invalid: %s", (_, spec) => {
    const state = { preset: "MLP", device: "auto", tab: "matrix", spec } as const;
    expect(writeUrl("?lr=0.5&batch=1&layers=x&course=7", state)).toBe("?course=7");
  });

  test("names the preset that the spec equals, whichever it was made from", () => {
    const state = { preset: "MLP", device: "auto", tab: "matrix", spec: CNN } as const;
    expect(writeUrl("?tab=learn", state)).toBe("?preset=CNN");
  });
});
