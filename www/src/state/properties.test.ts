import { describe, expect, test } from "vitest";

import type { RunSpec } from "../generated/core";
import { DECAYS, INITIALIZERS, OPTIMIZERS, PRESETS } from "../generated/limits";
import {
  changes,
  classCount,
  keepShare,
  keptShare,
  parseNumber,
  PROPERTIES,
  type Param,
} from "./properties";
import { readUrl, writeUrl } from "./url";

const { MLP } = PRESETS;

/** For every property a value that no preset has, with the choice that it takes to have it. */
const VALUES: Record<Param, [text: string, taking?: string]> = {
  // There is only one that comes with the page.
  dataset: ["mnist"],
  normalization: ["half"],
  validation: ["1234"],
  examples: ["20"],
  rotation: ["12.5"],
  shift: ["2"],
  zoom: ["0.15"],
  shear: ["7"],
  elastic: ["34"],
  elasticSigma: ["5"],
  brightness: ["0.2"],
  contrast: ["0.3"],
  noise: ["0.05"],
  cutout: ["8"],
  labelNoise: ["0.25"],
  missing: ["7"],
  keep: ["1_0.5_0"],
  layers: ["flatten-dense_32-relu-dense_10"],
  frozen: ["1_3"],
  init: ["zeros"],
  std: ["0.02", "init=normal"],
  optimizer: ["lion"],
  momentum: ["0.75", "optimizer=sgd"],
  nesterov: ["true", "optimizer=sgd"],
  alpha: ["0.95", "optimizer=rmsProp"],
  beta1: ["0.85"],
  beta2: ["0.98"],
  epsilon: ["0.0001"],
  weightDecay: ["0.05", "optimizer=adamW"],
  schedule: ["cosine"],
  factor: ["0.25", "schedule=step"],
  every: ["3", "schedule=step"],
  rise: ["0.4", "schedule=oneCycle"],
  patience: ["4", "schedule=onPlateau"],
  warmup: ["1.5"],
  l1: ["0.00001"],
  l2: ["0.0005"],
  smoothing: ["0.1"],
  clip: ["1.5"],
  stop: ["3"],
  lr: ["0.0123"],
  batch: ["48"],
  epochs: ["7"],
  seed: ["4294967295"],
};

const byParam = new Map(PROPERTIES.map((property) => [property.param, property]));

test("every setting that has a name is in the table, once", () => {
  expect([...byParam.keys()].sort()).toEqual(Object.keys(VALUES).sort());
  expect(PROPERTIES.length).toBe(byParam.size);
});

describe.each(Object.entries(VALUES))("%s", (param, [text, taking]) => {
  const own = new URLSearchParams({ [param]: text }).toString();
  const search = taking ? `?${taking}&${own}` : `?${own}`;
  const { spec, ignored } = readUrl(search);
  const property = byParam.get(param as Param);

  test("goes from the address into the spec and back", () => {
    expect(ignored).toEqual([]);
    expect(property?.has(spec)).toBe(true);
    const state = { preset: "MLP", device: "auto", tab: "matrix", spec } as const;
    const written = writeUrl("", state);
    if (param === "dataset") {
      expect(spec).toEqual(MLP);
      return;
    }
    expect(spec).not.toEqual(MLP);
    expect(new URLSearchParams(written)).toEqual(new URLSearchParams(search));
    expect(readUrl(written).spec).toEqual(spec);
  });

  test("is what was changed, apart from the choice it takes", () => {
    const [choice] = taking?.split("=") ?? [];
    const expected = [choice, param].filter((name) => name && param !== "dataset");
    expect(
      changes(MLP, spec)
        .map((change) => change.param)
        .sort(),
    ).toEqual(expected.sort());
  });
});

test.each([
  ["optimizer", Object.keys(OPTIMIZERS)],
  ["schedule", Object.keys(DECAYS)],
  ["init", Object.keys(INITIALIZERS)],
] as const)("%s offers all that the core has", (param, names) => {
  const property = byParam.get(param);
  const options = property?.kind === "choice" ? property.options(MLP) : [];
  expect(options.map(({ name }) => name).sort()).toEqual([...names].sort());
  expect(options.every(({ label }) => label !== "")).toBe(true);
});

const NUMBERS: [text: string, value: number][] = [
  ["0.01", 0.01],
  [" 64 ", 64],
  ["1e-3", 0.001],
  ["0,01", 0.01],
  ["-0,5", -0.5],
  [",5", 0.5],
  ["12,5", 12.5],
  ["0,001", 0.001],
  ["1,5e-3", 0.0015],
  // A thousand or one: who knows.
  ["1,000", NaN],
  ["60,000", NaN],
  ["1,000,000", NaN],
  ["1,5.2", NaN],
  ["", NaN],
  ["fast", NaN],
];

test.each(NUMBERS)("%j is read as %d", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

describe("no limit", () => {
  const clip = byParam.get("clip");
  const stop = byParam.get("stop");

  test("is what the core's zero, or nothing, stands for", () => {
    expect(clip?.show(MLP)).toBe("off");
    expect(stop?.show(MLP)).toBe("off");
    const limited = stop?.write(clip?.write(MLP, "2") ?? MLP, "0") ?? MLP;
    expect(limited.train).toMatchObject({
      regularization: { clipNorm: 2 },
      earlyStopping: { patience: 0 },
    });
    expect(clip?.write(stop?.write(limited, "off") ?? MLP, "off")).toEqual(MLP);
  });
});

describe("kept shares", () => {
  test("grow to the class that is set, and shrink to what is not whole", () => {
    const third = keepShare(MLP, 2, 0.5);
    expect(third.data.sabotage.keep).toEqual([1, 1, 0.5]);
    expect([keptShare(third, 0), keptShare(third, 2), keptShare(third, 9)]).toEqual([1, 0.5, 1]);
    expect(keepShare(keepShare(third, 0, 0), 2, 1).data.sabotage.keep).toEqual([0]);
    expect(keepShare(third, 2, 1)).toEqual(MLP);
  });

  test("are as many as there are classes", () => {
    expect(classCount(MLP)).toBe(10);
    const own: RunSpec = {
      ...MLP,
      data: {
        ...MLP.data,
        dataset: {
          own: { classes: 3, trainingImages: 90, testImages: 9, mean: 0.1, deviation: 0.3 },
        },
      },
    };
    expect(classCount(own)).toBe(3);
    const odd: RunSpec = {
      ...MLP,
      model: { ...MLP.model, layers: [{ type: "dense", units: NaN }] },
    };
    expect(classCount(odd)).toBe(0);
  });
});
