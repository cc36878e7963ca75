import { expect, test } from "vitest";

import { ESSENTIALS, GROUPS, summary, type GroupName } from "./groups";
import { PROPERTIES } from "./properties";
import { readUrl } from "./url";

test("every setting of the table has one place on the page", () => {
  // Data set and layers are set elsewhere; frozen layers belong to the layers.
  const elsewhere = ["dataset", "layers", "frozen"];
  const placed = [...ESSENTIALS, ...Object.values(GROUPS).flat()].map(({ param }) => param);
  const all = PROPERTIES.map(({ param }) => param).filter((param) => !elsewhere.includes(param));
  expect(placed.sort()).toEqual(all.sort());
});

const SUMMARIES: [search: string, group: GroupName, text: string][] = [
  ["", "optimizer", "usual values"],
  ["?optimizer=sgd", "optimizer", "usual values"],
  ["?optimizer=sgd&nesterov=true", "optimizer", "Nesterov on"],
  ["?beta1=0.5&init=kaimingNormal", "optimizer", "Beta 1 0.5 · Kaiming normal"],
  ["", "schedule", "Constant"],
  ["?preset=Fast 99", "schedule", "One cycle"],
  [
    "?schedule=step&every=2&warmup=0.5",
    "schedule",
    "Steps · Falls every 2 epochs · Warm-up 0.5 epochs",
  ],
  ["", "regularization", "off"],
  ["?l2=0.001&stop=3", "regularization", "L2 penalty 0.001 · Early stopping 3 epochs"],
  ["", "data", "Validation images 5000"],
  ["?examples=20", "data", "Training images 20 per class"],
  ["?rotation=10", "data", "Rotation 10°"],
  ["", "augmentation", "off"],
  ["?missing=7&keep=0.5", "sabotage", "Missing class 7 · Imbalance"],
];

test.each(SUMMARIES)("%s: %s says %j", (search, group, text) => {
  const within: GroupName[] = group === "data" ? ["augmentation", "sabotage"] : [];
  expect(summary(readUrl(search).spec, group, ...within)).toBe(text);
});
