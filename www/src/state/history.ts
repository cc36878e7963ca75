/** Everything a run has told so far, in arrays that grow as it goes on. */

import type { Changes, Evaluation, Split } from "../generated/core";
import type { ProgressUpdate } from "../trainer/protocol";
import { Matrices } from "./matrices";
import { Series, Track } from "./series";
import { Smoothed } from "./smoother";

/** What is smoothed where the run is judged, whatever its drawing looks like. */
const SMOOTHING = 0.975;

/** One measure over the steps of a run: position 0 holds step 1. */
export class Curve {
  /** As measured on each batch. */
  readonly raw = new Track();
  /** Averaged over the last steps. */
  readonly smooth = new Smoothed(this.raw, SMOOTHING);
}

/** Values at some of the steps, in their order. */
export class Points {
  readonly steps: number[] = [];
  readonly values = new Track();

  /** Adds a value. */
  add(step: number, value: number): void {
    this.steps.push(step);
    this.values.push([value]);
  }
}

/** What was changed while the run went on. */
export interface Mark {
  /** Steps trained before it. */
  step: number;
  changes: Changes;
}

/** The measures of an evaluation. */
export type Score = "loss" | "accuracy";

/** Marks beyond this many are not told apart any more. */
const MOST_MARKS = 100;

/** Stands for a confusion matrix that is kept elsewhere, or no longer. */
const ELSEWHERE = new Uint32Array();

/** The record of one run. */
export class History {
  /** Cross-entropy of each step's batch, in nats. */
  readonly loss = new Curve();
  /** Share of each step's batch that was classified correctly. */
  readonly accuracy = new Curve();
  /** Learning rate of each step. */
  readonly learningRate = new Track();
  /** Norm of the gradient of all layers, at the steps that were looked at. */
  readonly gradientNorm = new Points();
  /** Seconds of training up to and including each step, pauses left out. */
  readonly seconds = new Series();
  /**
   * Evaluations by the images they looked at, in order of their steps. Only the last one has its
   * confusion matrix; those of earlier ones are in `matrices`.
   */
  readonly evaluations: Record<Split, Evaluation[]> = { validation: [], test: [] };
  /** Confusion matrices over the run. */
  readonly matrices: Record<Split, Matrices> = {
    validation: new Matrices(),
    test: new Matrices(),
  };
  /** The measures of the evaluations. */
  readonly scores: Record<Split, Record<Score, Points>> = {
    validation: { loss: new Points(), accuracy: new Points() },
    test: { loss: new Points(), accuracy: new Points() },
  };
  /** What was changed mid-run, in order. Replaced, never changed in place. */
  marks: readonly Mark[] = [];
  /** Steps of one epoch; 0 before it is known. */
  stepsPerEpoch = 0;
  readonly #best: Partial<Record<Score, Evaluation>> = {};

  /** Steps recorded. */
  get steps(): number {
    return this.loss.raw.length;
  }

  /** Adds what the run reports, and the seconds of training up to its last step. */
  add(progress: ProgressUpdate, seconds: number): void {
    const { losses, accuracies, learningRates, vitals } = progress;
    this.stepsPerEpoch = progress.stepsPerEpoch;
    this.#skip(progress.step - losses.length - this.steps);
    const before = this.seconds.at(-1) ?? 0;
    const each = (seconds - before) / Math.max(losses.length, 1);
    this.seconds.push(losses.map((_, i) => before + each * (i + 1)));
    this.loss.raw.push(losses);
    this.accuracy.raw.push(accuracies);
    this.learningRate.push(learningRates);
    for (const { step, gradientNorm } of vitals) this.gradientNorm.add(step, gradientNorm);
  }

