/**
 * What each setting is called, in English, by its name in the page's address, and one sentence of
 * help for each.
 */

import type { Decay, Initializer, Normalization, OptimizerSpec } from "../generated/core";

/** The words of a setting. */
export interface FieldWords {
  label: string;
  /** One sentence: what it does, and when it acts where that is not at the next run. */
  help: string;
  /** What its numbers count. */
  unit?: string;
  /** The word in place of a number, where there can be no limit. */
  unlimited?: string;
}

export const optimizers: Record<OptimizerSpec["type"], string> = {
  adam: "Adam",
  adamW: "AdamW",
  sgd: "SGD",
  rmsProp: "RMSprop",
  adagrad: "Adagrad",
  lion: "Lion",
};

export const schedules: Record<Decay["type"], string> = {
  constant: "Constant",
  cosine: "Cosine",
  oneCycle: "One cycle",
  step: "Steps",
  exponential: "Exponential",
  onPlateau: "On plateau",
};

export const initializers: Record<Initializer["type"], string> = {
  pytorch: "As in PyTorch",
  kaimingUniform: "Kaiming uniform",
  kaimingNormal: "Kaiming normal",
  xavierUniform: "Xavier uniform",
  xavierNormal: "Xavier normal",
  normal: "Normal",
  zeros: "All zero",
};

export const normalizations: Record<Normalization, string> = {
  meanStd: "Mean 0, deviation 1",
  unit: "Pixels 0 to 1",
  half: "Pixels −1 to 1",
  none: "Pixels 0 to 255",
};

export const fields = {
  lr: {
    label: "Learning rate",
    help: "How far each step moves the weights; a change acts at once, also while training.",
  },
  batch: { label: "Batch size", help: "Images the network looks at before each step." },
  epochs: {
    label: "Epochs",
    help: "Times the network sees all training images; a change acts at once.",
  },
  seed: {
    label: "Seed",
    help: "The same seed gives the same weights, the same split and the same order of images.",
  },

  optimizer: { label: "Optimizer", help: "The rule that turns gradients into new weights." },
  momentum: { label: "Momentum", help: "Share of the last step that is kept." },
  nesterov: {
    label: "Nesterov",
    help: "Looks ahead along the momentum before the gradient is used.",
  },
  alpha: { label: "Alpha", help: "How slowly the mean of squared gradients forgets." },
  beta1: { label: "Beta 1", help: "How slowly the mean of gradients forgets." },
  beta2: { label: "Beta 2", help: "How slowly the second running mean of gradients forgets." },
  epsilon: {
    label: "Epsilon",
    help: "Added to the denominator, so that tiny gradients do not become huge steps.",
  },
  weightDecay: {
    label: "Weight decay",
    help: "Share of each weight that is taken away per unit of learning rate.",
  },
  init: { label: "Initializer", help: "How the weights are drawn before the first step." },
  std: { label: "Std. deviation", help: "How far the first weights spread around zero." },

  schedule: { label: "Schedule", help: "How the learning rate changes over the run." },
  every: { label: "Falls every", help: "Epochs between two falls of the rate.", unit: "epochs" },
  factor: {
    label: "Factor",
    help: "What is left of the rate at each fall, or after each epoch where it falls steadily.",
  },
  rise: { label: "Rise", help: "Share of the run over which the rate rises to its peak." },
  patience: {
    label: "Patience",
    help: "Epochs without a better validation loss before the rate falls.",
    unit: "epochs",
  },
  warmup: {
    label: "Warm-up",
    help: "Epochs over which the rate first rises from zero; fractions count too.",
    unit: "epochs",
  },

  l1: {
    label: "L1 penalty",
    help: "Times the sum of absolute weights, added to the loss: drives weights to exactly zero.",
  },
  l2: {
    label: "L2 penalty",
    help: "Times half the sum of squared weights, added to the loss: keeps weights small.",
  },
  smoothing: {
    label: "Label smoothing",
    help: "Share of each target that is spread evenly over all classes.",
  },
  clip: {
    label: "Gradient clipping",
    help: "Longest length of all gradients together; longer ones are scaled down to it.",
    unlimited: "off",
  },
  stop: {
    label: "Early stopping",
    help: "Epochs without a better validation loss before the run ends with its best weights.",
    unit: "epochs",
    unlimited: "off",
  },

  dataset: { label: "Data set", help: "The images the network learns from." },
  normalization: {
    label: "Normalization",
    help: "How the bytes of an image become the numbers the network sees.",
  },
  validation: {
    label: "Validation images",
    help: "Training images that are held out to judge the network by.",
  },
  examples: {
    label: "Training images",
    help: "At most so many of each class are trained on, drawn by the seed.",
    unit: "per class",
    unlimited: "all",
  },

  rotation: { label: "Rotation", help: "Turns each image by up to so many degrees.", unit: "°" },
  shift: { label: "Shift", help: "Moves each image by up to so many pixels.", unit: "px" },
  zoom: { label: "Zoom", help: "Makes each image larger or smaller by up to this share." },
  shear: { label: "Shear", help: "Leans each image by up to so many degrees.", unit: "°" },
  elastic: {
    label: "Elastic",
    help: "Bends each image like handwriting; around 34 is usual for digits.",
    unit: "px",
  },
  elasticSigma: {
    label: "Elastic sigma",
    help: "Pixels over which the bends are smoothed; acts only with an elastic distortion.",
  },
  brightness: {
    label: "Brightness",
    help: "Makes each image lighter or darker by up to this share.",
  },
  contrast: { label: "Contrast", help: "Makes each image's contrast stronger or weaker." },
  noise: { label: "Noise", help: "Spread of the noise on each pixel, as a share of white." },
  cutout: {
    label: "Cutout",
    help: "Side of a black square painted at a random place of each image.",
    unit: "px",
  },

  labelNoise: {
    label: "Label noise",
    help: "Share of the training labels that are replaced by a wrong one.",
  },
  keep: { label: "Imbalance", help: "Share of each class's training images that is kept." },
  missing: { label: "Missing class", help: "A class that the network is never trained on." },

  layers: { label: "Layers", help: "The network, layer by layer." },
  frozen: { label: "Frozen layers", help: "Layers whose weights stay as they are." },
} satisfies Record<string, FieldWords>;
