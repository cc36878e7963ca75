// Several threads work on the CPU: they share the batches where the network is large enough, and one evaluates
// beside training where it is not. The status line says so, and a run repeats to the last digit.

import { expect, test } from "./fixtures";

test("two threads share the batches of the CNN", async ({ open, page }) => {
  const ember = await open("preset=CNN&device=cpu&threads=2&epochs=1000");
  const before = await ember.losses(3);
  await expect(ember.status).toContainText("CPU, 2 threads");
  await expect(ember.status).toHaveAttribute("data-threads", "2");
  // The training worker and its helper.
  expect(page.workers()).toHaveLength(2);

  await ember.button("Train").click();
  const { step } = await ember.until("running");
  await ember.untilStep(step + 60);
  const paused = await ember.pause();
  expect(paused.loss).toBeLessThan((before[0] ?? NaN) / 2);
  await page.waitForTimeout(500);
  expect((await ember.read()).step).toBe(paused.step);

  await ember.button("Reset").click();
  await ember.until("idle");
  expect(await ember.losses(3)).toEqual(before);
});

test("one thread, pinned, is said by no word", async ({ open }) => {
  const ember = await open("preset=CNN&device=cpu&threads=1");
  await ember.step();
  await expect(ember.status).toContainText("CPU");
  await expect(ember.status).not.toContainText("thread");
  await expect(ember.status).toHaveAttribute("data-threads", "1");
});

test("beside the MLP a second thread evaluates, and every number is as without it", async ({
  open,
  page,
}) => {
  const numbers = async (threads: string) => {
    const ember = await open(`device=cpu&epochs=1&train=2000${threads}`);
    await ember.button("Train").click();
    await ember.until("finished");
    const { loss } = await ember.read();
    const matrix = page.getByRole("table", { name: "Confusion matrix" });
    return [loss, await matrix.innerText(), await ember.status.getAttribute("data-threads")];
  };
  const [loss, matrix, threads] = await numbers("");
  expect(threads).toBe("2");
  expect(await numbers("&threads=1")).toEqual([loss, matrix, "1"]);
});

/** Ways of a helper to fail: what the training worker finds in place of `Worker`. */
const BROKEN = {
  "does not start": `class extends Worker {
    constructor() { super(URL.createObjectURL(new Blob(["throw new Error('broken')"]))); }
  }`,
  // As a system that is out of memory ends it.
  "falls silent": `class extends Worker {
    #messages = 0;
    postMessage(...all) {
      this.#messages += 1;
      if (this.#messages === 5) super.terminate();
      super.postMessage(...all);
    }
  }`,
};

for (const [how, worker] of Object.entries(BROKEN)) {
  for (const parameters of ["preset=MLP", "preset=CNN&threads=2"]) {
    test(`where a helper ${how}, ${parameters} trains on alone`, async ({ open, page }) => {
      await page.route("**/training.worker*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `Worker = ${worker};\n${await response.text()}` });
      });
      const ember = await open(`device=cpu&${parameters}`);
      await ember.button("Train").click();
      await expect(page.getByText("A thread that helped with training has failed")).toBeVisible();
      await expect(ember.status).toHaveAttribute("data-threads", "1");
      const { step } = await ember.read();
      await ember.untilStep(step + 5);
    });
  }
}
