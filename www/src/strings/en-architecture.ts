/** The words of the architecture editor and of the network's diagram, in English. */

import type { Activation, LayerSpec, Padding } from "../generated/core";

/** The words of a layer's field. */
interface FieldWords {
  label: string;
  /** One sentence: what it does. */
  help: string;
}

const layers: Record<LayerSpec["type"], string> = {
  dense: "Dense",
  conv2d: "Convolution",
  maxPool2d: "Max pool",
  avgPool2d: "Average pool",
  globalAvgPool: "Global average",
  flatten: "Flatten",
  batchNorm: "Batch norm",
  layerNorm: "Layer norm",
  dropout: "Dropout",
  residual: "Residual block",
  activation: "Activation",
};

const activations: Record<Activation, string> = {
  relu: "ReLU",
  leakyRelu: "Leaky ReLU",
  elu: "ELU",
  gelu: "GELU",
  silu: "SiLU",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
};

const paddings: Record<Padding, string> = { same: "same", valid: "valid" };

const fields = {
  units: { label: "units", help: "Numbers that the layer gives; each is a sum over all inputs." },
  filters: { label: "filters", help: "Patterns that the layer looks for; each gives one map." },
  kernel: { label: "kernel", help: "Side of the square that a filter looks at, in pixels." },
  stride: { label: "stride", help: "Pixels between two looks: 2 halves the map." },
  padding: {
    label: "padding",
    help: "At the border: same pads with zeros and keeps the size, valid does not and shrinks it.",
  },
  size: { label: "size", help: "Side of the square that becomes one number, in pixels." },
  rate: { label: "rate", help: "Share of the numbers that each training step leaves out." },
  function: { label: "function", help: "What bends each number; without it layers add nothing." },
  projection: {
    label: "projection",
    help: "Brings the block’s input to the shape of its output, where they differ, to be added.",
  },
} satisfies Record<string, FieldWords>;

export const architecture = {
  heading: "Architecture",
  input: "Image",
  output: "Output",
  layers,
  /** What stands on a card, where the name is too long for it. */
  short: { conv2d: "Conv" } as Partial<Record<LayerSpec["type"], string>>,
  /** What each layer does, in one sentence. */
  about: {
    dense: "Every output is a weighted sum of all inputs.",
    conv2d: "Looks for small patterns, the same ones all over the image.",
    maxPool2d: "Keeps the largest number of each square, and so makes the map smaller.",
    avgPool2d: "Keeps the mean of each square, and so makes the map smaller.",
    globalAvgPool: "Keeps one number of each map: its mean.",
    flatten: "Puts all maps into one long list, for dense layers.",
    batchNorm: "Brings each channel to mean 0 and deviation 1 over the batch, then rescales it.",
    layerNorm: "Brings each image’s numbers to mean 0 and deviation 1, then rescales them.",
    dropout: "Leaves out numbers at random while training, so that none is relied on alone.",
    residual: "Adds its input to what the layers within it give.",
    activation: "Bends each number, so that more layers can do more.",
  } satisfies Record<LayerSpec["type"], string>,
  activations,
  paddings,
  fields,
  numbered: (word: string, number: number) => `${word} ${number}`,
  field: (layer: string, field: string) => `${layer} ${field}`,
  parameters: (count: string) => `${count} parameters`,
  memory: (bytes: string) => `${bytes} per step`,
  memoryHelp:
    "Memory of a training step: weights, gradients, the optimizer’s means, and what each layer gives for a batch.",
  cost: (operations: string) => `${operations} operations per image`,
  costHelp: "Multiplications and additions of one image’s way through the network.",
  outputShape: (layer: string, shape: string) => `${layer} gives ${shape}`,
  layerParameters: (layer: string, count: string) => `${layer} has ${count} parameters`,
  frozen: (layer: string) => `Freeze ${layer}`,
  frozenHelp: "Frozen: its weights stay as they are. For a run that starts from another’s weights.",
  within: (block: string) => `Layers of ${block}`,

  add: "Add layer",
  /** The buttons below the network, after a plus sign. */
  addButtons: { conv: "Convolution", dense: "Dense layer", any: "Layer…" },
  addHelp: "Choose any layer; it goes where it most likely belongs.",
  addConv: "Add convolution",
  addConvHelp: "A convolution with ReLU, behind the last one, and pooling where there is room.",
  addDense: "Add dense layer",
  addDenseHelp: "A hidden dense layer with ReLU, in front of the output.",
  addBefore: (layer: string) => `Add a layer before ${layer}`,
  addAfter: (layer: string) => `Add a layer after ${layer}`,
  addInside: (layer: string) => `Add a layer inside ${layer}`,
  actions: (layer: string) => `Move or copy ${layer}`,
  actionsHelp: "Drag to move; press for more. On a card, Alt with the up or down arrow moves it.",
  menu: {
    up: "Move up",
    down: "Move down",
    upKey: "Alt ↑",
    downKey: "Alt ↓",
    duplicate: "Duplicate",
    before: "Add before…",
    after: "Add after…",
    inside: "Add inside…",
  },
  remove: (layer: string) => `Remove ${layer}`,
  undo: "Undo",
  undoHelp: "Put the removed layer back.",

  /** What is said of an edit where the eye may not be. */
  said: {
    added: (layer: string, place: string) => `${layer} added, ${place}.`,
    removed: (layer: string) => `${layer} removed.`,
    restored: (layer: string) => `${layer} is back.`,
    moved: (layer: string, place: string) => `${layer} moved, ${place}.`,
    renamed: (layer: string, place: string, name: string) =>
      `${layer} moved, ${place}. It is ${name} now.`,
    stays: (layer: string) => `${layer} cannot go further.`,
    mended: (mend: string) => `Done: ${mend}.`,
  },
  place: (at: number, count: number) => `now layer ${at} of ${count}`,
  placeWithin: (at: number, count: number, block: string) =>
    `now layer ${at} of ${count} in ${block}`,

  mends: {
    set: (field: string, value: number) => `Set ${field} to ${value}`,
    turnOn: (field: string) => `Turn on ${field}`,
    flattenBefore: `Add ${layers.flatten} before it`,
    moveBefore: (layer: string) => `Move it before ${layer}`,
    remove: "Remove it",
    addOutput: (units: number) => `Add ${layers.dense} with ${units} units`,
    addFlatOutput: (units: number) =>
      `Add ${layers.flatten} and ${layers.dense} with ${units} units`,
    unfreeze: "Let all layers learn",
  },

  diagram: {
    name: "Diagram of the network",
    open: "Show the network large",
    heading: "Network",
    close: "Close",
    /** The whole network in words. */
    summary: (steps: string) => `From left to right: ${steps}.`,
    step: (layer: string, shape: string) => `${layer} ${shape}`,
    skip: (block: string) => `The input of ${block} is added to what comes out of it.`,
    wrong: (layer: string) => `${layer}, which has to be mended`,
    table: "Layers of the network",
    columns: {
      layer: "Layer",
      output: "Output",
      parameters: "Parameters",
      operations: "Operations per image",
    },
    total: "All",
    legend: {
      map: "Maps: taller for more pixels, wider for more channels",
      vector: "Vector: taller for more numbers",
      mark: "No change of shape",
      skip: "Skip connection; dashed where projected",
    },
  },
};
