import { expect, test } from "vitest";

import type { Range } from "../generated/core";
import { LIMITS } from "../generated/limits";
import { nearestStop, stops, type Steps } from "./stops";

const RANGES: [name: string, range: Range, steps: Steps, among: number[]][] = [
  ["learning rate", LIMITS.learningRate, "decimal", [1e-5, 0.0003, 0.001, 0.01, 1]],
  ["batch size", LIMITS.batchSize, "binary", [1, 2, 32, 64, 96, 128, 512]],
  ["epochs", LIMITS.epochs, "decimal", [1, 2, 3, 5, 10, 20, 50]],
  ["momentum", LIMITS.momentum, "decimal", [0, 0.495, 0.99]],
];

test.each(RANGES)(
  "%s: ascending, within the slider, with the usual values",
  (_, range, steps, among) => {
    const places = stops(range, steps);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(places.at(0)).toBe(range.sliderMin);
    expect(places.at(-1)).toBe(range.sliderMax);
    expect(places).toEqual(expect.arrayContaining(among));
    if (range.whole) expect(places.every(Number.isInteger)).toBe(true);
  },
);

const NEAREST: [value: number, place: number][] = [
  [0.001, 0.001],
  [0.0011, 0.001],
  [0.0026, 0.003],
  [1e-9, 1e-5],
  [0, 1e-5],
  [-1, 1e-5],
  [500, 1],
];

test.each(NEAREST)("the slider stands for a learning rate of %d at %d", (value, place) => {
  const places = stops(LIMITS.learningRate, "decimal");
  expect(places[nearestStop(places, value, LIMITS.learningRate)]).toBe(place);
});

test("the slider has a place even for what is no number", () => {
  const places = stops(LIMITS.epochs, "decimal");
  expect(nearestStop(places, NaN, LIMITS.epochs)).toBe(0);
});
