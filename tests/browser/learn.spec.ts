// The tabs on the right, and the questions of a course with their experiments.

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name, exact: true });
const panel = (page: Page, name: string): Locator =>
  page.getByRole("tabpanel", { name, exact: true });

test("the matrix is open at first; arrows, Home and End go through the tabs", async ({
  open,
  page,
}) => {
  await open("device=cpu");
  const [first, last] = [tab(page, "Confusion matrix"), page.getByRole("tab").last()];
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel")).toHaveCount(1);
  await first.focus();
  await page.keyboard.press("End");
  await expect(last).toBeFocused();
  await expect(last).toHaveAttribute("aria-selected", "true");
  await expect(panel(page, "Confusion matrix")).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(last).toBeFocused();
  await page.keyboard.press("Home");
  await expect(first).toBeFocused();
  await expect(panel(page, "Confusion matrix")).toBeVisible();
  // One stop for the keyboard, whichever is open.
  await expect(page.locator('[role="tab"][tabindex="0"]')).toHaveCount(1);
});

test("the tab is in the address, and a panel keeps what it holds", async ({ open, page }) => {
  await open("device=cpu");
  await tab(page, "Learn").click();
  await expect(page).toHaveURL(/[?&]tab=learn/);
  await page.getByText("Which loss?").click();
  await expect(page.getByText(/Cross-entropy is minus the logarithm/)).toBeVisible();
  await tab(page, "Confusion matrix").click();
  await expect(page).not.toHaveURL(/tab=/);
  await tab(page, "Learn").click();
  await expect(page.getByText(/Cross-entropy is minus the logarithm/)).toBeVisible();
  await page.reload();
  await expect(tab(page, "Learn")).toHaveAttribute("aria-selected", "true");
});

test("every experiment makes a spec that can be trained", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=learn");
  const questions = page.getByRole("tabpanel").locator("summary");
  const buttons: string[] = [];
  await expect(questions).toHaveCount(13);
  for (let i = 0; i < 13; i++) {
    // Some experiments lead to another tab.
    await tab(page, "Learn").click();
    const question = questions.nth(i);
    if (i > 0) await question.click();
    const show = question.locator("..").getByRole("button");
    buttons.push(await show.innerText());
    await ember.type("Batch size", "0");
    await expect(ember.status).toContainText("Not ready");
    await show.click();
    await expect(ember.status).toContainText("Ready: press Train");
  }
  expect(new Set(buttons).size).toBe(13);
});

test("an experiment leaves its question open, which says what to look for", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&tab=learn");
  await ember.step();
  await page.getByText("How to keep it from learning by heart?").click();
  const answer = page.getByText(/What counts is the validation/);
  await expect(answer).toBeVisible();
  await page.getByRole("button", { name: "Overfit on 100 images of each digit" }).click();
  await expect(page.getByText("The page is set: press Restart with changes.")).toBeVisible();
  await expect(answer).toBeVisible();
});

test("an experiment sets the page, trains, and Back brings back what was there", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&tab=learn");
  await ember.type("Learning rate", "0.02");
  await expect(page).toHaveURL(/lr=0\.02/);
  await page.getByText("What does the matrix say?").click();
  await page.getByRole("button", { name: "Leave out the fives" }).click();
  await expect(tab(page, "Confusion matrix")).toBeFocused();
  await expect(ember.number("Learning rate")).toHaveValue("0.001");

  await ember.button("Train").click();
  const { counts } = await ember.evaluated();
  await ember.button("Pause").click();
  // Nothing is taken for what was never seen.
  const fives = counts.reduce((sum, row) => sum + (row[5] ?? NaN), 0);
  const images = counts.flat().reduce((sum, count) => sum + count, 0);
  expect(fives).toBeLessThan(images / 100);

  await page.goBack();
  await expect(ember.number("Learning rate")).toHaveValue("0.02");
  await expect(tab(page, "Learn")).toHaveAttribute("aria-selected", "true");
});

test("on a phone all tabs are in sight", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open("device=cpu");
  await page.getByRole("tablist").scrollIntoViewIfNeeded();
  for (const each of await page.getByRole("tab").all()) {
    const { x, width } = (await each.boundingBox()) ?? { x: NaN, width: NaN };
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(390);
  }
});
