/** Two runs over each other: the same measure of both, over one axis of steps. */

import { roundNumbers } from "./round-numbers";

/** Values at some of the steps, in their order. */
export interface Line {
  steps: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** A laid-out chart. */
export interface Overlay {
  /** The path of each line, in the order they were given. */
  paths: string[];
  valueTicks: { value: number; y: number }[];
  /** The last step. */
  steps: number;
}

const TICKS = 4;

/** Share of the steps whose values may fall outside: the first are so far off that they would flatten all else. */
const WARM_START = 0.05;

/**
 * Lays out some lines in a frame of `width` by `height` pixels. What lies outside the range of the
 * settled part is drawn at the edge.
 */
export function overlay(lines: readonly Line[], width: number, height: number): Overlay {
  const steps = Math.max(...lines.map(({ steps }) => steps[steps.length - 1] ?? 0), 1);
  const [low, high] = range(lines, steps);
  const x = (step: number) => tidy((step / steps) * width);
  const y = (value: number) => {
    const share = Math.min(Math.max((value - low) / (high - low), 0), 1);
    return tidy((1 - share) * height);
  };
  const path = ({ steps, values }: Line) => {
    const points: string[] = [];
    for (let i = 0; i < steps.length; i += 1) {
      const value = values[i] ?? NaN;
      if (Number.isFinite(value)) points.push(`${x(steps[i] ?? 0)},${y(value)}`);
    }
    return points.length > 0 ? `M${points.join("L")}` : "";
  };
  const valueTicks = roundNumbers(low, high, TICKS).map((value) => ({ value, y: y(value) }));
  return { paths: lines.map(path), valueTicks, steps };
}

function range(lines: readonly Line[], last: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const settled of [WARM_START * last, 0]) {
    for (const { steps, values } of lines) {
      for (let i = 0; i < steps.length; i += 1) {
        const value = values[i] ?? NaN;
        if ((steps[i] ?? 0) < settled || !Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low <= high) break;
  }
  if (low > high) return [0, 1];
  const margin = (high - low || Math.abs(high) || 1) * 0.05;
  return [low - margin, high + margin];
}

/** A tenth of a pixel is enough. */
function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}
