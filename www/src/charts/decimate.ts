/**
 * Thins out a long series for drawing: of each pixel's worth of points the lowest and the highest
 * remain, so that no spike is lost and a chart of 100,000 steps costs no more than one of 1,000.
 */

/**
 * The positions to draw, ascending: all of them where there are at most `2 * buckets`, else the
 * lowest and the highest of each of `buckets` equal parts. The last position is always among them.
 */
export function decimate(values: Float32Array, buckets: number): number[] {
  const length = values.length;
  if (length <= 2 * buckets) return Array.from({ length }, (_, i) => i);
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const start = Math.floor((bucket * length) / buckets);
    const end = Math.floor(((bucket + 1) * length) / buckets);
    let low = start;
    let high = start;
    for (let i = start + 1; i < end; i += 1) {
      const value = at(values, i);
      // A value that is not finite compares false and so never replaces one that is.
      if (value < at(values, low) || !Number.isFinite(at(values, low))) low = i;
      if (value > at(values, high) || !Number.isFinite(at(values, high))) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  if (kept.at(-1) !== length - 1) kept.push(length - 1);
  return kept;
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? NaN;
}
