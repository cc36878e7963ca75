/** What the learning-rate finder says, in English. */

export const finder = {
  heading: "Learning-rate finder",
  about:
    "Trains a throw-away network while the learning rate grows from tiny to huge. A good rate lies where the loss falls fastest, well before it rises again.",
  test: "Find learning rate",
  again: "Test again",
  testHelp: "Test the settings as they are now; the run in hand stays as it is",
  busy: (steps: string) => `Testing: ${steps} rates so far…`,
  stale: (settings: string) => `Of other settings: ${settings} changed since. Test again.`,
  more: (count: string) => `${count} more`,
  suggestion: (rate: string) => `Use ${rate}`,
  suggestionHelp: "Where the smoothed loss falls fastest.",
  steepest: "Steepest fall",
  tenth: "A tenth of the lowest point",
  tenthHelp: "A tenth of the rate at which the smoothed loss is smallest, the other rule of thumb.",
  none: "The loss never fell: no rate can be suggested. Look at the data, or at the initial weights.",
  set: (rate: string) => `Learning rate set to ${rate}.`,
  chart: {
    name: "Loss over learning rate",
    rate: "learning rate",
    loss: "loss",
    current: "now",
    summary: (from: string, to: string, best: string) =>
      `Loss from ${from}, smallest ${to} at a learning rate of ${best}.`,
    slider: "Rate on the curve",
    sliderHelp:
      "Arrow keys move along the curve, Enter sets the learning rate. Or click the curve.",
    value: (rate: string, loss: string) => `learning rate ${rate}, loss ${loss}`,
  },
};
