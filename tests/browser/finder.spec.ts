// The learning-rate finder: a test beside the run, its curve, and what it suggests.

import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Rate finder", exact: true });
const curve = (page: Page) => page.getByRole("slider", { name: "Rate on the curve" });
const suggestions = (page: Page) => panel(page).getByRole("button", { name: /^Use / });

test("a test suggests rates, and the curve sets one by click or by keys", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&preset=MLP&tab=finder");
  const rate = ember.number("Learning rate");
  await ember.step();
  await panel(page).getByRole("button", { name: "Find learning rate" }).click();
  await expect(suggestions(page)).toHaveCount(2);

  await test.step("the run in hand stays as it is", async () => {
    expect(await ember.read()).toMatchObject({ state: "paused", step: 1 });
  });

  await test.step("a suggestion is a rate between the extremes", async () => {
    const text = await suggestions(page).first().innerText();
    const suggested = Number(text.replace("Use ", ""));
    expect(suggested).toBeGreaterThan(1e-5);
    expect(suggested).toBeLessThan(1);
    await suggestions(page).first().click();
    await expect(rate).toHaveValue(String(suggested));
    await expect(panel(page).getByRole("status")).toHaveText(`Learning rate set to ${suggested}.`);
  });

  await test.step("keys go along the curve, and nothing is set before Enter", async () => {
    const before = await rate.inputValue();
    await curve(page).focus();
    await page.keyboard.press("Home");
    await expect(curve(page)).toHaveAttribute("aria-valuenow", "0");
    for (let i = 0; i < 5; i++) await page.keyboard.press("PageUp");
    await expect(curve(page)).toHaveAttribute("aria-valuenow", "50");
    await expect(rate).toHaveValue(before);
    await page.keyboard.press("Enter");
    const text = await curve(page).getAttribute("aria-valuetext");
    await expect(rate).toHaveValue(/learning rate ([\d.e-]+)/.exec(text ?? "")?.[1] ?? "");
    await expect(rate).not.toHaveValue(before);
  });

  await test.step("a click on the curve sets the rate that lies there", async () => {
    const box = await curve(page).boundingBox();
    if (!box) throw new Error("The curve is not in sight.");
    const click = (share: number) =>
      curve(page).click({ position: { x: share * box.width, y: box.height / 2 } });
    await click(0.3);
    const low = Number(await rate.inputValue());
    await click(0.6);
    expect(Number(await rate.inputValue())).toBeGreaterThan(10 * low);
  });
});

test("a result of other settings says so, but the rate itself is none of them", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&preset=MLP&tab=finder");
  await panel(page).getByRole("button", { name: "Find learning rate" }).click();
  await expect(suggestions(page)).toHaveCount(2);
  await ember.type("Learning rate", "0.02");
  await ember.type("Epochs", "2");
  await expect(panel(page)).not.toContainText("Of other settings");
  await ember.type("Batch size", "32");
  await expect(panel(page)).toContainText("Of other settings: Batch size changed since.");
  await panel(page).getByRole("button", { name: "Test again" }).click();
  await expect(panel(page)).not.toContainText("Of other settings");
  await expect(suggestions(page)).toHaveCount(2);
});

test("what cannot be trained is not tested, and the panel says why", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP&tab=finder");
  await ember.type("Batch size", "0");
  const button = panel(page).getByRole("button", { name: "Find learning rate" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(panel(page)).toContainText("Cannot train yet:");
  await ember.type("Batch size", "64");
  await expect(button).toHaveAttribute("aria-disabled", "false");
});

test("the curve fits a phone", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open("device=cpu&preset=MLP&tab=finder");
  await panel(page).getByRole("button", { name: "Find learning rate" }).click();
  await expect(suggestions(page)).toHaveCount(2);
  await expect(curve(page)).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
