/** Lists of numbers that grow as a run goes on, and thin out for drawing. */

/** A list of numbers that grows at its end without being copied each time. */
export class Series {
  #values = new Float32Array(1024);
  #length = 0;

  /** How many values there are. */
  get length(): number {
    return this.#length;
  }

  /** The values, as a view that the next `push` may leave behind. */
  get values(): Float32Array {
    return this.#values.subarray(0, this.#length);
  }

  /** The value at a position; from the end where it is negative. */
  at(index: number): number | undefined {
    const position = index < 0 ? this.#length + index : index;
    return position < this.#length ? this.#values[position] : undefined;
  }

  /** Adds values at the end. */
  push(values: ArrayLike<number>): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) {
      const grown = new Float32Array(Math.max(length, 2 * this.#values.length));
      grown.set(this.values);
      this.#values = grown;
    }
    this.#values.set(values, this.#length);
    this.#length = length;
  }
}

/**
 * A series that is drawn. It knows where the lowest and the highest value of each pair is, of each
 * four, each eight and so on, so that a drawing reads a few values for each pixel however long the
 * series has become. What was added since the last drawing is worked in by the next one.
 */
export class Track extends Series {
  /** At `[level]` the positions of the extremes of the full blocks of `2 ** (level + 1)` values. */
  readonly #lows: number[][] = [];
  readonly #highs: number[][] = [];

  /**
   * The positions to draw, ascending: all of them where there are at most `blocks`, else the lowest
   * and the highest of each of at most `blocks` equal parts, and somewhat more at the end, where the
   * part in hand is not full. So no spike is lost. The last position is always among them.
   *
   * A part keeps its place as the series grows, so that a drawing does not flicker.
   */
  thinned(blocks: number): number[] {
    let level = 0;
    while (this.length >>> level > Math.max(blocks, 1)) level += 1;
    this.#workIn(level);
    const kept: number[] = [];
    const full = this.length >>> level;
    if (level > 0) for (let block = 0; block < full; block += 1) this.#keep(kept, level, block);
    let next = level > 0 ? full << level : 0;
    for (let smaller = level - 1; smaller > 0; smaller -= 1) {
      if (next + (1 << smaller) > this.length) continue;
      this.#keep(kept, smaller, next >>> smaller);
      next += 1 << smaller;
    }
    for (; next < this.length; next += 1) kept.push(next);
    if (this.length > 0 && kept.at(-1) !== this.length - 1) kept.push(this.length - 1);
    return kept;
  }

  /** Adds the extremes of a block of `2 ** level` values to `kept`. */
  #keep(kept: number[], level: number, block: number): void {
    const low = this.#lows[level - 1]?.[block] ?? 0;
    const high = this.#highs[level - 1]?.[block] ?? 0;
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }

  /** Finds the extremes of blocks that have become full, each from its two halves. */
  #workIn(levels: number): void {
    for (let level = 0; level < levels; level += 1) {
      const lows = (this.#lows[level] ??= []);
      const highs = (this.#highs[level] ??= []);
      const halfLows = this.#lows[level - 1];
      const halfHighs = this.#highs[level - 1];
      const full = this.length >>> (level + 1);
      for (let block = lows.length; block < full; block += 1) {
        const left = 2 * block;
        lows.push(this.#best(-1, halfLows?.[left] ?? left, halfLows?.[left + 1] ?? left + 1));
        highs.push(this.#best(1, halfHighs?.[left] ?? left, halfHighs?.[left + 1] ?? left + 1));
      }
    }
  }

  /** Which of two positions has the higher value, or with `sign` -1 the lower one. */
  #best(sign: 1 | -1, a: number, b: number): number {
    const first = this.at(a) ?? NaN;
    const second = this.at(b) ?? NaN;
    // What is not finite never takes the place of what is.
    if (!Number.isFinite(second)) return a;
    return !Number.isFinite(first) || sign * second > sign * first ? b : a;
  }
}
