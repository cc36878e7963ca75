/** What the panels say that are about the images: drawing, the data set, and own data sets. */

import type { Polarity } from "../generated/core";
import type { ImportKind } from "../state/own-files";
import type { Steps } from "../state/preprocess";
import type { DataView } from "../state/view.svelte";

export const draw = {
  heading: "Draw",
  area: "Drawing area",
  areaHelp: "Draw with mouse, finger or pen. By keyboard, load a test digit instead.",
  invite: "Draw a digit here",
  undo: "Undo stroke",
  undoHelp: "Take back the last stroke, or whatever was done last",
  clear: "Clear",
  clearHelp: "Begin with empty paper",
  brush: "Brush size",
  brushHelp: "How wide the brush is, in pixels of the image",
  brushText: (pixels: string) => `${pixels} pixels`,
  load: "Load a test digit",
  notLoaded: "The test images are still on their way…",
  testDigit: "Test digit",
  next: "Next",
  random: "Random",
  nextDigit: "Next test digit",
  nextDigitHelp: "Put the next image of the test set onto the paper",
  randomDigit: "Random test digit",
  randomDigitHelp: "Put any image of the test set onto the paper",
  loaded: (index: string, name: string) => `Test image ${index}: ${name}`,

  seen: "What the network sees",
  steps: "Steps in between",
  step: {
    crop: { name: "Crop to the ink", help: "Cut away the empty paper around the ink" },
    scale: {
      name: "Scale to 20 × 20",
      help: "Make the ink as large as the digits of MNIST, its proportions kept",
    },
    centre: {
      name: "Centre by mass",
      help: "Put the middle of the ink into the middle of the 28 × 28 pixels",
    },
  } satisfies Record<keyof Steps, { name: string; help: string }>,
  saliency: "Saliency",
  saliencyHelp: "Mark the pixels that the answer hangs on most",
  saliencyOf: (name: string) => `Marked: what speaks for or against ${name}`,

  probabilities: "Probabilities",
  others: (count: string) => `${count} others`,
  answer: (name: string, share: string) => `Looks like ${name}: ${share}`,
  unsure: (name: string, share: string, second: string, other: string) =>
    `Looks like ${name} (${share}), perhaps ${second} (${other})`,
  broken: "The network gives no probabilities: its numbers are broken. Press Reset.",
  noRun: "There is no network yet: press Train first.",
  oneStep: "Take one step",
  oneStepHelp: "Train exactly one step: enough for a network, though not for a good one",
  draw: "Draw something, and the network says what it sees.",

  add: "Add to training set",
  addHelp: "Put the image that the network sees among the training images",
  addAs: "As class",
  added: (count: string) =>
    `${count} added by hand. They count from the next run on: press Reset, then Train.`,
  addNote: "It counts from the next run on.",
};

export const dataSet = {
  heading: "Data",
  mnist: "MNIST",
  own: "Your own…",
  counts: (training: string, test: string, classes: string) =>
    `${training} training and ${test} test images in ${classes} classes`,
  added: (count: string) => `${count} added by hand`,
  change: "Your own images…",
  back: "Back to MNIST",
  backHelp: "Train on MNIST again; the run ends",
  waiting: "The images are on their way…",
  lost: (name: string, why: string) =>
    `${name || "Your own data set"} is gone, and MNIST is back: ${why} Choose its files again under Data set.`,
  views: "What of the data is shown",
  view: {
    samples: "Samples",
    classes: "Classes",
    augmentation: "Augmentation",
  } satisfies Record<DataView, string>,
  see: {
    samples: "See the images",
    classes: "See what is left of each class",
    augmentation: "See the distorted images",
  } satisfies Record<DataView, string>,

  classFilter: "Class",
  allClasses: "All classes",
  samples: (what: string) => `Training images, ${what}`,
  sampleOf: (name: string) => `class ${name}`,
  sample: (index: string, name: string) => `Training image ${index}, class ${name}`,
  page: (first: string, last: string, total: string) => `${first}–${last} of ${total}`,
  previous: "Previous images",
  next: "More images",
  none: "There is no such image.",
  means: "Mean images",
  meansHelp: "Each pixel is the mean over all images, or over those of one class",
  meanOfAll: "all",
  meanOf: (name: string) => `Mean of class ${name}`,

  distribution: "What a run trains on",
  distributionOf: (trained: string, validation: string) =>
    `${trained} images, ${validation} more held out for validation.`,
  trained: "trained",
  mislabelled: "mislabelled",
  heldOut: "held out",
  className: "Class",
  unsound: "Shown once the settings can be trained.",
  mislabelledNote: (count: string) =>
    `${count} have a wrong label: each stands with the class it is trained as.`,
  sabotage: "Sabotage",
  sabotageHelp: "Spoil the training set on purpose, and see what that does to the matrix.",

  augmentation: "Augmentation",
  augmentationHelp:
    "Each epoch trains on copies that are distorted a little, so that the network cannot learn the images by heart.",
  preview: "The same images in several epochs",
  previewRow: (epoch: string) => `Epoch ${epoch}`,
  original: "Original",
  otherImages: "Other images",
  previewOff: "Nothing is distorted: every epoch trains on the same images.",
};

