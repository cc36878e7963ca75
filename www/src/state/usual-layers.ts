/** Layers as one usually adds them: with what parameters, and where. */

import type { LayerSpec } from "../generated/core";
import { LIMITS } from "../generated/limits";
import { insert, type Path, type Stack } from "./layers";

const RELU: LayerSpec = { type: "activation", function: "relu" };
const POOL: LayerSpec = { type: "maxPool2d", size: 2, stride: 2 };
/** Widths of first layers. */
const FILTERS = 16;
const UNITS = 64;

function convolution(filters: number): LayerSpec {
  return { type: "conv2d", filters, kernel: 3, stride: 1, padding: "same" };
}

/**
 * A layer with its usual parameters. `input` is the shape of what it gets, where that is known: a
 * residual block is made so that its ends fit.
 */
export function usualLayer(type: LayerSpec["type"], input: readonly number[] = []): LayerSpec {
  switch (type) {
    case "dense":
      return { type, units: UNITS };
    case "conv2d":
      return convolution(FILTERS);
    case "maxPool2d":
    case "avgPool2d":
      return { type, size: 2, stride: 2 };
    case "globalAvgPool":
    case "flatten":
    case "batchNorm":
    case "layerNorm":
      return { type };
    case "dropout":
      return { type, rate: 0.3 };
    case "residual": {
      const [width] = input;
      const inner: LayerSpec =
        input.length === 1
          ? { type: "dense", units: width ?? UNITS }
          : convolution(width ?? FILTERS);
      return { type, layers: [inner, RELU, inner], projection: false };
    }
    case "activation":
      return RELU;
  }
}

/** Layers that look at a map, and so stand before it is made flat. */
const OF_MAPS: readonly LayerSpec["type"][] = ["conv2d", "maxPool2d", "avgPool2d", "globalAvgPool"];

/** The gap where a layer of this type most likely belongs. */
export function usualGap(layers: readonly LayerSpec[], type: LayerSpec["type"]): Path {
  const end = layers.at(-1)?.type === "dense" ? layers.length - 1 : layers.length;
  const flat = layers.findIndex(({ type }) => ["flatten", "globalAvgPool", "dense"].includes(type));
  const ofMaps = OF_MAPS.includes(type) || type === "flatten";
  const withMaps = type === "residual" && layers.some((layer) => layer.type === "conv2d");
  return [(ofMaps || withMaps) && flat !== -1 ? flat : end];
}

/**
 * Adds a convolution, twice as wide as the one before it, behind the last map-shaped layer.
 * `pooled` adds a pooling layer to it.
 */
export function addConv(stack: Stack, pooled: boolean): Stack {
  const gap = usualGap(stack.layers, "conv2d");
  const before = stack.layers.slice(0, gap[0]).findLast((layer) => layer.type === "conv2d");
  const filters = within(2 * (before?.filters ?? NaN), FILTERS, LIMITS.filters.sliderMax);
  return insert(stack, gap, convolution(filters), RELU, ...(pooled ? [POOL] : []));
}

/** Adds a hidden dense layer, half as wide as the one before it, in front of the output. */
export function addDense(stack: Stack): Stack {
  const gap = usualGap(stack.layers, "dense");
  const before = stack.layers.slice(0, gap[0]).findLast((layer) => layer.type === "dense");
  const units = within(Math.floor((before?.units ?? NaN) / 2), UNITS, LIMITS.units.sliderMax);
  return insert(stack, gap, { type: "dense", units }, RELU);
}

/** A sensible width: at least 1 and at most `max`, or `usual` where there is no number to go by. */
function within(width: number, usual: number, max: number): number {
  return Number.isFinite(width) ? Math.min(Math.max(Math.round(width), 1), max) : usual;
}
