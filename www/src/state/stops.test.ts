import { expect, test } from "vitest";

import type { Range } from "../generated/core";
import { LIMITS } from "../generated/limits";
import { nearestStop, stops, type Steps } from "./stops";

const { augmentation, sabotage } = LIMITS;

const RANGES: [name: string, range: Range, steps: Steps, start: number, among: number[]][] = [
  ["learning rate", LIMITS.learningRate, "usual", 1e-5, [0.0003, 0.001, 0.01]],
  ["batch size", LIMITS.batchSize, "binary", 1, [2, 32, 64, 96, 128]],
  ["epochs", LIMITS.epochs, "usual", 1, [2, 3, 5, 10, 20]],
  ["momentum", LIMITS.momentum, "nearOne", 0, [0.5, 0.8, 0.9, 0.95, 0.98]],
  ["beta", LIMITS.beta, "nearOne", 0.5, [0.9, 0.99, 0.999]],
  ["L2", LIMITS.penalty, "fromZero", 0, [0.00001, 0.0001, 0.001, 0.01]],
  ["clipping", LIMITS.clipNorm, "aboveZero", 0.001, [0.1, 1, 5]],
  ["validation", LIMITS.validationImages, "usual", 100, [1000, 5000, 10000]],
  ["training images", sabotage.examplesPerClass, "aboveZero", 1, [10, 100, 1000]],
  ["rotation", augmentation.rotation, "usual", 0, [5, 10, 15, 30]],
  ["label noise", sabotage.labelNoise, "usual", 0, [0.01, 0.1, 0.3, 0.5]],
];

test.each(RANGES)(
  "%s: ascending, within the slider, with the usual values",
  (_, range, steps, start, among) => {
    const places = stops(range, steps);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(places.at(0)).toBe(start);
    expect(places.at(-1)).toBe(range.sliderMax);
    expect(places).toEqual(expect.arrayContaining(among));
    expect(places.length).toBeGreaterThan(3);
    expect(places.length).toBeLessThanOrEqual(105);
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
  const places = stops(LIMITS.learningRate, "usual");
  expect(places[nearestStop(places, value)]).toBe(place);
});

test("the slider has a place even for what is no number, and one for no limit", () => {
  const places = [1, 2, 5, Infinity];
  expect(nearestStop(places, NaN)).toBe(0);
  expect(nearestStop(places, Infinity)).toBe(3);
  expect(nearestStop(places, 1e9)).toBe(2);
});
