// Several threads train on the CPU where the network is large enough: the status line says so, the run
// learns, stops when it is told to, and repeats to the last digit.

import { expect, test } from "./fixtures";

test("two threads share the batches of the CNN", async ({ open, page }) => {
  const ember = await open("preset=CNN&device=cpu&threads=2&epochs=1000");
  const before = await ember.losses(3);
  await expect(ember.status).toContainText("CPU, 2 threads");
  await expect(ember.status).toHaveAttribute("data-threads", "2");
  // The training worker and its helper.
  expect(page.workers()).toHaveLength(2);

  await ember.button("Train").click();
  const { step } = await ember.until("running");
  await ember.untilStep(step + 60);
  const paused = await ember.pause();
  expect(paused.loss).toBeLessThan((before[0] ?? NaN) / 2);
  await page.waitForTimeout(500);
  expect((await ember.read()).step).toBe(paused.step);

  await ember.button("Reset").click();
  await ember.until("idle");
  expect(await ember.losses(3)).toEqual(before);
});

test("one thread, pinned, is said by no word", async ({ open }) => {
  const ember = await open("preset=CNN&device=cpu&threads=1");
  await ember.step();
  await expect(ember.status).toContainText("CPU");
  await expect(ember.status).not.toContainText("thread");
  await expect(ember.status).toHaveAttribute("data-threads", "1");
});
