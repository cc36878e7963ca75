/** The colours of a ring. */
export interface RingColours {
  done: string;
  left: string;
}

/** Draws a ring that is filled clockwise from the top by the share that is done. */
export function drawRing(
  context: CanvasRenderingContext2D,
  size: number,
  done: number,
  colours: RingColours,
): void {
  const width = size / 5;
  const centre = size / 2;
  const radius = (size - width) / 2;
  const top = -Math.PI / 2;
  const share = Math.min(Math.max(done, 0), 1);
  context.clearRect(0, 0, size, size);
  context.lineWidth = width;
  context.lineCap = "butt";
  context.strokeStyle = colours.left;
  context.beginPath();
  context.arc(centre, centre, radius, 0, 2 * Math.PI);
  context.stroke();
  context.strokeStyle = colours.done;
  context.beginPath();
  context.arc(centre, centre, radius, top, top + share * 2 * Math.PI);
  context.stroke();
}
