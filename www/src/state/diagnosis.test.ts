import { describe, expect, test } from "vitest";

import type { LayerVitals, RunSpec } from "../generated/core";
import { INITIALIZERS, OPTIMIZERS, PRESETS } from "../generated/limits";
import { diagnose, type Diagnosis } from "./diagnosis";
import type { Evidence } from "./evidence";

const { MLP } = PRESETS;
const CHANCE = Math.log(10);
const LENET = PRESETS["LeNet-5"];

const train = (changes: Partial<RunSpec["train"]>, base = MLP): RunSpec => ({
  ...base,
  train: { ...base.train, ...changes },
});
const data = (changes: Partial<RunSpec["data"]>): RunSpec => ({
  ...MLP,
  data: { ...MLP.data, ...changes },
});
const model = (changes: Partial<RunSpec["model"]>): RunSpec => ({
  ...MLP,
  model: { ...MLP.model, ...changes },
});

/** A matrix of 100 images of each class, that says `answer` of class `actual`. */
function matrix(answer: (actual: number) => number): Uint32Array {
  const counts = new Uint32Array(100);
  for (let actual = 0; actual < 10; actual++) counts[actual * 10 + answer(actual)] = 100;
  return counts;
}
const RIGHT = matrix((actual) => actual);
const ALL_SEVEN = matrix(() => 7);

/** An evaluation at the end of each epoch, by its loss. */
const epochs = (...losses: number[]): Evidence["validation"] =>
  losses.map((loss, i) => {
    const epoch = i + 1;
    return { step: 860 * epoch, epoch, images: 5000, loss, accuracy: 0.97, confusion: RIGHT };
  });
const [firstOfSeven] = epochs(2.3).map((last) => ({ ...last, confusion: ALL_SEVEN }));

function layer(index: number, vitals: Partial<LayerVitals>): LayerVitals {
  return {
    layer: index,
    weightNorm: 1,
    gradientNorm: 1,
    updateRatio: 1e-3,
    weights: null,
    gradients: null,
    deadShare: null,
    ...vitals,
  };
}
const vitals = (...layers: LayerVitals[]) => ({ step: 1000, gradientNorm: 1, layers });

/** What the default preset shows after two epochs. */
const HEALTHY: Evidence = {
  state: "running",
  spec: MLP,
  step: 1720,
  stepsPerEpoch: 860,
  firstLoss: 2.31,
  lastLoss: 0.1,
  quarters: [0.25, 0.16, 0.12, 0.1],
  accuracy: 0.97,
  validation: epochs(0.16, 0.13),
  vitals: vitals(layer(1, {}), layer(2, { deadShare: 0.05 }), layer(5, {})),
};
const AT_CHANCE: Partial<Evidence> = {
  step: 400,
  accuracy: 0.11,
  quarters: [2.31, 2.3, 2.31, 2.3],
  validation: [],
};
const SLOWLY: Partial<Evidence> = {
  step: 400,
  accuracy: 0.4,
  quarters: [2.25, 2.1, 1.95, 1.8],
  validation: [],
};
const LEVEL: Partial<Evidence> = {
  quarters: [0.4, 0.31, 0.29, 0.289],
  accuracy: 0.915,
  validation: epochs(0.33, 0.31, 0.3, 0.3),
};

const WITHOUT_FIVES: Partial<Evidence> = {
  validation: epochs(0.9, 0.8).map((last) => ({
    ...last,
    accuracy: 0.93,
    confusion: matrix((actual) => (actual === 5 ? 3 : actual)),
  })),
};
const NO_FIVES = [1, 1, 1, 1, 1, 0];

/** What shows in a run, and the kind of what is said first, with the remedies; or nothing. */
type Case = [
  name: string,
  shows: Partial<Evidence>,
  kind: Diagnosis["kind"] | undefined,
  ...remedies: string[],
];

