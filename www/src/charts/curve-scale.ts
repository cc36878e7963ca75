/** Where the value axis of a curve chart begins and ends. */

import type { CurveTable } from "./curve-table";

type Range = CurveTable["range"];

/** What the axes show before there is anything to show. */
const EMPTY_LOSS: Range = [0.05, 2.5];

function known(range: Range): Range | undefined {
  return Number.isFinite(range[0]) && Number.isFinite(range[1]) ? range : undefined;
}

/** The axis of the loss: from zero, or on a logarithmic axis close around the values. */
export function lossScale(range: Range, logarithmic: boolean): Range {
  const [low, high] = known(range) ?? EMPTY_LOSS;
  if (!logarithmic) return [0, high > 0 ? 1.08 * high : 1];
  // A loss of zero has no place on a logarithmic axis.
  const bottom = Math.max(low, 1e-6);
  return [0.8 * bottom, 1.25 * Math.max(high, bottom)];
}

const SPANS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** The axis of the accuracy: up to all right, from zero or from a round value below the lowest. */
export function accuracyScale(range: Range, fromZero: boolean): Range {
  const [low] = known(range) ?? [0];
  const needed = 1.1 * (1 - low);
  const span = fromZero ? 1 : (SPANS.find((each) => each >= needed) ?? 1);
  return [1 - span, 1];
}
