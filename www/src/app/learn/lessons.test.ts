import { expect, test } from "vitest";

import { PRESETS } from "../../generated/limits";
import { differences } from "../../state/properties";
import { lessons } from "../../strings/lessons";
import { LESSON_NAMES, lessonSpec, LESSONS, type LessonName } from "./lessons";

/** What each experiment changes of its preset. */
const CHANGES: Record<LessonName, unknown[]> = {
  data: [],
  normalize: ["Epochs", "Normalization"],
  validation: [],
  activation: ["Layers"],
  loss: ["Epochs"],
  rate: ["Learning rate", "Batch size", "Epochs"],
  matrix: ["Epochs"],
  regularize: ["Batch size", "Epochs"],
  augment: ["Batch size", "Epochs"],
  schedule: [],
  compare: [],
  save: ["Epochs"],
  deploy: [],
};

test.each(LESSON_NAMES)("the experiment on %s changes what it is about", (name) => {
  const lesson = LESSONS[name];
  const labels = differences(lessonSpec(lesson), PRESETS[lesson.preset]).map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(CHANGES[name]));
});

test("the two experiments with few images differ in the distortion only", () => {
  const [plain, distorted] = [lessonSpec(LESSONS.regularize), lessonSpec(LESSONS.augment)];
  expect(plain.data.augmentation).not.toEqual(distorted.data.augmentation);
  const { augmentation } = plain.data;
  expect({ ...distorted, data: { ...distorted.data, augmentation } }).toEqual(plain);
});

test("every question has an answer and a button", () => {
  for (const name of LESSON_NAMES) {
    const { question, answer, show } = lessons[name];
    expect(question).toMatch(/\?$/);
    expect(answer.length).toBeGreaterThan(1);
    expect(show).not.toBe("");
  }
});
