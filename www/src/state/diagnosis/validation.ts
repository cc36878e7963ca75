/** What the images show that are held out. */

import type { RunSpec } from "../../generated/core";
import type { Diagnosis } from "../diagnosis";
import type { Evidence } from "../evidence";
import { augments, drops, slower, type Remedy } from "../remedies";
import { rateFactor, SETTLED_STEPS } from "../usual";

/** Share of all images in one column of the matrix: the other classes are practically never said. */
const ONE_CLASS_SHARE = 0.95;

/** Answers for a class, as a share of its images: as good as never. */
const NEVER_SHARE = 0.01;

/** Validation loss in multiples of its best: beyond the noise between two evaluations. */
const RISEN = 1.1;

/** Epochs since the best validation loss: one bad epoch proves nothing. */
const RISEN_EPOCHS = 2;

/** Training loss as a share of the validation loss: by then the network knows its images by heart. */
const BY_HEART = 0.5;

/** Accuracy on training images above that on validation images, as a share. */
const GAP = 0.05;

/** Epochs without a better validation loss: more than the usual patience, so as not to nag. */
const PATIENT_EPOCHS = 4;

/** The same as a share of all epochs so far: the longer a run, the longer its pauses. */
const PATIENT_SHARE = 0.25;

/** Nearly all images are taken for one class. */
export function oneClass({ spec, validation }: Evidence): Diagnosis | undefined {
  const last = validation.at(-1);
  if (!last || last.step < SETTLED_STEPS) return undefined;
  const { actual, predicted } = totals(last.confusion);
  const most = Math.max(...predicted);
  const present = actual.filter((count) => count > 0).length;
  if (present < 2 || most < ONE_CLASS_SHARE * sum(predicted)) return undefined;
  const remedies = rateFactor(spec.train) > 1 ? [slower(spec)] : [];
  return { kind: "oneClass", class: predicted.indexOf(most), remedies };
}

/** A class that was left out is never answered. */
export function missing({ spec, validation }: Evidence): Diagnosis | undefined {
  const last = validation.at(-1);
  const absent = absentClass(spec);
  if (!last || absent === undefined || last.step < SETTLED_STEPS) return undefined;
  const { actual, predicted } = totals(last.confusion);
  const asked = actual[absent] ?? 0;
  if (asked === 0 || (predicted[absent] ?? 0) > NEVER_SHARE * asked) return undefined;
  return { kind: "missing", class: absent, remedies: [{ kind: "allClasses" }] };
}

/** Training gets far ahead of validation. */
export function overfitting({
  spec,
  quarters,
  accuracy,
  validation,
}: Evidence): Diagnosis | undefined {
  const { last, best } = ends(validation);
  // What is missing in training is missed in validation, but not for learning by heart.
  const partial = absentClass(spec) !== undefined;
  if (!last || !best || partial || last.epoch < RISEN_EPOCHS) return undefined;
  const risen = last.loss > RISEN * best.loss && last.epoch - best.epoch >= RISEN_EPOCHS;
  const byHeart = quarters[3] < BY_HEART * last.loss;
  const gap = accuracy - last.accuracy > GAP;
  if (!byHeart || !(risen || gap)) return undefined;
  const remedies: Remedy[] = [
    ...(drops(spec.model.layers) ? [] : [{ kind: "dropout" } as const]),
    ...(augments(spec) ? [] : [{ kind: "augment" } as const]),
    ...(spec.train.earlyStopping ? [] : [{ kind: "stopEarly" } as const]),
  ];
  return { kind: "overfitting", training: accuracy, validation: last.accuracy, remedies };
}

/** Nothing has been gained for epochs. */
export function noImprovement({ spec, state, validation }: Evidence): Diagnosis | undefined {
  const { last, best } = ends(validation);
  const over = state === "finished" || state === "failed";
  if (!last || !best || over || spec.train.earlyStopping) return undefined;
  const epochs = last.epoch - best.epoch;
  if (epochs < Math.max(PATIENT_EPOCHS, PATIENT_SHARE * last.epoch)) return undefined;
  return { kind: "noImprovement", epochs, remedies: [{ kind: "stopEarly" }] };
}

/** The class that sabotage leaves out of the training images, if there is one. */
function absentClass({ data }: RunSpec): number | undefined {
  const { missingClass, keep } = data.sabotage;
  const none = keep.indexOf(0);
  return missingClass ?? (none === -1 ? undefined : none);
}

/** Images of each class, and answers for it. */
function totals(confusion: Uint32Array): { actual: number[]; predicted: number[] } {
  const size = Math.sqrt(confusion.length);
  const rows = Array.from({ length: size }, (_, row) => [
    ...confusion.slice(row * size, (row + 1) * size),
  ]);
  const predicted = rows.map((_, column) => sum(rows.map((row) => row[column] ?? 0)));
  return { actual: rows.map(sum), predicted };
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** The last evaluation, and the one with the lowest loss among those of as many images. */
function ends(validation: Evidence["validation"]) {
  const last = validation.at(-1);
  const best = validation
    .filter(({ images }) => images >= (last?.images ?? 0))
    .reduce((best, evaluation) => (best && best.loss <= evaluation.loss ? best : evaluation), last);
  return { last, best };
}
