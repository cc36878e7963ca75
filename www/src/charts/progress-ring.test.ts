import { expect, test } from "vitest";

import { drawRing } from "./progress-ring";

/** The arcs that were drawn, as the share of the circle that each goes round from the top. */
function arcs(done: number): { colour: string; from: number; share: number }[] {
  const drawn: { colour: string; from: number; share: number }[] = [];
  const context = {
    strokeStyle: "",
    clearRect: () => undefined,
    beginPath: () => undefined,
    stroke: () => undefined,
    arc(_x: number, _y: number, radius: number, from: number, to: number) {
      expect(radius).toBeLessThan(16);
      drawn.push({ colour: context.strokeStyle, from, share: (to - from) / (2 * Math.PI) });
    },
  };
  drawRing(context as unknown as CanvasRenderingContext2D, 32, done, { done: "on", left: "off" });
  return drawn;
}

test.each([
  [0, 0],
  [0.25, 0.25],
  [1, 1],
  [7, 1],
  [-1, 0],
])("%d done fills %d of the ring, over all of it", (done, share) => {
  const top = -Math.PI / 2;
  expect(arcs(done)).toEqual([
    { colour: "off", from: 0, share: 1 },
    { colour: "on", from: top, share: expect.closeTo(share) as number },
  ]);
});
