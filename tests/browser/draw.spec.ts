// The Draw tab: what is drawn, what the network sees of it, and what it says.

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const paper = (page: Page): Locator => page.getByRole("img", { name: "Drawing area" });
const seen = (page: Page): Locator => page.getByRole("img", { name: /^What the network sees/ });
const bars = (page: Page): Locator =>
  page.getByRole("list", { name: "Probabilities" }).getByRole("listitem");
const panel = (page: Page): Locator => page.getByRole("tabpanel", { name: "Draw" });
const button = (page: Page, name: string): Locator =>
  panel(page).getByRole("button", { name, exact: true });

/** Draws a line through points, each given by its shares of the paper's sides. */
async function stroke(page: Page, ...points: [x: number, y: number][]): Promise<void> {
  await paper(page).scrollIntoViewIfNeeded();
  const box = await paper(page).boundingBox();
  if (!box) throw new Error("The paper is not in sight.");
  for (const [i, [x, y]] of points.entries()) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, {
      steps: i === 0 ? 1 : 6,
    });
    if (i === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** The percentages of all classes. */
async function shares(page: Page): Promise<number[]> {
  const texts = await bars(page).allInnerTexts();
  return texts.map((text) => Number(/([\d.]+)\s%/.exec(text)?.[1] ?? NaN));
}

/** What a canvas shows. */
function pixels(picture: Locator): Promise<string> {
  return picture.locator("canvas").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

test("a drawing gets probabilities that add up to all", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=draw");
  await expect(panel(page)).toContainText("press Train first");
  await expect(bars(page)).toHaveCount(10);
  await stroke(page, [0.3, 0.2], [0.7, 0.2], [0.45, 0.85]);
  await expect(panel(page), "without a network there is no answer").toContainText("press Train");

  await button(page, "Take one step").click();
  await expect(ember.status).toHaveAttribute("data-step", "1");
  await expect(panel(page)).toContainText(/Looks like \d/);
  const sum = (await shares(page)).reduce((a, b) => a + b, 0);
  // Each is rounded to a tenth.
  expect(sum).toBeGreaterThan(99.4);
  expect(sum).toBeLessThan(100.6);

  await button(page, "Clear").click();
  await expect(panel(page)).toContainText("Draw something");
  await button(page, "Undo stroke").click();
  await expect(panel(page), "what was cleared is back").toContainText(/Looks like \d/);
  await button(page, "Undo stroke").click();
  await expect(panel(page)).toContainText("Draw something");
  await expect(button(page, "Undo stroke")).toBeDisabled();
});

test("while it trains, what was drawn is read anew by itself", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=draw");
  await ember.step();
  await stroke(page, [0.5, 0.15], [0.5, 0.85]);
  await expect(panel(page)).toContainText(/Looks like \d/);
  const before = await shares(page);
  await ember.button("Train").click();
  await expect.poll(() => shares(page)).not.toEqual(before);
  // The first reading after Train may be of a network of a few steps: it grows sure as it trains.
  await expect.poll(async () => (await shares(page))[1]).toBeGreaterThan(50);
  await expect(panel(page)).toContainText("Looks like 1:");
});

test("each step in between can be left out", async ({ open, page }) => {
  await open("device=cpu&tab=draw");
  // Small, and away from the middle: each step changes it.
  await stroke(page, [0.1, 0.1], [0.1, 0.3], [0.2, 0.3]);
  const all = await pixels(seen(page));
  for (const name of ["Crop to the ink", "Scale to 20 × 20", "Centre by mass"]) {
    const step = panel(page).getByRole("checkbox", { name });
    await step.uncheck();
    await expect.poll(() => pixels(seen(page)), name).not.toBe(all);
    await step.check();
    await expect.poll(() => pixels(seen(page)), name).toBe(all);
  }
});

test("by keyboard a test digit is loaded, and the answer is announced", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=draw");
  await ember.step();
  await button(page, "Next test digit").focus();
  await page.keyboard.press("Enter");
  // The first test image of MNIST is a 7.
  await expect(panel(page)).toContainText("Test image 0: 7");
  await expect(panel(page).getByRole("status").first()).toHaveText(/Looks like \d/);
  const first = await pixels(seen(page));
  await page.keyboard.press("Enter");
  await expect(panel(page)).toContainText("Test image 1: 2");
  await expect.poll(() => pixels(seen(page))).not.toBe(first);
  await button(page, "Undo stroke").click();
  await expect(panel(page)).toContainText("Test image 0: 7");
});

test("saliency is laid over the image on demand", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=draw");
  await ember.step();
  await button(page, "Random test digit").click();
  await expect(panel(page)).toContainText(/Looks like \d/);
  const plain = await pixels(seen(page));
  await panel(page).getByRole("checkbox", { name: "Saliency" }).check();
  await expect(seen(page)).toHaveAccessibleName(/Marked: what speaks for or against \d/);
  expect(await pixels(seen(page))).not.toBe(plain);
  const sum = (await shares(page)).reduce((a, b) => a + b, 0);
  expect(Math.round(sum)).toBe(100);
});

test("what is drawn can be added to the training set, for the next run", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=draw");
  await ember.step();
  await stroke(page, [0.5, 0.15], [0.5, 0.85]);
  await panel(page).getByRole("combobox", { name: "As class" }).selectOption("1");
  // All other images have to be there first: then it is not refused.
  await expect(async () => {
    await button(page, "Add to training set").click();
    await expect(panel(page)).toContainText(/1 added by hand.*next run/, { timeout: 1000 });
  }).toPass();

  await page.getByRole("tab", { name: "Data", exact: true }).click();
  const data = page.getByRole("tabpanel", { name: "Data" });
  await expect(data).toContainText("1 added by hand");
  await data.getByRole("radio", { name: "Classes" }).check({ force: true });
  await expect(data).toContainText("55,001 images");
});

test("on a phone it can be drawn too, and nothing sticks out sideways", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ember = await open("device=cpu&tab=draw");
  await ember.step();
  await stroke(page, [0.5, 0.15], [0.5, 0.85]);
  await expect(panel(page)).toContainText(/Looks like \d/);
  const { scrollWidth, clientWidth } = await page
    .locator("html")
    .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});
