/**
 * Where a slider can stop. A slider moves over places, not values: on a logarithmic range equal
 * distances are equal factors, and every place is a number one would choose.
 */

import type { Range } from "../generated/core";

/**
 * Which numbers are natural, and how they are spread.
 *
 * `usual`: as the range says, by 1, 2, 5. `binary`: 1, 2, 4, 8. `fromZero`: zero, then by equal
 * factors, for what is off or small. `aboveZero`: the same without zero. `nearOne`: by equal factors
 * of the distance to one, for what decays.
 */
export type Steps = "usual" | "binary" | "fromZero" | "aboveZero" | "nearOne";

const PER_DECADE = [1, 1.5, 2, 3, 4, 5, 6, 8];
const PER_OCTAVE = [1, 1.5];
const MOST_LINEAR_PLACES = 100;
/** How far below its end a logarithmic slider starts whose range includes zero. */
const DECADES = 1e4;

/** The places of a slider over a range, ascending, from its start to its end. */
export function stops(range: Range, steps: Steps): number[] {
  const { sliderMin, sliderMax, whole } = range;
  const start = steps === "aboveZero" ? smallest(range) : sliderMin;
  const places = [start, ...between(range, steps), sliderMax]
    .map((value) => (whole ? Math.round(value) : Number(value.toPrecision(6))))
    .filter((value) => value >= start && value <= sliderMax);
  return [...new Set(places)].sort((a, b) => a - b);
}

function between(range: Range, steps: Steps): number[] {
  const { sliderMin, sliderMax, scale } = range;
  switch (steps) {
    case "usual":
      return scale === "log" ? logarithmic(sliderMin, sliderMax, 10, PER_DECADE) : linear(range);
    case "binary":
      return logarithmic(sliderMin, sliderMax, 2, PER_OCTAVE);
    case "fromZero":
    case "aboveZero":
      return logarithmic(smallest(range), sliderMax, 10, PER_DECADE);
    case "nearOne":
      return logarithmic(1 - sliderMax, 1 - sliderMin, 10, PER_DECADE).map((rest) => 1 - rest);
  }
}

function smallest({ sliderMax, whole }: Range): number {
  return whole ? 1 : sliderMax / DECADES;
}

function logarithmic(min: number, max: number, base: number, mantissas: number[]): number[] {
  const first = Math.floor(Math.log(min) / Math.log(base));
  const last = Math.ceil(Math.log(max) / Math.log(base));
  const values: number[] = [];
  for (let exponent = first; exponent <= last; exponent += 1) {
    for (const mantissa of mantissas) values.push(mantissa * base ** exponent);
  }
  // Powers are not exact: the ends must not fall off.
  return values.filter((value) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9));
}

/** The multiples of a round step. */
function linear({ sliderMin, sliderMax, whole }: Range): number[] {
  const finest = (sliderMax - sliderMin) / MOST_LINEAR_PLACES;
  const step = roundUp(whole ? Math.max(finest, 1) : finest);
  const first = Math.ceil(sliderMin / step);
  const count = Math.floor(sliderMax / step) - first + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, i) => (first + i) * step);
}

/** The next number of the kind 1, 2, 5, 10. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  // Rounding must not make a step of 0.01 one of 0.02.
  const mantissa = [1, 2, 5].find((mantissa) => mantissa * power >= value * (1 - 1e-9)) ?? 10;
  return mantissa * power;
}

/** The place nearest to a value. */
export function nearestStop(places: readonly number[], value: number): number {
  const exact = places.indexOf(value);
  if (exact >= 0) return exact;
  let best = 0;
  places.forEach((place, i) => {
    if (Math.abs(place - value) < Math.abs((places[best] ?? place) - value)) best = i;
  });
  return best;
}
