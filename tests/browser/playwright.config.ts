// How the page is tested: the built dist/ in a real Chromium, one page at a time.
//
// `page` are the tests, `firefox` those of the main job in another browser; `accuracy` and `bench` drive
// the same page to measure it, through the same public names. build.sh builds dist/ first and names
// the browsers in CHROMIUM and FIREFOX.

import { defineConfig } from "@playwright/test";
import { executablePath, firefoxPath, SOFTWARE_GPU } from "./browser";

const MINUTE = 60_000;

export default defineConfig({
  // Training is what the tests wait for: two at once would only slow each other down.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Where much is broken, the rest would only wait for its time limits.
  maxFailures: 10,
  outputDir: "results",
  // One picture for all systems: those that are compared have no letters in them.
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: executablePath(), args: SOFTWARE_GPU },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    // Generous limits: on a software GPU the first step alone takes half a minute. No test asserts a time.
    {
      name: "page",
      testDir: ".",
      testMatch: "*.spec.ts",
      testIgnore: "firefox.spec.ts",
      timeout: 5 * MINUTE,
      expect: { timeout: 2 * MINUTE },
    },
    {
      // A Firefox as it is installed, driven by WebDriver BiDi: what Playwright calls this channel.
      // Watched by BiDi, three starts in a hundred stop for good in the training worker's `new Worker` of its
      // helper, whose script is then never asked for; none of 120 did without a helper (?threads=1), and none of
      // 596 in a Firefox that nothing drives. So a second try is granted; the first tells what the page was doing.
      name: "firefox",
      testDir: ".",
      testMatch: "firefox.spec.ts",
      retries: 1,
      timeout: 5 * MINUTE,
      expect: { timeout: 2 * MINUTE },
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: firefoxPath(),
      },
    },
    {
      name: "accuracy",
      testDir: "../accuracy",
      testMatch: "presets.ts",
      timeout: 90 * MINUTE,
      expect: { timeout: 2 * MINUTE },
      use: { trace: "off" },
    },
    {
      name: "bench",
      testDir: "../bench",
      testMatch: ["throughput.ts", "page.ts", "peers.ts"],
      timeout: 10 * MINUTE,
      expect: { timeout: 5 * MINUTE },
      use: { trace: "off" },
    },
  ],
});
