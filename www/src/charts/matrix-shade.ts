/** How strongly a cell of the confusion matrix is coloured. */

/**
 * The strength of a cell's colour, 0 to 1, from its count and its row's total.
 *
 * Right answers (the diagonal) grow in proportion. Mistakes grow with the square root: of a good
 * network each is a small share, and those are the ones to look at.
 *
 * @param full share of a row at which a mistake has its full colour
 */
export function shade(
  count: number,
  rowTotal: number,
  right: boolean,
  full = MISTAKE_AT_FULL,
): number {
  if (count <= 0 || rowTotal <= 0) return 0;
  const share = Math.min(count / rowTotal, 1);
  return right ? share : Math.min(Math.sqrt(share / full), 1);
}

/** The share of a row at which a mistake has its full colour, where all is shown alike. */
const MISTAKE_AT_FULL = 0.25;
