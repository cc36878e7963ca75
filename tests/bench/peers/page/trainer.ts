// What a library must be able to do to be measured: the one interface behind which each is its own file
// in ../libraries.

import type { Model } from "../protocol";

/** Images of 28 x 28 normalised pixels, row after row, and a class from 0 to 9 for each. */
export interface Batch {
  images: Float32Array<ArrayBuffer>;
  labels: Int32Array<ArrayBuffer>;
}

/** A network on its device. */
export interface Trainer {
  parameters: number;
  threads: number;
  /** Trains one step, and need not wait until it is done. */
  step(batch: Batch): void;
  /** The loss of the last step, once that is done. */
  loss(): Promise<number>;
  /** Ten logits for each image. */
  logits(images: Float32Array<ArrayBuffer>): Promise<Float32Array>;
}

export interface Library {
  version: string;
  /** Starts a backend and makes the weights of a network for one size of batches. */
  open(backend: string, model: Model): Promise<Trainer>;
}

/** How far from 0 initial weights and biases lie: PyTorch's rule, for all the same. */
export const bound = (inputs: number): number => 1 / Math.sqrt(inputs);

/** Adam, as the presets have it. */
export const ADAM = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
