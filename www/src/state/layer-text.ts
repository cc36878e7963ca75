/**
 * A network as one line of text, short enough for an address and plain enough to write by hand:
 * `conv_32_3-relu-maxpool_2-flatten-dense_128-relu-dense_10`.
 *
 * Layers are joined by `-`; a layer's numbers follow its name after `_`, and may be left out from
 * the end where they have their usual value. A residual block holds its inner layers in
 * parentheses: `residual(conv_32_3-relu-conv_32_3)`, and `residual_projected(...)` where its skip
 * connection is projected. Only characters that addresses carry as they are.
 */

import type { Activation, LayerSpec, Padding } from "../generated/core";
import { LIMITS } from "../generated/limits";

/** The activations by name, in the order they are listed. */
export const ACTIVATIONS: Record<Activation, true> = {
  relu: true,
  leakyRelu: true,
  elu: true,
  gelu: true,
  silu: true,
  sigmoid: true,
  tanh: true,
};
/** The paddings by name. */
export const PADDINGS: Record<Padding, true> = { same: true, valid: true };

/** Layers without numbers, and the word for each. */
const PLAIN = {
  flatten: "flatten",
  globalAvgPool: "globalavgpool",
  batchNorm: "batchnorm",
  layerNorm: "layernorm",
} as const;

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
    case "globalAvgPool":
    case "batchNorm":
    case "layerNorm":
      return PLAIN[layer.type];
    case "dropout":
      return `dropout_${layer.rate}`;
    case "residual":
      return `residual${layer.projection ? "_projected" : ""}(${formatLayers(layer.layers)})`;
    case "activation":
      return layer.function;
  }
}

/** Reads layers from text; nothing where any part of it is not understood. */
export function parseLayers(text: string, depth = 0): LayerSpec[] | undefined {
  const words = splitOutside(text.trim());
  // Far more than may be trained: the core says how many those are.
  if (!words || words.length > 4 * LIMITS.layers.max) return undefined;
  const layers: LayerSpec[] = [];
  for (const word of words) {
    const layer = parseLayer(word, depth);
    if (!layer) return undefined;
    layers.push(layer);
  }
  return layers;
}

/** Splits at each `-` that is not within parentheses; nothing where those do not match. */
function splitOutside(text: string): string[] | undefined {
  const words = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return undefined;
    if (character === "-" && depth === 0) words.push("");
    else words.push((words.pop() ?? "") + character);
  }
  return depth === 0 ? words : undefined;
}

/** How deep residual blocks may hold one another in a text. */
const DEEPEST = 4;

function parseResidual(word: string, depth: number): LayerSpec | undefined {
  const match = /^residual(_projected)?\((.*)\)$/.exec(word);
  if (!match || depth >= DEEPEST) return undefined;
  const layers = match[2] ? parseLayers(match[2], depth + 1) : [];
  return layers && { type: "residual", layers, projection: match[1] !== undefined };
}

function parseLayer(word: string, depth: number): LayerSpec | undefined {
  if (word.startsWith("residual")) return parseResidual(word, depth);
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
    case "dropout":
      return given === 1 ? { type: "dropout", rate: first } : undefined;
    case PLAIN.flatten:
      return given === 0 ? { type: "flatten" } : undefined;
    case PLAIN.globalAvgPool:
      return given === 0 ? { type: "globalAvgPool" } : undefined;
    case PLAIN.batchNorm:
      return given === 0 ? { type: "batchNorm" } : undefined;
    case PLAIN.layerNorm:
      return given === 0 ? { type: "layerNorm" } : undefined;
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
