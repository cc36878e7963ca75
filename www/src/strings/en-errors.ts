/** What the panels say that show where the network errs, in English. */

import type { Corruption, Split } from "../generated/core";

const images = (split: Split) => (split === "test" ? "test images" : "validation images");

/** What a close look at all images of a split is called and says; in several panels. */
export const examination = {
  split: "Images shown",
  splitHelp: {
    validation: "Images held out of training; the learning rate and the like are chosen by them.",
    test: "Images that nothing was chosen by: the last word.",
  } satisfies Record<Split, string>,
  now: "Examine now",
  nowHelp: "Look at all these images with the network as it is now",
  busy: (split: Split) => `Looking at all ${images(split)}…`,
  of: (split: Split, count: string, step: string) => `${count} ${images(split)} at step ${step}.`,
  older: (step: string) => `The run is at step ${step} now.`,
  empty: (split: Split) =>
    `Filled at the end of each epoch with a close look at all ${images(split)}.`,
  emptyNow: "Examine now does it at once.",
};

/** Images in a list, with what the network says of each. */
export const imageList = {
  /** Of a class name, to have both on the card of an image. */
  taken: (actual: string, predicted: string) => `${actual} taken for ${predicted}`,
  right: (actual: string) => `${actual}, recognized`,
  number: (index: string) => `No. ${index}`,
  loss: (loss: string) => `loss ${loss}`,
  truth: "true class",
  select: "Select it, for the other tabs to look into",
  page: (first: string, last: string, total: string) => `${first}–${last} of ${total}`,
  previous: "Previous images",
  next: "More images",
};

export const confusion = {
  heading: "Confusion matrix",
  predicted: "Predicted",
  trueClass: "True",
  empty:
    "Filled at the first evaluation: rows are what a digit is, columns what the network takes it for.",
  caption: (split: Split, count: string, step: string, accuracy: string) =>
    `${count} ${images(split)} at step ${step}: ${accuracy} classified correctly.`,
  worst: "Most often mistaken:",
  pair: (actual: string, predicted: string, count: string) =>
    `${actual} for ${predicted} (${count})`,
  noMistakes: "No mistakes.",
  unit: "Cells show",
  units: { counts: "Counts", shares: "% of row" },
  unitHelp: {
    counts: "How many images",
    shares: "Percent of the images of each true class",
  },
  errors: "Errors only",
  errorsHelp: "Color the mistakes only, the largest share fully, so that the rarer ones stand out",
  keys: "Arrow keys move through the cells, Enter shows the images of one.",
  cell: (actual: string, predicted: string, count: string, share: string) =>
    `${actual} taken for ${predicted}: ${count} (${share})`,
  cellRight: (actual: string, count: string, share: string) =>
    `${actual} recognized: ${count} (${share})`,
  time: "Evaluation",
  timeHelp: "Go back to earlier evaluations of this run",
  timeValue: (at: string, of: string, step: string) => `${at} of ${of}, step ${step}`,
  compare: "Compare with",
  compareHelp: "Show what this run has more or less of than an earlier one",
  compareNone: "Compare with…",
  less: (run: string) => `less ${run}`,
  difference: (step: string, other: string, otherStep: string) =>
    `This run at step ${step} less ${other} at step ${otherStep}.`,
  better: "better",
  worse: "worse",
  back: "Back to the matrix",
  images: (actual: string, predicted: string) => `${actual} taken for ${predicted}`,
  imagesRight: (actual: string) => `${actual} recognized`,
  found: (count: string, total: string, actual: string, step: string) =>
    `${count} of ${total} images of ${actual}, at step ${step}; the worst loss first.`,
  moved: (step: string) => `The matrix is of step ${step}.`,
  none: "No image: as the network is now, none falls into this cell.",
};

export const report = {
  heading: "Report",
  table: "Classification report",
  class: "Class",
  precision: "Precision",
  recall: "Recall",
  f1: "F1",
  rocAuc: "ROC-AUC",
  images: "Images",
  help: {
    precision: "Of the images taken for this class, the share that belongs to it",
    recall: "Of the images of this class, the share taken for it",
    f1: "Harmonic mean of precision and recall",
    rocAuc: "How likely an image of this class gets a larger probability of it than another image",
    images: "Images of this class",
  },
  macro: "Macro average",
  macroHelp: "Mean over the classes, each counting the same",
  weighted: "Weighted average",
  weightedHelp: "Mean over the classes, each counting as often as it has images",
  figures: {
    accuracy: "Accuracy",
    logLoss: "Log-loss",
    rocAuc: "ROC-AUC",
    topTwo: "Top-2 accuracy",
    calibration: "Calibration error",
  },
  figuresHelp: {
    accuracy: "Share classified correctly",
    logLoss: "Mean surprise at the right answer, in nats; a single sure mistake costs much",
    rocAuc: "Mean of the classes' areas under the ROC curve; 1 is perfect, 0.5 is guessing",
    topTwo: "Share whose true class is among the two most probable ones",
    calibration: "How far confidence and accuracy are apart on average",
  },
  reliability: "Reliability",
  reliabilityHelp:
    "Of the images it is this sure of, how many are right? Orange is how far that is off; the grey bars say how many images there are.",
  confidence: "confidence",
  right: "right",
  bin: (from: string, to: string, count: string, accuracy: string) =>
    `${from} to ${to} sure: ${count} images, ${accuracy} right`,
};

export const robustness = {
  heading: "Does it generalise?",
  help: "The same images, spoiled in eight ways that the network may never have seen.",
  severity: "Severity",
  severityHelp: "From hardly noticed to hard to read even for a person",
  run: "Try corrupted copies",
  runHelp: "Examine the network on each kind of copy, one after the other",
  stop: "Stop",
  stopHelp: "Keep what is done and look no further",
  chart: "Accuracy on corrupted copies",
  clean: "As they are",
  waiting: "not tried yet",
  busy: "looking…",
  at: (steps: string) => `At step ${steps}.`,
  corruptions: {
    rotated: "Rotated",
    shifted: "Shifted",
    scaled: "Scaled",
    noisy: "Noisy",
    blurred: "Blurred",
    inverted: "Inverted",
    thick: "Thick",
    thin: "Thin",
  } satisfies Record<Corruption, string>,
};

export const mistakes = {
  heading: "Mistakes",
  count: (count: string, total: string) => `${count} of ${total} are mistaken, the worst first.`,
  none: "No mistakes: every image is classified correctly.",
};

export const predictions = {
  heading: "Predictions",
  about:
    "The same test images, asked again after every evaluation. A wrong answer has the true class beside it.",
  score: (right: number, of: number, step: string) => `${right} of ${of} right at step ${step}`,
  before: "Press Train: after each evaluation the network is asked again.",
  asking: "The network’s answers are on their way…",
  waiting: "The test images are still being loaded.",
  /** A tile in words, in three parts. */
  tile: (actual: string) => `True class ${actual}`,
  taken: (predicted: string, share: string, right: boolean) =>
    `taken for ${predicted}, ${share}, ${right ? "right" : "wrong"}`,
  record: (right: number, of: number) => `right ${right} of ${of} times`,
};