  /** Leaves out steps that nothing is known of: a restored run was trained before. */
  #skip(steps: number): void {
    if (steps <= 0) return;
    const unknown = new Float32Array(steps).fill(NaN);
    this.seconds.push(new Float32Array(steps).fill(this.seconds.at(-1) ?? 0));
    for (const track of [this.loss.raw, this.accuracy.raw, this.learningRate]) track.push(unknown);
  }

  /** Adds an evaluation. */
  addEvaluation(evaluation: Evaluation): void {
    const { split, step } = evaluation;
    const before = this.evaluations[split];
    // A run that goes on from a checkpoint makes the evaluation in hand anew; it comes out the same.
    if (before.at(-1)?.step === step) return;
    const last = before.pop();
    if (last) before.push({ ...last, confusion: ELSEWHERE });
    before.push(evaluation);
    this.matrices[split].add(evaluation);
    for (const score of ["loss", "accuracy"] as const) {
      this.scores[split][score].add(step, evaluation[score]);
      if (split === "validation" && isBetter(score, evaluation, this.#best[score])) {
        this.#best[score] = evaluation;
      }
    }
  }

  /** Notes what was changed; of a setting that is moved about before the next step, the end. */
  addMark(changes: Changes): void {
    const { steps } = this;
    const last = this.marks.at(-1);
    const joined = last?.step === steps ? { ...last.changes, ...changes } : changes;
    const former = last?.step === steps ? this.marks.slice(0, -1) : this.marks;
    this.marks = [...former, { step: steps, changes: joined }].slice(-MOST_MARKS);
  }

  /**
   * The validation with the lowest loss or the highest accuracy, of those that looked at the most
   * images: what a few images say is not to be compared with what all of them say.
   */
  best(score: Score): Evaluation | undefined {
    return this.#best[score];
  }

  /** The best validation, once there is another one that it can be compared with. */
  bestOfSeveral(score: Score): Evaluation | undefined {
    const best = this.#best[score];
    const rivals = ({ step, images }: Evaluation) => images === best?.images && step !== best.step;
    return this.evaluations.validation.some(rivals) ? best : undefined;
  }

  /** The last evaluation at or before a step. */
  evaluationAt(split: Split, step: number): Evaluation | undefined {
    const list = this.evaluations[split];
    return list[countUpTo(this.scores[split].loss.steps, step) - 1];
  }

  /** The last evaluation at or before a step whose confusion matrix was kept, with its matrix. */
  evaluationWithMatrix(split: Split, step: number): Evaluation | undefined {
    const matrix = this.matrices[split].kept.findLast((kept) => kept.step <= step);
    const evaluation = matrix && this.evaluationAt(split, matrix.step);
    return evaluation && { ...evaluation, confusion: Uint32Array.from(matrix.counts) };
  }

  /** What there was to tell when so many steps were trained. */
  upTo(step: number): History {
    const past = new History();
    past.stepsPerEpoch = this.stepsPerEpoch;
    past.seconds.push(this.seconds.values.subarray(0, step));
    past.loss.raw.push(this.loss.raw.values.subarray(0, step));
    past.accuracy.raw.push(this.accuracy.raw.values.subarray(0, step));
    past.learningRate.push(this.learningRate.values.subarray(0, step));
    const { steps, values } = this.gradientNorm;
    for (let i = 0; i < countUpTo(steps, step); i += 1) {
      past.gradientNorm.add(steps[i] ?? NaN, values.at(i) ?? NaN);
    }
    for (const split of ["validation", "test"] as const) {
      const last = this.evaluationWithMatrix(split, step);
      for (const evaluation of this.evaluations[split]) {
        if (evaluation.step > step) break;
        past.addEvaluation(evaluation.step === last?.step ? last : evaluation);
      }
      past.matrices[split] = this.matrices[split].upTo(step);
    }
    past.marks = this.marks.filter((mark) => mark.step <= step);
    return past;
  }

  /** The gradient norm at or before a step. */
  gradientNormAt(step: number): number | undefined {
    const { steps, values } = this.gradientNorm;
    const count = countUpTo(steps, step);
    return count > 0 ? values.at(count - 1) : undefined;
  }
}

function isBetter(score: Score, evaluation: Evaluation, best: Evaluation | undefined): boolean {
  if (!best || evaluation.images > best.images) return Number.isFinite(evaluation.loss);
  if (evaluation.images < best.images) return false;
  return score === "loss" ? evaluation.loss < best.loss : evaluation.accuracy > best.accuracy;
}

/** How many of ascending numbers are at most `limit`. */
export function countUpTo(ascending: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
