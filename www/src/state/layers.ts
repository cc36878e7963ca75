/**
 * Editing a network: pure functions from one stack of layers to the next.
 *
 * A residual block holds layers of its own, so a layer's place is a path: its position in the
 * list, or in a block the positions from the outermost block inwards. A gap between two layers is
 * the path of the layer after it. Which layers are frozen is said by position in the outer list,
 * so every edit brings those along.
 */

import type { LayerSpec, RunSpec } from "../generated/core";

/** Where a layer stands, or a gap before it. */
export type Path = readonly number[];

type Layers = readonly LayerSpec[];

/** The layers of a network, and which of them stay as they are. */
export interface Stack {
  layers: Layers;
  frozen: readonly number[];
}

/** The stack of a spec. */
export function stackOf({ model, train }: RunSpec): Stack {
  return { layers: model.layers, frozen: train.frozen };
}

/** The spec with another stack. */
export function withStack(spec: RunSpec, { layers, frozen }: Stack): RunSpec {
  return {
    ...spec,
    model: { ...spec.model, layers: [...layers] },
    train: { ...spec.train, frozen: [...frozen] },
  };
}

/** The list that a path leads into, and the position in it. */
function split(path: Path): { block: Path; at: number } {
  return { block: path.slice(0, -1), at: path.at(-1) ?? 0 };
}

/** The layers within a block; those of the network where the path is empty. */
export function layersIn(layers: Layers, block: Path): Layers {
  const [at, ...inner] = block;
  if (at === undefined) return layers;
  const layer = layers[at];
  return layer?.type === "residual" ? layersIn(layer.layers, inner) : [];
}

/** The layer at a place. */
export function layerAt(layers: Layers, path: Path): LayerSpec | undefined {
  const { block, at } = split(path);
  return layersIn(layers, block)[at];
}

/** The layers with the list of one block edited. */
function editIn(layers: Layers, block: Path, edit: (list: Layers) => LayerSpec[]): LayerSpec[] {
  const [at, ...inner] = block;
  if (at === undefined) return edit(layers);
  const layer = layers[at];
  if (layer?.type !== "residual") return [...layers];
  return layers.with(at, { ...layer, layers: editIn(layer.layers, inner, edit) });
}

/** Puts layers into a gap. */
export function insert({ layers, frozen }: Stack, gap: Path, ...added: LayerSpec[]): Stack {
  const { block, at } = split(gap);
  return {
    layers: editIn(layers, block, (list) => list.toSpliced(at, 0, ...added)),
    frozen: block.length > 0 ? frozen : frozen.map((i) => (i >= at ? i + added.length : i)),
  };
}

/** Takes a layer away. */
export function remove({ layers, frozen }: Stack, path: Path): Stack {
  const { block, at } = split(path);
  return {
    layers: editIn(layers, block, (list) => list.toSpliced(at, 1)),
    frozen:
      block.length > 0 ? frozen : frozen.filter((i) => i !== at).map((i) => (i > at ? i - 1 : i)),
  };
}

/** Puts a copy of a layer after it. The copy starts from weights of its own, so it is not frozen. */
export function duplicate(stack: Stack, path: Path): Stack {
  const layer = layerAt(stack.layers, path);
  return layer ? insert(stack, after(path), structuredClone(layer)) : stack;
}

/** Replaces a layer. */
export function replace(stack: Stack, path: Path, layer: LayerSpec): Stack {
  const { block, at } = split(path);
  return { ...stack, layers: editIn(stack.layers, block, (list) => list.with(at, layer)) };
}

/**
 * Moves a layer into a gap, and says where it is then. A layer cannot be moved into itself; in a
 * block a layer is frozen with the block or not at all.
 */
export function move(stack: Stack, from: Path, gap: Path): { stack: Stack; path: Path } {
  const layer = layerAt(stack.layers, from);
  if (!layer || isWithin(gap, from)) return { stack, path: from };
  const path = withoutLayer(gap, from);
  const moved = insert(remove(stack, from), path, layer);
  const [was, is] = [split(from), split(path)];
  const stays = was.block.length === 0 && is.block.length === 0 && stack.frozen.includes(was.at);
  return { stack: stays ? setFrozen(moved, is.at, true) : moved, path };
}

/** Whether a gap lies inside the layer at a path. */
export function isWithin(gap: Path, path: Path): boolean {
  return gap.length > path.length && path.every((at, i) => gap[i] === at);
}

/** A path as it reads once the layer at `removed` is gone. */
function withoutLayer(path: Path, removed: Path): Path {
  const { block, at } = split(removed);
  const level = block.length;
  const same = path.length > level && block.every((position, i) => path[i] === position);
  const position = path[level] ?? 0;
  return same && position > at ? path.with(level, position - 1) : path;
}

/** The gap after a layer. */
export function after(path: Path): Path {
  const { block, at } = split(path);
  return [...block, at + 1];
}

/**
 * The gap into which a layer goes when it is moved by one place: past its neighbour, into or out of
 * a block. Blocks stay out of one another.
 */
export function neighbourGap(layers: Layers, path: Path, towards: "up" | "down"): Path | undefined {
  const { block, at } = split(path);
  const list = layersIn(layers, block);
  const entersBlocks = list[at]?.type !== "residual";
  const neighbour = list[towards === "up" ? at - 1 : at + 1];
  if (!neighbour) {
    if (block.length === 0) return undefined;
    return towards === "up" ? block : after(block);
  }
  if (towards === "up") {
    const before = [...block, at - 1];
    return neighbour.type === "residual" && entersBlocks
      ? [...before, neighbour.layers.length]
      : before;
  }
  const behind = [...block, at + 1];
  return neighbour.type === "residual" && entersBlocks ? [...behind, 0] : after(behind);
}

/** Freezes a layer of the outer list, or lets it learn. */
export function setFrozen(stack: Stack, at: number, frozen: boolean): Stack {
  const others = stack.frozen.filter((i) => i !== at);
  return { ...stack, frozen: frozen ? [...others, at].toSorted((a, b) => a - b) : others };
}

/** Whether a layer has numbers that training changes. */
export function hasWeights(layer: LayerSpec): boolean {
  switch (layer.type) {
    case "dense":
    case "conv2d":
    case "batchNorm":
    case "layerNorm":
      return true;
    case "residual":
      return layer.layers.some(hasWeights);
    case "maxPool2d":
    case "avgPool2d":
    case "globalAvgPool":
    case "flatten":
    case "dropout":
    case "activation":
      return false;
  }
}
