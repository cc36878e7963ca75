// The main job in Firefox, on the CPU: what a machine without WebGPU in its browser has of the page.

import type { Page } from "@playwright/test";
import { correct, total } from "./ember";
import { expect, test } from "./fixtures";

const panel = (page: Page, name: string) => page.getByRole("tabpanel", { name, exact: true });
const openTab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true }).click();

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`trains, shows what it learned, pauses and resets at ${width}x${height}`, async ({
    open,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const ember = await open();
    await expect(ember.select("Device")).toHaveValue("auto");
    await expect(ember.messages.filter({ hasText: /WebGPU.*CPU/ })).toBeVisible();
    const first = await ember.step();
    expect(first).toMatchObject({ device: "cpu", step: 1 });

    await ember.button("Train").click();
    await ember.until("running");
    await expect.poll(async () => (await ember.read()).loss).toBeLessThan(0.5 * first.loss);
    // Where there is little room, all settings are behind one line.
    const settings = page.locator("summary", { hasText: "Settings" });
    if (await settings.isVisible()) await settings.click();
    await ember.type("Learning rate", "0.0005");
    await expect.poll(async () => (await ember.read()).learningRate).toBe(0.0005);

    const share = async () => {
      const { counts, images } = await ember.evaluated();
      expect(total(counts)).toBe(images);
      return correct(counts) / images;
    };
    await expect.poll(share).toBeGreaterThan(0.8);

    const { step } = await ember.pause();
    // Long enough for dozens of steps, if there were any.
    await page.waitForTimeout(1000);
    expect(await ember.read()).toMatchObject({ state: "paused", step });
    expect((await ember.step()).step).toBe(step + 1);

    await ember.button("Reset").click();
    expect(await ember.until("idle")).toMatchObject({ step: 0 });
    await expect(ember.matrix).not.toHaveAttribute("data-images");
  });
}

test("Draw says what it takes a drawing for, by pointer and from the test images", async ({
  open,
  page,
}) => {
  const ember = await open("tab=draw");
  await ember.step();
  const paper = await page.getByRole("img", { name: "Drawing area" }).boundingBox();
  if (!paper) throw new Error("The paper is not in sight.");
  const [x, y] = [paper.x + paper.width / 2, paper.y + 0.15 * paper.height];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 0.7 * paper.height, { steps: 6 });
  await page.mouse.up();
  const draw = panel(page, "Draw");
  await expect(draw).toContainText(/Looks like \d/);
  await ember.button("Train").click();
  await expect(draw).toContainText("Looks like 1:");
  await ember.pause();
  await draw.getByRole("button", { name: "Next test digit" }).click();
  // The first of MNIST's test images.
  await expect(draw).toContainText("Looks like 7");
});

test("the tabs fill, and the address keeps the page", async ({ open, page }) => {
  const ember = await open("batch=32&tab=report");
  await ember.button("Train").click();
  await ember.untilStep(100);
  await ember.pause();
  await panel(page, "Report").getByRole("button", { name: "Examine now" }).click();
  await expect(page.getByRole("table", { name: "Classification report" })).toBeVisible();
  await openTab(page, "Layers");
  await expect(panel(page, "Layers").getByText(/^The network at step/)).toBeVisible();
  await openTab(page, "Mistakes");
  await expect(panel(page, "Mistakes").getByRole("listitem").first()).toBeVisible();
  await openTab(page, "Runs");
  await expect(page.getByRole("table", { name: "Runs of this visit" })).toBeVisible();
  await ember.type("Batch size", "128");
  await page.reload();
  await ember.until("idle");
  await expect(ember.number("Batch size")).toHaveValue("128");
  await expect(panel(page, "Runs")).toBeVisible();
});
