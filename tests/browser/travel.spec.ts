// Time travel: back through the checkpoints of a run, and on from there.

import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const slider = (page: Page) => page.getByRole("slider", { name: "Time travel" });

test("what the network knew then is shown, and the newest is not lost", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP");
  await ember.button("Train").click();
  await ember.untilStep(130);
  await expect(slider(page), "only a run at rest is travelled").toHaveCount(0);
  const newest = await ember.pause();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /the newest/);
  const last = Number(await ember.matrix.getAttribute("data-step"));

  await slider(page).focus();
  await page.keyboard.press("Home");
  await expect.poll(async () => (await ember.read()).step).toBeLessThan(newest.step);
  const then = await ember.read();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", `step ${then.step}, epoch 1`);
  await expect
    .poll(async () => Number(await ember.matrix.getAttribute("data-step")))
    .toBeLessThan(last);
  expect(Number(await ember.matrix.getAttribute("data-step"))).toBeLessThanOrEqual(then.step);

  await test.step("by every panel", async () => {
    await page.getByRole("tab", { name: "Layers", exact: true }).click();
    await expect(page.getByText(`The network at step ${then.step}.`)).toBeVisible();
    await page.getByRole("tab", { name: "Confusion matrix" }).click();
  });

  await page.getByRole("button", { name: "Back to the newest" }).click();
  await expect.poll(async () => (await ember.read()).step).toBe(newest.step);
  expect((await ember.read()).loss).toBe(newest.loss);
  await expect(ember.matrix).toHaveAttribute("data-step", String(last));
});

test("Train goes on from the newest, wherever one looks", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP");
  await ember.button("Train").click();
  await ember.untilStep(60);
  const newest = await ember.pause();
  await slider(page).focus();
  await page.keyboard.press("Home");
  await expect.poll(async () => (await ember.read()).step).toBeLessThan(newest.step);
  await ember.button("Step").click();
  await expect(ember.status).toHaveAttribute("data-step", String(newest.step + 1));
});

test("a run goes on from an earlier step; what came after is an earlier run", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&preset=MLP");
  await ember.button("Train").click();
  await ember.untilStep(130);
  const newest = await ember.pause();
  await slider(page).focus();
  await page.keyboard.press("Home");
  await expect.poll(async () => (await ember.read()).step).toBeLessThan(newest.step);
  const then = await ember.read();
  await page.getByRole("button", { name: "Continue from here" }).click();
  const { step } = await ember.until("running");
  expect(step).toBeLessThan(newest.step);
  await ember.untilStep(then.step + 5);
  await ember.pause();
  await page.getByRole("tab", { name: "Runs", exact: true }).click();
  await expect(page.getByRole("button", { name: "Run 1", exact: true })).toBeVisible();
});
