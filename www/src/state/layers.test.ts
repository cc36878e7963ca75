import { expect, test } from "vitest";

import type { LayerSpec } from "../generated/core";
import { formatLayers, parseLayers } from "./layer-text";
import {
  duplicate,
  hasWeights,
  insert,
  layerAt,
  move,
  neighbourGap,
  remove,
  replace,
  setFrozen,
  type Path,
  type Stack,
} from "./layers";

function network(text: string): LayerSpec[] {
  const layers = parseLayers(text);
  if (!layers) throw new Error(`The test's own network is not understood: ${text}`);
  return layers;
}

/** A stack as text, with the frozen layers after an `@`. */
function read(text: string): Stack {
  const [layers = "", frozen] = text.split(" @");
  return { layers: network(layers), frozen: frozen ? frozen.split(",").map(Number) : [] };
}

function write({ layers, frozen }: Stack): string {
  return formatLayers(layers) + (frozen.length > 0 ? ` @${frozen.join(",")}` : "");
}

const DENSE: LayerSpec = { type: "dense", units: 7 };
const RELU: LayerSpec = { type: "activation", function: "relu" };

type Edit = (stack: Stack) => Stack;
const inserted =
  (gap: Path, ...layers: LayerSpec[]): Edit =>
  (stack) =>
    insert(stack, gap, ...layers);
const removed =
  (path: Path): Edit =>
  (stack) =>
    remove(stack, path);
const moved =
  (from: Path, gap: Path): Edit =>
  (stack) =>
    move(stack, from, gap).stack;
const doubled =
  (path: Path): Edit =>
  (stack) =>
    duplicate(stack, path);

const NESTED = "conv_8_3-residual(conv_8_3-relu)-flatten-dense_10";

const EDITS: [what: string, before: string, edit: Edit, after: string][] = [
  ["insert at the top", "flatten-dense_10 @1", inserted([0], RELU), "relu-flatten-dense_10 @2"],
  ["insert at the end", "flatten-dense_10 @1", inserted([2], RELU), "flatten-dense_10-relu @1"],
  [
    "insert several",
    "flatten-dense_10 @0,1",
    inserted([1], DENSE, RELU),
    "flatten-dense_7-relu-dense_10 @0,3",
  ],
  [
    "insert into a block",
    `${NESTED} @1,3`,
    inserted([1, 1], RELU),
    "conv_8_3-residual(conv_8_3-relu-relu)-flatten-dense_10 @1,3",
  ],
  [
    "insert into an empty block",
    "residual()-dense_10 @1",
    inserted([0, 0], RELU),
    "residual(relu)-dense_10 @1",
  ],
  ["insert into what is no block", "flatten-dense_10", inserted([0, 0], RELU), "flatten-dense_10"],
  ["remove the first", "flatten-dense_9-dense_10 @1,2", removed([0]), "dense_9-dense_10 @0,1"],
  ["remove a frozen one", "flatten-dense_9-dense_10 @1,2", removed([1]), "flatten-dense_10 @1"],
  ["remove the last", "flatten-dense_9-dense_10 @1", removed([2]), "flatten-dense_9 @1"],
  [
    "remove from a block",
    `${NESTED} @3`,
    removed([1, 0]),
    "conv_8_3-residual(relu)-flatten-dense_10 @3",
  ],
  [
    "remove the last of a block",
    "residual(relu)-dense_10 @1",
    removed([0, 0]),
    "residual()-dense_10 @1",
  ],
  [
    "duplicate: the copy learns",
    "dense_9-dense_10 @0,1",
    doubled([0]),
    "dense_9-dense_9-dense_10 @0,2",
  ],
  [
    "duplicate a block",
    "residual(conv_4_3)-dense_10",
    doubled([0]),
    "residual(conv_4_3)-residual(conv_4_3)-dense_10",
  ],
  [
    "duplicate within a block",
    "residual(conv_4_3)-dense_10 @1",
    doubled([0, 0]),
    "residual(conv_4_3-conv_4_3)-dense_10 @1",
  ],
  ["duplicate nothing", "flatten-dense_10", doubled([7]), "flatten-dense_10"],
  ["move down", "relu-tanh-elu-gelu @0", moved([0], [3]), "tanh-elu-relu-gelu @2"],
  ["move up", "relu-tanh-elu-gelu @3", moved([3], [1]), "relu-gelu-tanh-elu @1"],
  ["move past a frozen one", "relu-tanh-elu @1", moved([0], [2]), "tanh-relu-elu @0"],
  ["move to where it is", "relu-tanh-elu @1", moved([1], [1]), "relu-tanh-elu @1"],
  ["move to after where it is", "relu-tanh-elu @1", moved([1], [2]), "relu-tanh-elu @1"],
  [
    "move into a block: frozen no more",
    "relu-residual(tanh)-elu @0,2",
    moved([0], [1, 1]),
    "residual(tanh-relu)-elu @1",
  ],
  [
    "move into a frozen block",
    "residual(tanh)-elu @0",
    moved([1], [0, 0]),
    "residual(elu-tanh) @0",
  ],
  [
    "move out of a block, upwards",
    "relu-residual(tanh-gelu)-elu @1,2",
    moved([1, 0], [1]),
    "relu-tanh-residual(gelu)-elu @2,3",
  ],
  [
    "move out of a block, downwards",
    "relu-residual(tanh-gelu)-elu @1,2",
    moved([1, 0], [2]),
    "relu-residual(gelu)-tanh-elu @1,3",
  ],
  [
    "move within a block",
    "residual(tanh-gelu-elu)-relu @1",
    moved([0, 0], [0, 3]),
    "residual(gelu-elu-tanh)-relu @1",
  ],
  [
    "move between blocks",
    "residual(tanh)-residual(elu)",
    moved([0, 0], [1, 1]),
    "residual()-residual(elu-tanh)",
  ],
  [
    "move a block into itself: it stays",
    "residual(tanh)-relu @0",
    moved([0], [0, 1]),
    "residual(tanh)-relu @0",
  ],
  ["move a block", "residual(tanh)-relu @0", moved([0], [2]), "relu-residual(tanh) @1"],
  [
    "replace within a block",
    `${NESTED} @1`,
    (stack) => replace(stack, [1, 0], DENSE),
    "conv_8_3-residual(dense_7-relu)-flatten-dense_10 @1",
  ],
  ["freeze", "dense_9-dense_10 @1", (stack) => setFrozen(stack, 0, true), "dense_9-dense_10 @0,1"],
  ["freeze twice", "dense_9 @0", (stack) => setFrozen(stack, 0, true), "dense_9 @0"],
  [
    "let learn",
    "dense_9-dense_10 @0,1",
    (stack) => setFrozen(stack, 0, false),
    "dense_9-dense_10 @1",
  ],
];

