// What a page owes its browser and its reader: history, title, icon, wake lock, language, contrast.

import { expect, test } from "./fixtures";

test("back and forward go through presets and tabs, edits stay with theirs", async ({
  open,
  page,
}) => {
  const ember = await open("device=cpu");
  await ember.type("Epochs", "7");
  await ember.select("Preset").selectOption("CNN");
  await page.getByRole("tab", { name: "Learn", exact: true }).click();
  await ember.type("Epochs", "3");
  await expect(page).toHaveURL(/epochs=3/);

  await page.goBack();
  await expect(page.getByRole("tab", { name: "Confusion matrix" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expect(ember.select("Preset")).toHaveValue("CNN");
  await expect(ember.number("Epochs")).toHaveValue("5");
  await page.goBack();
  await expect(ember.number("Epochs")).toHaveValue("7");
  await expect(page).toHaveURL(/epochs=7/);
  await page.goForward();
  await expect(ember.select("Preset")).toHaveValue("CNN");
  await page.goForward();
  await expect(ember.number("Epochs")).toHaveValue("3");
  await page.reload();
  await expect(ember.number("Epochs")).toHaveValue("3");
  await expect(page.getByRole("tab", { name: "Learn", exact: true })).toHaveAttribute(
    "aria-selected",
    "true",
  );
});

test("a frame leaves the history of the page around it alone", async ({ open, page }) => {
  const ember = await open("device=cpu&embed=1");
  const before = await page.evaluate(() => history.length);
  await ember.select("Preset").selectOption("CNN");
  await expect(page).toHaveURL(/preset=CNN/);
  expect(await page.evaluate(() => history.length)).toBe(before);
});

test("title and icon show how far the run is", async ({ open, page }) => {
  const ember = await open("device=cpu&epochs=1");
  const icon = page.locator('link[rel="icon"]');
  await expect(page).toHaveTitle("Emberlab");
  await expect(icon).toHaveAttribute("href", /favicon\.svg$/);
  await ember.button("Train").click();
  await expect(page).toHaveTitle(/^1\/1 · .*%/);
  await expect(icon).toHaveAttribute("href", /^data:image\/png/);
  await ember.button("Reset").click();
  await expect(icon).toHaveAttribute("href", /favicon\.svg$/);
  await expect(page).toHaveTitle("Emberlab");
});

test("a page in the background goes on training", async ({ open, page }) => {
  const ember = await open("device=cpu&epochs=50");
  await ember.button("Train").click();
  await ember.untilStep(1);
  // What a browser does to a page that it hides: no frames, and it says so.
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const { step } = await ember.read();
  const later = await ember.untilStep(step + 500);
  expect(later.state).toBe("running");
});

test("the screen stays on while it trains, and no longer", async ({ open, page }) => {
  await page.addInitScript(() => {
    const locks = { held: 0 };
    Object.assign(window, { locks });
    const request = () => {
      locks.held += 1;
      return Promise.resolve({
        release: () => {
          locks.held -= 1;
          return Promise.resolve();
        },
      });
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
  });
  const held = () =>
    page.evaluate(() => (window as unknown as { locks: { held: number } }).locks.held);
  const ember = await open("device=cpu");
  expect(await held()).toBe(0);
  await ember.button("Train").click();
  await expect.poll(held).toBe(1);
  await ember.untilStep(1);
  await ember.pause();
  await expect.poll(held).toBe(0);
});

test("the page can be read in German, and stays as it was set", async ({ open, page }) => {
  const ember = await open("device=cpu&preset=CNN&lr=0.02");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const language = page.getByRole("combobox", { name: "Language" });
  await language.selectOption("de");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("button", { name: "Trainieren", exact: true })).toBeVisible();
  await expect(
    page
      .getByRole("textbox", { name: "Lernrate" })
      .or(page.getByRole("spinbutton", { name: "Lernrate" })),
  ).toHaveValue("0,02");
  // Remembered, where the address does not say otherwise.
  await page.goto(page.url().replace(/\?.*/, "?device=cpu"));
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("combobox", { name: "Sprache" }).selectOption("en");
  await expect(ember.button("Train")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a browser that prefers German gets German", async ({ browser, site }) => {
  const context = await browser.newContext({ locale: "de-AT" });
  const page = await context.newPage();
  await page.goto(`${site.ember}?device=cpu`);
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.goto(`${site.ember}?device=cpu&lang=en`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await context.close();
});

test("a language asks before it ends a run", async ({ open, page }) => {
  const ember = await open("device=cpu");
  await ember.step();
  page.once("dialog", (dialog) => void dialog.dismiss());
  const language = page.getByRole("combobox", { name: "Language" });
  await language.selectOption("de");
  await expect(language).toHaveValue("en");
  expect((await ember.read()).step).toBe(1);
});

test("the keyboard gets past the settings at once", async ({ open, page }) => {
  await open("device=cpu");
  const skip = page.getByRole("button", { name: "Skip to the curves" });
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const within = await page.evaluate(() => document.activeElement?.closest(".curves") !== null);
  expect(within).toBe(true);
});

test("more contrast is given to who asks for it", async ({ open, page }) => {
  const colours = () =>
    page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      return [style.getPropertyValue("--ink"), style.getPropertyValue("--ink-soft")];
    });
  await open("device=cpu");
  const [ink, soft] = await colours();
  expect(soft).not.toBe(ink);
  await page.emulateMedia({ contrast: "more" });
  const [more, same] = await colours();
  expect(same).toBe(more);
});
