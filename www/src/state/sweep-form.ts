/** What is typed into the form of a sweep, and the search that it stands for. */

import type {
  ParameterValue,
  Problem,
  Range,
  RunSpec,
  SearchAxis,
  SearchParameter,
  SearchSpec,
} from "../generated/core";
import { SEARCH_PARAMETERS } from "../generated/limits";
import { batchSize, learningRate } from "./properties";

/** What trials are compared by, beside their accuracy. */
export const SWEEP_COSTS = ["parameters", "seconds"] as const;
export type SweepCost = (typeof SWEEP_COSTS)[number];

/** One setting to sweep, as it is typed. */
export interface AxisForm {
  parameter: SearchParameter;
  /** Of a number. */
  from: number;
  to: number;
  count: number;
  /** Of a setting that has names. */
  names: readonly string[];
}

/** The form. */
export interface SweepForm {
  axes: readonly AxisForm[];
  strategy: "grid" | "random";
  /** Of a random search. */
  trials: number;
  epochs: number;
  /** Images per class that are trained on at most; Infinity for all. */
  imagesPerClass: number;
}

/** How many settings are swept at most: more than two cannot be looked over. */
export const MOST_AXES = 2;

/** Everything that can be swept. */
export const SWEEPABLE = Object.keys(SEARCH_PARAMETERS) as SearchParameter[];

/** The values on either side of the present one that are tried first, as a factor. */
const REACH: Partial<Record<SearchParameter, number>> = { learningRate: 10 };
const USUAL_REACH = 4;

/** What a setting is first swept over: around what it is, or over the half of its range. */
export function freshAxis(parameter: SearchParameter, spec: RunSpec): AxisForm {
  const domain = SEARCH_PARAMETERS[parameter];
  if (domain.type === "names") {
    return { parameter, from: NaN, to: NaN, count: NaN, names: domain.names };
  }
  const { range } = domain;
  const [from, to] =
    range.scale === "log"
      ? around(present(parameter, spec), REACH[parameter] ?? USUAL_REACH, range)
      : firstHalf(range);
  return { parameter, from, to, count: 3, names: [] };
}

function present(parameter: SearchParameter, spec: RunSpec): number {
  if (parameter === "learningRate") return learningRate.get(spec) ?? 1;
  if (parameter === "batchSize") return batchSize.get(spec) ?? 1;
  return 1;
}

function around(value: number, reach: number, { min, max, whole }: Range): [number, number] {
  const ends = [value / reach, value * reach].map((end) => Math.min(Math.max(end, min), max));
  const [from = min, to = max] = ends.map((end) =>
    whole ? Math.round(end) : Number(end.toPrecision(2)),
  );
  return [from, to];
}

function firstHalf({ sliderMin, sliderMax, whole }: Range): [number, number] {
  // Two seeds are as good as fifty.
  const end = whole && sliderMax <= 100 ? sliderMin + 2 : (sliderMin + sliderMax) / 2;
  return [sliderMin, end];
}

/** The form that a page begins with. */
export function freshForm(spec: RunSpec): SweepForm {
  return {
    axes: [freshAxis("learningRate", spec)],
    strategy: "grid",
    trials: 6,
    epochs: 1,
    imagesPerClass: Infinity,
  };
}

/** The search that a form stands for. Whether it can be made is for the core to say. */
export function searchOf(form: SweepForm, spec: RunSpec): SearchSpec {
  const { axes, strategy, trials, epochs, imagesPerClass } = form;
  const { data } = spec;
  const limited = { ...data.sabotage, examplesPerClass: imagesPerClass };
  // Where the form says nothing of it, the spec's own limit holds.
  const base =
    imagesPerClass === Infinity ? spec : { ...spec, data: { ...data, sabotage: limited } };
  return {
    base,
    axes: axes.map(axisOf),
    strategy:
      strategy === "grid" ? { type: "grid" } : { type: "random", trials, seed: spec.train.seed },
    epochsPerTrial: epochs,
  };
}

function axisOf({ parameter, from, to, count, names }: AxisForm): SearchAxis {
  const domain = SEARCH_PARAMETERS[parameter];
  if (domain.type === "names") {
    const items: ParameterValue[] = domain.names.filter((name) => names.includes(name));
    return { parameter, values: { type: "list", items } };
  }
  return { parameter, values: { type: "range", from, to, scale: domain.range.scale, count } };
}

/** The problems of a search, by where the form shows them. */
export interface PlacedProblems {
  /** At each axis. */
  axes: Map<number, string[]>;
  trials: string[];
  epochs: string[];
  /** Below all. */
  rest: string[];
}

/** Places the problems of a search. */
export function placedProblems(problems: readonly Problem[]): PlacedProblems {
  const placed: PlacedProblems = { axes: new Map(), trials: [], epochs: [], rest: [] };
  for (const { field, message } of problems) {
    const axis = /^axes\.(\d+)/.exec(field)?.[1];
    if (axis !== undefined) {
      const at = Number(axis);
      placed.axes.set(at, [...(placed.axes.get(at) ?? []), message]);
    } else if (field === "strategy.trials") placed.trials.push(message);
    else if (field === "epochsPerTrial") placed.epochs.push(message);
    else placed.rest.push(message);
  }
  return placed;
}
