/** The numbers of each kind of layer that can be edited, and the fields its block shows. */

import type { LayerSpec, Range } from "../generated/core";
import { LIMITS } from "../generated/limits";
import { strings } from "../strings";
import type { Block } from "./layers";

/** One editable number of a layer. */
export interface LayerNumber {
  /** The layer's own field. */
  key: string;
  label: string;
  range: Range;
  value: number;
  /** The layer with another value. */
  set(value: number): LayerSpec;
}

/** What can be edited of a layer, in the order it is shown. */
export function layerNumbers(layer: LayerSpec): LayerNumber[] {
  const words = strings.architecture;
  switch (layer.type) {
    case "dense":
      return [
        {
          key: "units",
          label: words.units,
          range: LIMITS.units,
          value: layer.units,
          set: (units) => ({ ...layer, units }),
        },
      ];
    case "conv2d":
      return [
        {
          key: "filters",
          label: words.filters,
          range: LIMITS.filters,
          value: layer.filters,
          set: (filters) => ({ ...layer, filters }),
        },
        {
          key: "kernel",
          label: words.kernel,
          range: LIMITS.kernel,
          value: layer.kernel,
          set: (kernel) => ({ ...layer, kernel }),
        },
      ];
    case "maxPool2d":
    case "avgPool2d":
      return [
        {
          key: "size",
          label: words.window,
          range: LIMITS.pool,
          value: layer.size,
          // Windows that touch without overlapping, as pooling is usually meant.
          set: (size) => ({ ...layer, size, stride: size }),
        },
      ];
    case "dropout":
      return [
        {
          key: "rate",
          label: words.rate,
          range: LIMITS.dropout,
          value: layer.rate,
          set: (rate) => ({ ...layer, rate }),
        },
      ];
    case "flatten":
    case "globalAvgPool":
    case "batchNorm":
    case "layerNorm":
    case "residual":
    case "activation":
      return [];
  }
}

/** The field of a layer, as the core names it. */
export function layerField(at: number, key?: string): string {
  return key === undefined ? `model.layers.${at}` : `model.layers.${at}.${key}`;
}

/** What a block lets edit: of a fixed output layer nothing, of others the layer it is named after. */
export function blockNumbers(layers: readonly LayerSpec[], block: Block): LayerNumber[] {
  const layer = layers[block.at];
  return layer && block.kind !== "output" ? layerNumbers(layer) : [];
}

/** The fields whose problems a block shows: its numbers, then its layers as a whole. */
export function blockFields(layers: readonly LayerSpec[], block: Block): string[] {
  const numbers = blockNumbers(layers, block).map(({ key }) => layerField(block.at, key));
  const whole = Array.from({ length: block.end - block.at }, (_, i) => layerField(block.at + i));
  return [...numbers, ...whole];
}
