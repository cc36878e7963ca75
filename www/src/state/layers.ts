/**
 * Editing a network: pure functions from one list of layers to the next.
 *
 * The list is the truth. For the eye it is grouped into blocks, a convolution with the activation
 * and the pooling that follow it, a dense layer with its activation; layers that fit no block
 * stand alone, so that every list can be shown.
 */

import type { LayerSpec } from "../generated/core";
import { LIMITS } from "../generated/limits";

/** A run of layers that belong together, by their positions in the list. */
export interface Block {
  kind: "conv" | "dense" | "output" | "flatten" | "other";
  /** Position of the layer the block is named after. */
  at: number;
  /** Position of the activation that follows, if any. */
  activation: number | undefined;
  /** Position of the pooling that follows, if any. */
  pool: number | undefined;
  /** Position after the block's last layer. */
  end: number;
}

type Layers = readonly LayerSpec[];

/** Groups a list of layers into blocks, in order and without a gap. */
export function blocks(layers: Layers): Block[] {
  const result: Block[] = [];
  let at = 0;
  while (at < layers.length) {
    const block = blockAt(layers, at);
    result.push(block);
    at = block.end;
  }
  return result;
}

function blockAt(layers: Layers, at: number): Block {
  const layer = layers[at];
  const alone = { at, activation: undefined, pool: undefined, end: at + 1 };
  switch (layer?.type) {
    case "conv2d": {
      const activation = layers[at + 1]?.type === "activation" ? at + 1 : undefined;
      const afterActivation = (activation ?? at) + 1;
      const pool = isPool(layers[afterActivation]) ? afterActivation : undefined;
      return { kind: "conv", at, activation, pool, end: (pool ?? activation ?? at) + 1 };
    }
    case "dense": {
      if (at === layers.length - 1) return { kind: "output", ...alone };
      const activation = layers[at + 1]?.type === "activation" ? at + 1 : undefined;
      return { kind: "dense", at, activation, pool: undefined, end: (activation ?? at) + 1 };
    }
    case "flatten":
      return { kind: "flatten", ...alone };
    default:
      return { kind: "other", ...alone };
  }
}

function isPool(layer: LayerSpec | undefined): boolean {
  return layer?.type === "maxPool2d" || layer?.type === "avgPool2d";
}

const RELU: LayerSpec = { type: "activation", function: "relu" };
const POOL: LayerSpec = { type: "maxPool2d", size: 2, stride: 2 };

/**
 * Adds a convolution, twice as wide as the one before it, behind the last map-shaped layer.
 * `pooled` adds a pooling layer to it.
 */
export function addConv(layers: Layers, pooled: boolean): LayerSpec[] {
  const flat = layers.findIndex(({ type }) => type === "flatten" || type === "dense");
  const at = flat === -1 ? layers.length : flat;
  const before = layers.slice(0, at).findLast((layer) => layer.type === "conv2d");
  const filters = within(2 * (before?.filters ?? NaN), 16, LIMITS.filters.sliderMax);
  const conv: LayerSpec = { type: "conv2d", filters, kernel: 3, stride: 1, padding: "same" };
  return layers.toSpliced(at, 0, conv, RELU, ...(pooled ? [POOL] : []));
}

/** Adds a hidden dense layer, half as wide as the one before it, in front of the output. */
export function addDense(layers: Layers): LayerSpec[] {
  const output = layers.at(-1)?.type === "dense" ? layers.length - 1 : layers.length;
  const before = layers.slice(0, output).findLast((layer) => layer.type === "dense");
  const units = within(Math.floor((before?.units ?? NaN) / 2), 64, LIMITS.units.sliderMax);
  return layers.toSpliced(output, 0, { type: "dense", units }, RELU);
}

/** A sensible width: at least 1 and at most `max`, or `usual` where there is no number to go by. */
function within(width: number, usual: number, max: number): number {
  return Number.isFinite(width) ? Math.min(Math.max(Math.round(width), 1), max) : usual;
}

/** Removes a block. */
export function removeBlock(layers: Layers, { at, end }: Block): LayerSpec[] {
  return layers.toSpliced(at, end - at);
}

/** Gives a convolution a pooling layer, or takes it away. */
export function setPooled(layers: Layers, { pool, end }: Block, pooled: boolean): LayerSpec[] {
  if (pooled === (pool !== undefined)) return [...layers];
  return pool === undefined ? layers.toSpliced(end, 0, POOL) : layers.toSpliced(pool, 1);
}

/** Replaces the layer at a position. */
export function replaceLayer(layers: Layers, at: number, layer: LayerSpec): LayerSpec[] {
  return layers.with(at, layer);
}
