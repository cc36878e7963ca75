/** What the x axis of the curve charts counts, and where a step is on it. */

import type { Axis } from "../state/curve-view.svelte";
import { clock, tick, whole } from "../state/format";

/** What is needed to find a step on an axis. */
export interface Timeline {
  stepsPerEpoch: number;
  /** Seconds of training up to and including a step. */
  secondsAt(step: number): number;
}

/** Where a step is. */
export function placeOf(axis: Axis, step: number, timeline: Timeline): number {
  switch (axis) {
    case "step":
      return step;
    case "epoch":
      return timeline.stepsPerEpoch > 0 ? step / timeline.stepsPerEpoch : 0;
    case "seconds":
      return step > 0 ? timeline.secondsAt(step) : 0;
  }
}

const DECADES = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];
const ROUND = DECADES.flatMap((decade) => [decade, 2 * decade, 5 * decade]);
const MINUTE = 60;
const HOUR = 3600;

/** How an axis is divided and labelled. */
export interface Division {
  /** Distances between two labels, of which the smallest that has room is taken. */
  increments: number[];
  label: (value: number) => string;
  /** It is no shorter than this, so that the first steps are not stretched over all of it. */
  shortest: number;
}

/** Of every axis. */
export const DIVISIONS: Record<Axis, Division> = {
  // There are no half steps.
  step: { increments: ROUND, label: whole, shortest: 10 },
  epoch: { increments: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, ...ROUND], label: tick, shortest: 0.1 },
  seconds: {
    increments: [
      ...[1, 2, 5, 10, 15, 30],
      ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
      ...ROUND.map((hours) => hours * HOUR),
    ],
    label: clock,
    shortest: 5,
  },
};

/** Where an epoch ends. */
export interface EpochMark {
  epoch: number;
  x: number;
  labelled: boolean;
}

/** Pixels that an epoch needs for its mark to be told from the next. */
const MARK_SPACING = 14;
const LABEL_SPACING = 56;

/**
 * The ends of epochs in the first `steps` steps, as far as there is room for them on `width` pixels;
 * none where the axis counts epochs anyway.
 */
export function epochMarks(
  axis: Axis,
  steps: number,
  width: number,
  timeline: Timeline,
): EpochMark[] {
  const { stepsPerEpoch } = timeline;
  if (axis === "epoch" || stepsPerEpoch <= 0 || steps <= stepsPerEpoch) return [];
  const spacing = (stepsPerEpoch / steps) * width;
  const every = Math.ceil(MARK_SPACING / spacing);
  const everyLabel = Math.ceil(LABEL_SPACING / (spacing * every)) * every;
  const marks: EpochMark[] = [];
  for (let epoch = every; epoch * stepsPerEpoch <= steps; epoch += every) {
    const x = placeOf(axis, epoch * stepsPerEpoch, timeline);
    marks.push({ epoch, x, labelled: epoch % everyLabel === 0 });
  }
  return marks;
}
