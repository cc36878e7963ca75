// A worker that breaks down under a run: the run goes on in a fresh one, and the page says so.

import type { Page } from "@playwright/test";
import { trainingWorkers } from "./ember";
import { expect, test } from "./fixtures";

test.use({ expectedErrors: /gone wrong/ });

/** Breaks the training worker as a bug in it would: by an error that nobody catches. */
async function breakWorker(page: Page): Promise<void> {
  const worker = trainingWorkers(page).at(-1);
  if (!worker) throw new Error("There is no worker.");
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("gone wrong");
    });
  });
}

const notice = (page: Page) => page.getByText(/The training worker broke down at step [\d,]+/);

test("a run goes on from its checkpoint, to the very same end", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP&epochs=1");
  await ember.button("Train").click();
  const undisturbed = await ember.until("finished");

  await ember.button("Reset").click();
  await ember.button("Train").click();
  // By then the first evaluations were made, and with them checkpoints.
  await ember.untilStep(250);
  await breakWorker(page);
  await expect(notice(page)).toContainText(/goes on from step [1-9]/);
  await expect(notice(page)).toContainText("gone wrong");
  const recovered = await ember.until("finished");
  expect(recovered.step).toBe(undisturbed.step);
  expect(recovered.loss).toBe(undisturbed.loss);
  expect(recovered.testAccuracy).toBe(undisturbed.testAccuracy);
});

test("a paused run is paused where it was, and can be trained on", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP");
  await ember.button("Train").click();
  await ember.untilStep(20);
  const { step, loss } = await ember.pause();
  await breakWorker(page);
  await expect(notice(page)).toBeVisible();
  const after = await ember.until("paused");
  // Pausing takes a checkpoint: nothing is lost.
  expect(after).toMatchObject({ step, loss });
  await ember.button("Train").click();
  await ember.untilStep(step + 10);
});

test("a run that has not come far begins again", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP");
  await ember.step();
  await breakWorker(page);
  await expect(notice(page)).toContainText("begun the run again");
  await ember.until("idle");
  await ember.step();
});
