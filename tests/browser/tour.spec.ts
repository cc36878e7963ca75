// The tour: on the first Train, once, and whenever it is asked for.

import type { Page } from "@playwright/test";
import { Ember } from "./ember";
import { expect, test } from "./fixtures";

const card = (page: Page) => page.getByRole("dialog", { name: "Tour" });
const button = (page: Page, name: string) => card(page).getByRole("button", { name, exact: true });

/** Opens the page as someone does who has never been here. */
async function visit(page: Page, ember: string, query: string): Promise<Ember> {
  await page.goto(`${ember}?${query}`);
  const visited = new Ember(page);
  await visited.until("idle");
  return visited;
}

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`begins with the first Train and leads through the page at ${width}x${height}`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height });
    const ember = await visit(page, site.ember, "device=cpu");
    await expect(card(page)).toBeHidden();
    await ember.button("Train").click();
    await expect(button(page, "Next")).toBeFocused();
    for (const heading of ["It learns", "Where it is wrong", "The control", "The network"]) {
      await expect(card(page)).toContainText(heading);
      await expect(card(page)).toBeInViewport({ ratio: 1 });
      await button(page, "Next").click();
    }
    await expect(card(page)).toContainText("5 of 5");
    await button(page, "Back").click();
    await expect(card(page)).toContainText("4 of 5");
    await button(page, "Next").click();
    await button(page, "Done").click();
    await expect(card(page)).toBeHidden();
    await expect(ember.button("Train")).toBeFocused();

    await page.reload();
    await ember.until("idle");
    await ember.button("Train").click();
    await ember.untilStep(1);
    await expect(card(page)).toBeHidden();
  });
}

test("Skip and Escape end it for good", async ({ page, site, context }) => {
  let ember = await visit(page, site.ember, "device=cpu");
  await ember.button("Train").click();
  await expect(card(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(card(page)).toBeHidden();
  await expect(ember.button("Train")).toBeFocused();

  await page.evaluate(() => localStorage.clear());
  const again = await context.newPage();
  ember = await visit(again, site.ember, "device=cpu");
  await ember.button("Train").click();
  await button(again, "Skip").click();
  await expect(card(again)).toBeHidden();
  expect(await again.evaluate(() => localStorage.getItem("emberlab.tour"))).toBe("seen");
});

for (const query of ["device=cpu&tour=0", "device=cpu&embed=1"]) {
  test(`does not begin with ?${query}`, async ({ page, site }) => {
    const ember = await visit(page, site.ember, query);
    await ember.button("Train").click();
    await ember.untilStep(1);
    await expect(card(page)).toBeHidden();
  });
}

test("begins again from Learn", async ({ open, page }) => {
  await open("device=cpu&tab=learn");
  const again = page.getByRole("button", { name: "Show me around" });
  await again.click();
  await expect(card(page)).toContainText("1 of 5");
  await button(page, "Skip").click();
  await expect(again).toBeFocused();
});

test("does without storage", async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  const ember = await visit(page, site.ember, "device=cpu");
  await ember.button("Train").click();
  await button(page, "Skip").click();
  await expect(card(page)).toBeHidden();
  expect((await ember.untilStep(1)).device).toBe("cpu");
});
