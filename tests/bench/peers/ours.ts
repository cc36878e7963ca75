// Emberlab, through its own page, as a user has it: with everything the page draws and evaluates.

import { Ember, type Device } from "../../browser/ember";
import type { Contender } from "./contenders";
import { inChromium } from "./chromium";
import { LEARNT_STEPS, LEAST_STEPS, SLOW_MS, WARM_MS, WATCH_MS, type Model } from "./protocol";
import type { Site } from "./site";
import type { Page } from "@playwright/test";
import installed from "../../../package.json" with { type: "json" };

/** Opens the page and waits until it can be used. */
async function open(page: Page, ember: string, parameters: Record<string, string>): Promise<Ember> {
  await page.addInitScript(() => localStorage.setItem("emberlab.tour", "seen"));
  await page.goto(`${ember}?${new URLSearchParams(parameters)}`);
  const opened = new Ember(page);
  await opened.until("idle");
  return opened;
}

/** Presses a button and says how long it took until the status line met a condition. */
const time = (
  ember: Ember,
  button: "Train" | "Step",
  until: { attribute: string; least: number },
): Promise<number> =>
  ember.button(button).evaluate((element: HTMLElement, { attribute, least }) => {
    const status = document.querySelector("[role=status][data-state]");
    return new Promise<number>((resolve, reject) => {
      const start = performance.now();
      new MutationObserver(() => {
        if (status?.getAttribute("data-state") === "failed") reject(new Error(status.textContent));
        const value = status?.getAttribute(attribute) ?? "";
        if (value !== "" && Number(value) >= least) resolve(performance.now() - start);
        else if (status?.getAttribute("data-state") === "finished") {
          reject(new Error(`finished with ${value} instead of ${least}`));
        }
      }).observe(status ?? document, { attributes: true });
      element.click();
    });
  }, until);

/** Counts the steps of a running page for so long, from one news of them to another. */
const watch = (ember: Ember, least: { ms: number; steps: number }) =>
  ember.status.evaluate(
    (status: HTMLElement, { ms, steps }) =>
      new Promise<{ ms: number; steps: number }>((resolve) => {
        let from: { time: number; step: number } | undefined;
        new MutationObserver(() => {
          const [now, step] = [performance.now(), Number(status.dataset.step)];
          from ??= { time: now, step };
          const watched = { ms: now - from.time, steps: step - from.step };
          if (watched.ms >= ms && watched.steps >= steps) resolve(watched);
        }).observe(status, { attributes: true, attributeFilter: ["data-step"] });
      }),
    least,
  );

/** The number of parameters that the page says its network has. */
async function parameters(page: Page): Promise<number> {
  const words = await page.getByText(/^[\d,]+ parameters$/).textContent();
  return Number(words?.replace(/\D/g, ""));
}

/** How large Emberlab says that a preset's network is; others must agree. */
export async function networkSize(site: Site, model: Model): Promise<number> {
  const { result } = await inChromium(async (page) => {
    await open(page, site.ember, { preset: model, device: "cpu", lang: "en" });
    return parameters(page);
  });
  return result;
}

/** How many threads the page says that it works with. */
const threadsOf = async (ember: Ember): Promise<number> =>
  Number(await ember.status.getAttribute("data-threads"));

/** Emberlab on a device, with as many threads as it takes or as are pinned. */
export const ours = (device: Device, pinned?: number): Pick<Contender, "measure" | "reach"> => ({
  measure: async (site, { model, batch, prove }) => {
    const { result, ...memory } = await inChromium(async (page) => {
      const began = performance.now();
      const asked = { preset: model, device, batch: String(batch), epochs: "1000", lang: "en" };
      const pin = pinned === undefined ? {} : { threads: String(pinned) };
      const ember = await open(page, site.ember, { ...asked, ...pin });
      const readyMs = performance.now() - began;
      const firstStepMs = await time(ember, "Step", { attribute: "data-step", least: 1 });
      const measured = {
        version: `Emberlab ${installed.version}`,
        parameters: await parameters(page),
        readyMs,
        firstStepMs,
      };
      await ember.until("paused");
      const secondMs = await time(ember, "Step", { attribute: "data-step", least: 2 });
      if (secondMs > SLOW_MS) {
        const { loss } = await ember.until("paused");
        const threads = await threadsOf(ember);
        return { ...measured, threads, imagesPerSecond: (1000 * batch) / secondMs, steps: 1, loss };
      }
      await ember.until("paused");
      await ember.button("Train").click();
      await ember.until("running");
      await watch(ember, { ms: WARM_MS, steps: 1 });
      const { ms, steps } = await watch(ember, { ms: WATCH_MS, steps: LEAST_STEPS });
      const { imagesPerSecond } = await ember.read();
      while (prove && (await ember.read()).step < LEARNT_STEPS) await page.waitForTimeout(100);
      const { loss } = await ember.read();
      return {
        ...measured,
        // One that only evaluates comes after the first step.
        threads: await threadsOf(ember),
        imagesPerSecond: (1000 * steps * batch) / ms,
        steps,
        loss,
        ownImagesPerSecond: imagesPerSecond,
      };
    });
    return { ...result, ...memory };
  },
  reach: async (site, { recipe, accuracy }) => {
    const { result } = await inChromium(async (page) => {
      const ember = await open(page, site.ember, { preset: recipe, device });
      const ms = await time(ember, "Train", { attribute: "data-test-accuracy", least: accuracy });
      const { epoch, testAccuracy } = await ember.read();
      return { ms, epochs: epoch, accuracy: testAccuracy, threads: await threadsOf(ember) };
    });
    return result;
  },
});
