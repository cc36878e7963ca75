/** How the curves are looked at; nothing of it changes a run. */

/** What the x axis counts. */
export type Axis = "step" | "epoch" | "seconds";
export const AXES: readonly Axis[] = ["step", "epoch", "seconds"];

/** What is drawn over it. */
export type Measure = "loss" | "accuracy" | "learningRate" | "gradientNorm";

/** What the third, smaller chart can show. */
export const THIRD_MEASURES = ["learningRate", "gradientNorm"] as const satisfies Measure[];

/** The strongest smoothing and the steps of its slider. */
export const SMOOTHING = { most: 0.99, step: 0.01, usual: 0.97 };

/** The settings of the curve panel. */
export class CurveView {
  axis = $state<Axis>("step");
  /** From 0, which draws the batches as they are, to almost 1. */
  smoothing = $state(SMOOTHING.usual);
  third = $state<(typeof THIRD_MEASURES)[number]>("learningRate");
  /** Whether the value axis is logarithmic; the accuracy's begins at zero instead. */
  toggled = $state<Record<Measure, boolean>>({
    loss: false,
    accuracy: false,
    learningRate: false,
    gradientNorm: false,
  });
  /** The step under the crosshair: under the pointer in any of the charts, or reached by keys. */
  hovered = $state<number>();
  /** The earlier run that is pointed at in their list. */
  pointedAt = $state<number>();
}
