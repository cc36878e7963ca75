// What every browser test starts from: the built page, served from a folder deep inside another site,
// and a console without errors.

import { test as base, expect } from "@playwright/test";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ember } from "./ember";
import { serve } from "./server.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

/** The built site. */
export const DIST = path.join(here, "../../dist");

interface Site {
  /** Where a course keeps its pages. */
  course: string;
  /** Where the course put Emberlab. */
  ember: string;
}

interface Fixtures {
  /** Errors a test brings about itself and so finds in the console. */
  expectedErrors: RegExp | undefined;
  /** Opens the page with URL parameters and waits until it can be used. */
  open: (parameters?: string) => Promise<Ember>;
  /** Sees to it that there are no errors, and that a test that fails tells what the page was doing. */
  quietConsole: undefined;
}

export const test = base.extend<Fixtures, { site: Site }>({
  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const server = await serve({
        "/course/week-3/ember/": DIST,
        "/course/week-3/": path.join(here, "pages"),
      });
      const course = `${server.origin}/course/week-3/`;
      await use({ course, ember: `${course}ember/` });
      await server.close();
    },
    { scope: "worker" },
  ],

  expectedErrors: [undefined, { option: true }],

  quietConsole: [
    async ({ page, expectedErrors }, use, { errors: failures }) => {
      const errors: string[] = [];
      const awaited = new Set<string>();
      page.on("request", (request) => awaited.add(request.url()));
      page.on("requestfinished", (request) => awaited.delete(request.url()));
      page.on("requestfailed", (request) => awaited.delete(request.url()));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(String(error)));
      await use(undefined);
      if (failures.length > 0) {
        const words = await page
          .locator("body")
          .innerText({ timeout: 5000 })
          .catch((error: unknown) => String(error));
        console.log("The page said:", words.slice(0, 1500));
        console.log("It told the console:", errors, "and waited for:", [...awaited]);
        console.log(
          "Its workers:",
          page.workers().map((worker) => worker.url()),
        );
      }
      expect(errors.filter((error) => !expectedErrors?.test(error))).toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ page, site }, use) => {
    await use(async (parameters = "") => {
      // Who has seen the tour is not led through the page again.
      await page.addInitScript(() => {
        if (location.protocol.startsWith("http")) localStorage.setItem("emberlab.tour", "seen");
      });
      await page.goto(site.ember + (parameters && `?${parameters}`));
      const ember = new Ember(page);
      await ember.until("idle");
      return ember;
    });
  },
});

export { expect };
