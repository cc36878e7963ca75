/** The outline of a histogram, as the path of an SVG. */

/**
 * Bars that touch, as one path from the left to the right end of the base line. The highest bar fills
 * the height; each that counts anything is at least `least` high, so that tails are seen.
 */
export function histogramPath(
  counts: ArrayLike<number>,
  width: number,
  height: number,
  least = 0.5,
): string {
  const bars = Array.from(counts);
  const most = bars.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return `M0,${height} H${width}`;
  const step = width / bars.length;
  const top = (count: number) =>
    count === 0 ? height : height - Math.max((count / most) * height, Math.min(least, height));
  const places = bars.map((count, i) => `V${tidy(top(count))} H${tidy((i + 1) * step)}`);
  return `M0,${height} ${places.join(" ")} V${height} Z`;
}

/** Where a value lies between the ends of a histogram, 0 to 1; nothing where it lies outside. */
export function placeOf(value: number, from: number, to: number): number | undefined {
  if (!(to > from) || value < from || value > to) return undefined;
  return (value - from) / (to - from);
}

/** A hundredth of a pixel is more than anyone sees. */
function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}
