/** Everything a curve chart shows of a run at one moment, from what the run told so far. */

import type { Axis, Measure } from "../state/curve-view.svelte";
import { nats, percent, tick } from "../state/format";
import type { History } from "../state/history";
import type { Smoothed } from "../state/smoother";
import { strings } from "../strings";
import { epochMarks, placeOf } from "./curve-axis";
import type { CurveDrawing } from "./curve-chart";
import { NOTHING, scaleOf, together, withOthers } from "./curve-scale";
import { curveTable, timelineOf } from "./curve-table";
import type { EarlierLine } from "./earlier-lines";

/** What is to be shown, and how. */
export interface Shown {
  history: History;
  measure: Measure;
  /** The training curve of a loss or an accuracy. */
  smoothed: Smoothed | undefined;
  earlier: readonly EarlierLine[];
  /** The earlier run that stands out. */
  pointedAt: number | undefined;
  axis: Axis;
  /** Whether the value axis is logarithmic, or begins an accuracy at zero. */
  toggled: boolean;
  /** Of the chart, in pixels. */
  width: number;
}

/** How the values of a measure are written. */
export const FORMATS: Record<Measure, (value: number) => string> = {
  loss: nats,
  accuracy: percent,
  learningRate: tick,
  gradientNorm: nats,
};

/** The measures that evaluations have too. */
export function isScore(measure: Measure): measure is "loss" | "accuracy" {
  return measure === "loss" || measure === "accuracy";
}

/** The drawing, and the step of each row of its table. */
export function curveDrawing(shown: Shown): { drawing: CurveDrawing; steps: number[] } {
  const { history, measure, smoothed, earlier, pointedAt, axis, width } = shown;
  const timeline = timelineOf(history);
  const place = (step: number) => placeOf(axis, step, timeline);
  const table = curveTable(history, measure, { width, axis, smoothed });
  const others = earlier.reduce((span, line) => together(span, line.span), NOTHING);
  const span = withOthers(table.span, others);
  const score = isScore(measure) ? measure : undefined;
  const best = score && history.bestOfSeveral(score);
  return {
    steps: table.steps,
    drawing: {
      table,
      scale: scaleOf(measure, span, shown.toggled),
      last: Math.max(place(history.steps), ...earlier.map(({ last }) => last)),
      epochs: epochMarks(axis, history.steps, width, timeline),
      changes: history.marks.map(({ step, changes }) => ({
        x: place(step),
        label: strings.curves.changed(changes, tick),
      })),
      earlier,
      pointedAt,
      best: score &&
        best && {
          x: place(best.step),
          y: best[score],
          label: strings.curves.best(FORMATS[score](best[score])),
        },
    },
  };
}
