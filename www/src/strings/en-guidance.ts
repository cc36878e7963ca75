/** What the page says of its own accord: the tour, and what it makes of a run; in English. */

import type { StuckCause } from "../state/diagnosis";
import type { TourStop } from "../state/tour.svelte";

export const tour = {
  name: "Tour",
  place: (at: number, of: number) => `${at} of ${of}`,
  back: "Back",
  next: "Next",
  done: "Done",
  skip: "Skip",
  stops: {
    loss: {
      heading: "It learns while you watch",
      text: "The loss says how surprised the network is by the right answers. Guessing among ten digits has 2.3; each step brings it down. Blue points are images that it never learns from.",
    },
    matrix: {
      heading: "Where it is wrong",
      text: "Rows are what a digit is, columns what the network takes it for. Blue on the diagonal is right; the orange cells are its mistakes.",
    },
    rate: {
      heading: "The control that matters most",
      text: "The learning rate is the length of a step. Move it while it trains: too low and the loss crawls, too high and it jumps.",
    },
    architecture: {
      heading: "The network is yours",
      text: "Add, move, resize or remove layers. What is changed here takes effect with a restart.",
    },
    learn: {
      heading: "Questions, and experiments to answer them",
      text: "Learn goes through a course on digit recognition. Each question comes with a button that sets up the experiment. From there you can also take this tour again.",
    },
  } satisfies Record<TourStop, { heading: string; text: string }>,
};

export const diagnosis = {
  name: "Diagnosis",
  dismiss: "Dismiss this diagnosis",
  /** Follows the core's own sentence on what happened. */
  diverged: "Smaller steps keep the loss a number.",
  rising:
    "The network is far more wrong than guessing would be, and the loss does not fall: the learning rate is too high.",
  unnormalized: (loss: string, chance: string) =>
    `The first loss was ${loss}, where guessing has ${chance}: raw pixels from 0 to 255 make the outputs huge.`,
  stuck: (steps: string, because: string) => `Stuck at chance after ${steps} steps: ${because}`,
  stuckBecause: {
    labels: "the training labels are random, so there is nothing to learn.",
    zeros: "all weights started at zero, so all units of a layer stay the same.",
    rateHigh: "the learning rate is probably too high and has silenced the units.",
    rateLow: "the learning rate is probably too low to get away from the start.",
    saturation: "sigmoid or tanh units may be saturated and let hardly any gradient through.",
    unknown: "try another seed, a learning rate three times as high or low, or more units.",
  } satisfies Record<StuckCause, string>,
  oneClass: (name: string) =>
    `Nearly every image is taken for class ${name}. If that lasts, the steps are too large, or the other classes are missing.`,
  dead: (share: string, layer: string) =>
    `${share} of the units in ${layer} respond to no image of a batch: they no longer learn.`,
  missing: (name: string) =>
    `Nothing is ever taken for class ${name}: sabotage leaves it out of the training images.`,
  vanishing:
    "Hardly any gradient reaches the lower layers: sigmoid and tanh flatten it on its way back.",
  overfitting: (training: string, validation: string) =>
    `Training is far ahead of validation (accuracy ${training} and ${validation}): the network learns its images by heart. It overfits.`,
  noImprovement: (epochs: number) =>
    `The validation loss has not improved for ${epochs} epochs: training on hardly helps.`,
  slow: (rate: string) =>
    `The loss falls steadily but slowly: a learning rate of ${rate} may be too low.`,
  coarse: (rate: string) =>
    `The loss has levelled off high: with a learning rate of ${rate} the steps may be too coarse to get lower.`,
  underfitting:
    "The loss has levelled off high, for training and validation alike: the network may be too small. It underfits.",
  fewSteps: (steps: number) =>
    `An epoch has only ${steps} ${steps === 1 ? "step" : "steps"}: the batches are large for so few images.`,
  remedies: {
    learningRate: (rate: string) => `Set learning rate to ${rate}`,
    batchSize: (size: string) => `Set batch size to ${size}`,
    leakyRelu: "Use leaky ReLU",
    relu: "Use ReLU",
    dropout: "Add dropout",
    augment: "Turn on augmentation",
    stopEarly: "Stop early",
    initializer: "Use random weights",
    normalize: "Normalize pixels",
    clip: "Clip gradients",
    moreLayers: "Add a dense layer",
    trueLabels: "Use the true labels",
    allClasses: "Use all classes",
  },
};
