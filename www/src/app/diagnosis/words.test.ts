import { describe, expect, test } from "vitest";

import { PRESETS } from "../../generated/limits";
import type { Diagnosis, Finding } from "../../state/diagnosis";
import { layerName, proposal, sentence } from "./words";

const { MLP } = PRESETS;
const NAMES = ["zero", "one", "two"];

const SAID: [found: Finding, words: RegExp][] = [
  [{ kind: "unnormalized", loss: 21.25 }, /first loss was 21\.250, where guessing has 2\.303/],
  [{ kind: "stuck", steps: 1200, because: "zeros" }, /chance after 1,200 steps: all weights/],
  [{ kind: "oneClass", class: 1 }, /class one\b/],
  [{ kind: "missing", class: 7 }, /class 7\b/],
  [{ kind: "dead", layer: 4, share: 0.624 }, /^62.% of the units in Dense 2 /],
  [{ kind: "overfitting", training: 0.998, validation: 0.89 }, /accuracy 99\.8.% and 89\.0.%/],
  [{ kind: "noImprovement", epochs: 6 }, /for 6 epochs/],
  [{ kind: "slow", rate: 1e-5 }, /of 0\.00001 may be too low/],
  [{ kind: "fewSteps", steps: 1 }, /only 1 step:/],
];

test.each(SAID)("%o", (found, words) => {
  const diagnosis: Diagnosis = { ...found, remedies: [] };
  expect(sentence(diagnosis, MLP, NAMES)).toMatch(words);
});

test("a remedy names what it sets", () => {
  expect(proposal({ kind: "learningRate", value: 0.001 })).toBe("Set learning rate to 0.001");
  expect(proposal({ kind: "batchSize", value: 32 })).toBe("Set batch size to 32");
  expect(proposal({ kind: "dropout" })).toBe("Add dropout");
});

describe("a layer is named after what feeds it", () => {
  test.each([
    ["MLP", 2, /1$/],
    ["MLP", 4, /2$/],
    ["CNN", 4, /Conv 2$/],
    ["Small ResNet", 5, /Residual block 2$/],
  ] as const)("%s, layer %i", (preset, at, name) => {
    expect(layerName(PRESETS[preset].model.layers, at)).toMatch(name);
  });

  test("but by its place where nothing does", () => {
    expect(layerName([{ type: "activation", function: "relu" }], 0)).toBe("Activation");
  });
});
