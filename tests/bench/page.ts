// What training costs the page itself: tasks that hold up the main thread, frames that come late, and
// memory that is not given back. Measured and printed, as in throughput.ts.

import { test } from "../browser/fixtures";
import { heap, keepCoreMemory } from "./heap";
import { machine, table } from "./report";
import { inWords, watch, watched } from "./watch";

const WATCH_MS = 15_000;
/** Steps of the long run, and how often its memory is looked at meanwhile. */
const STEPS = 10_000;
const LOOKS = 5;
/** Steps until a run has all that it goes on with. */
const SETTLED = 1000;

test("main thread and frames while the CNN trains on the CPU", async ({ open, page }) => {
  const ember = await open("preset=CNN&device=cpu&epochs=1000");
  const rows: string[][] = [];
  const note = async (what: string): Promise<void> => {
    await watch(page);
    await page.waitForTimeout(WATCH_MS);
    const { longTasks, frameMs, lateFrames } = await watched(page);
    const late = `${(100 * lateFrames).toFixed(1)} %`;
    rows.push([what, inWords(longTasks), `${frameMs.toFixed(1)} ms`, late]);
  };
  // So much is the machine's own noise.
  await note("at rest");
  await ember.button("Train").click();
  const { step } = await ember.until("running");
  await ember.untilStep(step + 2);
  await note("training");

  const columns = ["page", "tasks over 50 ms", "a frame takes (median)", "frames over 25 ms"];
  console.log(`\n${machine()} The preset CNN on the CPU.\n\n${table(columns, rows)}`);
});

test(`memory over ${STEPS} steps of the CNN on the CPU`, async ({ open, page }) => {
  await keepCoreMemory(page);
  // Steps of a single image: it is their number that counts here.
  const ember = await open("preset=CNN&device=cpu&batch=1&epochs=1000");
  await ember.button("Train").click();
  await ember.untilStep(SETTLED);
  const measure = await heap(page);
  const rows: string[][] = [];
  for (let look = 0; look <= LOOKS; look += 1) {
    const { step } = await ember.untilStep(SETTLED + (look * STEPS) / LOOKS);
    const held = await measure();
    const megabytes = [held.page, held.pageArrays, held.worker, held.workerArrays, held.core];
    rows.push([String(step), ...megabytes.map((bytes) => `${(bytes / 1e6).toFixed(2)} MB`)]);
  }
  const columns = ["step", "page", "its arrays", "worker", "its arrays", "the core (WebAssembly)"];
  console.log(
    "\nMemory held after a collection of all garbage. Among the page's arrays are the checkpoints to go" +
      ` back to, whose room is bounded.\n\n${table(columns, rows)}`,
  );
});
