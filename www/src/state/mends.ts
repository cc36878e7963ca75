/**
 * Edits that may mend a problem of a network. They are proposals: whether one mends is for the core
 * to say, so a page that offers one asks first.
 */

import type { Description, LayerSpec, Problem, Range, RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { strings } from "../strings";
import { layerFields } from "./layer-fields";
import { layerField, outline, shapeBefore, type OutlineLayer } from "./layer-outline";
import { insert, layersIn, move, remove, replace, type Path, type Stack } from "./layers";
import { classes } from "./usual";

/** An edit that may mend a problem. */
export interface Mend {
  /** What it does, as a button says it. */
  label: string;
  /** Where to look when it is done: the layer that was changed, added, moved or removed. */
  at: Path;
  /** Whether the layer there is removed. */
  removes?: boolean;
  apply(stack: Stack): Stack;
}

type Summaries = Description["layers"];

const words = strings.architecture.mends;
const names = strings.architecture.layers;

/** What may mend a problem, the best first; nothing where the way out is not plain. */
export function mends(problem: Problem, spec: RunSpec, summaries: Summaries): Mend[] {
  const { layers } = spec.model;
  if (problem.field.startsWith("train.frozen")) return [letAllLearn()];
  const all = outline(layers);
  const entry = all.findLast(({ path }) => isAbout(problem.field, layerField(path)));
  if (!entry) return [];
  switch (problem.code) {
    case "not_whole":
    case "out_of_range":
      return nearestNumber(problem, entry);
    case "output_layer":
      return output(entry, classesOf(spec), shapeBefore(summaries, [layers.length]));
    case "shape_mismatch":
      return problem.field === layerField(entry.path)
        ? wrongPlace(entry, layers)
        : wrongField(problem, entry);
    case "malformed":
    case "not_a_number":
    case "too_large":
      return [];
  }
}

/**
 * Whether a mend has done its work: the problem is gone, or more of the layers fit one another than
 * before.
 */
export function isMended(
  problem: Problem,
  before: { stack: Stack; description: Description },
  after: { stack: Stack; description: Description },
): boolean {
  const unfit = ({ stack, description }: typeof before) =>
    stack.layers.length - description.layers.length;
  const stays = after.description.problems.some(
    ({ field, code }) => field === problem.field && code === problem.code,
  );
  return !stays || unfit(after) < unfit(before);
}

function isAbout(field: string, layer: string): boolean {
  return field === layer || field.startsWith(`${layer}.`);
}

/** How many units the output has to have. */
function classesOf(spec: RunSpec): number {
  const { dataset } = spec.data;
  return typeof dataset === "object" ? dataset.own.classes : classes(PRESETS.MLP);
}

function letAllLearn(): Mend {
  return { label: words.unfreeze, at: [0], apply: (stack) => ({ ...stack, frozen: [] }) };
}

/** The allowed number that is nearest to the one that is not. */
function nearestNumber({ field }: Problem, { path, layer }: OutlineLayer): Mend[] {
  return layerFields(layer).flatMap((own) => {
    if (own.kind !== "number" || layerField(path, own.key) !== field) return [];
    const near = nearest(own.value, own.range);
    return [setTo(own.label, near, path, own.set(near))];
  });
}

function nearest(value: number, range: Range): number {
  const within = Math.min(Math.max(value, range.min), range.max);
  return range.whole ? Math.round(within) : within;
}

function setTo(field: string, value: number, path: readonly number[], made: LayerSpec): Mend {
  return { label: words.set(field, value), at: path, apply: (stack) => replace(stack, path, made) };
}

/** An output with one unit per class, as the last layer. */
function output(
  { path, layer }: OutlineLayer,
  units: number,
  shape: readonly number[] | undefined,
): Mend[] {
  const dense: LayerSpec = { type: "dense", units };
  if (layer.type === "dense") {
    return [setTo(strings.architecture.fields.units.label, units, path, dense)];
  }
  const isMap = shape?.length === 3;
  const last = path[0] ?? 0;
  return [
    {
      label: isMap ? words.addFlatOutput(units) : words.addOutput(units),
      at: [last + 1 + (isMap ? 1 : 0)],
      apply: (stack) =>
        insert(stack, [stack.layers.length], ...(isMap ? [FLATTEN, dense] : [dense])),
    },
  ];
}

const FLATTEN: LayerSpec = { type: "flatten" };

/** A layer that cannot take what comes to it. */
function wrongPlace({ path, layer }: OutlineLayer, layers: Stack["layers"]): Mend[] {
  switch (layer.type) {
    case "dense":
      return path.length === 1
        ? [{ label: words.flattenBefore, at: path, apply: (stack) => insert(stack, path, FLATTEN) }]
        : [];
    case "flatten":
      return [
        { label: words.remove, at: path, removes: true, apply: (stack) => remove(stack, path) },
      ];
    default: {
      const block = path.slice(0, -1);
      const list = layersIn(layers, block).slice(0, path.at(-1));
      const at = list.findLastIndex(({ type }) => type === "flatten" || type === "globalAvgPool");
      const flat = list[at];
      if (!flat) return [];
      const gap = [...block, at];
      return [
        {
          label: words.moveBefore(names[flat.type]),
          at: gap,
          apply: (stack) => move(stack, path, gap).stack,
        },
      ];
    }
  }
}

/** A window that is too large, or a block whose ends do not fit. */
function wrongField({ field }: Problem, { path, layer }: OutlineLayer): Mend[] {
  return layerFields(layer).flatMap((own) => {
    if (layerField(path, own.key) !== field) return [];
    if (own.kind === "switch") {
      const made = own.set(true);
      return own.value
        ? []
        : [
            {
              label: words.turnOn(own.label),
              at: path,
              apply: (stack: Stack) => replace(stack, path, made),
            },
          ];
    }
    if (own.kind !== "number") return [];
    // The largest that fits is the nearest to what was meant; the core says which that is.
    const smaller = Array.from(
      { length: Math.max(Math.min(own.value, own.range.max) - own.range.min, 0) },
      (_, i) => Math.min(own.value, own.range.max) - 1 - i,
    );
    return smaller.map((value) => setTo(own.label, value, path, own.set(value)));
  });
}
