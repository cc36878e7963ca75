/**
 * Where a slider can stop. A slider moves over places, not values: on a logarithmic range equal
 * distances are equal factors, and every place is a number one would choose.
 */

import type { Range } from "../generated/core";

/** Which numbers are natural: 1, 2, 5, 10 or 1, 2, 4, 8. */
export type Steps = "decimal" | "binary";

const PER_DECADE = [1, 1.5, 2, 3, 4, 5, 6, 8];
const PER_OCTAVE = [1, 1.5];
const LINEAR_PLACES = 100;

/** The places of a slider over a range, ascending, from its start to its end. */
export function stops(range: Range, steps: Steps): number[] {
  const { sliderMin, sliderMax, scale, whole } = range;
  const between = scale === "log" ? logarithmic(sliderMin, sliderMax, steps) : linear(range);
  const places = [sliderMin, ...between, sliderMax]
    .map((value) => (whole ? Math.round(value) : Number(value.toPrecision(6))))
    .filter((value) => value >= sliderMin && value <= sliderMax);
  return [...new Set(places)].sort((a, b) => a - b);
}

function logarithmic(min: number, max: number, steps: Steps): number[] {
  const [base, mantissas] = steps === "binary" ? [2, PER_OCTAVE] : [10, PER_DECADE];
  const first = Math.floor(Math.log(min) / Math.log(base));
  const last = Math.ceil(Math.log(max) / Math.log(base));
  const values: number[] = [];
  for (let exponent = first; exponent <= last; exponent += 1) {
    for (const mantissa of mantissas) values.push(mantissa * base ** exponent);
  }
  return values;
}

function linear({ sliderMin, sliderMax, whole }: Range): number[] {
  const span = sliderMax - sliderMin;
  const count = whole ? Math.min(span, LINEAR_PLACES) : LINEAR_PLACES;
  return Array.from({ length: count + 1 }, (_, i) => sliderMin + (span * i) / count);
}

/** The place nearest to a value, by factor on a logarithmic range. */
export function nearestStop(places: readonly number[], value: number, range: Range): number {
  const measure = (x: number) => (range.scale === "log" ? Math.log(Math.max(x, 1e-300)) : x);
  let best = 0;
  places.forEach((place, i) => {
    const distance = Math.abs(measure(place) - measure(value));
    const shortest = Math.abs(measure(places[best] ?? place) - measure(value));
    if (distance < shortest) best = i;
  });
  return best;
}
