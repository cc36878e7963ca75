/**
 * What is asked beside training. Each call waits for its turn between two slices of the training
 * loop; what takes long is cut into slices itself, so that the loop goes on in between.
 */

import type { RangeTestProgress } from "../generated/core";
import type { CommandOf, Queries } from "../trainer/protocol";
import { TrainerError } from "../trainer/protocol";
import { failures } from "../strings/failures";
import type { Core, CoreModule } from "./core";
import { Turn } from "./turn";

/** How long the core works on a question before the training loop is let through, in milliseconds. */
const SLICE_MS = 30;

/** How long a device shows its speed, in milliseconds: enough for a GPU to come out of its sleep. */
const SPEED_MS = 600;

/** It is looked this often whether images have arrived, in milliseconds. */
const LOOK_MS = 100;

/** What the answers need. */
export interface Sources {
  turn: Turn;
  /** The open device. */
  core(): Core;
  /** A build of the core, opened or not. */
  module(): Promise<CoreModule>;
  /** Whether more images are on their way. */
  dataExpected(): boolean;
  /** Tells how a range test goes. */
  tested(progress: RangeTestProgress): void;
  nextMacrotask(): Promise<void>;
}

type Answers = {
  [N in keyof Queries]: (command: CommandOf<N>) => Promise<Queries[N]["result"]>;
};

/** The answers to all questions. */
export function answers(sources: Sources): Answers {
  const ask = <T>(question: (core: Core) => T | Promise<T>) =>
    sources.turn.take(() => question(sources.core()));
  // The core keeps one of each in hand: a second one has to wait for the first.
  const examinations = new Turn();
  const rangeTests = new Turn();

  return {
    planTrials: async ({ search }) => (await sources.module()).Trainer.planTrials(search),
    rank: async ({ results }) => (await sources.module()).Trainer.rank(results),
    adapt: async ({ spec, dataset }) => (await sources.module()).Trainer.adapt(spec, dataset),
    predict: ({ pixels }) => ask((core) => core.predict(pixels)),
    inspect: ({ pixels, class: of }) => ask((core) => core.inspect(pixels, of)),
    filters: ({ layer }) => ask((core) => core.filters(layer)),
    examine: ({ request }) =>
      examinations.take(async () => {
        await ask((core) => core.examine(request));
        for (;;) {
          const result = await ask((core) => core.examineOn(SLICE_MS));
          if (result) return result;
          await sources.nextMacrotask();
        }
      }),
    speed: ({ spec }) => ask((core) => core.speed(spec, SPEED_MS)),
    shown: ({ request, indices }) => ask((core) => core.shown(request, indices)),
    rangeTest: ({ spec }) =>
      rangeTests.take(async () => {
        await ask((core) => core.rangeTest(spec));
        for (;;) {
          const progress = await ask((core) => core.rangeTestOn(SLICE_MS));
          sources.tested(progress);
          if (progress.done) return progress;
          if (!progress.waitingForData) await sources.nextMacrotask();
          else if (sources.dataExpected()) await new Promise((next) => setTimeout(next, LOOK_MS));
          else throw new TrainerError("data_missing", failures.imagesMissing);
        }
      }),
    data: () => ask((core) => core.data()),
    statistics: ({ part }) => ask((core) => core.statistics(part)),
    images: ({ part, indices }) => ask((core) => core.images(part, indices)),
    labels: ({ part }) => ask((core) => core.labels(part)),
    preview: ({ spec, indices, epoch }) => ask((core) => core.preview(spec, indices, epoch)),
    distribution: ({ spec }) => ask((core) => core.distribution(spec)),
    addExample: ({ pixels, label }) =>
      ask((core) => {
        core.addExample(pixels, label);
        return undefined;
      }),
  };
}
