/**
 * Numbers as fields of colour: activations and weights as small pictures in a grid. Zero has the
 * colour of paper, negative numbers turn to one hue and positive ones to the other, so that signs
 * are told apart by every kind of colour vision.
 */

import { pageColor, type Picture, type Rgb } from "./digits";

/** What the smallest number, zero and the largest number look like. */
export interface SignedColors {
  negative: Rgb;
  zero: Rgb;
  positive: Rgb;
}

/** How maps are laid out. */
export interface MapSheet {
  /** Rows and columns of numbers in a map. */
  height: number;
  width: number;
  /** Maps next to each other. */
  columns: number;
  /** Clear pixels between two maps. */
  gap: number;
}

/** The colour of a number from -1 to 1; beyond that the colour is that of the end. */
export function signedColor(value: number, colors: SignedColors): Rgb {
  const share = Math.min(Math.abs(value), 1);
  const end = value < 0 ? colors.negative : colors.positive;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(colors.zero[channel] + share * (end[channel] - colors.zero[channel]));
  return Number.isNaN(value) ? colors.zero : [mix(0), mix(1), mix(2)];
}

/** Shades on either side of zero. */
const SHADES = 255;

/** The colours from -1 to 1: a layer has too many numbers to mix each one's by itself. */
function colorTable(colors: SignedColors): Uint8Array {
  const table = new Uint8Array(3 * (2 * SHADES + 1));
  for (let shade = -SHADES; shade <= SHADES; shade += 1) {
    table.set(signedColor(shade / SHADES, colors), 3 * (shade + SHADES));
  }
  return table;
}

/**
 * The picture of some maps, one pixel for each number; between them it is clear.
 *
 * @param values of one map after the other, row by row
 * @param scale the number that has the full colour
 */
export function mapsPicture(
  values: Float32Array,
  sheet: MapSheet,
  scale: number,
  colors: SignedColors,
): Picture {
  const { height, width, gap } = sheet;
  const size = height * width;
  const count = Math.max(Math.ceil(values.length / size), 1);
  const columns = Math.min(sheet.columns, count);
  const rows = Math.ceil(count / columns);
  const across = columns * (width + gap) - gap;
  const down = rows * (height + gap) - gap;
  const data = new Uint8ClampedArray(4 * across * down);
  const table = colorTable(colors);
  const factor = scale > 0 ? SHADES / scale : 0;
  for (let i = 0; i < values.length; i += 1) {
    const map = Math.floor(i / size);
    const x = (map % columns) * (width + gap) + (i % width);
    const y = Math.floor(map / columns) * (height + gap) + Math.floor((i % size) / width);
    const at = 4 * (y * across + x);
    const shade = Math.min(Math.max(Math.round((values[i] ?? 0) * factor), -SHADES), SHADES);
    // What is no number has the colour of zero.
    const from = 3 * ((shade || 0) + SHADES);
    data[at] = table[from] ?? 0;
    data[at + 1] = table[from + 1] ?? 0;
    data[at + 2] = table[from + 2] ?? 0;
    data[at + 3] = 255;
  }
  return { width: across, height: down, data };
}

/**
 * The magnitude that gets the full colour: all but the most extreme numbers lie within it, so that a
 * single one does not make all others pale. 0 where all are zero.
 */
export function strength(values: Float32Array): number {
  const every = Math.max(Math.floor(values.length / MOST_SAMPLES), 1);
  const sample: number[] = [];
  for (let i = 0; i < values.length; i += every) {
    const magnitude = Math.abs(values[i] ?? 0);
    if (Number.isFinite(magnitude)) sample.push(magnitude);
  }
  sample.sort((a, b) => a - b);
  const typical = sample[Math.floor((sample.length - 1) * WITHIN)] ?? 0;
  // Where most numbers are zero, the others count.
  return typical > 0 ? typical : (sample.at(-1) ?? 0);
}

const MOST_SAMPLES = 20_000;

/** The share of the numbers that lies within the scale. */
const WITHIN = 0.995;

/**
 * An image with what its pixels mean to the network laid over it: ink fades to half, and the pixels
 * that matter most glow.
 *
 * @param image `[height * width]` grey values, 0 to 255
 * @param saliency as many magnitudes
 */
export function saliencyPicture(
  image: ArrayLike<number>,
  saliency: Float32Array,
  width: number,
  { paper, ink, glow }: { paper: Rgb; ink: Rgb; glow: Rgb },
): Picture {
  const most = strength(saliency);
  const data = new Uint8ClampedArray(4 * saliency.length);
  saliency.forEach((value, i) => {
    const dark = ((image[i] ?? 0) / 255) * FADED;
    const light = most > 0 ? Math.min(value / most, 1) : 0;
    for (const channel of [0, 1, 2] as const) {
      const below = paper[channel] + dark * (ink[channel] - paper[channel]);
      data[4 * i + channel] = below + light * (glow[channel] - below);
    }
    data[4 * i + 3] = 255;
  });
  return { width, height: Math.ceil(saliency.length / width), data };
}

/** What is left of the ink under a saliency map. */
const FADED = 0.45;

/** The page's colours of signed numbers at an element. */
export function signedColors(element: Element): SignedColors {
  return {
    zero: pageColor(element, "--cell"),
    negative: pageColor(element, "--ember-bright"),
    positive: pageColor(element, "--validation"),
  };
}
