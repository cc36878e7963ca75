/**
 * What stands on a curve chart beside the curves of the run in hand: ends of epochs, changes
 * mid-run, earlier runs, and the best validation. Each takes a plane and draws on it, no more.
 */

import { strings } from "../strings";
import type { EpochMark } from "./curve-axis";
import type { EarlierLine, Line } from "./earlier-lines";
import type { Anchor, Labels } from "./labels";

/** A canvas with axes, all in its own pixels. */
export interface Plane {
  ctx: CanvasRenderingContext2D;
  x: (value: number) => number;
  y: (value: number) => number;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Its pixels to one of the page's. */
  ratio: number;
  labels: Labels;
}

/** The colours of the page that these layers use. */
export interface LayerColors {
  text: string;
  surface: string;
  epoch: string;
  change: string;
  earlier: string;
  pointedAt: string;
  best: string;
}

/** Something that was changed mid-run. */
export interface ChangeMark {
  x: number;
  label: string;
}

/** A point with a word about it. */
export interface LabelledPoint {
  x: number;
  y: number;
  label: string;
}

/** From where to where a label goes. */
type Extent = [start: number, end: number];

/** Of the labels, in pixels of the page. */
const TEXT_SIZE = 10;

/** A text that may lie on curves, and so stands on a rim of paper. */
function say(
  plane: Plane,
  text: string,
  at: { x: number; y: number } & Anchor,
  color: string,
  { surface }: LayerColors,
): void {
  plane.labels.draw(plane.ctx, text, at, { size: TEXT_SIZE, color, rim: surface }, plane.ratio);
}

function widthOf({ labels, ratio }: Plane, text: string, { text: color, surface }: LayerColors) {
  return labels.width(text, { size: TEXT_SIZE, color, rim: surface }, ratio);
}

function upright({ ctx, top, height }: Plane, x: number): void {
  const sharp = Math.round(x) + 0.5;
  ctx.beginPath();
  ctx.moveTo(sharp, top);
  ctx.lineTo(sharp, top + height);
  ctx.stroke();
}

/** Marks where epochs end, and names them above the plane. */
export function drawEpochs(plane: Plane, marks: readonly EpochMark[], colors: LayerColors): void {
  const { ctx, ratio, top } = plane;
  ctx.save();
  ctx.strokeStyle = colors.epoch;
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  for (const { x } of marks) upright(plane, plane.x(x));
  ctx.restore();
  for (const { x, epoch, labelled } of marks) {
    if (!labelled) continue;
    const at = { x: plane.x(x), y: top - 2 * ratio, align: "right", baseline: "bottom" } as const;
    say(plane, strings.curves.epoch(epoch), at, colors.text, colors);
  }
}

/**
 * Marks what was changed mid-run, with its name along the top where there is room for it. Returns
 * where the names are.
 */
export function drawChanges(
  plane: Plane,
  marks: readonly ChangeMark[],
  labelled: boolean,
  colors: LayerColors,
): Extent[] {
  const { ctx, ratio, top, left, width } = plane;
  ctx.save();
  ctx.strokeStyle = colors.change;
  ctx.lineWidth = ratio;
  ctx.setLineDash([6 * ratio, 3 * ratio]);
  for (const { x } of marks) upright(plane, plane.x(x));
  ctx.restore();
  const names: Extent[] = [];
  let free = left;
  for (const { x, label } of labelled ? marks : []) {
    const gap = 4 * ratio;
    const size = widthOf(plane, label, colors);
    const at = plane.x(x);
    const after = at + gap;
    const start = after + size <= left + width ? after : at - gap - size;
    if (start < free) continue;
    const place = { x: start, y: top + 2 * ratio, align: "left", baseline: "top" } as const;
    say(plane, label, place, colors.text, colors);
    names.push([start, start + size]);
    free = start + size + gap;
  }
  return names;
}

function trace({ ctx, x, y }: Plane, line: Line): void {
  let drawing = false;
  ctx.beginPath();
  for (let i = 0; i < line.x.length; i += 1) {
    const px = x(line.x[i] ?? NaN);
    const py = y(line.y[i] ?? NaN);
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
    if (drawing) ctx.lineTo(px, py);
    else ctx.moveTo(px, py);
    drawing = true;
  }
  ctx.stroke();
}

/** Draws earlier runs: training as a line, validation dashed, the one pointed at in full ink. */
export function drawEarlier(
  plane: Plane,
  lines: readonly EarlierLine[],
  pointedAt: number | undefined,
  colors: LayerColors,
): void {
  const { ctx, ratio, left, top, width, height } = plane;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.lineJoin = "round";
  // The one pointed at lies on top of the others.
  const last = (line: EarlierLine) => Number(line.id === pointedAt);
  for (const line of [...lines].sort((a, b) => last(a) - last(b))) {
    const inked = line.id === pointedAt;
    ctx.strokeStyle = inked ? colors.pointedAt : colors.earlier;
    ctx.lineWidth = (inked ? 2 : 1.25) * ratio;
    ctx.setLineDash([]);
    trace(plane, line.training);
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    trace(plane, line.validation);
  }
  ctx.restore();
}

/** Names earlier runs by their numbers, each at the end of its line, none over another. */
export function drawEarlierNumbers(
  plane: Plane,
  lines: readonly EarlierLine[],
  pointedAt: number | undefined,
  colors: LayerColors,
): void {
  const { ratio, left, top, width, height } = plane;
  const size = TEXT_SIZE * ratio;
  const ends = lines
    .map(({ id, training: { x, y } }) => ({
      id,
      x: plane.x(x[x.length - 1] ?? NaN),
      y: plane.y(y[y.length - 1] ?? NaN),
    }))
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  let free = top + size / 2;
  for (const end of ends) {
    const y = Math.max(Math.min(end.y, top + height - size / 2), free);
    free = y + size;
    const x = Math.min(end.x + 3 * ratio, left + width + 2 * ratio);
    const color = end.id === pointedAt ? colors.pointedAt : colors.text;
    say(plane, String(end.id), { x, y, align: "left", baseline: "middle" }, color, colors);
  }
}

/** Rings the best point and says what it is, above it unless other names are there. */
export function drawBest(
  plane: Plane,
  best: LabelledPoint,
  names: readonly Extent[],
  colors: LayerColors,
): void {
  const { ctx, ratio, left, width, top } = plane;
  const x = plane.x(best.x);
  const y = plane.y(best.y);
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  const radius = 6.5 * ratio;
  ctx.save();
  ctx.strokeStyle = colors.best;
  ctx.lineWidth = 1.5 * ratio;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.restore();
  const size = widthOf(plane, best.label, colors);
  const start = Math.min(Math.max(x - size / 2, left + 2 * ratio), left + width - size);
  const above = y - radius - 2 * ratio;
  const crossed = names.some(([from, to]) => start <= to && from <= start + size);
  // The names along the top take a line.
  const fits = above - (crossed ? 2.3 : 1) * TEXT_SIZE * ratio >= top;
  const place = fits
    ? ({ x: start, y: above, align: "left", baseline: "bottom" } as const)
    : ({ x: start, y: y + radius + 2 * ratio, align: "left", baseline: "top" } as const);
  say(plane, best.label, place, colors.text, colors);
}
