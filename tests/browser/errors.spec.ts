// Where the network errs: the matrix and its images, the report, the mistakes, the predictions.

import type { Locator, Page } from "@playwright/test";
import { correct, total, type Ember } from "./ember";
import { expect, test } from "./fixtures";

// A small network and many held-out images, so that a run is quick and still makes mistakes.
const QUICK = "device=cpu&epochs=1&batch=512&layers=maxpool_4-flatten-dense_10&validation=20000";
const TEST_IMAGES = 10_000;
const PAGE = 12;

async function train(ember: Ember): Promise<void> {
  await ember.button("Train").click();
  await ember.until("finished");
}

const openTab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true }).click();

/** The panel that is open. */
const panel = (page: Page) => page.getByRole("tabpanel");

/** A cell of the matrix. */
const cell = (ember: Ember, actual: number, predicted: number) =>
  ember.matrix.locator("tbody tr").nth(actual).locator("td button").nth(predicted);

/** The kind of mistake that is made most often. */
function worst(counts: number[][]): { actual: number; predicted: number; count: number } {
  return counts
    .flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted }) => actual !== predicted)
    .reduce((most, each) => (each.count > most.count ? each : most));
}

/** The losses of the images in a list, in their order. */
async function losses(list: Locator): Promise<number[]> {
  const texts = await list.getByRole("listitem").allInnerTexts();
  return texts.map((text) => Number(/loss ([\d.]+)/.exec(text)?.[1]));
}

const descending = (numbers: number[]) => [...numbers].sort((a, b) => b - a);

test("a cell of the matrix shows its very images, worst loss first, and leads back", async ({
  open,
  page,
}) => {
  const ember = await open(QUICK);
  await train(ember);
  const { counts } = await ember.evaluated();
  const { actual, predicted, count } = worst(counts);
  const inRow = total([counts[actual] ?? []]);

  await cell(ember, actual, predicted).click();
  const name = `${actual} taken for ${predicted}`;
  const list = page.getByRole("list", { name, exact: true });
  await expect(list.getByRole("listitem")).toHaveCount(Math.min(count, PAGE));
  await expect(panel(page)).toContainText(
    `${count} of ${inRow.toLocaleString("en-US")} images of ${actual}`,
  );
  for (const text of await list.getByRole("listitem").allInnerTexts()) {
    expect(text).toMatch(new RegExp(`No\\. \\d+[^]*${name}[^]*%[^]*loss`));
  }
  const first = await losses(list);
  expect(first).toEqual(descending(first));

  await page.getByRole("button", { name: "More images" }).click();
  await expect(list.getByRole("listitem").first()).not.toContainText(`loss ${first[0]}`);
  expect((await losses(list))[0]).toBeLessThanOrEqual(first.at(-1) ?? NaN);

  const image = list.getByRole("button").first();
  await image.click();
  await expect(image).toHaveAttribute("aria-pressed", "true");

  await page.getByRole("button", { name: "Back to the matrix" }).click();
  await expect(cell(ember, actual, predicted)).toBeFocused();
});

