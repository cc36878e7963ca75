// Framed in a lesson, the page is compact and trains like anywhere else.

import { Ember } from "./ember";
import { expect, test } from "./fixtures";

test("a CNN trains inside a lesson", async ({ page, site }) => {
  await page.goto(`${site.course}lesson.html`);
  const frame = page.frameLocator("iframe[title=Emberlab]");
  const ember = new Ember(frame);
  await ember.until("idle");
  await expect(ember.select("Preset")).toHaveValue("CNN");

  const first = await ember.step();
  expect(first).toMatchObject({ step: 1, device: "cpu" });
  await ember.button("Train").click();
  await expect.poll(async () => (await ember.read()).loss).toBeLessThan(0.7 * first.loss);
  expect(await ember.read()).toMatchObject({ state: "running", device: "cpu" });
  await ember.pause();

  // Compact: nothing is wider than the frame the lesson gave it.
  const { scrollWidth, clientWidth } = await frame
    .locator("html")
    .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});