test.each(EDITS)("%s", (_, before, edit, after) => {
  const stack = read(before);
  expect(write(edit(stack))).toBe(after);
  expect(write(stack), "the former stack is left as it was").toBe(before);
});

const MOVES: [before: string, from: Path, gap: Path, lands: Path][] = [
  ["relu-tanh-elu", [0], [3], [2]],
  ["relu-tanh-elu", [2], [0], [0]],
  ["relu-residual(tanh)", [0], [1, 0], [0, 0]],
  ["residual(tanh)-relu", [0, 0], [1], [1]],
  ["relu-residual(tanh-elu)", [1, 1], [1, 0], [1, 0]],
];

test.each(MOVES)("%s: from %j into the gap %j is found at %j", (before, from, gap, lands) => {
  const stack = read(before);
  const { stack: after, path } = move(stack, from, gap);
  expect(path).toEqual(lands);
  expect(layerAt(after.layers, path)).toEqual(layerAt(stack.layers, from));
});

/** Moved again and again, a layer comes through every place on its way. */
const WAYS: [towards: "up" | "down", from: Path, before: string, then: string[]][] = [
  [
    "down",
    [0],
    "relu-residual(tanh-elu)-gelu",
    [
      "residual(relu-tanh-elu)-gelu",
      "residual(tanh-relu-elu)-gelu",
      "residual(tanh-elu-relu)-gelu",
      "residual(tanh-elu)-relu-gelu",
      "residual(tanh-elu)-gelu-relu",
    ],
  ],
  [
    "up",
    [1],
    "residual(tanh-elu)-relu",
    [
      "residual(tanh-elu-relu)",
      "residual(tanh-relu-elu)",
      "residual(relu-tanh-elu)",
      "relu-residual(tanh-elu)",
    ],
  ],
  ["down", [0], "residual(tanh)-residual(elu)", ["residual(elu)-residual(tanh)"]],
  ["up", [1], "residual(tanh)-residual(elu)", ["residual(elu)-residual(tanh)"]],
  ["up", [0], "relu-residual()", []],
];

test.each(WAYS)("%s from %j in %s", (towards, from, before, then) => {
  let stack = read(before);
  let path = from;
  const seen = [];
  for (let i = 0; i < 9; i++) {
    const gap = neighbourGap(stack.layers, path, towards);
    if (!gap) break;
    ({ stack, path } = move(stack, path, gap));
    seen.push(write(stack));
  }
  expect(seen).toEqual(then);
});

const WEIGHTS: [text: string, has: boolean][] = [
  ["dense_10", true],
  ["conv_8_3", true],
  ["batchnorm", true],
  ["layernorm", true],
  ["residual(relu-conv_8_3)", true],
  ["residual_projected(relu)", false],
  ["relu", false],
  ["maxpool_2", false],
  ["dropout_0.5", false],
];

test.each(WEIGHTS)("%s has weights: %s", (text, has) => {
  expect(network(text).map(hasWeights)).toEqual([has]);
});
