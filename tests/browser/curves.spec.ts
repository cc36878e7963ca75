// The curves: what they show, how they are looked at, and the runs that stay behind the one in hand.

import type { Locator, Page } from "@playwright/test";
import type { Ember } from "./ember";
import { expect, test } from "./fixtures";

/** Small and quick: an epoch has 79 steps, and there are more than are over before Pause is pressed. */
const QUICK = "device=cpu&batch=512&layers=maxpool_4-flatten-dense_10&validation=20000&epochs=100";

const chart = (page: Page, name: string) => page.getByRole("img", { name, exact: true });
const NAMES = ["Loss", "Accuracy", "Learning rate curve"];

/** What assistive technology says of a chart beside its name. */
const told = async (image: Locator) =>
  image.evaluate((element) => {
    const id = element.getAttribute("aria-describedby") ?? "";
    return document.getElementById(id)?.textContent ?? "";
  });

/** Waits for what is told of a chart. */
const tells = (page: Page, name: string, what: RegExp) =>
  expect.poll(() => told(chart(page, name))).toMatch(what);

/** What a chart shows, as a number to be compared. */
const picture = (page: Page, name: string) =>
  chart(page, name)
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
      let sum = 7;
      for (const value of pixels?.data ?? []) sum = (31 * sum + value) % 1e9;
      return sum;
    });

/** Whether anything is drawn. */
const isDrawn = (page: Page, name: string) =>
  chart(page, name)
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      return [...data].some((value) => value > 0);
    });

/** Trains at least so many steps and pauses. */
async function train(ember: Ember, steps: number): Promise<number> {
  await ember.button("Train").click();
  await ember.untilStep(steps);
  return (await ember.pause()).step;
}

