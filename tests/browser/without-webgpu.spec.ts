// A browser without WebGPU: `auto` says why and trains on the CPU; `webgpu`, chosen by hand, says that it
// cannot and is not swapped for anything.

import { executablePath, PLAIN_HTTP_HOST, WITHOUT_GPU } from "./browser";
import { Ember } from "./ember";
import { expect, test } from "./fixtures";

test.use({ launchOptions: { executablePath: executablePath(), args: WITHOUT_GPU } });

const PLACES = [
  { where: "there is no adapter", host: "localhost", says: /no graphics card/ },
  // A page that is not from a secure origin has no navigator.gpu at all.
  {
    where: "the site is served over plain http",
    host: PLAIN_HTTP_HOST,
    says: /offers no WebGPU/,
  },
];

for (const { where, host, says } of PLACES) {
  test(`where ${where}, auto says why and trains on the CPU`, async ({ page, site }) => {
    await page.goto(site.ember.replace("localhost", host));
    const ember = new Ember(page);
    await ember.until("idle");
    await expect(ember.select("Device")).toHaveValue("auto");
    await expect(ember.messages.filter({ hasText: says })).toBeVisible();

    const first = await ember.step();
    expect(first).toMatchObject({ device: "cpu", step: 1 });
    await ember.button("Train").click();
    await expect.poll(async () => (await ember.read()).loss).toBeLessThan(0.5 * first.loss);
  });

  test(`where ${where}, webgpu chosen by hand says so and stays chosen`, async ({ page, site }) => {
    await page.goto(`${site.ember.replace("localhost", host)}?device=webgpu`);
    const ember = new Ember(page);
    await expect(ember.messages.filter({ hasText: says })).toBeVisible();
    await expect(ember.select("Device")).toHaveValue("webgpu");
    expect((await ember.read()).device).not.toBe("cpu");
    await expect(ember.button("Train")).toBeDisabled();

    // The way out is in the user's hand.
    await ember.select("Device").selectOption("cpu");
    expect(await ember.step()).toMatchObject({ device: "cpu", step: 1 });
  });
}
