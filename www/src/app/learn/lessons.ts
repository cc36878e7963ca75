/**
 * The questions of a course on digit recognition, in order, each with the experiment that answers
 * it: what it changes of a preset, and the tab to look at. Their words are in the strings.
 */

import type {
  AugmentSpec,
  DataSpec,
  LayerSpec,
  Preset,
  RunSpec,
  SabotageSpec,
  TrainSpec,
} from "../../generated/core";
import { PRESETS } from "../../generated/limits";
import type { TabName } from "../../state/view.svelte";

interface Lesson {
  preset: Preset;
  layers?: LayerSpec[];
  train?: Partial<TrainSpec>;
  data?: Partial<DataSpec>;
  augmentation?: Partial<AugmentSpec>;
  sabotage?: Partial<SabotageSpec>;
  /** Where the answer shows; without one the questions stay open beside the curves. */
  tab?: TabName;
}

const SIGMOID_LAYER: LayerSpec[] = [
  { type: "dense", units: 64 },
  { type: "activation", function: "sigmoid" },
];

/** Few images, seen often: a network of this size soon knows them by heart. */
const FEW_IMAGES = {
  preset: "MLP",
  train: { batchSize: 32, epochs: 40 },
  sabotage: { examplesPerClass: 100 },
} satisfies Lesson;

const LESSON_OF = {
  data: { preset: "MLP", tab: "data" },
  normalize: { preset: "MLP", train: { epochs: 1 }, data: { normalization: "none" } },
  validation: { preset: "MLP, 80/20 split" },
  activation: {
    preset: "MLP",
    layers: [
      { type: "flatten" },
      ...Array.from({ length: 8 }, () => SIGMOID_LAYER).flat(),
      { type: "dense", units: 10 },
    ],
  },
  loss: { preset: "MLP", train: { epochs: 20 } },
  rate: { preset: "MLP", train: { batchSize: 512, learningRate: 1e-4, epochs: 10 } },
  matrix: { preset: "MLP", train: { epochs: 2 }, sabotage: { missingClass: 5 }, tab: "matrix" },
  regularize: FEW_IMAGES,
  augment: { ...FEW_IMAGES, augmentation: { rotation: 10, shift: 2, zoom: 0.1 } },
  schedule: { preset: "Fast 99" },
  compare: { preset: "CNN", tab: "runs" },
  save: { preset: "MLP", train: { epochs: 1 }, tab: "runs" },
  deploy: { preset: "LeNet-5", tab: "draw" },
} satisfies Record<string, Lesson>;

/** The name of a question. */
export type LessonName = keyof typeof LESSON_OF;

/** The questions by name, in the order of the course. */
export const LESSONS: Record<LessonName, Lesson> = LESSON_OF;

/** The names in order. */
export const LESSON_NAMES = Object.keys(LESSONS) as LessonName[];

/** The spec that a question's experiment runs. */
export function lessonSpec({
  preset,
  layers,
  train,
  data,
  augmentation,
  sabotage,
}: Lesson): RunSpec {
  const base = PRESETS[preset];
  return {
    model: { ...base.model, ...(layers && { layers }) },
    train: { ...base.train, ...train },
    data: {
      ...base.data,
      ...data,
      augmentation: { ...base.data.augmentation, ...augmentation },
      sabotage: { ...base.data.sabotage, ...sabotage },
    },
  };
}
