import { expect, test } from "vitest";

import type { Examination } from "../generated/core";
import { imageAt, mistaken, ofCell, topClasses } from "./examined";

/** Four images of three classes; only what these functions read. */
const LOOK = {
  indices: Uint32Array.of(10, 20, 30, 40),
  labels: Uint8Array.of(0, 1, 1, 2),
  predicted: Uint8Array.of(0, 2, 2, 1),
  losses: Float32Array.of(0.25, 1.5, 4, 2),
  probabilities: Float32Array.of(0.75, 0.125, 0.125, 0, 0.25, 0.75, 0, 0, 1, 0.25, 0.5, 0.25),
} as Examination;

test("an image has its own row of probabilities", () => {
  const { probabilities, ...rest } = imageAt(LOOK, 1);
  expect(rest).toEqual({ index: 20, label: 1, predicted: 2, loss: 1.5 });
  expect([...probabilities]).toEqual([0, 0.25, 0.75]);
});

test("mistakes come with the worst loss first, right answers never", () => {
  expect(mistaken(LOOK)).toEqual([2, 3, 1]);
});

test("a cell has the images of one class that were taken for one class", () => {
  expect(ofCell(LOOK, 1, 2)).toEqual([2, 1]);
  expect(ofCell(LOOK, 0, 0)).toEqual([0]);
  expect(ofCell(LOOK, 2, 0)).toEqual([]);
});

test("the most probable classes come first, and the true one is among them", () => {
  const of = (label: number, ...probabilities: number[]) =>
    topClasses({ label, probabilities: Float32Array.from(probabilities) }, 2).map(
      ({ class: index, probability }) => [index, probability],
    );
  expect(of(2, 0, 0.25, 0.75)).toEqual([
    [2, 0.75],
    [1, 0.25],
  ]);
  expect(of(0, 0, 0.25, 0.75)).toEqual([
    [2, 0.75],
    [0, 0],
  ]);
});
