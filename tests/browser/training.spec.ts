// The main job on every device: train, watch, change the learning rate, pause, step.

import { DEVICES, total } from "./ember";
import { expect, test } from "./fixtures";

for (const device of DEVICES) {
  test(`${device}: trains, shows what it learned, takes a new learning rate, pauses and steps`, async ({
    open,
    page,
  }) => {
    const ember = await open(`preset=MLP&device=${device}&lr=0.002`);

    const first = await ember.step();
    expect(first).toMatchObject({ state: "paused", device, epoch: 1, step: 1 });
    // Fresh weights know nothing: the loss is near that of a guess, ln 10.
    expect(first.loss).toBeGreaterThan(1.8);
    expect(first.loss).toBeLessThan(3);

    await ember.button("Train").click();
    await ember.until("running");
    await expect.poll(async () => (await ember.read()).loss).toBeLessThan(0.5 * first.loss);
    await expect.poll(async () => (await ember.read()).accuracy).toBeGreaterThan(0.75);
    expect((await ember.read()).imagesPerSecond).toBeGreaterThan(0);

    await test.step("a learning rate set while it trains is that of the next steps", async () => {
      await ember.type("Learning rate", "0.0005");
      await expect.poll(async () => (await ember.read()).learningRate).toBe(0.0005);
      expect(await ember.read()).toMatchObject({ state: "running", device });
    });

    await test.step("the confusion matrix counts every image that was looked at", async () => {
      await expect(ember.matrix).toBeVisible();
      const { counts, images } = await ember.evaluated();
      expect(counts.map((row) => row.length)).toEqual(Array(10).fill(10));
      expect(images).toBeGreaterThan(0);
      expect(total(counts)).toBe(images);
    });

    await test.step("no step comes after Pause", async () => {
      const paused = await ember.pause();
      // Long enough for dozens of steps, if there were any.
      await page.waitForTimeout(1000);
      expect(await ember.read()).toMatchObject({ state: "paused", step: paused.step });
    });

    await test.step("Step is exactly one step", async () => {
      const before = await ember.read();
      for (const expected of [before.step + 1, before.step + 2]) {
        expect((await ember.step()).step).toBe(expected);
      }
    });

    // The device that really did it, to the end.
    expect(await ember.read()).toMatchObject({ state: "paused", device });
  });
}
