/**
 * What a curve chart draws of the run in hand, as columns over one ascending list of steps.
 *
 * It is made anew for each drawing and reads a few values for each pixel, however many steps there
 * are: long series are thinned out to the lowest and the highest value of each pixel's worth.
 */

import type { Split } from "../generated/core";
import type { Axis, Measure } from "../state/curve-view.svelte";
import type { History, Points } from "../state/history";
import type { Track } from "../state/series";
import type { Smoothed } from "../state/smoother";
import { placeOf, type Timeline } from "./curve-axis";
import { NOTHING, type Span } from "./curve-scale";

/** A column: a number, or nothing at a step that this series has no point at. */
export type Column = (number | null)[];

/** Places on the x axis, then raw and smoothed training, validation, and test. */
export type Columns = [x: number[], raw: Column, smooth: Column, validation: Column, test: Column];

/** The table of one measure. */
export interface CurveTable {
  /** The step of each row. */
  steps: number[];
  columns: Columns;
  /** The lowest and the highest value worth showing. */
  span: Span;
  /** Whether the points of the middle column (see {@link Columns}) can be told apart. */
  dots: { smooth: boolean; validation: boolean };
}

/** How it is drawn. */
export interface TableSetting {
  /** Of the chart, in pixels. */
  width: number;
  axis: Axis;
  /** The training curve of a loss or an accuracy. */
  smoothed: Smoothed | undefined;
}

/**
 * Share of the run whose values may fall outside the span: the first steps are so far off that
 * they would flatten all that follows.
 */
const WARM_START = 0.05;

/** Pixels that a point needs to be told from the next. */
const DOT_SPACING = 9;

/** Points of one series, thinned out. */
interface Thin {
  steps: number[];
  values: Column;
  dots: boolean;
}

const NONE: Thin = { steps: [], values: [], dots: true };

/** The timeline of a run. */
export function timelineOf(history: History): Timeline {
  return {
    stepsPerEpoch: history.stepsPerEpoch,
    secondsAt: (step) => history.seconds.at(step - 1) ?? 0,
  };
}

/** The table of one measure. */
export function curveTable(history: History, measure: Measure, setting: TableSetting): CurveTable {
  const width = Math.max(Math.floor(setting.width), 1);
  const { raw, line, validation, test } = seriesOf(history, measure, width);
  const steps = merge([raw, line, validation, test]);
  const [rawColumn, lineColumn, validationColumn, testColumn] = [raw, line, validation, test].map(
    (series) => column(series, steps),
  ) as [Column, Column, Column, Column];
  const { smoothed } = setting;
  const smooth = smoothed
    ? steps.map((step) => finite(step > 0 ? smoothed.at(step - 1) : undefined))
    : lineColumn;
  const timeline = timelineOf(history);
  const x = steps.map((step) => placeOf(setting.axis, step, timeline));
  const shown = [smooth, validationColumn, testColumn];
  return {
    steps,
    columns: [x, rawColumn, smooth, validationColumn, testColumn],
    span: spanOf(steps, shown, WARM_START * history.steps),
    dots: { smooth: line.steps.length > 0 && line.dots, validation: validation.dots },
  };
}

function seriesOf(history: History, measure: Measure, width: number): Record<Part, Thin> {
  switch (measure) {
    case "loss":
    case "accuracy": {
      const scored = (split: Split) => thinPoints(history.scores[split][measure], width);
      return {
        raw: thinTrack(history[measure].raw, width),
        line: NONE,
        validation: scored("validation"),
        test: scored("test"),
      };
    }
    case "learningRate":
      return {
        raw: NONE,
        line: { ...thinTrack(history.learningRate, width), dots: false },
        validation: NONE,
        test: NONE,
      };
    case "gradientNorm":
      return {
        raw: NONE,
        line: thinPoints(history.gradientNorm, width),
        validation: NONE,
        test: NONE,
      };
  }
}

type Part = "raw" | "line" | "validation" | "test";

function thinTrack(track: Track, width: number): Thin {
  const kept = track.thinned(width);
  return {
    steps: kept.map((position) => position + 1),
    values: kept.map((position) => finite(track.at(position))),
    dots: false,
  };
}

function thinPoints({ steps, values }: Points, width: number): Thin {
  const kept = values.thinned(width / 2);
  return {
    steps: kept.map((position) => steps[position] ?? 0),
    values: kept.map((position) => finite(values.at(position))),
    dots: steps.length * DOT_SPACING <= width,
  };
}

/** Every step of some ascending lists once, ascending. */
function merge(series: readonly Thin[]): number[] {
  const next = series.map(() => 0);
  const merged: number[] = [];
  for (;;) {
    let step = Infinity;
    series.forEach(({ steps }, i) => (step = Math.min(step, steps[next[i] ?? 0] ?? Infinity)));
    if (step === Infinity) return merged;
    merged.push(step);
    series.forEach(({ steps }, i) => {
      if (steps[next[i] ?? 0] === step) next[i] = (next[i] ?? 0) + 1;
    });
  }
}

/** The values of a series at the rows that have its steps. */
function column({ steps, values }: Thin, rows: readonly number[]): Column {
  let next = 0;
  return rows.map((step) => {
    if (steps[next] !== step) return null;
    next += 1;
    return values[next - 1] ?? null;
  });
}

/** The span of what comes after the warm start, or of all where nothing does. */
function spanOf(steps: readonly number[], columns: readonly Column[], warm: number): Span {
  const settled = Math.max(
    steps.findIndex((step) => step > warm),
    0,
  );
  let [low, high] = NOTHING;
  for (const values of columns) {
    for (let row = settled; row < values.length; row += 1) {
      const value = values[row];
      if (value === null || value === undefined) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