test("the matrix is walked through and opened by keyboard", async ({ open, page }) => {
  const ember = await open(QUICK);
  await train(ember);
  await expect(ember.matrix.locator('button[tabindex="0"]')).toHaveCount(1);
  await cell(ember, 0, 0).focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp"]) {
    await page.keyboard.press(key);
  }
  await expect(cell(ember, 1, 1)).toBeFocused();
  await expect(ember.matrix.locator('button[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press("End");
  await expect(cell(ember, 1, 9)).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "1 recognized", exact: true })).toBeVisible();
  await expect(page.getByRole("list", { name: "1 recognized" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(cell(ember, 1, 1)).toBeFocused();
});

test("the matrix shows shares, and the run as it was earlier", async ({ open, page }) => {
  const ember = await open(QUICK);
  await train(ember);
  await page.getByRole("radio", { name: "% of row" }).check();
  const { counts } = await ember.evaluated();
  for (const row of counts) expect(Math.abs(total([row]) - 100)).toBeLessThan(5);

  await page.getByRole("radio", { name: "Validation" }).check();
  const time = page.getByRole("slider", { name: "Evaluation" });
  const last = Number(await ember.matrix.getAttribute("data-step"));
  await time.press("Home");
  await expect(time).toHaveAttribute("aria-valuetext", /^1 of \d+, step \d+$/);
  expect(Number(await ember.matrix.getAttribute("data-step"))).toBeLessThan(last);
  await time.press("End");
  await expect(ember.matrix).toHaveAttribute("data-step", String(last));
});

test("two runs can be subtracted from each other", async ({ open, page }) => {
  const ember = await open(QUICK);
  await train(ember);
  const { counts: before } = await ember.evaluated();
  await ember.button("Reset").click();
  await ember.type("Learning rate", "0.01");
  await train(ember);
  const { counts: after } = await ember.evaluated();
  await page.getByRole("combobox", { name: "Compare with" }).selectOption("less Run 1");
  await expect(cell(ember, 0, 0)).toHaveText(/^[+-]?\d+$/);
  const { counts: difference } = await ember.evaluated();
  expect(difference).toEqual(
    after.map((row, i) => row.map((count, j) => count - (before[i]?.[j] ?? NaN))),
  );
});

test("the report agrees with the matrix, and unspoiled copies with the images", async ({
  open,
  page,
}) => {
  const ember = await open(QUICK);
  await train(ember);
  const { counts } = await ember.evaluated();
  await openTab(page, "Report");
  await page.getByRole("radio", { name: "Test", exact: true }).check();
  const table = page.getByRole("table", { name: "Classification report" });
  await expect(table).toHaveAttribute("data-images", String(TEST_IMAGES));
  await expect(table.getByRole("row")).toHaveCount(1 + 10 + 2);
  const figures = await panel(page)
    .locator("dl div")
    .evaluateAll((pairs) =>
      Object.fromEntries(
        pairs.map((pair) => [
          pair.querySelector("dt")?.textContent ?? "",
          Number(pair.querySelector("dd")?.dataset.value),
        ]),
      ),
    );
  expect(Object.keys(figures)).toEqual([
    "Accuracy",
    "Log-loss",
    "ROC-AUC",
    "Top-2 accuracy",
    "Calibration error",
  ]);
  expect(figures.Accuracy).toBeCloseTo(correct(counts) / TEST_IMAGES, 9);
  expect(figures["Log-loss"]).toBeGreaterThan(0);
  expect(figures["ROC-AUC"]).toBeGreaterThan(0.8);
  expect(figures["Top-2 accuracy"]).toBeGreaterThan(figures.Accuracy ?? NaN);
  const recalls = await table.locator("tbody tr td:nth-of-type(2)").allInnerTexts();
  recalls.forEach((recall, i) => {
    const row = counts[i] ?? [];
    expect(Number(recall)).toBeCloseTo((row[i] ?? NaN) / total([row]), 3);
  });

  await page.getByRole("slider", { name: "Severity" }).press("Home");
  await page.getByRole("button", { name: "Try corrupted copies" }).click();
  const copies = page.getByRole("list", { name: "Accuracy on corrupted copies" });
  const clean = `${(100 * (figures.Accuracy ?? NaN)).toFixed(1)}\u00a0%`;
  await expect(copies.getByRole("listitem").getByText(clean, { exact: true })).toHaveCount(8);
  await page.getByRole("slider", { name: "Severity" }).press("End");
  await expect(copies.getByText("not tried yet")).toHaveCount(8);
  await page.getByRole("button", { name: "Try corrupted copies" }).click();
  await expect(copies.getByText("%")).toHaveCount(8);
  await expect(copies.getByText(clean, { exact: true })).toHaveCount(0);
});

test("the mistakes are all of them, the worst first, of the images that were asked for", async ({
  open,
  page,
}) => {
  const ember = await open(QUICK);
  await openTab(page, "Mistakes");
  await expect(panel(page)).toContainText("Filled at the end of each epoch");
  await train(ember);
  const list = page.getByRole("list", { name: "Mistakes" });
  await expect(panel(page)).toContainText("20,000 validation images");
  await page.getByRole("radio", { name: "Test", exact: true }).check();
  await expect(panel(page)).toContainText("10,000 test images");
  const { testAccuracy } = await ember.read();
  const wrong = Math.round((1 - testAccuracy) * TEST_IMAGES);
  await expect(panel(page)).toContainText(
    `${wrong.toLocaleString("en-US")} of 10,000 are mistaken`,
  );
  const first = await losses(list);
  expect(first).toHaveLength(PAGE);
  expect(first).toEqual(descending(first));
  for (const text of await list.getByRole("listitem").allInnerTexts()) {
    const [, actual, predicted] = /(\d) taken for (\d)/.exec(text) ?? [];
    expect(actual).toBeDefined();
    expect(actual).not.toBe(predicted);
  }

  await ember.button("Reset").click();
  await expect(panel(page)).toContainText("Filled at the end of each epoch");
  await expect(list).toHaveCount(0);
});

test("the same digits are predicted after every evaluation", async ({ open, page }) => {
  const ember = await open(QUICK);
  await openTab(page, "Predictions");
  const tiles = page.getByRole("list", { name: "Predictions" }).getByRole("button");
  await expect(tiles).toHaveCount(24);
  const classes = async () =>
    (await tiles.evaluateAll((all) => all.map((tile) => tile.ariaLabel ?? ""))).map(
      (label) => /^True class (\d)/.exec(label)?.[1],
    );
  const before = await classes();
  expect(new Set(before).size).toBe(10);

  await train(ember);
  const { step } = await ember.read();
  await expect(page.getByText(`right at step ${step}`)).toBeVisible();
  expect(await classes()).toEqual(before);
  const labels = await tiles.evaluateAll((all) => all.map((tile) => tile.ariaLabel ?? ""));
  for (const label of labels) {
    const [, actual, predicted, verdict, right, of] =
      /^True class (\d), taken for (\d), \d+\s%, (right|wrong), right (\d+) of (\d+) times$/.exec(
        label,
      ) ?? [];
    expect(verdict, label).toBe(actual === predicted ? "right" : "wrong");
    expect(Number(right)).toBeLessThanOrEqual(Number(of));
    expect(Number(of)).toBeGreaterThan(1);
  }
  const right = labels.filter((label) => label.includes(", right, ")).length;
  await expect(page.getByText(`${right} of 24 right at step ${step}`)).toBeVisible();
});

test("nothing sticks out sideways on a phone", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ember = await open(QUICK);
  await train(ember);
  for (const name of ["Confusion matrix", "Predictions", "Mistakes", "Report"]) {
    await openTab(page, name);
    await expect(panel(page).getByRole("heading", { name, exact: true })).toBeVisible();
    if (name === "Mistakes") await expect(page.getByRole("list", { name })).toBeVisible();
    const { scrollWidth, clientWidth } = await page
      .locator("html")
      .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    expect(scrollWidth, name).toBeLessThanOrEqual(clientWidth);
  }
});
