/** A network read from top to bottom, the layers within blocks too, and what each is called. */

import type { LayerSpec, LayerSummary } from "../generated/core";
import { strings } from "../strings";
import type { Path } from "./layers";

type Layers = readonly LayerSpec[];

/** One layer of the outline. */
export interface OutlineLayer {
  path: Path;
  layer: LayerSpec;
  /** What it is called where it stands among others of its kind: no two share a name. */
  name: string;
  /** What its card says: numbered only where it is the kind one counts. */
  shortName: string;
}

/** What an image is for the first layer: channels, rows, columns. */
export const IMAGE_SHAPE: readonly number[] = [1, 28, 28];

/** The key of a path. */
export function pathKey(path: Path): string {
  return path.join(".");
}

/** The field of a layer, or one of its own fields, as the core names it. */
export function layerField(path: Path, key?: string): string {
  const field = `model.layers.${path.join(".layers.")}`;
  return key === undefined ? field : `${field}.${key}`;
}

/** Every layer from top to bottom. */
export function outline(layers: Layers): OutlineLayer[] {
  const all = walk(layers, []);
  const output = layers.at(-1)?.type === "dense" ? all.length - 1 : -1;
  const words = strings.architecture;
  const hidden = all.filter((_, i) => i !== output);
  return all.map(({ path, layer }, i) => {
    if (i === output) return { path, layer, name: words.output, shortName: words.output };
    const { type } = layer;
    const kin = hidden.filter((other) => other.layer.type === type);
    const number = kin.findIndex((other) => other.path === path) + 1;
    const word = words.layers[type];
    const counted = type === "dense" || type === "conv2d" || type === "residual";
    const several = kin.length > 1;
    const numbered = words.numbered(word, number);
    return {
      path,
      layer,
      name: counted || several ? numbered : word,
      shortName: counted ? words.numbered(words.short[type] ?? word, number) : word,
    };
  });
}

function walk(layers: Layers, block: Path): { path: Path; layer: LayerSpec }[] {
  return layers.flatMap((layer, i) => {
    const path = [...block, i];
    return [{ path, layer }, ...(layer.type === "residual" ? walk(layer.layers, path) : [])];
  });
}

/** The summary of the layer at a path, where the core has come so far. */
export function summaryAt(
  summaries: readonly LayerSummary[],
  path: Path,
): LayerSummary | undefined {
  const [at, ...inner] = path;
  const summary = at === undefined ? undefined : summaries[at];
  return inner.length > 0 ? summary && summaryAt(summary.inner, inner) : summary;
}

/** The shape that comes to a gap; nothing where the core has not come so far. */
export function shapeBefore(
  summaries: readonly LayerSummary[],
  gap: Path,
): readonly number[] | undefined {
  const at = gap.at(-1) ?? 0;
  const block = gap.slice(0, -1);
  if (at > 0) return summaryAt(summaries, [...block, at - 1])?.outputShape;
  return block.length > 0 ? shapeBefore(summaries, block) : IMAGE_SHAPE;
}
