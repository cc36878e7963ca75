/** Where a card goes that explains something on the page. */

/** A rectangle in the window. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

type Size = Pick<Box, "width" | "height">;

/** Room around the card. */
const GAP = 14;
const MARGIN = 8;

/**
 * The card's corner: beside what it explains where there is room, else below or above it, else over
 * its lower end; always within the window.
 */
export function place(about: Box, card: Size, view: Size): Pick<Box, "left" | "top"> {
  const right = about.left + about.width + GAP;
  const left = about.left - GAP - card.width;
  const below = about.top + about.height + GAP;
  const above = about.top - GAP - card.height;
  const level = within(about.top, card.height, view.height);
  const flush = within(about.left, card.width, view.width);
  if (fits(right, card.width, view.width)) return { left: right, top: level };
  if (fits(left, card.width, view.width)) return { left, top: level };
  if (fits(below, card.height, view.height)) return { left: flush, top: below };
  if (fits(above, card.height, view.height)) return { left: flush, top: above };
  const over = about.top + about.height - card.height - GAP;
  return { left: flush, top: within(over, card.height, view.height) };
}

function fits(start: number, length: number, room: number): boolean {
  return start >= MARGIN && start + length <= room - MARGIN;
}

function within(start: number, length: number, room: number): number {
  return Math.max(Math.min(start, room - length - MARGIN), MARGIN);
}
