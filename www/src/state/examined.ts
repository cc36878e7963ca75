/** Picks images out of a close look at a split. Images are told by their position in it. */

import type { Examination } from "../generated/core";

/** A class and how probable the network finds it. */
export interface ClassProbability {
  class: number;
  probability: number;
}

/** One image of a look. */
export interface ExaminedImage {
  /** Where it is in the file of its part. */
  index: number;
  label: number;
  predicted: number;
  /** Cross-entropy, in nats. */
  loss: number;
  /** `[classes]`, adding up to 1. */
  probabilities: Float32Array;
}

/** The image at a position. */
export function imageAt(examination: Examination, position: number): ExaminedImage {
  const { indices, labels, predicted, losses, probabilities } = examination;
  const classes = probabilities.length / Math.max(indices.length, 1);
  return {
    index: indices[position] ?? NaN,
    label: labels[position] ?? NaN,
    predicted: predicted[position] ?? NaN,
    loss: losses[position] ?? NaN,
    probabilities: probabilities.subarray(position * classes, (position + 1) * classes),
  };
}

/** The images that were mistaken, the worst loss first. */
export function mistaken(examination: Examination): number[] {
  return worstFirst(examination, (label, predicted) => label !== predicted);
}

/** The images of one cell of the confusion matrix, the worst loss first. */
export function ofCell(examination: Examination, actual: number, predicted: number): number[] {
  return worstFirst(examination, (label, as) => label === actual && as === predicted);
}

/** The most probable classes, the first most probable, and the true one in any case. */
export function topClasses(
  { probabilities, label }: Pick<ExaminedImage, "probabilities" | "label">,
  most: number,
): ClassProbability[] {
  const ranked = Array.from(probabilities, (probability, index) => ({
    class: index,
    probability,
  })).sort((a, b) => b.probability - a.probability);
  const top = ranked.slice(0, most);
  const truth = ranked.find((each) => each.class === label);
  return !truth || top.includes(truth) ? top : [...top.slice(0, -1), truth];
}

function worstFirst(
  { labels, predicted, losses }: Examination,
  wanted: (label: number, predicted: number) => boolean,
): number[] {
  const positions: number[] = [];
  labels.forEach((label, position) => {
    if (wanted(label, predicted[position] ?? NaN)) positions.push(position);
  });
  return positions.sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0));
}
