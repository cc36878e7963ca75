/**
 * The diagram of a network: every layer as a piece on one axis, from the image on the left to the
 * classes on the right. Maps are blocks, taller for more pixels and wider for more channels;
 * vectors are bars; what changes no shape is a mark; a skip connection is an arc.
 */

import type { LayerSpec, LayerSummary } from "../generated/core";

/** How a piece looks. */
export type Form = "map" | "vector" | "mark" | "unknown";

/** One layer, or the image. */
export interface Piece {
  form: Form;
  /** The layer's type; `image` for what comes in. */
  type: LayerSpec["type"] | "image";
  /** Left edge and width on the axis. */
  x: number;
  width: number;
  /** Height, centred on the axis. */
  height: number;
  /** By how much a block leans back, to the right and up. */
  depth: number;
  /** Where the layer stands; empty for the image. */
  path: readonly number[];
  /** What it gives; empty where that is not known, as after a layer that does not fit. */
  shape: readonly number[];
}

/** A skip connection. */
export interface Arc {
  from: number;
  to: number;
  /** How far it rises above the axis. */
  rise: number;
  projected: boolean;
  path: readonly number[];
}

/** A whole diagram. */
export interface Drawing {
  width: number;
  height: number;
  /** The height on which the pieces are centred. */
  axis: number;
  pieces: Piece[];
  arcs: Arc[];
}

/** What is drawn. */
export interface Network {
  layers: readonly LayerSpec[];
  /** As far as the layers fit. */
  summaries: readonly LayerSummary[];
  /** Channels, rows and columns. */
  image: readonly number[];
}

const TALLEST = 40;
const LOWEST = 6;
const GAP = 5;
/** Rows that are drawn as high as there is room. */
const FULL_SIDE = 28;
/** Numbers of a vector that are drawn as high as there is room: as many as that image has. */
const FULL_VECTOR = FULL_SIDE ** 2;

/** Draws a network. Every piece takes at least `slot` of the axis, for words below it. */
export function drawNetwork({ layers, summaries, image }: Network, slot = 0): Drawing {
  const pieces: Piece[] = [];
  const arcs: Arc[] = [];
  let x = 0;

  const put = (piece: Omit<Piece, "x">) => {
    const room = piece.width + piece.depth;
    const wide = piece.form === "mark" ? (2 * slot) / 3 : slot;
    const place = Math.max(room, wide);
    pieces.push({ ...piece, x: x + (place - room) / 2 });
    x += place + GAP;
  };

  const walk = (
    list: readonly LayerSpec[],
    known: readonly LayerSummary[],
    block: readonly number[],
    input: readonly number[],
  ) => {
    let before = input;
    list.forEach((layer, i) => {
      const path = [...block, i];
      const summary = known[i];
      if (layer.type === "residual") {
        const from = x - GAP / 2;
        const first = pieces.length;
        walk(layer.layers, summary?.inner ?? [], path, before);
        // An empty block still has two ends.
        if (pieces.length === first) x += GAP;
        const inner = pieces.slice(first).map(({ height, depth }) => height / 2 + depth);
        const nested = arcs.filter((arc) => arc.from >= from).map(({ rise }) => rise);
        const rise = Math.max(LOWEST, ...inner, ...nested) + GAP;
        arcs.push({ from, to: x - GAP / 2, rise, projected: layer.projection, path });
        x += GAP;
      } else {
        put(pieceOf(layer, path, summary?.outputShape ?? [], before));
      }
      before = summary?.outputShape ?? [];
    });
  };

  put(shaped("image", [], image));
  walk(layers, summaries, [], image);

  const above = Math.max(
    ...pieces.map(({ height, depth }) => height / 2 + depth),
    ...arcs.map(({ rise }) => rise),
  );
  const below = Math.max(...pieces.map(({ height }) => height / 2));
  return { width: x - GAP, height: above + below + 2, axis: above + 1, pieces, arcs };
}

/** A layer other than a block. What keeps the shape and has no form of its own is a mark. */
function pieceOf(
  layer: LayerSpec,
  path: readonly number[],
  shape: readonly number[],
  before: readonly number[],
): Omit<Piece, "x"> {
  if (shape.length === 0) {
    return { form: "unknown", type: layer.type, width: 8, height: 14, depth: 0, path, shape };
  }
  const makes = layer.type === "dense" || layer.type === "conv2d";
  if (!makes && shape.join() === before.join()) {
    return { form: "mark", type: layer.type, width: 4, height: 4, depth: 0, path, shape };
  }
  return shaped(layer.type, path, shape);
}

/** A signal of this shape. */
function shaped(
  type: Piece["type"],
  path: readonly number[],
  shape: readonly number[],
): Omit<Piece, "x"> {
  const [size = 1, rows] = shape;
  if (rows === undefined) {
    const height = between(Math.log(size + 1) / Math.log(FULL_VECTOR + 1));
    return { form: "vector", type, width: 5, height, depth: 0, path, shape };
  }
  const height = between(Math.sqrt(rows / FULL_SIDE));
  // Each doubling of the channels adds the same width: what is common lies between 1 and 256.
  const width = 2 + 2 * Math.log2(size + 1);
  return { form: "map", type, width, height, depth: height / 5, path, shape };
}

/** A height for a share of the greatest. */
function between(share: number): number {
  return LOWEST + (TALLEST - LOWEST) * Math.min(share, 1);
}
