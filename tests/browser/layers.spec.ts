// Looking into the layers: activations, weights, saliency, and how the layers fare.

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Layers", exact: true });
const list = (page: Page) => page.getByRole("list", { name: "Layers of the network" });

/** How many colors a picture has: one that was not drawn has none or one. */
async function colors(picture: Locator): Promise<number> {
  return picture.evaluate((element) => {
    const canvas = element.querySelector("canvas");
    const { width = 0, height = 0 } = canvas ?? {};
    if (!canvas || width === 0) return 0;
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
    return new Set(
      Array.from({ length: pixels.length / 4 }, (_, i) => pixels.slice(4 * i, 4 * i + 3).join()),
    ).size;
  });
}

test("each layer shows what it makes of an image, its weights, and how it fares", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&preset=CNN&tab=layers");
  await expect(panel(page)).toContainText("Press Train or Step");

  await ember.button("Train").click();
  // The first evaluation measures how the layers fare.
  await expect(ember.matrix.or(list(page)).first()).toBeAttached();
  await expect(panel(page).getByText("While it trained")).toBeVisible();
  const { step } = await ember.pause();
  await expect(panel(page)).toContainText(`The network at step ${step}.`);

  await list(page)
    .getByRole("button", { name: /^Convolution 1/ })
    .click();
  const maps = panel(page).getByRole("img", { name: /\d+ maps of \d+ × \d+, from/ });
  await expect.poll(() => colors(maps)).toBeGreaterThan(20);
  const filters = panel(page).getByRole("img", { name: /\d+ filters of 3 × 3/ });
  await expect.poll(() => colors(filters)).toBeGreaterThan(20);
  await expect(panel(page).getByText("Update ÷ weight")).toBeVisible();
  await expect(panel(page).getByRole("img", { name: /^Gradient: from/ })).toBeVisible();

  await list(page).getByRole("button", { name: /^ReLU/ }).first().click();
  await expect(panel(page).getByText("Dead units")).toBeVisible();
  await expect(filters).toHaveCount(0);

  await list(page)
    .getByRole("button", { name: /^Output/ })
    .click();
  await expect(panel(page).getByRole("list", { name: /^10 numbers/ })).toBeVisible();

  await ember.button("Reset").click();
  await expect(panel(page)).toContainText("Press Train or Step");
});

test("units that see the image are pictures, a page at a time", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP&tab=layers");
  await ember.step();
  await list(page)
    .getByRole("button", { name: /^Dense 1/ })
    .click();
  const weights = panel(page).getByRole("img", { name: /128 units, each with its weight/ });
  await expect(weights).toHaveAccessibleName(/1–18 of 128/);
  await panel(page).getByRole("button", { name: "More weights" }).click();
  await expect(weights).toHaveAccessibleName(/19–36 of 128/);
  await expect.poll(() => colors(weights)).toBeGreaterThan(20);
});

test("the image and the class of the saliency map can be chosen", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP&tab=layers");
  await ember.step();
  const saliency = panel(page).getByRole("img", { name: /^The pixels that matter most/ });
  await expect.poll(() => colors(saliency)).toBeGreaterThan(20);
  await expect(panel(page)).toContainText("Test image 0");

  await panel(page).getByLabel("Saliency for").selectOption("3");
  await expect(saliency).toHaveAccessibleName(/class 3/);
  await panel(page).getByRole("button", { name: "Next test image" }).click();
  await expect(panel(page)).toContainText("Test image 1, a 2");
  await expect(panel(page).getByRole("button", { name: "Previous test image" })).toBeEnabled();
});

test("an image that is selected elsewhere is looked into", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP&tab=predictions");
  await ember.step();
  const digits = page.getByRole("tabpanel", { name: "Predictions" }).getByRole("listitem");
  await digits.nth(3).getByRole("button").click();
  await page.getByRole("tab", { name: "Layers", exact: true }).click();
  await expect(panel(page)).toContainText(/Test image \d/);
  await expect(panel(page)).not.toContainText("Test image 0");
});

test("all of it fits a phone", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ember = await open("device=cpu&preset=CNN&tab=layers");
  await ember.step();
  await expect(list(page)).toBeVisible();
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
});
