/** Which test images are predicted again and again, so that learning is seen. */

/** Images that are watched. */
export const WATCHED = 24;

/**
 * MNIST test images that many a trained network still gets wrong, by their index in the file; some
 * of them people would get wrong as well.
 */
export const HARD_DIGITS: readonly number[] = [2130, 2597, 2654, 1901];

/**
 * The images to watch: as many of each class as of any other, the first ones of each, and `hard` ones
 * at the end. Of more classes than there is room for, evenly many are passed over.
 *
 * @param labels the class of each image
 */
export function chooseWatched(
  labels: ArrayLike<number>,
  hard: readonly number[] = [],
  most = WATCHED,
): number[] {
  const pinned = hard.filter((index) => index < labels.length);
  const room = most - pinned.length;
  const byClass = new Map<number, number[]>();
  for (let index = 0; index < labels.length; index += 1) {
    if (pinned.includes(index)) continue;
    const label = labels[index] ?? 0;
    const of = byClass.get(label) ?? [];
    if (of.length < room) of.push(index);
    byClass.set(label, of);
  }
  const all = [...byClass.keys()].sort((a, b) => a - b);
  const step = Math.max(all.length / room, 1);
  const classes = all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  const chosen: { label: number; index: number }[] = [];
  for (let turn = 0; turn < room && chosen.length < room; turn += 1) {
    for (const label of classes) {
      const index = byClass.get(label)?.[turn];
      if (index !== undefined && chosen.length < room) chosen.push({ label, index });
    }
  }
  chosen.sort((a, b) => a.label - b.label || a.index - b.index);
  return [...chosen.map(({ index }) => index), ...pinned];
}
