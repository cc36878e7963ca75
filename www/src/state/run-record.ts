/**
 * What remains of a run when another one takes its place: its curves thinned out to a fixed size,
 * so that many runs can be kept and drawn behind each other.
 */

import type { Split } from "../generated/core";
import type { History, Mark, Points, Score } from "./history";
import type { Series } from "./series";

/** Points that remain of each curve. */
const POINTS = 512;

/** Values at some of the steps, in their order. */
export interface RecordedPoints {
  steps: Float64Array;
  values: Float32Array;
}

/** The curves of a run, all at the same steps. */
export interface RunRecord {
  /** Steps that a point stands for: its value is their mean. */
  block: number;
  /** The last step of each block, ascending. */
  steps: Float64Array;
  /** Seconds of training up to there. */
  seconds: Float32Array;
  loss: Float32Array;
  accuracy: Float32Array;
  learningRate: Float32Array;
  gradientNorm: RecordedPoints;
  scores: Record<Split, Record<Score, RecordedPoints>>;
  stepsPerEpoch: number;
  marks: readonly Mark[];
}

/** Thins out what a run told. */
export function recordOf(history: History): RunRecord {
  const { steps, scores } = history;
  const block = Math.max(Math.ceil(steps / POINTS), 1);
  const ends = Float64Array.from({ length: Math.ceil(steps / block) }, (_, i) =>
    Math.min((i + 1) * block, steps),
  );
  const both = (split: Split) => ({
    loss: thinned(scores[split].loss),
    accuracy: thinned(scores[split].accuracy),
  });
  return {
    block,
    steps: ends,
    seconds: Float32Array.from(ends, (step) => history.seconds.at(step - 1) ?? NaN),
    loss: means(history.loss.raw, block),
    accuracy: means(history.accuracy.raw, block),
    learningRate: means(history.learningRate, block),
    gradientNorm: thinned(history.gradientNorm),
    scores: { validation: both("validation"), test: both("test") },
    stepsPerEpoch: history.stepsPerEpoch,
    marks: history.marks,
  };
}

/** The mean of each block of values; what is not finite does not count. */
function means({ values }: Series, block: number): Float32Array {
  return Float32Array.from({ length: Math.ceil(values.length / block) }, (_, i) => {
    const known = values.subarray(i * block, (i + 1) * block).filter(Number.isFinite);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

function thinned({ steps, values }: Points): RecordedPoints {
  const kept = values.thinned(POINTS / 2);
  return {
    steps: Float64Array.from(kept, (i) => steps[i] ?? NaN),
    values: Float32Array.from(kept, (i) => values.at(i) ?? NaN),
  };
}
