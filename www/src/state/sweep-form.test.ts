import { describe, expect, test } from "vitest";

import { PRESETS, SEARCH_PARAMETERS } from "../generated/limits";
import { freshAxis, freshForm, placedProblems, searchOf, SWEEPABLE } from "./sweep-form";

const { MLP } = PRESETS;

describe("a fresh axis", () => {
  test.each(SWEEPABLE)("of %s lies within its limits, and is one", (parameter) => {
    const { from, to, names } = freshAxis(parameter, MLP);
    const domain = SEARCH_PARAMETERS[parameter];
    if (domain.type === "names") {
      expect(names).toEqual(domain.names);
      return;
    }
    const { min, max, whole } = domain.range;
    expect(from).toBeGreaterThanOrEqual(min);
    expect(to).toBeLessThanOrEqual(max);
    expect(from).toBeLessThan(to);
    if (whole) expect([from, to].every(Number.isInteger)).toBe(true);
  });

  test("of the learning rate lies around what it is", () => {
    expect(freshAxis("learningRate", MLP)).toMatchObject({ from: 1e-4, to: 1e-2 });
  });
});

describe("the search of a form", () => {
  test("is a grid over the present settings", () => {
    const search = searchOf(freshForm(MLP), MLP);
    expect(search).toMatchObject({
      strategy: { type: "grid" },
      epochsPerTrial: 1,
      axes: [{ parameter: "learningRate", values: { type: "range", scale: "log", count: 3 } }],
    });
    expect(search.base).toBe(MLP);
  });

  test("has the names that are wanted, in their usual order", () => {
    const axis = { ...freshAxis("optimizer", MLP), names: ["sgd", "adam"] };
    const { axes } = searchOf({ ...freshForm(MLP), axes: [axis] }, MLP);
    expect(axes[0]?.values).toEqual({ type: "list", items: ["adam", "sgd"] });
  });

  test("may be random, and on fewer images", () => {
    const form = { ...freshForm(MLP), strategy: "random" as const, trials: 4, imagesPerClass: 50 };
    const search = searchOf(form, MLP);
    expect(search.strategy).toEqual({ type: "random", trials: 4, seed: MLP.train.seed });
    expect(search.base.data.sabotage.examplesPerClass).toBe(50);
    expect(search.base.train).toBe(MLP.train);
  });
});

test("problems stand where they can be mended", () => {
  const problem = (field: string) => ({ field, code: "malformed" as const, message: field });
  const placed = placedProblems(
    ["axes.1.values.from", "axes.1.parameter", "axes", "strategy.trials", "epochsPerTrial"].map(
      problem,
    ),
  );
  expect(placed.axes.get(1)).toEqual(["axes.1.values.from", "axes.1.parameter"]);
  expect(placed.axes.get(0)).toBeUndefined();
  expect([placed.trials, placed.epochs, placed.rest]).toEqual([
    ["strategy.trials"],
    ["epochsPerTrial"],
    ["axes"],
  ]);
});
