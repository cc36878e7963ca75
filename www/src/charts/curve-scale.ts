/** Where the value axis of a curve chart begins and ends. */

import type { Measure } from "../state/curve-view.svelte";

/** The lowest and the highest value; infinite the wrong way round where there is none. */
export type Span = [low: number, high: number];

/** The span of nothing. */
export const NOTHING: Span = [Infinity, -Infinity];

/** The span of two together. */
export function together(a: Span, b: Span): Span {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** How far others may widen an axis beyond what it is about. */
const WIDEST = 4;

/**
 * The span of a run with others behind it: they may make it four times as high, and reach out of it beyond that. One that
 * exploded would leave nothing to be seen of the rest.
 */
export function withOthers(own: Span, others: Span): Span {
  if (own[0] > own[1]) return others;
  const high = Math.max(own[1], Math.min(others[1], WIDEST * own[1]));
  return [Math.min(own[0], others[0]), high];
}

/** What the axes show before there is anything to show. */
const EMPTY: Record<Measure, Span> = {
  loss: [0.05, 2.5],
  accuracy: [0, 1],
  learningRate: [1e-4, 1e-2],
  gradientNorm: [0.05, 2.5],
};

/** The axis of a measure; `toggled` makes it logarithmic, or begins an accuracy at zero. */
export function scaleOf(measure: Measure, span: Span, toggled: boolean): Span {
  const known = Number.isFinite(span[0]) && Number.isFinite(span[1]) ? span : EMPTY[measure];
  return measure === "accuracy" ? shareScale(known, toggled) : positiveScale(known, toggled);
}

/** From zero, or on a logarithmic axis close around the values. */
function positiveScale([low, high]: Span, logarithmic: boolean): Span {
  if (!logarithmic) return [0, high > 0 ? 1.08 * high : 1];
  // A value of zero has no place on a logarithmic axis.
  const bottom = Math.max(low, 1e-7);
  return [0.8 * bottom, 1.25 * Math.max(high, bottom)];
}

const SPANS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Up to all right, from zero or from a round value below the lowest. */
function shareScale([low]: Span, fromZero: boolean): Span {
  const needed = 1.1 * (1 - low);
  const span = fromZero ? 1 : (SPANS.find((each) => each >= needed) ?? 1);
  return [1 - span, 1];
}
