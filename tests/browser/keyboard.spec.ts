// The whole job by the keyboard alone: no pointer, and no focus that a test puts where a person would
// have to get by Tab. Wherever it comes past, one can see where it is.

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** More stops than the page has. */
const STOPS = 300;

/** What has the focus, in words, where nothing on the screen says so; else nothing. */
function unseenFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return "nothing";
    // Of a radio button in the shape of a tab it is the label that has the ring.
    const marked = [element, element.nextElementSibling].some((each) => {
      if (!each) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    });
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const inSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    return marked && inSight ? "" : element.outerHTML;
  });
}

/** Goes on with Tab, or back with Shift and Tab, until something has the focus. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press(key);
    // Past the last stop the focus is the browser's own for a moment.
    const outside = await page.evaluate(() => document.activeElement === document.body);
    if (!outside) expect(await unseenFocus(page), "the focus can be seen").toBe("");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${String(target)} was not reached by ${key}.`);
}

/** Replaces the number of the field that has the focus. */
async function type(page: Page, value: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
}

test("the whole job is done by keyboard alone", async ({ open, page }) => {
  const ember = await open("device=cpu");
  const { keyboard } = page;
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });

  await test.step("choose a preset", async () => {
    await tabTo(page, ember.select("Preset"));
    await keyboard.press("ArrowDown");
    await expect(ember.select("Preset")).toHaveValue("CNN");
  });

  await test.step("set the learning rate and the batch size", async () => {
    await tabTo(page, ember.slider("Learning rate"));
    await keyboard.press("ArrowRight");
    await expect(ember.number("Learning rate")).not.toHaveValue("0.001");
    await tabTo(page, ember.number("Learning rate"));
    await type(page, "0.002");
    await tabTo(page, ember.number("Batch size"));
    await type(page, "128");
    await expect(ember.slider("Batch size")).toHaveAttribute("aria-valuetext", /128/);
  });

  await test.step("add a layer and move it", async () => {
    await tabTo(page, button("Add layer"));
    await keyboard.press("Enter");
    const dropout = page.getByRole("menuitem", { name: "Dropout", exact: true });
    for (
      let i = 0;
      i < 20 && !(await dropout.evaluate((item) => item === document.activeElement));
    ) {
      await keyboard.press("ArrowDown");
      expect(await unseenFocus(page)).toBe("");
      i += 1;
    }
    await keyboard.press("Enter");
    const card = page.getByRole("group", { name: "Dropout", exact: true });
    await expect(card).toBeVisible();
    const names = () =>
      page
        .getByRole("list", { name: "Architecture" })
        .locator("[role=group]")
        .evaluateAll((cards) => cards.map((each) => each.getAttribute("aria-label")));
    const before = (await names()).indexOf("Dropout");
    await tabTo(page, card.getByRole("button", { name: "Move or copy Dropout" }), "Shift+Tab");
    await keyboard.press("Alt+ArrowUp");
    await expect.poll(async () => (await names()).indexOf("Dropout")).toBe(before - 1);
    expect(await unseenFocus(page)).toBe("");
  });

  await test.step("train and pause", async () => {
    await tabTo(page, ember.button("Train"), "Shift+Tab");
    await keyboard.press("Enter");
    await ember.until("running");
    await tabTo(page, ember.button("Pause"));
    await ember.evaluated();
    await keyboard.press("Space");
    await ember.until("paused");
  });

  await test.step("see the images of a cell of the matrix", async () => {
    await tabTo(page, page.getByRole("tab", { name: "Confusion matrix" }));
    await tabTo(page, ember.matrix.getByRole("button").first());
    // One stop for the whole table: the arrows go on from there.
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowRight");
    await expect(ember.matrix.getByRole("row").nth(2).getByRole("button").nth(1)).toBeFocused();
    expect(await unseenFocus(page)).toBe("");
    await keyboard.press("Enter");
    const images = page.getByRole("group", { name: /^1/ });
    await expect(images.getByRole("listitem").first()).toBeVisible();
    await tabTo(page, images.getByRole("listitem").first().getByRole("button"));
    await keyboard.press("Enter");
    await keyboard.press("Escape");
    await expect(ember.matrix.getByRole("row").nth(2).getByRole("button").nth(1)).toBeFocused();
  });

  await test.step("walk the tabs", async () => {
    await tabTo(page, page.getByRole("tab", { name: "Confusion matrix" }), "Shift+Tab");
    const names = await page.getByRole("tab").allInnerTexts();
    for (const name of [...names.slice(1), ...names.slice(0, 1)]) {
      await keyboard.press("ArrowRight");
      await expect(page.getByRole("tab", { name, exact: true })).toBeFocused();
      await expect(page.getByRole("tabpanel", { name, exact: true })).toBeVisible();
      expect(await unseenFocus(page)).toBe("");
    }
  });

  // A hand draws with a pointer; the keyboard has the test images for that.
  await test.step("give the Draw tab an image", async () => {
    while (!(await page.getByRole("tabpanel", { name: "Draw" }).isVisible())) {
      await keyboard.press("ArrowRight");
    }
    await tabTo(page, button("Next test digit"));
    await keyboard.press("Enter");
    await expect(page.getByRole("tabpanel", { name: "Draw" })).toContainText(/Looks like \d/);
  });

  await test.step("reset", async () => {
    await tabTo(page, ember.button("Reset"), "Shift+Tab");
    await keyboard.press("Enter");
    await ember.until("idle");
    await expect(ember.button("Reset")).toBeFocused();
  });
});

test("every stop of the keyboard on a page that has trained can be seen, and none is a trap", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu");
  await ember.step();
  const skip = page.getByRole("button", { name: "Skip to the curves" });
  // The first stop; and from there all around, and all the way back.
  for (const key of ["Tab", "Tab", "Shift+Tab"] as const) await tabTo(page, skip, key);
});
