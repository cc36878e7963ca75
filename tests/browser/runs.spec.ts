// The runs of a visit: compared, used again, saved, opened, learned from, and many at once.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { correct, type Ember } from "./ember";
import { expect, test } from "./fixtures";

// A few images: an epoch is over within seconds.
const SMALL = "device=cpu&preset=MLP&epochs=1&examples=100&validation=500";

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Runs", exact: true });
const table = (page: Page) => page.getByRole("table", { name: "Runs of this visit" });
const row = (page: Page, name: string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name, exact: true }) });

/** Trains a run of the settings to its end. */
async function train(ember: Ember): Promise<void> {
  await ember.button("Train").click();
  await ember.until("finished");
}

/** Two finished runs, of the rates 0.001 and 0.05. */
async function twoRuns(ember: Ember): Promise<void> {
  await train(ember);
  await ember.button("Reset").click();
  await ember.type("Learning rate", "0.05");
  await train(ember);
}

test("the table tells what sets runs apart, sorts them, and forgets them", async ({
  open,
  page,
}) => {
  const ember = await open(`${SMALL}&tab=runs`);
  await expect(panel(page)).toContainText("Every run of this visit is listed here");
  await twoRuns(ember);
  await expect(table(page).getByRole("row")).toHaveCount(3);
  await expect(row(page, "This run")).toContainText("%");
  await expect(row(page, "Run 1")).toContainText("Learning rate 0.001");
  await expect(row(page, "Run 1")).toContainText("109K");

  await test.step("by what they came to", async () => {
    const accuracies = async () =>
      (await table(page).locator("tbody tr td:nth-of-type(2)").allInnerTexts()).map(parseFloat);
    const header = table(page).getByRole("columnheader", { name: /^Validation/ });
    await header.getByRole("button").click();
    await expect(header).toHaveAttribute("aria-sort", "descending");
    const [best = NaN, second = NaN] = await accuracies();
    expect(best).toBeGreaterThan(second);
    await header.getByRole("button").click();
    await expect(header).toHaveAttribute("aria-sort", "ascending");
    expect(await accuracies()).toEqual([second, best]);
  });

  await test.step("their settings can be used again", async () => {
    await page.getByRole("button", { name: "Run 1", exact: true }).click();
    await panel(page).getByRole("button", { name: "Use these settings" }).click();
    await expect(ember.number("Learning rate")).toHaveValue("0.001");
  });

  await test.step("they can be taken off the curves, and deleted", async () => {
    const shown = panel(page).getByRole("checkbox", { name: "Show on the curves" });
    await expect(shown).toBeChecked();
    await shown.uncheck();
    await expect(shown).not.toBeChecked();
    await panel(page).getByRole("button", { name: "Delete" }).click();
    await expect(row(page, "Run 1")).toHaveCount(0);
  });
});

test("two runs of the same seed stand side by side", async ({ open, page }) => {
  const ember = await open(`${SMALL}&tab=runs`);
  await twoRuns(ember);
  await page.getByRole("checkbox", { name: "Compare Run 1" }).check();
  await page.getByRole("checkbox", { name: "Compare This run" }).check();
  const comparison = page.getByRole("table", { name: "A/B: Run 1 and This run" });
  await expect(comparison.getByRole("row")).toHaveCount(4);
  await expect(comparison.getByRole("row", { name: /Learning rate/ })).toContainText(
    /0\.001\s*0\.05/,
  );
  await expect(panel(page)).toContainText("Same seed");
  await expect(
    page.getByRole("img", { name: "Loss of Run 1 and This run over the steps" }),
  ).toBeVisible();
  await panel(page).getByRole("button", { name: "Close the comparison" }).click();
  await expect(comparison).toHaveCount(0);
});