export const ownSet = {
  heading: "Your own images",
  about:
    "They stay on this device and are scaled to 28 × 28 grey pixels. The run in hand ends once they are read.",
  drop: "Drop files here, or choose them below.",
  kind: "Where are the images?",
  kinds: {
    csv: {
      name: "In a table (CSV)",
      help: "One line per image: its class as a number, then its 784 grey values from 0 to 255.",
    },
    idx: {
      name: "In IDX files",
      help: "As MNIST, Fashion-MNIST and EMNIST come: one file of images and one of labels, gzipped or not.",
    },
    zip: {
      name: "In a zip archive",
      help: "PNG or JPEG pictures in folders that are named after their classes.",
    },
    folder: {
      name: "In a folder",
      help: "PNG or JPEG pictures in folders that are named after their classes.",
    },
  } satisfies Record<ImportKind, { name: string; help: string }>,
  fields: {
    csvTrain: { name: "Training table", help: "A .csv file, gzipped or not." },
    csvTest: {
      name: "Test table (optional)",
      help: "Without one, a fifth of each class is kept for testing.",
    },
    idxTrain: { name: "Training images and labels", help: "Choose both files at once." },
    idxTest: {
      name: "Test images and labels (optional)",
      help: "Without them, a fifth of each class is kept for testing.",
    },
    zip: {
      name: "Archive",
      help: "Folders train and test above those of the classes part the set; else a fifth is kept for testing.",
    },
    folder: {
      name: "Folder",
      help: "Folders train and test above those of the classes part the set; else a fifth is kept for testing.",
    },
  },
  transposed: "Images lie on their side (EMNIST)",
  transposedHelp: "EMNIST’s images have rows and columns exchanged: this puts them upright.",
  polarity: "Ink",
  polarityHelp:
    "Networks here see light ink on dark paper, as in MNIST: other pictures are inverted.",
  polarities: {
    automatic: "Tell by the pictures’ borders",
    darkOnLight: "Dark ink on light paper",
    lightOnDark: "Light ink on dark paper",
  } satisfies Record<Polarity, string>,
  chosen: (names: string[], count: string) =>
    names.length > 3 ? `${names[0]} and ${count} more files` : names.join(", "),
  use: "Use these images",
  cancel: "Cancel",
  close: "Close",
  reading: "Reading the files…",
  progress: (read: string, total: string) => `${read} of ${total} pictures read`,
  losesAdded: (count: string) =>
    `The ${count} images that you added by hand go with the present data set.`,
  missing: {
    csvTrain: "Choose a table first.",
    idxTrain: "Choose two files: one of images, one of labels.",
    idxTest: "Choose two files, one of images and one of labels, or none.",
    zip: "Choose an archive first.",
    folder: "Choose a folder first.",
  },
  unknown: "These files are none of the kinds below. Choose where your images are.",
};
