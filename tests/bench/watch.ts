// What is noted within the page while it trains: long tasks of the main thread, and frames.

import type { Page } from "@playwright/test";

/** A frame of a screen with 60 a second, in milliseconds. */
const FRAME_MS = 1000 / 60;

interface Watched {
  longTasks: number[];
  /** When each frame began. */
  frames: number[];
}

/** Starts to note the main thread's tasks of over 50 ms, and its frames. */
export const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched: Watched = { longTasks: [], frames: [] };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      watched.longTasks.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: "longtask" });
    const frame = (time: number): void => {
      watched.frames.push(time);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });

/** What was noted until now. */
export async function watched(
  page: Page,
): Promise<{ longTasks: number[]; frameMs: number; lateFrames: number }> {
  const { longTasks, frames } = await page.evaluate(
    () => (window as unknown as { watched: Watched }).watched,
  );
  const gaps = frames.slice(1).map((time, i) => time - (frames[i] ?? NaN));
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    longTasks,
    /** From one frame to the next, in the middle. */
    frameMs: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    /** The share of frames that came half a frame too late, or later. */
    lateFrames: gaps.filter((gap) => gap > 1.5 * FRAME_MS).length / gaps.length,
  };
}

/** Tasks of over 50 ms in words. */
export function inWords(longTasks: number[]): string {
  if (longTasks.length === 0) return "none";
  return `${String(longTasks.length)}, the longest ${Math.max(...longTasks).toFixed(0)} ms`;
}
