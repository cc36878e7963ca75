// What an automatic examiner (axe, with all its rules and that of WCAG 2.2 on the size of targets)
// has to fault: nothing, in no panel, before training and after, in both themes.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { Ember } from "./ember";
import { expect, test } from "./fixtures";

const PANEL = "[role=tabpanel]:not([hidden])";

// Else the colours would be looked at on their way from one theme to the other.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Every fault in words: the rule, the element, and what would mend it. */
async function faults(axe: AxeBuilder): Promise<string[]> {
  // The page has no frames, which are what the other mode is for.
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ""}`),
  );
}

type Theme = "light" | "dark";

/** Within a part of the page no rule is broken, and in no theme a contrast is too low. */
async function expectNoFaults(
  page: Page,
  what: string,
  part = "body",
  themes: Theme[] = ["light", "dark"],
): Promise<void> {
  await test.step(what, async () => {
    for (const [i, colorScheme] of themes.entries()) {
      await page.emulateMedia({ colorScheme });
      const axe = new AxeBuilder({ page }).include(part);
      // A theme changes colours and nothing else.
      if (i === 0) axe.options({ rules: { "target-size": { enabled: true } } });
      else axe.withRules("color-contrast");
      expect.soft(await faults(axe), `${what}, ${colorScheme}`).toEqual([]);
    }
  });
}

const panel = (page: Page): Locator => page.locator(PANEL);
const button = (page: Page, name: string | RegExp): Locator =>
  panel(page).getByRole("button", { name });
const table = (page: Page, name: string): Locator => panel(page).getByRole("table", { name });

/** Each tab, how it is filled where that takes more than training, and what is there once it is full. */
const TABS: {
  name: string;
  fill?: (page: Page) => Promise<void>;
  full: (page: Page) => Locator;
}[] = [
  { name: "Confusion matrix", full: (page) => panel(page).locator("table[data-images]") },
  { name: "Predictions", full: (page) => panel(page).getByRole("listitem").first() },
  {
    name: "Mistakes",
    fill: (page) => button(page, "Examine now").click(),
    full: (page) => panel(page).getByRole("listitem").first(),
  },
  { name: "Report", full: (page) => table(page, "Classification report") },
  { name: "Layers", full: (page) => panel(page).getByText(/^The network at step/) },
  {
    name: "Draw",
    fill: (page) => button(page, "Next test digit").click(),
    full: (page) => panel(page).getByText(/^Looks like/),
  },
  { name: "Data", full: (page) => panel(page).locator("canvas").first() },
  {
    name: "Rate finder",
    fill: (page) => button(page, "Find learning rate").click(),
    full: (page) => button(page, /^Use /).first(),
  },
  { name: "Runs", full: (page) => table(page, "Runs of this visit") },
  { name: "Learn", full: (page) => panel(page).locator("details").first() },
];

const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name, exact: true });

/** Trains until there is a first evaluation. */
async function train(ember: Ember, page: Page): Promise<void> {
  await tab(page, "Confusion matrix").click();
  await ember.button("Train").click();
  await ember.evaluated();
  await ember.pause();
}

/** Opens one tab after another, has it filled, and looks at it. */
async function fillTabs(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const { name, fill, full } of TABS) {
    await tab(page, name).click();
    await fill?.(page);
    await expect(full(page)).toBeVisible();
    await look(name);
  }
}

/** Opens every line that more is behind. */
async function unfold(page: Page): Promise<void> {
  await page.locator("details").evaluateAll((all: HTMLDetailsElement[]) => {
    for (const details of all) details.open = true;
  });
  const shut = page.locator("[aria-expanded=false]:not([aria-haspopup])");
  // A line that is opened may hold further ones.
  for (let first = shut.first(); await first.isVisible();) await first.click();
}

test("nothing in any tab is at fault, before training and after", async ({ open, page }) => {
  const ember = await open("device=cpu");
  await expectNoFaults(page, "the page before training");
  for (const { name } of TABS) {
    await tab(page, name).click();
    await expect(panel(page).locator(":scope > *").first()).toBeVisible();
    await expectNoFaults(page, `${name}, empty`, PANEL);
  }
  await train(ember, page);
  await expectNoFaults(page, "the page once it has trained");
  await fillTabs(page, (name) => expectNoFaults(page, `${name}, full`, PANEL));

  await tab(page, "Learn").click();
  await unfold(page);
  await expectNoFaults(page, "all lines unfolded");
});

test("nothing in any tab is at fault on a phone", async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ember = await open("device=cpu");
  await train(ember, page);
  await unfold(page);
  await expectNoFaults(page, "the page, all lines unfolded");
  // Small or large, the colours are the same.
  await fillTabs(page, (name) => expectNoFaults(page, name, PANEL, ["light"]));
});

test("nothing is at fault in what opens over the page", async ({ page, site }) => {
  await page.goto(`${site.ember}?device=cpu`);
  const ember = new Ember(page);
  await ember.until("idle");

  await page.getByRole("button", { name: "Move or copy Dense 1", exact: true }).click();
  await expectNoFaults(page, "a layer's menu", "[role=menu]:popover-open");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Show the network large" }).click();
  await expectNoFaults(page, "the network's diagram", "dialog[open]");
  await page.keyboard.press("Escape");

  await ember.select("Data set").selectOption("other");
  const form = page.getByRole("dialog", { name: "Your own images" });
  for (const kind of await form.getByRole("radio").all()) {
    await kind.check();
    const name = await kind.evaluate((radio: HTMLInputElement) => radio.value);
    await expectNoFaults(page, `own images, ${name}`, "dialog[open]");
  }
  await page.keyboard.press("Escape");

  await ember.button("Train").click();
  const next = page.getByRole("dialog", { name: "Tour" }).getByRole("button", { name: "Next" });
  await expect(next).toBeFocused();
  await expectNoFaults(page, "the tour's first stop", "[role=dialog]");
  while (await next.isVisible()) await next.click();
  await expectNoFaults(page, "the tour's last stop", "[role=dialog]");
});

test("nothing is at fault where something is wrong", async ({ open, page }) => {
  // Layers that do not fit, a rate that is refused, a group that holds it.
  const ember = await open("device=cpu&layers=conv_4_3-dense_10");
  await ember.type("Learning rate", "much");
  await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
  await expectNoFaults(page, "problems");
});

test("nothing is at fault in German", async ({ open, page }) => {
  await open("device=cpu&lang=de");
  await expectNoFaults(page, "the page", "body", ["light"]);
  for (const each of await page.getByRole("tab").all()) {
    await each.click();
    await expect(panel(page).locator(":scope > *").first()).toBeVisible();
    await expectNoFaults(page, await each.innerText(), PANEL, ["light"]);
  }
});
