import { expect, test } from "vitest";

import { recordPaths, stripWidth } from "./record-path";

test("right marks go up, wrong ones down, each in its place", () => {
  expect(recordPaths([false, true, true])).toEqual({
    wrong: "M0 4.5h2v4.5h-2z",
    right: "M3 4.5h2v-4.5h-2zM6 4.5h2v-4.5h-2z",
  });
  expect(stripWidth(3)).toBe(9);
});

test("no record draws nothing", () => {
  expect(recordPaths([])).toEqual({ right: "", wrong: "" });
});