test("a run is saved as a file, gone on with, and learned from", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP&tab=runs");
  await expect(page.getByRole("button", { name: "Save checkpoint" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await ember.button("Train").click();
  await ember.untilStep(30);
  const saved = await ember.pause();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save checkpoint" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`mlp-step-${saved.step}.emberlab`);
  const buffer = readFileSync(await download.path());
  const next = await ember.step();

  await test.step("it goes on where it was, with its settings, to the same numbers", async () => {
    await page.reload();
    await ember.until("idle");
    await ember.type("Learning rate", "0.5");
    await page
      .getByLabel("Checkpoint file")
      .setInputFiles({ name: "mine.emberlab", mimeType: "application/octet-stream", buffer });
    await expect(panel(page)).toContainText(`mine.emberlab opened at step ${saved.step}`);
    expect(await ember.read()).toMatchObject({ state: "paused", step: saved.step });
    await expect(ember.number("Learning rate")).toHaveValue("0.001");
    expect(await ember.step()).toMatchObject({ step: next.step, loss: next.loss });
  });

  await test.step("a new run begins with what it has learned", async () => {
    // So small a rate changes nothing: a network with new weights would go on guessing.
    await ember.type("Learning rate", "0.000001");
    await page.getByRole("button", { name: "Fine-tune from this" }).click();
    await expect(panel(page)).toContainText("A new run began with what mine.emberlab has learned.");
    await ember.untilStep(10);
    await ember.pause();
    await page.getByRole("tab", { name: "Confusion matrix" }).click();
    const { counts, images } = await ember.evaluated();
    expect(correct(counts) / images).toBeGreaterThan(0.5);
    await page.getByRole("tab", { name: "Runs", exact: true }).click();
    await expect(row(page, "Run 1")).toHaveCount(1);
  });
});

test("a file that is no checkpoint is refused in words, and the run goes on", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&preset=MLP&tab=runs");
  await ember.button("Train").click();
  await ember.untilStep(5);
  await page
    .getByLabel("Checkpoint file")
    .setInputFiles({ name: "x.emberlab", mimeType: "text/plain", buffer: Buffer.from("hello") });
  await expect(panel(page)).toContainText("This is not a checkpoint of Emberlab.");
  const { step } = await ember.until("running");
  await ember.untilStep(step + 5);
});

test("a sweep trains its trials one by one and brings the run back", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=MLP&tab=runs&validation=500");
  await ember.step();
  const before = await ember.read();

  await test.step("the core says what is wrong with a sweep", async () => {
    const from = page.getByRole("spinbutton", { name: "Setting 1: From" });
    await from.fill("5");
    await from.press("Enter");
    await expect(page.getByRole("button", { name: "Start sweep" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await expect(
      panel(page).getByRole("group", { name: "Setting 1" }).getByRole("listitem"),
    ).not.toHaveCount(0);
    await from.fill("0.0001");
    await from.press("Enter");
  });

  await page.getByRole("spinbutton", { name: "Sweep: Images per class" }).fill("50");
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Setting 2" }).selectOption("Activation");
  for (const name of ["Leaky ReLU", "ELU", "GELU", "SiLU", "Sigmoid"]) {
    await page.getByRole("checkbox", { name, exact: true }).uncheck();
  }
  await expect(panel(page)).toContainText("6 trials of 1 epoch");
  await page.getByRole("button", { name: "Start sweep" }).click();
  await expect(page.getByText(/Sweep: trial \d of 6/)).toBeVisible();

  const results = page.getByRole("table", { name: "Trials, the best first" });
  await expect(results.getByRole("row")).toHaveCount(7);
  await expect(page.getByRole("button", { name: "Start sweep" })).toHaveAttribute(
    "aria-disabled",
    "false",
  );
  const { state, step, loss } = await ember.read();
  expect({ state, step, loss }).toEqual({
    state: before.state,
    step: before.step,
    loss: before.loss,
  });
  const accuracies = (await results.locator("tbody td:nth-of-type(3)").allInnerTexts()).map(
    parseFloat,
  );
  expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a));
  await expect(results.getByRole("row").nth(1)).toContainText("best");
  await expect(
    page.getByRole("img", { name: "Validation accuracy against seconds" }),
  ).toBeVisible();

  await test.step("the settings of a trial can be used", async () => {
    const best = results.getByRole("row").nth(1);
    const rate = await best.getByRole("cell").first().innerText();
    await best.getByRole("button").click();
    await expect(ember.number("Learning rate")).toHaveValue(rate);
    await expect(ember.number("Epochs")).toHaveValue("5");
  });
});

test("a sweep can be paused, and stopped for good", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=CNN&tab=runs");
  await page.getByRole("button", { name: "Start sweep" }).click();
  await ember.untilStep(1);
  const { step } = await ember.pause();
  await ember.button("Train").click();
  await ember.untilStep(step + 1);
  await page.getByRole("button", { name: "Stop sweep" }).click();
  await expect(page.getByText(/Sweep: trial/)).toHaveCount(0);
  expect((await ember.until("idle")).step).toBe(0);
});

test("all of it fits a phone", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ember = await open(`${SMALL}&tab=runs`);
  await train(ember);
  await ember.button("Reset").click();
  await train(ember);
  await page.getByRole("button", { name: "Run 1", exact: true }).click();
  await page.getByRole("checkbox", { name: "Compare Run 1" }).check();
  await page.getByRole("checkbox", { name: "Compare This run" }).check();
  await expect(page.getByRole("table", { name: "A/B: Run 1 and This run" })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
