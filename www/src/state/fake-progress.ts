/** What a run might report, for tests. */

import type { Evaluation, Split } from "../generated/core";
import type { ProgressUpdate } from "../trainer/protocol";

/** The report of steps with these losses, which bring the run to as many steps unless said. */
export function fakeProgress(
  losses: ArrayLike<number>,
  over: Partial<ProgressUpdate> = {},
): ProgressUpdate {
  return {
    state: "running",
    epoch: 1,
    epochs: 2,
    step: losses.length,
    stepsPerEpoch: 10,
    losses: Float32Array.from(losses),
    accuracies: Float32Array.from(losses, (loss) => 1 - loss),
    learningRates: Float32Array.from(losses, () => 0.001),
    vitals: [],
    threads: 1,
    imagesPerSecond: 0,
    waitingForData: false,
    ...over,
  };
}

/** An evaluation with a loss, and an accuracy that makes one with it. */
export function fakeEvaluation(split: Split, step: number, loss: number, images = 100): Evaluation {
  const confusion = new Uint32Array(100);
  return { split, step, epoch: 1, images, loss, accuracy: 1 - loss, confusion };
}
