/** The curve of a learning rate over a run, as the path of a drawing. */

/** A learning rate that stands out, and the share of the run after which it is reached. */
export interface Peak {
  rate: number;
  at: number;
}

/** More points than a small drawing has pixels are not seen. */
const MOST_POINTS = 240;

/** The highest rate; the first one where it is held. */
export function peak(rates: ArrayLike<number>): Peak {
  let best = 0;
  for (let i = 1; i < rates.length; i += 1) {
    if ((rates[i] ?? NaN) > (rates[best] ?? NaN)) best = i;
  }
  return { rate: rates[best] ?? NaN, at: best / Math.max(rates.length - 1, 1) };
}

/**
 * The path through rates that are evenly spaced over a run, in a box from (0, 0) to
 * (`width`, `height`), with rate 0 at the bottom and the highest one at the top.
 */
export function schedulePath(rates: ArrayLike<number>, width: number, height: number): string {
  const top = peak(rates).rate;
  if (!(top > 0)) return "";
  const last = rates.length - 1;
  const points = Math.min(rates.length, MOST_POINTS);
  const steps: string[] = [];
  for (let point = 0; point < points; point += 1) {
    const i = points > 1 ? Math.round((point * last) / (points - 1)) : 0;
    const x = last > 0 ? (width * i) / last : 0;
    const y = height * (1 - (rates[i] ?? 0) / top);
    steps.push(`${point === 0 ? "M" : "L"}${round(x)} ${round(y)}`);
  }
  // A run of one step is drawn as a line, too.
  if (last === 0) steps.push(`H${width}`);
  return steps.join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