/** Points at a chart, at a share of its width, and says at which step that was. */
async function pointAt(page: Page, name: string, share: number): Promise<number> {
  await chart(page, name).scrollIntoViewIfNeeded();
  const box = await chart(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not on the page.`);
  await page.mouse.move(box.x + share * box.width, box.y + 0.5 * box.height);
  await expect(page.locator("figure .at").first()).toBeVisible();
  const [, step] = /at step ([\d,]+)/.exec(await told(chart(page, name))) ?? [];
  return Number(step?.replace(",", ""));
}

test("loss, accuracy and a third chart are all in view, the third as it is chosen", async ({
  open,
  page,
}) => {
  const ember = await open(QUICK);
  for (const name of NAMES) await expect(chart(page, name)).toBeInViewport({ ratio: 1 });
  await train(ember, 30);
  await tells(page, "Learning rate curve", /^Value 0\.001,/);
  await page.getByRole("combobox", { name: "Third chart" }).selectOption("Gradient norm");
  await expect(chart(page, "Learning rate curve")).toBeHidden();
  await tells(page, "Gradient norm curve", /^Value \d/);
  expect(await isDrawn(page, "Gradient norm curve")).toBe(true);
});

test("the crosshair tells the values of one step in all charts, by pointer and by keys", async ({
  open,
  page,
}) => {
  const ember = await open(QUICK);
  const last = await train(ember, 60);
  for (const name of NAMES) await tells(page, name, new RegExp(`at step ${last}\\b`));
  const now = await told(chart(page, "Loss"));

  const step = await pointAt(page, "Accuracy", 0.4);
  expect(step).toBeGreaterThan(1);
  expect(step).toBeLessThan(last);
  for (const name of NAMES) await tells(page, name, new RegExp(`at step ${step}\\b`));
  expect((await told(chart(page, "Loss"))).split(",")[0]).not.toBe(now.split(",")[0]);
  await expect(page.locator("figure .at")).toHaveText(Array(3).fill(String(step)));

  await page.mouse.move(0, 0);
  await tells(page, "Loss", new RegExp(`at step ${last}\\b`));

  const slider = page.getByRole("slider", { name: "Crosshair" });
  await slider.focus();
  await slider.press("PageDown");
  const [, reached] = /^step (\d+): Loss [\d.]+/.exec(
    (await slider.getAttribute("aria-valuetext")) ?? "",
  ) ?? [undefined, "nowhere"];
  expect(Number(reached)).toBeLessThan(last);
  for (const name of NAMES) await tells(page, name, new RegExp(`at step ${reached}\\b`));
  await slider.blur();
  await tells(page, "Loss", new RegExp(`at step ${last}\\b`));
});

test("the x axis counts steps, epochs or the time that was trained", async ({ open, page }) => {
  const ember = await open(QUICK);
  await train(ember, 120);
  const LOOKS: [string, RegExp][] = [
    ["Steps", /^\d+$/],
    ["Epochs", /^\d(\.\d+)?$/],
    ["Training time", /^\d+:\d\d$/],
  ];
  const pictures = new Set<number>();
  for (const [axis, label] of LOOKS) {
    await page.getByRole("combobox", { name: "X axis" }).selectOption(axis);
    await pointAt(page, "Loss", 0.6);
    await expect(page.locator("figure .at").first()).toHaveText(label);
    pictures.add(await picture(page, "Loss"));
  }
  expect(pictures.size).toBe(LOOKS.length);
});

test("smoothing goes from the batches as they were to a calm line", async ({ open, page }) => {
  const ember = await open(QUICK);
  await train(ember, 60);
  const { loss } = await ember.read();
  const smoothing = page.getByRole("slider", { name: "Smoothing" });
  const training = async () =>
    Number(/^Training ([\d.]+)/.exec(await told(chart(page, "Loss")))?.[1]);
  await smoothing.fill("0");
  await expect.poll(training).toBeCloseTo(loss, 3);
  const rough = await picture(page, "Loss");
  await smoothing.fill("0.99");
  await expect.poll(training).not.toBeCloseTo(loss, 3);
  await expect.poll(() => picture(page, "Loss")).not.toBe(rough);
});

for (const name of ["Loss", "Learning rate curve"]) {
  test(`${name}: equal distances can be equal ratios`, async ({ open, page }) => {
    const ember = await open(QUICK);
    await train(ember, 30);
    const figure = page.locator("figure").filter({ has: chart(page, name) });
    const linear = await picture(page, name);
    await figure.getByRole("checkbox", { name: "Log scale" }).check();
    await expect.poll(() => picture(page, name)).not.toBe(linear);
    expect(await isDrawn(page, name)).toBe(true);
    await figure.getByRole("checkbox").uncheck();
    await expect.poll(() => picture(page, name)).toBe(linear);
  });
}

test("the best validation and what was changed mid-run are told in words, too", async ({
  open,
  page,
}) => {
  const ember = await open(QUICK);
  const step = await train(ember, 100);
  const { epoch } = await ember.read();
  await ember.type("Learning rate", "0.02");
  const changes = page.getByRole("list", { name: "Changed during the run" });
  await expect(changes).toHaveText(`After step ${step}: learning rate 0.02`);
  await ember.type("Epochs", String(epoch + 1));
  await expect(changes).toHaveText(`After step ${step}: learning rate 0.02, ${epoch + 1} epochs`);
  await ember.button("Train").click();
  await ember.until("finished");
  await tells(page, "Loss", /best validation \d\.\d+ at step \d+$/);
  await tells(page, "Accuracy", /best validation \d\d\.\d\s% at step \d+$/);
});

test("earlier runs stay behind, by what sets them apart, until they are hidden or forgotten", async ({
  open,
  page,
}) => {
  const ember = await open(QUICK);
  const first = await train(ember, 40);
  await ember.button("Reset").click();
  await ember.type("Learning rate", "0.05");
  await train(ember, 30);
  await ember.button("Reset").click();
  await ember.type("Batch size", "128");
  await ember.step();

  const button = page.getByRole("button", { name: "Earlier runs (2)" });
  await button.click();
  const runs = page.getByRole("dialog", { name: "Earlier runs" });
  await expect(runs.getByRole("listitem")).toHaveCount(2);
  await expect(runs.getByRole("listitem").first()).toContainText(
    "Learning rate 0.001, Batch size 512",
  );
  await expect(runs.getByRole("listitem").first()).toContainText(`after ${first} steps`);
  await expect(runs.getByRole("listitem").last()).toContainText("Batch size 512");
  await expect(runs.getByRole("listitem").last()).not.toContainText("Learning rate");

  await test.step("hidden and shown again", async () => {
    await runs.getByRole("heading").hover();
    const both = await picture(page, "Loss");
    await runs.getByRole("checkbox", { name: "Show run 1" }).uncheck();
    await runs.getByRole("heading").click();
    await expect.poll(() => picture(page, "Loss")).not.toBe(both);
    await runs.getByRole("checkbox", { name: "Show run 1" }).check();
    await runs.getByRole("heading").click();
    await expect.poll(() => picture(page, "Loss")).toBe(both);
  });

  await test.step("forgotten", async () => {
    await runs.getByRole("button", { name: "Forget run 1" }).click();
    await expect(runs.getByRole("listitem")).toHaveCount(1);
    await runs.getByRole("button", { name: "Forget run 2" }).click();
    await expect(runs).toBeHidden();
    await expect(page.getByRole("button", { name: /Earlier runs/ })).toHaveCount(0);
  });
});

test("on a phone the charts stand one below the other, high enough to be read", async ({
  open,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ember = await open(QUICK);
  await ember.step();
  let end = 0;
  for (const name of NAMES) {
    const box = await chart(page, name).boundingBox();
    expect(box?.height).toBeGreaterThan(80);
    expect(box?.width).toBeGreaterThan(300);
    expect(box?.y).toBeGreaterThan(end);
    end = (box?.y ?? NaN) + (box?.height ?? NaN);
  }
});

test("a low frame shows the two charts that matter", async ({ open, page }) => {
  await page.setViewportSize({ width: 640, height: 480 });
  await open(`${QUICK}&embed=1`);
  for (const name of ["Loss", "Accuracy"]) {
    const box = await chart(page, name).boundingBox();
    expect(box?.height).toBeGreaterThan(80);
  }
  await expect(chart(page, "Learning rate curve")).toBeHidden();
  await page.setViewportSize({ width: 640, height: 800 });
  await expect(chart(page, "Learning rate curve")).toBeVisible();
});
