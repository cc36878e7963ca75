/**
 * A network as one line of text, short enough for an address and plain enough to write by hand:
 * `conv_32_3-relu-maxpool_2-flatten-dense_128-relu-dense_10`.
 *
 * Layers are joined by `-`; a layer's numbers follow its name after `_`, and may be left out from
 * the end where they have their usual value. Only characters that addresses carry as they are.
 */

import type { Activation, LayerSpec, Padding } from "../generated/core";
import { LIMITS } from "../generated/limits";

const ACTIVATIONS: Record<Activation, true> = {
  relu: true,
  leakyRelu: true,
  elu: true,
  gelu: true,
  silu: true,
  sigmoid: true,
  tanh: true,
};
const PADDINGS: Record<Padding, true> = { same: true, valid: true };

/** Writes layers as text. */
export function formatLayers(layers: readonly LayerSpec[]): string {
  return layers.map(formatLayer).join("-");
}

function formatLayer(layer: LayerSpec): string {
  switch (layer.type) {
    case "dense":
      return `dense_${layer.units}`;
    case "conv2d": {
      const { filters, kernel, stride, padding } = layer;
      const usual =
        padding === "same" ? (stride === 1 ? "" : `_${stride}`) : `_${stride}_${padding}`;
      return `conv_${filters}_${kernel}${usual}`;
    }
    case "maxPool2d":
    case "avgPool2d": {
      const name = layer.type === "maxPool2d" ? "maxpool" : "avgpool";
      return `${name}_${layer.size}${layer.stride === layer.size ? "" : `_${layer.stride}`}`;
    }
    case "flatten":
      return "flatten";
    case "activation":
      return layer.function;
  }
}

/** Reads layers from text; nothing where any part of it is not understood. */
export function parseLayers(text: string): LayerSpec[] | undefined {
  const words = text.trim().split("-");
  // Far more than may be trained: the core says how many those are.
  if (words.length > 4 * LIMITS.layers.max) return undefined;
  const layers: LayerSpec[] = [];
  for (const word of words) {
    const layer = parseLayer(word);
    if (!layer) return undefined;
    layers.push(layer);
  }
  return layers;
}

function parseLayer(word: string): LayerSpec | undefined {
  const [name = "", ...rest] = word.split("_");
  const padding = isKey(PADDINGS, rest.at(-1)) ? rest.pop() : undefined;
  const [first = NaN, second, third, ...extra] = rest.map(Number);
  const given = rest.length;
  if (extra.length > 0 || (padding !== undefined && name !== "conv")) return undefined;
  switch (name) {
    case "dense":
      return given === 1 ? { type: "dense", units: first } : undefined;
    case "conv":
      if (given === 0) return undefined;
      return {
        type: "conv2d",
        filters: first,
        kernel: second ?? 3,
        stride: third ?? 1,
        padding: (padding as Padding | undefined) ?? "same",
      };
    case "maxpool":
    case "avgpool": {
      if (given === 0 || given > 2) return undefined;
      const type = name === "maxpool" ? "maxPool2d" : "avgPool2d";
      return { type, size: first, stride: second ?? first };
    }
    case "flatten":
      return given === 0 ? { type: "flatten" } : undefined;
    default:
      return given === 0 && isKey(ACTIVATIONS, name)
        ? { type: "activation", function: name }
        : undefined;
  }
}

function isKey<Key extends string>(
  table: Record<Key, true>,
  text: string | undefined,
): text is Key {
  return text !== undefined && Object.hasOwn(table, text);
}
