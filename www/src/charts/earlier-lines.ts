/** Earlier runs as lines to draw behind the run in hand. */

import type { Split } from "../generated/core";
import type { Axis, Measure } from "../state/curve-view.svelte";
import { countUpTo } from "../state/history";
import type { RecordedPoints, RunRecord } from "../state/run-record";
import { horizonOf, Smoother } from "../state/smoother";
import { placeOf, type Timeline } from "./curve-axis";
import { NOTHING, together, type Span } from "./curve-scale";

/** Points on the axes; a value that is not finite has none. */
export interface Line {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/** One run, drawn. */
export interface EarlierLine {
  /** Its number. */
  id: number;
  training: Line;
  validation: Line;
  /** The lowest and the highest value worth showing. */
  span: Span;
  /** Where it ends on the x axis. */
  last: number;
}

/** Share of a run whose values may fall outside the span, as for the run in hand. */
const WARM_START = 0.05;

/** The line of one measure of a run. */
export function earlierLine(
  id: number,
  record: RunRecord,
  measure: Measure,
  { axis, smoothing }: { axis: Axis; smoothing: number },
): EarlierLine {
  const timeline: Timeline = {
    stepsPerEpoch: record.stepsPerEpoch,
    secondsAt(step) {
      const at = Math.ceil(step / record.block) - 1;
      return record.seconds[Math.min(Math.max(at, 0), record.seconds.length - 1)] ?? 0;
    },
  };
  const steps = record.steps.at(-1) ?? 0;
  const place = (step: number) => placeOf(axis, step, timeline);
  const line = ({ steps, values }: RecordedPoints): Line => ({
    x: Float64Array.from(steps, place),
    y: values,
  });
  const training = trainingPoints(record, measure, smoothing);
  const validation = scored(record, measure, "validation");
  return {
    id,
    training: line(training),
    validation: line(validation),
    span: [training, validation]
      .map((points) => spanOf(points, WARM_START * steps))
      .reduce(together, NOTHING),
    last: place(steps),
  };
}

function trainingPoints(record: RunRecord, measure: Measure, smoothing: number): RecordedPoints {
  switch (measure) {
    case "loss":
    case "accuracy": {
      // A point stands for several steps, so it looks back over so many points fewer.
      const smoother = new Smoother(Math.max(horizonOf(smoothing) / record.block, 1));
      return { steps: record.steps, values: smoother.next(record[measure]) };
    }
    case "learningRate":
      return { steps: record.steps, values: record.learningRate };
    case "gradientNorm":
      return record.gradientNorm;
  }
}

function scored(record: RunRecord, measure: Measure, split: Split): RecordedPoints {
  return measure === "loss" || measure === "accuracy"
    ? record.scores[split][measure]
    : { steps: new Float64Array(), values: new Float32Array() };
}

function spanOf({ steps, values }: RecordedPoints, warm: number): Span {
  const settled = values.subarray(countUpTo(steps, warm)).filter(Number.isFinite);
  return settled.reduce<Span>((span, value) => together(span, [value, value]), NOTHING);
}
