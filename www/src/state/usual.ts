/** What is usual for small classifiers: by this a run is judged. */

import type { OptimizerSpec, RunSpec, TrainSpec } from "../generated/core";

/**
 * Learning rates with which small networks usually learn well: those that the optimizers' authors
 * propose, or a default of PyTorch or Keras; for Lion a tenth of Adam's, as its authors advise.
 */
export const USUAL_RATE: Record<OptimizerSpec["type"], number> = {
  adam: 1e-3,
  adamW: 1e-3,
  rmsProp: 1e-3,
  sgd: 1e-2,
  adagrad: 1e-2,
  lion: 1e-4,
};

/** By this factor a rate is far from the usual one; what is nearer often works as well. */
export const FAR = 10;

/** Steps after which the start is over: a healthy small network has left chance long before. */
export const SETTLED_STEPS = 100;

/** Classes to tell apart: the last layer has a unit for each. */
export function classes({ model }: RunSpec): number {
  const last = model.layers.at(-1);
  return last?.type === "dense" ? last.units : NaN;
}

/** Cross-entropy of a network that holds all classes equally likely: ln of their number. */
export function guessing(spec: RunSpec): number {
  return Math.log(classes(spec));
}

/** A rate well below the one at hand, and not above the usual one. */
export function lowerRate({ learningRate, optimizer }: TrainSpec): number {
  return Math.min(USUAL_RATE[optimizer.type], round(learningRate / FAR));
}

/** How far a rate is from the usual one: 10 where it is ten times as high. */
export function rateFactor({ learningRate, optimizer }: TrainSpec): number {
  return learningRate / USUAL_RATE[optimizer.type];
}

/** To the two digits that a rate is good for. */
function round(rate: number): number {
  return Number(rate.toPrecision(2));
}
