/** What trials came to against what they cost, as a scatter. */

/** A trial. */
export interface ScatterPoint {
  cost: number;
  accuracy: number;
}

/** A laid-out scatter. */
export interface Scatter {
  /** Where each point lies, in pixels, in the order they were given. */
  places: { x: number; y: number }[];
  costTicks: { value: number; x: number }[];
  accuracyTicks: { value: number; y: number }[];
}

/** From this ratio of the costs on they are spaced by factors. */
const LOG_FROM = 8;

/** Lays out points in a frame of `width` by `height` pixels, with room at the edges for the dots. */
export function scatter(points: readonly ScatterPoint[], width: number, height: number): Scatter {
  const costs = extent(points.map(({ cost }) => cost));
  const accuracies = extent(points.map(({ accuracy }) => accuracy));
  const [least, most] = costs;
  const logarithmic = least > 0 && most / least >= LOG_FROM;
  const scale = logarithmic ? Math.log : (value: number) => value;
  const [from, to] = padded([scale(least), scale(most)]);
  const [low, high] = padded(accuracies);
  const x = (cost: number) => tidy(((scale(cost) - from) / (to - from)) * width);
  const y = (accuracy: number) => tidy((1 - (accuracy - low) / (high - low)) * height);
  const ends = (range: [number, number]) => (range[0] === range[1] ? [range[0]] : range);
  return {
    places: points.map(({ cost, accuracy }) => ({ x: x(cost), y: y(accuracy) })),
    costTicks: ends(costs).map((value) => ({ value, x: x(value) })),
    accuracyTicks: ends(accuracies).map((value) => ({ value, y: y(value) })),
  };
}

function extent(values: readonly number[]): [number, number] {
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
}

/** A tenth more on either side; a single value stands in the middle. */
function padded([low, high]: [number, number]): [number, number] {
  const margin = high > low ? 0.1 * (high - low) : Math.abs(low) * 0.1 || 1;
  return [low - margin, high + margin];
}

/** A tenth of a pixel is enough. */
function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}
