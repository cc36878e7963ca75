/** What the core calls settings in its sentences: the very words that stand beside them, in German. */

import type { CoreSentence } from "../generated/sentences";
import { architecture } from "./de-architecture";
import { robustness } from "./de-errors";
import { fields } from "./de-fields";
import { sweep } from "./de-runs";

/** A field's label in one piece: where it breaks is for the panel to know. */
const label = (field: keyof typeof fields) => fields[field].label.replaceAll("\u00AD", "");

const ofLayer = architecture.fields;
const ofSweep = sweep.parameters;

export const names = {
  "Learning rate": label("lr"),
  "Batch size": label("batch"),
  Epochs: label("epochs"),
  Seed: label("seed"),
  Momentum: label("momentum"),
  Alpha: label("alpha"),
  "Beta 1": label("beta1"),
  "Beta 2": label("beta2"),
  Epsilon: label("epsilon"),
  "Weight decay": label("weightDecay"),
  "Standard deviation": label("std"),
  "Epochs between two falls": label("every"),
  Factor: label("factor"),
  "Share of the rise": label("rise"),
  Patience: label("patience"),
  "Warm-up": label("warmup"),
  L1: label("l1"),
  L2: label("l2"),
  "Label smoothing": label("smoothing"),
  "Longest gradient": label("clip"),
  "Validation images": label("validation"),
  "Examples per class": label("examples"),
  Rotation: label("rotation"),
  Shift: label("shift"),
  Zoom: label("zoom"),
  Shear: label("shear"),
  "Elastic alpha": label("elastic"),
  "Elastic sigma": label("elasticSigma"),
  Brightness: label("brightness"),
  Contrast: label("contrast"),
  Noise: label("noise"),
  Cutout: label("cutout"),
  "Label noise": label("labelNoise"),
  "The missing class": label("missing"),
  "The share kept of class {class}": "Behalten von Klasse {class}",
  "The number of layers": label("layers"),
  "The number of classes": "Klassen",
  "The number of training images": "Trainingsbilder",
  "The number of test images": "Testbilder",
  "The mean of the pixels": "Mittel der Pixel",
  "The standard deviation of the pixels": "Standardabweichung der Pixel",

  Units: ofLayer.units.label,
  Filters: ofLayer.filters.label,
  "Kernel size": ofLayer.kernel.label,
  Stride: ofLayer.stride.label,
  "Window size": ofLayer.size.label,
  "Dropout rate": ofLayer.rate.label,

  Severity: robustness.severity,

  "Epochs per trial": sweep.epochs,
  "The number of trials": sweep.trials,
  "The number of values": sweep.count,
  "The start of the range": sweep.from,
  "The end of the range": sweep.to,
  "The {setting}": "{setting}",
  "learning rate": ofSweep.learningRate,
  "batch size": ofSweep.batchSize,
  optimizer: ofSweep.optimizer,
  momentum: ofSweep.momentum,
  "weight decay": ofSweep.weightDecay,
  schedule: ofSweep.schedule,
  "warm-up": ofSweep.warmupEpochs,
  initializer: ofSweep.initializer,
  activation: ofSweep.activation,
  normalization: ofSweep.normalization,
  "dropout rate": ofSweep.dropout,
  "label smoothing": ofSweep.labelSmoothing,
  "units scale": ofSweep.unitsScale,
  "filters scale": ofSweep.filtersScale,
  "examples per class": ofSweep.examplesPerClass,
  seed: ofSweep.seed,
} satisfies Partial<Record<CoreSentence, string>>;
