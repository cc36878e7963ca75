/** What of each kind of layer can be edited, and the fields whose problems are shown beside it. */

import type { LayerSpec, Padding, Range } from "../generated/core";
import { LIMITS } from "../generated/limits";
import { strings } from "../strings";
import { layerField, outline } from "./layer-outline";
import { ACTIVATIONS, PADDINGS } from "./layer-text";

interface FieldOf<Kind extends string, Value> {
  kind: Kind;
  /** The layer's own field. */
  key: string;
  label: string;
  /** One sentence. */
  help: string;
  value: Value;
  /** The layer with another value. */
  set(value: Value): LayerSpec;
}

/** A number of a layer. */
export type NumberField = FieldOf<"number", number> & { range: Range };
/** One of several words. */
export type ChoiceField = FieldOf<"choice", string> & {
  options: readonly { name: string; label: string }[];
};
/** On or off. */
export type SwitchField = FieldOf<"switch", boolean>;

/** One editable field of a layer. */
export type LayerField = NumberField | ChoiceField | SwitchField;

const words = strings.architecture;
const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as (keyof typeof ACTIVATIONS)[];
const PADDING_NAMES = Object.keys(PADDINGS) as Padding[];

/** A number with the words for its key. */
function number(
  key: keyof typeof words.fields,
  range: Range,
  value: number,
  set: (value: number) => LayerSpec,
): NumberField {
  return { kind: "number", key, ...words.fields[key], range, value, set };
}

/** One of the names, or what it was where the text is none of them. */
function choice<Name extends string>(
  key: keyof typeof words.fields,
  names: readonly Name[],
  labels: Record<Name, string>,
  value: Name,
  set: (value: Name) => LayerSpec,
): ChoiceField {
  return {
    kind: "choice",
    key,
    ...words.fields[key],
    options: names.map((name) => ({ name, label: labels[name] })),
    value,
    set: (text) => set(names.find((name) => name === text) ?? value),
  };
}

/** Everything that can be edited of a layer beside the layers within it, in the order it is shown. */
export function layerFields(layer: LayerSpec): LayerField[] {
  switch (layer.type) {
    case "dense":
      return [number("units", LIMITS.units, layer.units, (units) => ({ ...layer, units }))];
    case "conv2d":
      return [
        number("filters", LIMITS.filters, layer.filters, (filters) => ({ ...layer, filters })),
        number("kernel", LIMITS.kernel, layer.kernel, (kernel) => ({ ...layer, kernel })),
        number("stride", LIMITS.stride, layer.stride, (stride) => ({ ...layer, stride })),
        choice("padding", PADDING_NAMES, words.paddings, layer.padding, (padding) => ({
          ...layer,
          padding,
        })),
      ];
    case "maxPool2d":
    case "avgPool2d": {
      // Windows that touch without overlapping, as pooling is usually meant, go on doing so.
      const touching = Object.is(layer.size, layer.stride);
      return [
        number("size", LIMITS.pool, layer.size, (size) => ({
          ...layer,
          size,
          stride: touching ? size : layer.stride,
        })),
        number("stride", LIMITS.stride, layer.stride, (stride) => ({ ...layer, stride })),
      ];
    }
    case "dropout":
      return [number("rate", LIMITS.dropout, layer.rate, (rate) => ({ ...layer, rate }))];
    case "residual":
      return [
        {
          kind: "switch",
          key: "projection",
          ...words.fields.projection,
          value: layer.projection,
          set: (projection) => ({ ...layer, projection }),
        },
      ];
    case "activation":
      return [
        choice("function", ACTIVATION_NAMES, words.activations, layer.function, (name) => ({
          ...layer,
          function: name,
        })),
      ];
    case "flatten":
    case "globalAvgPool":
    case "batchNorm":
    case "layerNorm":
      return [];
  }
}

/** The fields whose problems a layer's own card shows. */
export function cardFields(path: readonly number[], layer: LayerSpec): string[] {
  return [...layerFields(layer).map(({ key }) => layerField(path, key)), layerField(path)];
}

/** The fields that are about the network as a whole. */
export const NETWORK_FIELDS = ["model.layers", "train.frozen"] as const;

/** Every field of a network that has a place on the page. */
export function networkFields(layers: readonly LayerSpec[]): string[] {
  return [
    ...outline(layers).flatMap(({ path, layer }) => cardFields(path, layer)),
    ...NETWORK_FIELDS,
  ];
}
