/** Which classes are shown as bars: all where they are few, else the most probable ones. */

/** A bar; the last one may stand for all classes that have none of their own. */
export interface ClassBar {
  /** The class; nothing where it stands for several. */
  of: number | undefined;
  probability: number;
  /** How many classes it stands for. */
  classes: number;
}

/** More classes than this do not fit beside each other. */
const MOST = 12;

/** Bars that add up to all: in the order of the classes, or the most probable first. */
export function classBars(probabilities: ArrayLike<number>, most = MOST): ClassBar[] {
  const bars: ClassBar[] = Array.from(probabilities, (probability, of) => ({
    of,
    probability,
    classes: 1,
  }));
  if (bars.length <= most) return bars;
  bars.sort((a, b) => b.probability - a.probability);
  const rest = bars.splice(most - 1);
  const probability = rest.reduce((sum, bar) => sum + bar.probability, 0);
  return [...bars, { of: undefined, probability, classes: rest.length }];
}

/** The most probable classes, first to last; none where the numbers are broken. */
export function ranked(probabilities: ArrayLike<number>): { of: number; probability: number }[] {
  const classes = Array.from(probabilities, (probability, of) => ({ of, probability }));
  if (classes.some(({ probability }) => !Number.isFinite(probability))) return [];
  return classes.sort((a, b) => b.probability - a.probability);
}
