// What is asked of every contender, and what it answers. The page, PyTorch and Emberlab's own page are
// measured by the same rules, which are the constants here.

export type Model = "MLP" | "CNN";
export const MODELS: Model[] = ["MLP", "CNN"];

/** The middle one first: it says who is too slow for the largest. */
export const BATCH_SIZES = [64, 32, 256];

/** How long the steady state is watched, and for how many steps at least. */
export const WATCH_MS = 4000;
export const LEAST_STEPS = 2;

/** Unmeasured training after the first steps, of one step at least: compilers look again at what has run for a while. */
export const WARM_MS = 2000;

/** The loss is read back, and so waited for, after so many steps, or after about so long. */
export const READ_EVERY_STEPS = 20;
export const READ_EVERY_MS = 500;

/** Who takes longer for one step is measured by that step. */
export const SLOW_MS = 10_000;

/** After so many steps of the MLP the loss must lie below; who does not learn is not timed. */
export const LEARNT_STEPS = 200;
export const LEARNT_LOSS = 1;

/** What is asked. */
export interface Task {
  model: Model;
  batch: number;
  /** Whether to train on until it can be said that the network learns. */
  prove: boolean;
}

/** What is measured. Times are in milliseconds. */
export interface Measured {
  version: string;
  threads: number;
  parameters: number;
  /** Until everything is loaded and the weights are made. */
  readyMs: number;
  /** From there to the loss of the first step. */
  firstStepMs: number;
  imagesPerSecond: number;
  /** The steps of the steady state. */
  steps: number;
  /** The mean over the last losses that were read back. */
  loss: number;
  /** The most memory that its processes ever held, in bytes; absent where it cannot be had. */
  peakBytes?: number;
  /** The rate the contender counts for itself, if it does. */
  ownImagesPerSecond?: number;
}

/** What is asked for the time to an accuracy: `limitMs` says when to give up. */
export interface Goal {
  recipe: Recipe;
  accuracy: number;
  limitMs: number;
}

/** A preset of Emberlab, which others rebuild. */
export type Recipe = "MLP" | "Fast 99";

export interface Reached {
  /** Training and evaluations, from the first step on. */
  ms: number;
  epochs: number;
  /** On the 10,000 test images. */
  accuracy: number;
  threads: number;
}
