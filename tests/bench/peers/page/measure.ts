// How a library is measured, step by step.

import {
  LEARNT_STEPS,
  LEAST_STEPS,
  READ_EVERY_MS,
  READ_EVERY_STEPS,
  SLOW_MS,
  WARM_MS,
  WATCH_MS,
  type Goal,
  type Measured,
  type Reached,
  type Task,
} from "../protocol";
import { Data } from "./data";
import type { Library, Trainer } from "./trainer";

/** Where a library is, which of its backends is meant, and where the data are. */
export interface Place {
  library: string;
  backend: string;
  data: string;
}

// Looked up by pattern: the libraries are only installed where they are measured.
const libraries = import.meta.glob<{ library: Library }>("../libraries/*.ts");

/** Losses that are read back, of which the last few count. */
const LAST_READS = 4;

export async function measure(place: Place, { model, batch, prove }: Task): Promise<Measured> {
  const data = await Data.load(new URL(place.data));
  const began = performance.now();
  const { library, trainer } = await open(place, model);
  const readyMs = performance.now() - began;
  const losses: number[] = [];
  let trained = 0;

  /** Trains so many steps, waits for the last one, and says how long it took. */
  const train = async (steps: number): Promise<number> => {
    const start = performance.now();
    for (let i = 0; i < steps; i++) trainer.step(data.batch(batch));
    losses.push(await trainer.loss());
    trained += steps;
    return performance.now() - start;
  };
  const result = (steps: number, ms: number): Measured => {
    const last = losses.slice(-LAST_READS);
    return {
      version: library.version,
      threads: trainer.threads,
      parameters: trainer.parameters,
      readyMs,
      firstStepMs,
      imagesPerSecond: (1000 * steps * batch) / ms,
      steps,
      loss: last.reduce((sum, loss) => sum + loss, 0) / last.length,
    };
  };

  const firstStepMs = await train(1);
  let stepMs = await train(1);
  if (stepMs > SLOW_MS) return result(1, stepMs);
  for (let ms = 0; ms < WARM_MS; ms += stepMs) stepMs = await train(1);
  const together = Math.max(1, Math.min(READ_EVERY_STEPS, Math.floor(READ_EVERY_MS / stepMs)));
  let [steps, ms] = [0, 0];
  while (ms < WATCH_MS || steps < LEAST_STEPS) {
    ms += await train(together);
    steps += together;
  }
  while (prove && trained < LEARNT_STEPS) await train(together);
  return result(steps, ms);
}

/** Trains the MLP in batches of 64 until it is good enough, with an evaluation after each epoch. */
export async function reach(place: Place, { recipe, accuracy, limitMs }: Goal): Promise<Reached> {
  if (recipe !== "MLP") throw new Error(`${recipe} is not rebuilt for libraries`);
  const batch = 64;
  const data = await Data.load(new URL(place.data));
  const { trainer } = await open(place, recipe);
  const start = performance.now();
  const reached: Reached = { ms: 0, epochs: 0, accuracy: 0, threads: trainer.threads };
  while (reached.accuracy < accuracy && reached.ms < limitMs) {
    for (let step = 1; step <= data.steps(batch); step++) {
      trainer.step(data.batch(batch));
      if (step % READ_EVERY_STEPS === 0) await trainer.loss();
      if (performance.now() - start > limitMs) break;
    }
    reached.accuracy = await evaluate(trainer, data);
    reached.epochs += 1;
    reached.ms = performance.now() - start;
  }
  return reached;
}

async function open(
  { library: name, backend }: Place,
  model: Task["model"],
): Promise<{ library: Library; trainer: Trainer }> {
  const load = libraries[`../libraries/${name}.ts`];
  if (!load) throw new Error(`There is no library ${name}.`);
  const { library } = await load();
  return { library, trainer: await library.open(backend, model) };
}

/** The share of test images whose largest logit is that of their class. */
async function evaluate(trainer: Trainer, data: Data): Promise<number> {
  let [right, all] = [0, 0];
  for (const { images, labels } of data.test()) {
    const logits = await trainer.logits(images);
    labels.forEach((label, row) => {
      const own = logits.subarray(10 * row, 10 * row + 10);
      if (own.indexOf(Math.max(...own)) === label) right += 1;
    });
    all += labels.length;
  }
  return right / all;
}
