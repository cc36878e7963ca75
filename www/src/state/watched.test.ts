import { describe, expect, test } from "vitest";

import { chooseWatched, WATCHED } from "./watched";

/** A thousand images whose classes go round. */
const labels = (classes: number, images = 1000) =>
  Uint8Array.from({ length: images }, (_, i) => i % classes);

describe("the watched images", () => {
  test("are the first of each class, class by class, and the hard ones at the end", () => {
    expect(chooseWatched(labels(3), [0, 4], 8)).toEqual([3, 6, 1, 7, 2, 5, 0, 4]);
  });

  test.each([2, 3, 10, 24, 25, 62])(
    "are as many as there is room for, of %i classes",
    (classes) => {
      const chosen = chooseWatched(labels(classes), [17, 200]);
      expect(new Set(chosen).size).toBe(WATCHED);
      expect(chosen.slice(-2)).toEqual([17, 200]);
      const counts = new Map<number, number>();
      for (const index of chosen.slice(0, -2)) {
        counts.set(index % classes, (counts.get(index % classes) ?? 0) + 1);
      }
      expect(counts.size).toBe(Math.min(classes, WATCHED - 2));
      expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
    },
  );

  test("of many classes are spread over all of them", () => {
    const chosen = chooseWatched(labels(62)).map((index) => index % 62);
    expect(Math.max(...chosen)).toBeGreaterThan(55);
    const gaps = chosen.slice(1).map((label, i) => label - (chosen[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3);
  });

  test("are all there are where there are few, and hard ones only where they exist", () => {
    expect(chooseWatched(labels(2, 5), [3, 2130])).toEqual([0, 2, 4, 1, 3]);
    expect(chooseWatched([])).toEqual([]);
  });

  test("need not be of every class", () => {
    expect(chooseWatched([7, 7, 3, 7], [], 3)).toEqual([2, 0, 1]);
  });
});