const CASES: Case[] = [
  ["a healthy run", {}, undefined],
  ["the first steps of any run", { ...AT_CHANCE, step: 40 }, undefined],
  ["a run without an evaluation", { validation: [] }, undefined],
  ["a run on a device that watches nothing", { vitals: undefined }, undefined],

  [
    "a loss that is not a number",
    { state: "failed", lastLoss: NaN },
    "diverged",
    "learningRate 0.0001",
    "clip",
  ],
  ["a run of which the first steps are not known", { lastLoss: NaN, firstLoss: NaN }, undefined],
  [
    "a run of which nothing is known yet",
    { lastLoss: NaN, quarters: [NaN, NaN, NaN, NaN], accuracy: NaN, validation: [] },
    undefined,
  ],
  [
    "an endless loss with a rate far too high",
    { state: "failed", lastLoss: Infinity, spec: train({ learningRate: 3 }) },
    "diverged",
    "learningRate 0.001",
    "clip",
  ],
  [
    "a loss that is not a number although gradients are clipped",
    {
      state: "failed",
      lastLoss: NaN,
      spec: train({ regularization: { ...MLP.train.regularization, clipNorm: 1 } }),
    },
    "diverged",
    "learningRate 0.0001",
  ],

  [
    "raw pixels that start with a huge loss",
    { firstLoss: 21, spec: data({ normalization: "none" }) },
    "unnormalized",
    "normalize",
  ],
  ["raw pixels that do no harm", { spec: data({ normalization: "none" }) }, undefined],
  ["a huge first loss of normalised pixels", { firstLoss: 21 }, undefined],

  ["chance with a usual rate", AT_CHANCE, "stuck"],
  [
    "chance with a high rate",
    { ...AT_CHANCE, spec: train({ learningRate: 0.1 }) },
    "stuck",
    "learningRate 0.001",
  ],
  [
    "chance with a low rate",
    {
      ...AT_CHANCE,
      spec: train({ learningRate: 1e-5, optimizer: OPTIMIZERS.sgd }),
    },
    "stuck",
    "learningRate 0.01",
  ],
  [
    "chance because most units are dead",
    { ...AT_CHANCE, vitals: vitals(layer(2, { deadShare: 0.9 })) },
    "stuck",
    "learningRate 0.0001",
  ],
  [
    "chance from zeros",
    { ...AT_CHANCE, spec: model({ initializer: INITIALIZERS.zeros }) },
    "stuck",
    "initializer",
  ],
  ["chance behind tanh", { ...AT_CHANCE, spec: LENET }, "stuck", "relu"],
  [
    "chance because the labels are chance",
    { ...AT_CHANCE, spec: data({ sabotage: { ...MLP.data.sabotage, labelNoise: 0.9 } }) },
    "stuck",
    "trueLabels",
  ],
  [
    "a loss near chance's that falls",
    { ...AT_CHANCE, quarters: [2.4, 2.36, 2.32, 2.28] },
    undefined,
  ],
  ["a loss near chance's with a better accuracy", { ...AT_CHANCE, accuracy: 0.3 }, undefined],

  [
    "a loss that climbs above chance",
    { quarters: [2.3, 5, 9, 14], validation: [] },
    "rising",
    "learningRate 0.0001",
    "clip",
  ],
  [
    "a loss that comes down from far above",
    { quarters: [14, 9, 6, 5], validation: [], accuracy: 0.3 },
    undefined,
  ],

  [
    "one answer for all images",
    {
      quarters: [2.3, 2.3, 2.26, 2.2],
      accuracy: 0.2,
      validation: firstOfSeven ? [firstOfSeven] : [],
      spec: train({ learningRate: 0.005 }),
    },
    "oneClass",
    "learningRate 0.0005",
  ],
  [
    "one answer where there is one class only",
    {
      validation: epochs(0.1).map((last) => ({
        ...last,
        confusion: ALL_SEVEN.map((count, at) => (at === 77 ? count : 0)),
      })),
    },
    undefined,
  ],

  [
    "a class that was left out of training",
    { ...WITHOUT_FIVES, spec: data({ sabotage: { ...MLP.data.sabotage, missingClass: 5 } }) },
    "missing",
    "allClasses",
  ],
  [
    "a class of which nothing was kept",
    { ...WITHOUT_FIVES, spec: data({ sabotage: { ...MLP.data.sabotage, keep: NO_FIVES } }) },
    "missing",
    "allClasses",
  ],
  [
    "a class that is left out from now on only",
    { spec: data({ sabotage: { ...MLP.data.sabotage, missingClass: 5 } }) },
    undefined,
  ],
  ["a class that is never said by chance", WITHOUT_FIVES, undefined],

  [
    "gradients that do not reach the first layer",
    {
      ...SLOWLY,
      spec: LENET,
      vitals: vitals(layer(0, { gradientNorm: 1e-4 }), layer(11, { gradientNorm: 0.5 })),
    },
    "vanishing",
    "relu",
  ],
  [
    "gradients that get lost half-way",
    {
      ...SLOWLY,
      spec: LENET,
      vitals: vitals(layer(0, {}), layer(3, { gradientNorm: 1e-4 }), layer(11, {})),
    },
    "vanishing",
    "relu",
  ],
  [
    "small gradients of a network that has learned",
    { spec: LENET, vitals: vitals(layer(0, { gradientNorm: 1e-4 }), layer(11, {})) },
    undefined,
  ],
  [
    "small gradients of ReLUs",
    { ...SLOWLY, vitals: vitals(layer(1, { gradientNorm: 1e-4 }), layer(5, {})) },
    undefined,
  ],

  [
    "a layer that is mostly dead",
    { vitals: vitals(layer(2, { deadShare: 0.1 }), layer(4, { deadShare: 0.62 })) },
    "dead",
    "leakyRelu",
    "learningRate 0.0001",
  ],
  [
    "a layer that seems dead in tiny batches",
    { spec: train({ batchSize: 4 }), vitals: vitals(layer(4, { deadShare: 0.62 })) },
    undefined,
  ],
  [
    "a layer that is silent at first",
    { vitals: { ...vitals(layer(4, { deadShare: 0.62 })), step: 20 } },
    undefined,
  ],

  [
    "a validation loss that rises while the training loss falls",
    { quarters: [0.1, 0.05, 0.03, 0.02], validation: epochs(0.12, 0.09, 0.085, 0.1, 0.11) },
    "overfitting",
    "dropout",
    "augment",
    "stopEarly",
  ],
  [
    "training far above validation from few images",
    {
      quarters: [0.3, 0.1, 0.02, 0.01],
      accuracy: 1,
      validation: epochs(0.8, 0.78).map((last) => ({ ...last, accuracy: 0.8 })),
    },
    "overfitting",
    "dropout",
    "augment",
    "stopEarly",
  ],
  [
    "overfitting in spite of dropout, distortion and patience",
    {
      quarters: [0.1, 0.05, 0.03, 0.02],
      validation: epochs(0.12, 0.09, 0.085, 0.1, 0.11),
      spec: train({ earlyStopping: { patience: 3 } }, PRESETS["CNN with batch norm"]),
    },
    "overfitting",
  ],
  [
    "one bad epoch",
    { quarters: [0.1, 0.05, 0.03, 0.02], validation: epochs(0.12, 0.09, 0.085, 0.11) },
    undefined,
  ],
  [
    "a validation loss that has only just risen",
    { quarters: [0.1, 0.05, 0.03, 0.02], validation: epochs(0.12, 0.09, 0.085, 0.087, 0.089) },
    undefined,
  ],

  [
    "a validation loss that stays where it is",
    { validation: epochs(0.12, 0.1, 0.1, 0.102, 0.103, 0.104) },
    "noImprovement",
    "stopEarly",
  ],
  [
    "a better loss of a few images long ago",
    {
      validation: epochs(0.05, 0.14, 0.13, 0.12, 0.11, 0.105).map((last, i) =>
        i === 0 ? { ...last, images: 100 } : last,
      ),
    },
    undefined,
  ],
  [
    "a pause that is short for so long a run",
    { validation: epochs(...Array.from({ length: 25 }, (_, i) => (i < 20 ? 1 - i / 25 : 0.21))) },
    undefined,
  ],
  [
    "the same once the run is over",
    { state: "finished", validation: epochs(0.12, 0.1, 0.1, 0.102, 0.103, 0.104) },
    undefined,
  ],
  [
    "the same where it stops by itself",
    {
      spec: train({ earlyStopping: { patience: 9 } }),
      validation: epochs(0.12, 0.1, 0.1, 0.102, 0.103, 0.104),
    },
    undefined,
  ],

  [
    "a slow fall with a low rate",
    { ...SLOWLY, spec: train({ learningRate: 1e-5 }) },
    "slow",
    "learningRate 0.001",
  ],
  ["a slow fall with a usual rate", SLOWLY, undefined],
  ["a low rate that is fast enough", { spec: train({ learningRate: 1e-4 }) }, undefined],

  ["a loss that stays high", LEVEL, "underfitting", "moreLayers"],
  [
    "a loss that stays high with a high rate",
    { ...LEVEL, spec: train({ learningRate: 0.02 }) },
    "coarse",
    "learningRate 0.001",
  ],
  [
    "a loss that labels at random hold up",
    { ...LEVEL, spec: data({ sabotage: { ...MLP.data.sabotage, labelNoise: 0.1 } }) },
    undefined,
  ],
  [
    "a loss that distortion holds up",
    { ...LEVEL, spec: PRESETS["CNN with batch norm"] },
    undefined,
  ],
  ["a loss that still falls", { ...LEVEL, quarters: [0.6, 0.4, 0.33, 0.29] }, undefined],

  [
    "an epoch of few steps",
    { spec: train({ batchSize: 512 }), stepsPerEpoch: 4 },
    "fewSteps",
    "batchSize 32",
  ],
  ["few steps of small batches", { spec: train({ batchSize: 8 }), stepsPerEpoch: 4 }, undefined],
];

test.each(CASES)("%s", (_, shows, kind, ...remedies) => {
  const [first] = diagnose({ ...HEALTHY, ...shows });
  expect(first?.kind).toBe(kind);
  const said = first?.remedies.map((remedy) =>
    "value" in remedy ? `${remedy.kind} ${remedy.value}` : remedy.kind,
  );
  expect(said ?? []).toEqual(remedies);
});

describe("what is said", () => {
  test("nothing else of a run whose numbers are none", () => {
    const broken = diagnose({ ...HEALTHY, ...AT_CHANCE, state: "failed", lastLoss: NaN });
    expect(broken.map(({ kind }) => kind)).toEqual(["diverged"]);
  });

  test("the facts of the sentence", () => {
    expect(diagnose({ ...HEALTHY, ...AT_CHANCE })[0]).toMatchObject({
      steps: 400,
      because: "unknown",
    });
    expect(
      diagnose({ ...HEALTHY, vitals: vitals(layer(4, { deadShare: 0.62 })) })[0],
    ).toMatchObject({ layer: 4, share: 0.62 });
    expect(diagnose({ ...HEALTHY, firstLoss: CHANCE })).toEqual([]);
  });
});
