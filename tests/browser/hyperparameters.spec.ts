// The panel of hyperparameters: everything of a spec can be set, is explained, is in the address, and
// what cannot change mid-run waits for a restart that says so.

import type { Locator, Page } from "@playwright/test";
import type { Ember } from "./ember";
import { expect, test } from "./fixtures";

const GROUPS = ["Optimizer", "Schedule", "Regularization", "Data", "Augmentation", "Sabotage"];

/** A network that trains an epoch of few images at once. */
const TINY = "device=cpu&layers=maxpool_4-flatten-dense_10";

const panel = (page: Page) => page.getByRole("region", { name: "Hyperparameters" });
const group = (page: Page, name: string) => panel(page).getByRole("button", { name, exact: true });
const choice = (page: Page, name: string) =>
  panel(page).getByRole("combobox", { name, exact: true });
const restart = (ember: Ember) => ember.button("Restart with changes");

async function openAll(page: Page): Promise<void> {
  for (const name of GROUPS) await group(page, name).click();
}

/** The controls of a panel that take a value. */
function controls(within: Locator): Locator {
  return ["slider", "spinbutton", "combobox", "checkbox"]
    .map((role) => within.getByRole(role as "slider"))
    .reduce((all, more) => all.or(more));
}

test("the essentials are in view, the rest a line away that says what is set", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu&optimizer=sgd&momentum=0.5&l2=0.001");
  for (const name of ["Learning rate", "Batch size", "Epochs", "Seed"]) {
    await expect(ember.number(name)).toBeInViewport({ ratio: 1 });
  }
  await expect(ember.select("Optimizer")).toBeInViewport({ ratio: 1 });
  await expect(ember.number("Momentum")).toBeHidden();
  const said: Record<string, string | RegExp> = {
    Optimizer: /differs from the preset: Momentum 0.5$/,
    Schedule: "Constant",
    Regularization: /differs from the preset: L2 penalty 0.001$/,
    Data: "Validation images 5000",
  };
  for (const [name, text] of Object.entries(said)) {
    await expect(group(page, name)).toBeInViewport({ ratio: 1 });
    await expect(group(page, name)).toHaveAccessibleDescription(text);
  }
});

test("every control has a name and a sentence of help, which a press on the name shows", async ({
  open,
  page,
}) => {
  await open("device=cpu&optimizer=sgd&schedule=step&init=normal");
  await openAll(page);
  const all = await controls(panel(page)).all();
  expect(all.length).toBeGreaterThan(50);
  for (const control of all) {
    await expect(control).toHaveAccessibleName(/\S/);
    await expect(control).toHaveAccessibleDescription(/\S.*\.$/);
  }

  const name = page.getByRole("button", { name: "Learning rate: what it does" });
  const sentence = panel(page).getByText(/^How far each step moves the weights/);
  await expect(sentence).toBeHidden();
  await name.press("Enter");
  await expect(sentence).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sentence).toBeHidden();
});

const OPTIMIZERS: Record<string, string[]> = {
  adam: ["Beta 1", "Beta 2", "Epsilon"],
  adamW: ["Beta 1", "Beta 2", "Epsilon", "Weight decay"],
  sgd: ["Momentum"],
  rmsProp: ["Momentum", "Alpha", "Epsilon"],
  adagrad: ["Epsilon"],
  lion: ["Beta 1", "Beta 2", "Weight decay"],
};

test("each optimizer shows its own parameters, and the address keeps them", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu");
  await group(page, "Optimizer").click();
  const known = [...new Set(Object.values(OPTIMIZERS).flat())];
  for (const [name, parameters] of Object.entries(OPTIMIZERS)) {
    await ember.select("Optimizer").selectOption(name);
    for (const parameter of known) {
      await expect(ember.number(parameter)).toHaveCount(parameters.includes(parameter) ? 1 : 0);
    }
  }
  await ember.type("Beta 1", "0.85");
  await ember.select("Optimizer").selectOption("sgd");
  await page.getByRole("checkbox", { name: "Nesterov" }).check();
  await expect(page).toHaveURL(/optimizer=sgd&nesterov=true/);
  await page.reload();
  await group(page, "Optimizer").click();
  await expect(page.getByRole("checkbox", { name: "Nesterov" })).toBeChecked();
});

test("the schedule is drawn before it is trained", async ({ open, page }) => {
  const ember = await open("device=cpu&lr=0.02&epochs=4");
  await group(page, "Schedule").click();
  const curve = page.getByRole("img", { name: /^Learning rate over the run/ });
  await expect(curve).toHaveAccessibleName(/0.02 from start to end/);
  await choice(page, "Schedule").selectOption("oneCycle");
  await ember.type("Rise", "0.5");
  await expect(curve).toHaveAccessibleName(
    /Starts at 0.0008, peaks at 0.02 in epoch (1.99|2|2.01), ends at 8e-8\./,
  );
  await ember.type("Learning rate", "0.04");
  await expect(curve).toHaveAccessibleName(/peaks at 0.04/);
  expect(await ember.read()).toMatchObject({ state: "idle", step: 0 });
});

