import { expect, test } from "vitest";

import { strings } from "../strings";
import { pendingChanges } from "./pending-changes";
import { readUrl } from "./url";

const CHANGES: [from: string, to: string, texts: string[]][] = [
  ["", "", []],
  ["", "?batch=32", ["Batch size 64 → 32"]],
  // What an optimizer brings along is no change of its own; what is set besides is.
  ["", "?optimizer=sgd", ["Optimizer Adam → SGD"]],
  ["", "?optimizer=sgd&momentum=0.5", ["Optimizer Adam → SGD", "Momentum 0.5"]],
  ["?optimizer=sgd", "", ["Optimizer SGD → Adam"]],
  ["?stop=3", "", ["Early stopping 3 epochs → off"]],
  ["", "?layers=flatten-dense_10", ["Layers"]],
  ["", "?missing=7", ["Missing class none → 7"]],
  ["", "?lr=", ["Learning rate 0.001 → –"]],
];

test.each(CHANGES)("%j, then %j", (from, to, texts) => {
  const changes = pendingChanges(readUrl(from).spec, readUrl(to).spec);
  const said = changes.map(({ label, from, to }) => strings.status.change(label, from, to));
  expect(said).toEqual(texts);
});
