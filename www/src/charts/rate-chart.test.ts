import { describe, expect, test } from "vitest";

import { nearestStep, rateAt, rateChart, type Frame } from "./rate-chart";

const FRAME: Frame = { left: 40, top: 10, width: 600, height: 100 };
const LIMITS: [number, number] = [1e-5, 10];

const curve = {
  rates: Float32Array.of(1e-5, 1e-3, 0.1, 10),
  losses: Float32Array.of(2.4, 1.9, 0.6, NaN),
  smoothed: Float32Array.of(2.3, 2, 0.3, 50),
};

describe("the chart of a range test", () => {
  const chart = rateChart(curve, LIMITS, FRAME);

  test("spaces rates by powers of ten", () => {
    expect(chart.rateTicks).toEqual([1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10]);
    expect(chart.rateTicks.map(chart.x).map(Math.round)).toEqual([
      40, 140, 240, 340, 440, 540, 640,
    ]);
  });

  test("shows what is learned in full, and a burst at the upper edge", () => {
    expect(chart.y(50)).toBe(10);
    expect(chart.y(2.3)).toBeGreaterThan(12);
    expect(chart.y(0.3)).toBeLessThan(110);
    expect(chart.y(2)).toBeLessThan(chart.y(0.3));
    expect(Math.min(...chart.lossTicks)).toBeGreaterThanOrEqual(0);
    expect(chart.lossTicks.length).toBeGreaterThan(2);
    expect(chart.lossTicks.length).toBeLessThan(8);
  });

  test("draws a line through all that is a number", () => {
    expect(chart.smooth.split("L")).toHaveLength(4);
    expect(chart.raw.split("L")).toHaveLength(3);
    expect(chart.smooth).toMatch(/^M40,/);
  });

  test("of nothing has axes only", () => {
    const none = new Float32Array();
    const empty = rateChart({ rates: none, losses: none, smoothed: none }, LIMITS, FRAME);
    expect(empty.smooth).toBe("");
    expect(empty.rateTicks).toHaveLength(7);
  });
});

test("a place is that of the nearest tested rate", () => {
  expect(nearestStep(curve, 2e-5)).toBe(0);
  expect(nearestStep(curve, 0.012)).toBe(2);
  expect(nearestStep({ rates: [] }, 1)).toBeUndefined();
});

test("a pixel is the rate that is drawn there", () => {
  const { x } = rateChart(curve, LIMITS, FRAME);
  for (const rate of [1e-5, 0.003, 10]) {
    expect(rateAt(x(rate), LIMITS, FRAME)).toBeCloseTo(rate, 9);
  }
  expect(rateAt(-100, LIMITS, FRAME)).toBe(1e-5);
});
