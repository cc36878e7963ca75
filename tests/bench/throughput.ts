// How fast the page trains on each device: time to the first step, images per second, how soon Pause
// acts, and whether the page itself ever stutters. Nothing here is asserted: it is measured and printed.
//
// Run it with `./build.sh bench`, and leave the machine alone meanwhile. WebGPU is computed by the
// processor here, which proves that it works and says nothing about a graphics card.

import { DEVICES, type Device, type Ember } from "../browser/ember";
import { test } from "../browser/fixtures";
import { machine, table } from "./report";
import { inWords, watch, watched } from "./watch";

/** How long a run is watched after its first step. */
const WATCH_MS = 15_000;

interface Row {
  preset: string;
  device: Device;
  firstStepMs: number;
  imagesPerSecond: number;
  /** One training step, which Pause must wait for. */
  stepMs: number;
  pauseMs: number;
  longTasks: number[];
}

const rows: Row[] = [];

/** Milliseconds from the press of Pause until the page says that it is paused, taken inside the page. */
const timePause = (ember: Ember) =>
  ember.button("Pause").evaluate(
    (button: HTMLElement) =>
      new Promise<number>((resolve) => {
        const status = document.querySelector("[role=status][data-state]");
        const start = performance.now();
        new MutationObserver(() => {
          if (status?.getAttribute("data-state") === "paused") resolve(performance.now() - start);
        }).observe(status ?? document, { attributes: true, attributeFilter: ["data-state"] });
        button.click();
      }),
  );

for (const preset of ["MLP", "CNN"]) {
  for (const device of DEVICES) {
    test(`${preset} on ${device}`, async ({ open, page }) => {
      // More epochs than the watch lasts, on the fastest machine too.
      const ember = await open(`preset=${preset}&device=${device}&epochs=1000`);
      const start = performance.now();
      await ember.step();
      const firstStepMs = performance.now() - start;

      await ember.button("Train").click();
      const { step } = await ember.until("running");
      // Starting is not yet running: the page may take its time for that.
      await ember.untilStep(step + 2);
      await watch(page);
      await page.waitForTimeout(WATCH_MS);
      const { imagesPerSecond } = await ember.read();
      const batch = Number(await ember.number("Batch size").inputValue());
      const stepMs = (1000 * batch) / imagesPerSecond;
      const pauseMs = await timePause(ember);
      rows.push({
        preset,
        device,
        firstStepMs,
        imagesPerSecond,
        stepMs,
        pauseMs,
        longTasks: (await watched(page)).longTasks,
      });
    });
  }
}

test.afterAll(() => {
  console.log(`\n${machine()}\n`);
  console.log(
    table(
      [
        "preset",
        "device",
        "first step",
        "images/s",
        "one step",
        "Pause acts after",
        "page tasks over 50 ms",
      ],
      rows.map((row) => [
        row.preset,
        row.device,
        `${(row.firstStepMs / 1000).toFixed(1)} s`,
        row.imagesPerSecond.toFixed(row.imagesPerSecond < 100 ? 1 : 0),
        `${row.stepMs.toFixed(row.stepMs < 10 ? 1 : 0)} ms`,
        `${row.pauseMs.toFixed(0)} ms`,
        inWords(row.longTasks),
      ]),
    ),
  );
});
