/**
 * Which checkpoints of a run are kept to be travelled back to: within bounded memory, close together
 * near the end of the run and ever further apart towards its beginning.
 */

import type { Checkpoint } from "../trainer/protocol";

/** Bytes that the checkpoints of a run may take together. */
export const ROOM = 64 * 2 ** 20;

/** More places are not told apart on a slider. */
export const MOST_PLACES = 100;

/**
 * The checkpoints with one more. Of those that took the same step the newer one stays; where room
 * runs out, those go that are missed least. The first and the last one stay, if there is room.
 */
export function shelve(
  kept: readonly Checkpoint[],
  added: Checkpoint,
  room = ROOM,
  most = MOST_PLACES,
): readonly Checkpoint[] {
  if (added.bytes.length > room) return kept;
  // A run that went back has another future.
  const all = [...kept.filter(({ step }) => step < added.step), added];
  while (all.length > most || bytesOf(all) > room) all.splice(leastMissed(all), 1);
  return all;
}

function bytesOf(all: readonly Checkpoint[]): number {
  return all.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/**
 * Whose absence leaves the smallest gap, seen from the end: a gap of ten steps counts as much ten
 * steps back as a gap of a hundred counts a hundred steps back.
 */
function leastMissed(all: readonly Checkpoint[]): number {
  const end = all.at(-1)?.step ?? 0;
  let least = 0;
  let smallest = Infinity;
  for (let i = 1; i < all.length - 1; i += 1) {
    const gap = (all[i + 1]?.step ?? 0) - (all[i - 1]?.step ?? 0);
    const missed = gap / (end - (all[i]?.step ?? 0));
    if (missed < smallest) [least, smallest] = [i, missed];
  }
  return least;
}