test("what cannot change mid-run turns Reset into a restart, says what differs, and can be undone", async ({
  open,
  page,
}) => {
  // 5000 steps an epoch, then 39.
  const ember = await open(`${TINY}&batch=8&validation=20000`);
  await ember.step();
  await expect(ember.button("Reset")).toBeVisible();

  await ember.type("Batch size", "1024");
  await ember.select("Optimizer").selectOption("sgd");
  await expect(ember.button("Reset")).toHaveCount(0);
  await expect(restart(ember)).toHaveAccessibleDescription(
    /Optimizer Adam → SGD, Batch size 8 → 1024/,
  );

  await ember.button("Undo changes").click();
  await expect(ember.button("Reset")).toBeVisible();
  await expect(ember.number("Batch size")).toHaveValue("8");
  await expect(ember.select("Optimizer")).toHaveValue("adam");
  expect((await ember.step()).step).toBe(2);

  await ember.type("Batch size", "1024");
  await restart(ember).focus();
  await page.keyboard.press("Enter");
  await expect(ember.button("Reset")).toBeFocused();
  await expect.poll(async () => (await ember.read()).epoch).toBeGreaterThan(1);
  expect((await ember.read()).step).toBeLessThan(5000);
});

test("a rate and a number of epochs act at once and ask for no restart", async ({ open }) => {
  const ember = await open(`${TINY}&batch=512`);
  await ember.step();
  await ember.type("Learning rate", "0.05");
  await ember.type("Epochs", "9");
  expect((await ember.step()).learningRate).toBe(0.05);
  await expect(ember.status).toContainText("of 9");
  await expect(ember.button("Reset")).toBeVisible();
});

test("a restart with something wrong keeps the run and leads to what is wrong", async ({
  open,
  page,
}) => {
  const ember = await open(TINY);
  await ember.step();
  await group(page, "Regularization").click();
  await ember.type("Label smoothing", "3");
  await group(page, "Regularization").click();
  await restart(ember).click();
  // What is wrong does not hide in a shut group.
  await expect(ember.number("Label smoothing")).toBeFocused();
  await expect(ember.number("Label smoothing")).toHaveAccessibleDescription(/too large/);
  await expect(ember.messages.filter({ hasText: /Cannot train yet/ })).toBeVisible();
  expect(await ember.read()).toMatchObject({ state: "paused", step: 1 });
});

test("a rate that is still being typed counts for the next step", async ({ open }) => {
  const ember = await open(TINY);
  await ember.step();
  await ember.number("Learning rate").fill("0.25");
  // Unlike a click, this leaves the focus where it is, as some browsers do.
  await ember.button("Step").dispatchEvent("click");
  await expect(ember.status).toHaveAttribute("data-step", "2");
  expect((await ember.read()).learningRate).toBe(0.25);
});

test("a decimal comma is understood, and nonsense stays out of the address", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu");
  await ember.type("Learning rate", "0,05");
  await expect(page).toHaveURL(/lr=0.05/);
  await expect(ember.number("Learning rate")).toHaveAttribute("aria-invalid", "false");
  await ember.type("Learning rate", "fast");
  await expect(ember.number("Learning rate")).toHaveAccessibleDescription(/not a number/);
  await expect(page).not.toHaveURL(/lr=/);
});

test("sliders say off, all and none in words", async ({ open, page }) => {
  const ember = await open("device=cpu");
  await openAll(page);
  for (const [name, word] of [
    ["Gradient clipping", "off"],
    ["Early stopping", "off"],
    ["Training images", "all"],
  ] as const) {
    await expect(ember.number(name)).toHaveValue(word);
    await ember.slider(name).press("ArrowLeft");
    await expect(ember.number(name)).toHaveValue(/^\d+$/);
    await ember.slider(name).press("End");
    await expect(ember.number(name)).toHaveValue(word);
  }
});

test("augmentation and sabotage are set, trained with, and kept in the address", async ({
  open,
  page,
}) => {
  const ember = await open(`${TINY}&batch=50`);
  await openAll(page);
  await ember.type("Rotation", "10");
  await ember.type("Training images", "10");
  await choice(page, "Missing class").selectOption("7");
  await ember.slider("Kept of class 3").press("Home");
  for (const part of ["rotation=10", "examples=10", "missing=7", "keep=1_1_1_0"]) {
    await expect(page).toHaveURL(new RegExp(part));
  }
  await expect(group(page, "Data")).toHaveAccessibleDescription(/Rotation 10°.*Missing class 7/);

  // Eight classes of ten images: two batches of 50 an epoch at most.
  await ember.step();
  await ember.step();
  expect((await ember.step()).epoch).toBeGreaterThan(1);

  await page.reload();
  await openAll(page);
  await expect(ember.number("Rotation")).toHaveValue("10");
  await expect(ember.slider("Kept of class 3")).toHaveValue("0");
  await expect(choice(page, "Missing class")).toHaveValue("7");
});

test("a new seed is another one", async ({ open, page }) => {
  const ember = await open("device=cpu&seed=20000");
  await page.getByRole("button", { name: "New seed" }).click();
  await expect(ember.number("Seed")).not.toHaveValue("20000");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("everything is within reach of a finger and the screen's width", async ({ open, page }) => {
    const ember = await open("device=cpu&schedule=cosine");
    await page.getByText("Settings", { exact: true }).tap();
    await openAll(page);
    await ember.type("Training images", "20");
    await page.getByRole("button", { name: /^Early stopping/ }).tap();
    const sentence = page.getByText(/^Epochs without a better validation loss before the run ends/);
    await expect(sentence).toBeInViewport({ ratio: 1 });
    const { scrollWidth, clientWidth } = await page
      .locator("html")
      .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });

  test("Train leads to what is wrong, also behind the folded settings", async ({ open }) => {
    const ember = await open("device=cpu&rotation=900");
    await expect(ember.number("Rotation")).toBeHidden();
    await ember.button("Train").tap();
    await expect(ember.number("Rotation")).toBeFocused();
    await expect(ember.number("Rotation")).toHaveAccessibleDescription(/too large/);
  });
});
