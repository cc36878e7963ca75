/** A win/loss strip: what was right stands above the line, what was wrong hangs below it. */

/** Width of one mark with its gap, and of the mark alone. */
const PITCH = 3;
const MARK = 2;

/** Height of the strip; its line is half-way. */
export const STRIP_HEIGHT = 9;

/** Width of a strip of so many marks. */
export function stripWidth(marks: number): number {
  return marks * PITCH;
}

/** The paths, as SVG has them, of the marks above and below the line, the oldest at the left. */
export function recordPaths(record: readonly boolean[]): { right: string; wrong: string } {
  const half = STRIP_HEIGHT / 2;
  const mark = (right: boolean, at: number) =>
    `M${at * PITCH} ${half}h${MARK}v${right ? -half : half}h-${MARK}z`;
  const marks = (wanted: boolean) =>
    record.map((right, at) => (right === wanted ? mark(right, at) : "")).join("");
  return { right: marks(true), wrong: marks(false) };
}
