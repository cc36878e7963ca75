/** The words of the curves, in English. */

import type { Changes, RunState, Split } from "../generated/core";
import type { Axis, Measure } from "../state/curve-view.svelte";

const splits: Record<Split, string> = { validation: "Validation", test: "Test" };

export const curves = {
  loss: "Loss",
  accuracy: "Accuracy",
  learningRate: "Learning rate",
  gradientNorm: "Gradient norm",
  /** What a chart is called by assistive technology, where its measure is a setting's name too. */
  chartOf: (measure: string) => `${measure} curve`,
  unit: { loss: "nats", accuracy: "", learningRate: "", gradientNorm: "" } satisfies Record<
    Measure,
    string
  >,
  meaning: {
    loss: "Cross-entropy: how surprised the network is by the right answers. Falls as it learns.",
    accuracy: "Share of the images that the network gets right. Rises as it learns.",
    learningRate: "How far each step moves the weights, as the schedule has it.",
    gradientNorm: "How steep the loss is: the length of the gradient, a few times per epoch.",
  } satisfies Record<Measure, string>,
  training: "Training",
  ...splits,
  /** Of the one value in the third chart. */
  only: "Value",
  third: "Third chart",
  thirdHelp: "What the small chart shows.",
  logScale: "Log scale",
  logScaleHelp: "Equal distances are equal ratios: shows small values next to large ones.",
  fromZero: "From 0 %",
  fromZeroHelp: "Begins the axis at 0 % instead of close below the values.",
  axis: "X axis",
  axisHelp: "What the curves are drawn over.",
  axes: { step: "Steps", epoch: "Epochs", seconds: "Training time" } satisfies Record<Axis, string>,
  /** At the corner of the axes. */
  corner: { step: "step", epoch: "epoch", seconds: "time" } satisfies Record<Axis, string>,
  smoothing: "Smoothing",
  smoothingHelp: "Share of the average that each step keeps: 0 shows every batch as it was.",
  crosshair: "Crosshair",
  crosshairHelp: "Moves the crosshair over the steps; the charts tell their values there.",
  crosshairAt: (step: string, values: string[]) => `step ${step}: ${values.join(", ")}`,
  epoch: (epoch: number) => `epoch ${epoch}`,
  atStep: (step: string) => `at step ${step}`,
  summary: (parts: string[]) => parts.join(", "),
  value: (name: string, value: string) => `${name} ${value}`,
  best: (value: string) => `best ${value}`,
  bestAt: (value: string, step: string) => `best validation ${value} at step ${step}`,
  changes: "Changed during the run",
  changed: ({ learningRate, epochs }: Changes, number: (value: number) => string) =>
    [
      learningRate === undefined ? "" : `learning rate ${number(learningRate)}`,
      epochs === undefined ? "" : `${number(epochs)} epochs`,
    ]
      .filter(Boolean)
      .join(", "),
  changedAt: (step: string, what: string) => `After step ${step}: ${what}`,
  earlier: {
    button: (count: number) => `Earlier runs (${count})`,
    heading: "Earlier runs",
    help: "The last runs of this visit, drawn behind the one in hand: dashed is validation.",
    show: (number: number) => `Show run ${number}`,
    forget: (number: number) => `Forget run ${number}`,
    forgetShort: "Forget",
    same: "same settings",
    more: (count: number) => `${count} more`,
    states: {
      idle: "not begun",
      warming: "not begun",
      running: "left",
      paused: "left",
      finished: "finished",
      failed: "stopped",
    } satisfies Record<RunState, string>,
    result: (accuracy: string) => `best validation ${accuracy}`,
    extent: (state: string, step: string, time: string) => `${state} after ${step} steps, ${time}`,
  },
};
