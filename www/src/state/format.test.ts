import { expect, test } from "vitest";

import { nats, percent, percentTick, rate, tick, typed, whole } from "./format";

const CASES: [name: string, format: (value: number) => string, value: number, text: string][] = [
  ["whole", whole, 1204, "1,204"],
  ["whole", whole, NaN, "–"],
  ["percent", percent, 0.976, "97.6\u00a0%"],
  ["percent", percent, 0.9999, "99.9\u00a0%"],
  ["percent", percent, 1, "100.0\u00a0%"],
  ["percent", percent, NaN, "–"],
  ["percentTick", percentTick, 0.975, "97.5\u00a0%"],
  ["percentTick", percentTick, 1, "100\u00a0%"],
  ["tick", tick, 0.15000000000000002, "0.15"],
  ["nats", nats, 2.302585, "2.303"],
  ["nats", nats, 0.0810449, "0.0810"],
  ["nats", nats, 12345678, "1.2E7"],
  ["nats", nats, Infinity, "–"],
  ["rate", rate, 9812.4, "9,800"],
  ["rate", rate, 12.34, "12"],
  ["typed", typed, 0.001, "0.001"],
  ["typed", typed, 0.0000001, "1e-7"],
  ["typed", typed, 128, "128"],
  ["typed", typed, 1234567, "1234567"],
  ["typed", typed, NaN, ""],
];

test.each(CASES)("%s", (_, format, value, text) => {
  expect(format(value)).toBe(text);
});
