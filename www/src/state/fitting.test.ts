import { expect, test } from "vitest";

import type { DatasetSpec, RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { areSame, Fitting } from "./fitting.svelte";

const own = (classes: number): DatasetSpec => ({
  own: { classes, trainingImages: 100, testImages: 20, mean: 0.1, deviation: 0.3 },
});

function adapt(spec: RunSpec, dataset: DatasetSpec): Promise<RunSpec> {
  return Promise.resolve({ ...spec, data: { ...spec.data, dataset } });
}

test("images are the same where all figures are", () => {
  expect(areSame("mnist", "mnist")).toBe(true);
  expect(areSame("mnist", own(2))).toBe(false);
  expect(areSame(own(2), own(2))).toBe(true);
  expect(areSame(own(2), own(3))).toBe(false);
});

test("for MNIST the presets are themselves, and a spec for it is left alone", async () => {
  const fitting = new Fitting(adapt);
  expect(fitting.presets).toBe(PRESETS);
  expect(await fitting.fit(PRESETS.CNN)).toBe(PRESETS.CNN);
});

test("for other images presets and specs are adapted, and back", async () => {
  const fitting = new Fitting(adapt);
  await fitting.use(own(3));
  expect(fitting.presets.CNN.data.dataset).toEqual(own(3));
  const fitted = await fitting.fit(PRESETS.MLP);
  expect(fitted.data.dataset).toEqual(own(3));
  expect(await fitting.fit(fitted)).toBe(fitted);
  expect((await fitting.share(fitted)).data.dataset).toBe("mnist");
  await fitting.use("mnist");
  expect(fitting.presets.MLP).toBe(PRESETS.MLP);
  expect((await fitting.fit(fitted)).data.dataset).toBe("mnist");
});
