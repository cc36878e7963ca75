/** What the panel says that looks into the layers, in English. */

export const layers = {
  heading: "Layers",
  empty: "Press Train or Step, and see what each layer makes of an image.",
  emptyImage: "Waits for the first test image.",
  at: (step: string) => `The network at step ${step}.`,

  image: {
    name: "Image",
    first: "Previous test image",
    next: "Next test image",
    test: (index: string) => `Test image ${index}`,
    validation: (index: string) => `Validation image ${index}`,
    training: (index: string) => `Training image ${index}`,
    drawn: "Your drawing",
    help: "Select another one in Mistakes or Predictions, or draw one.",
    picture: (name: string) => `${name}, as the network gets it`,
    truth: (name: string) => `a ${name}`,
    predicted: "Taken for",
  },

  saliency: {
    label: "Saliency for",
    help: "Whose pixels glow: those that would change the network’s opinion of this class most.",
    predicted: (name: string) => `its choice, ${name}`,
    picture: (name: string) => `The pixels that matter most for class ${name} glow.`,
  },

  list: "Layers of the network",
  dead: (share: string) => `${share} dead`,

  activations: {
    heading: "Output for this image",
    maps: (count: string, height: number, width: number) =>
      `${count} ${count === "1" ? "map" : "maps"} of ${height} × ${width}`,
    features: (count: string) => `${count} numbers`,
    range: (from: string, to: string) => `from ${from} to ${to}`,
    zeros: (share: string) => `${share} are zero`,
  },

  scale: { negative: "negative", positive: "positive" },

  weights: {
    heading: "Weights",
    filters: (count: string, kernel: number) =>
      `${count} ${count === "1" ? "filter" : "filters"} of ${kernel} × ${kernel}`,
    channels: (count: string) => `one row each, for ${count} input maps`,
    pictures: (count: string) => `${count} units, each with its weight for every pixel`,
    matrix: (units: string, inputs: string) =>
      `${units} units in rows, ${inputs} inputs in columns`,
    page: (from: string, to: string, all: string) => `${from}–${to} of ${all}`,
    previous: "Previous weights",
    next: "More weights",
  },

  health: {
    heading: "While it trained",
    at: (step: string) => `at step ${step}`,
    weightNorm: "Weight norm",
    weightNormHelp: "Length of all weights of the layer as one vector.",
    gradientNorm: "Gradient norm",
    gradientNormHelp: "Length of the gradient of all weights of the layer, before it is clipped.",
    updateRatio: "Update ÷ weight",
    updateRatioHelp:
      "How far a step moves the weights, as a share of their length. About 0.001 is healthy: much more is restless, much less hardly learns.",
    rule: "0.001",
    deadShare: "Dead units",
    deadShareHelp:
      "Share of the units that give zero for every image of a batch: they learn no more.",
    histogram: {
      weights: "Weights",
      gradients: "Gradient",
      range: (name: string, from: string, to: string) => `${name}: from ${from} to ${to}`,
    },
  },
};
