// What the page makes of a run, in words, with a button that mends it.

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const diagnosis = (page: Page): Locator => page.getByRole("group", { name: "Diagnosis" });
const NOTHING = /^\s*$/;

test("a run that learns well gets no diagnosis", async ({ open, page }) => {
  const ember = await open("device=cpu&batch=128");
  await ember.button("Train").click();
  await ember.untilStep(600);
  await ember.pause();
  await expect(diagnosis(page)).toHaveText(NOTHING);
});

test("a loss that is not a number: the button lowers the learning rate", async ({ open, page }) => {
  const ember = await open("device=cpu&optimizer=sgd&lr=10");
  await ember.button("Train").click();
  await ember.until("failed");
  await expect(diagnosis(page)).toContainText("Smaller steps keep the loss a number");
  await diagnosis(page).getByRole("button", { name: "Set learning rate to 0.01" }).click();
  await expect(ember.number("Learning rate")).toHaveValue("0.01");
  await expect(diagnosis(page)).toHaveText(NOTHING);
});

test("a rate that is too low is raised while the run goes on", async ({ open, page }) => {
  const ember = await open("device=cpu&optimizer=sgd&momentum=0&lr=0.00001&batch=32");
  await ember.button("Train").click();
  const mend = diagnosis(page).getByRole("button", { name: "Set learning rate to 0.01" });
  await expect(diagnosis(page)).toContainText(/too low/);
  await mend.click();
  await expect(ember.status).toHaveAttribute("data-learning-rate", "0.01");
  await expect(ember.status).toHaveAttribute("data-state", "running");
});

test("weights of zero are found out; dismissed, the diagnosis stays away for the run", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&init=zeros&batch=128");
  await ember.button("Train").click();
  await expect(diagnosis(page)).toContainText("all weights started at zero");
  await expect(diagnosis(page).getByRole("button", { name: "Use random weights" })).toBeVisible();
  await diagnosis(page).getByRole("button", { name: "Dismiss this diagnosis" }).click();
  const { step } = await ember.read();
  await ember.untilStep(step + 300);
  await ember.pause();
  await expect(diagnosis(page)).not.toContainText("Stuck at chance");

  await ember.button("Reset").click();
  await ember.until("idle");
  await expect(diagnosis(page)).toHaveText(NOTHING);
  await ember.button("Train").click();
  await expect(diagnosis(page)).toContainText("Stuck at chance");
});

test("it fits a phone", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ember = await open("device=cpu&optimizer=sgd&lr=10");
  await ember.button("Train").click();
  await ember.until("failed");
  await expect(diagnosis(page)).toContainText("Smaller steps");
  const { scrollWidth, clientWidth } = await page
    .locator("html")
    .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});
