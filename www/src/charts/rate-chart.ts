/** The curve of a learning-rate range test: loss over rate, the rates by powers of ten. */

import { roundNumbers } from "./round-numbers";

/** What a test has found: as many losses as rates, which ascend. */
export interface RateCurve {
  rates: ArrayLike<number>;
  losses: ArrayLike<number>;
  smoothed: ArrayLike<number>;
}

/** Where the drawing lies, in pixels. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A chart, ready to be drawn. */
export interface RateChart {
  /** The smoothed loss, as the path of an SVG. */
  smooth: string;
  /** The loss of each batch. */
  raw: string;
  x: (rate: number) => number;
  y: (loss: number) => number;
  /** Powers of ten. */
  rateTicks: number[];
  lossTicks: number[];
}

/** The highest loss that is shown, in terms of the range of the smoothed loss before it bursts. */
const HEADROOM = 1.25;

/** Lays out a test whose rates lie within limits. */
export function rateChart(
  curve: RateCurve,
  [low, high]: [number, number],
  frame: Frame,
): RateChart {
  const { rates, losses, smoothed } = curve;
  const span = Math.log10(high / low);
  const x = (rate: number) => frame.left + (Math.log10(rate / low) / span) * frame.width;
  const [least, most] = lossRange(smoothed);
  const y = (loss: number) => {
    const share = (Math.min(loss, most) - least) / (most - least);
    return frame.top + (1 - Math.max(share, 0)) * frame.height;
  };
  const path = (values: ArrayLike<number>) => {
    const points: string[] = [];
    for (let i = 0; i < rates.length; i += 1) {
      const value = values[i] ?? NaN;
      if (Number.isFinite(value)) points.push(`${tidy(x(rates[i] ?? NaN))},${tidy(y(value))}`);
    }
    return points.length > 0 ? `M${points.join("L")}` : "";
  };
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return {
    smooth: path(smoothed),
    raw: path(losses),
    x,
    y,
    rateTicks: Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`)),
    lossTicks: roundNumbers(least, most),
  };
}

/**
 * The step of a test that a place belongs to: the nearest one. None where nothing was tested.
 *
 * @param place a rate
 */
export function nearestStep(
  { rates }: Pick<RateCurve, "rates">,
  place: number,
): number | undefined {
  let nearest: number | undefined;
  let least = Infinity;
  for (let i = 0; i < rates.length; i += 1) {
    const distance = Math.abs(Math.log((rates[i] ?? NaN) / place));
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}

/** The rate that lies at a place, in pixels: the inverse of a chart's `x`. */
export function rateAt(place: number, [low, high]: [number, number], frame: Frame): number {
  const share = Math.min(Math.max((place - frame.left) / frame.width, 0), 1);
  return low * (high / low) ** share;
}

/** From the lowest loss to somewhat more than what the test began with: beyond that it bursts. */
function lossRange(smoothed: ArrayLike<number>): [number, number] {
  let least = Infinity;
  let before = -Infinity;
  let most = -Infinity;
  for (let i = 0; i < smoothed.length; i += 1) {
    const value = smoothed[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    before = Math.max(before, value);
    if (value < least) {
      least = value;
      // What comes after the minimum may burst; what comes before it is what is learned.
      most = before;
    }
  }
  if (least === Infinity) return [0, 1];
  const range = Math.max(most - least, 0.1 * least, 1e-6);
  return [Math.max(least - 0.1 * range, 0), least + HEADROOM * range];
}

/** A tenth of a pixel is enough. */
function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}
