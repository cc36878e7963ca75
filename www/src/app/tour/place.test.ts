import { expect, test } from "vitest";

import { place, type Box } from "./place";

const CARD = { width: 300, height: 160 };
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 760 };
const box = (left: number, top: number, width: number, height: number): Box => ({
  left,
  top,
  width,
  height,
});

const CASES: [where: string, about: Box, view: typeof DESKTOP, corner: [number, number]][] = [
  ["beside a control on the left", box(16, 120, 280, 36), DESKTOP, [310, 120]],
  ["left of a column at the right edge", box(864, 90, 416, 710), DESKTOP, [550, 90]],
  ["as low as the window lets it", box(16, 760, 280, 30), DESKTOP, [310, 632]],
  ["below a chart as wide as a phone", box(16, 180, 358, 220), PHONE, [16, 414]],
  ["above a chart at the end of a phone", box(16, 400, 358, 300), PHONE, [16, 226]],
  ["over the end of what fills a phone", box(0, 40, 390, 700), PHONE, [8, 566]],
  ["in sight of what has been scrolled away", box(16, 2000, 358, 900), PHONE, [16, 592]],
];

test.each(CASES)("%s", (_, about, view, [left, top]) => {
  expect(place(about, CARD, view)).toEqual({ left, top });
});
