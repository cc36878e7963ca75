// The same seed gives the same numbers, and a change gives others: on both CPU devices to the last digit,
// on WebGPU within a band.

import type { Device } from "./ember";
import { expect, test } from "./fixtures";

const STEPS = 5;

/** How far the losses of the same steps may lie apart on WebGPU, which adds in an order of its own. */
const BAND = 1e-3;

for (const device of ["cpu", "ndarray"] satisfies Device[]) {
  test(`${device}: Reset with the same seed gives the same first losses`, async ({ open }) => {
    const ember = await open(`preset=MLP&device=${device}&seed=7`);
    const before = await ember.losses(STEPS);
    expect(new Set(before).size).toBe(STEPS);

    await ember.button("Reset").click();
    await ember.until("idle");
    expect(await ember.losses(STEPS)).toEqual(before);

    const other = await open(`preset=MLP&device=${device}&seed=8`);
    expect(await other.losses(STEPS)).not.toEqual(before);
  });

  test(`${device}: a new learning rate acts in the very next step`, async ({ open }) => {
    const ember = await open(`preset=MLP&device=${device}`);
    const steady = await ember.losses(4);

    await ember.button("Reset").click();
    await ember.until("idle");
    const begun = await ember.losses(2);
    await ember.type("Learning rate", "0.05");
    const third = await ember.step();
    expect(third.learningRate).toBe(0.05);
    const fourth = await ember.step();

    // A step's loss is that of its batch before the update: the third still knows nothing of the new rate.
    expect([...begun, third.loss]).toEqual(steady.slice(0, 3));
    expect(fourth.loss).not.toBe(steady[3]);
  });
}

test("webgpu: the same seed gives the first losses of the CPU, again and again", async ({
  open,
}) => {
  const cpu = await open("preset=MLP&device=cpu&seed=7");
  const expected = await cpu.losses(STEPS);

  const ember = await open("preset=MLP&device=webgpu&seed=7");
  for (let round = 0; round < 2; round++) {
    const losses = await ember.losses(STEPS);
    for (const [i, loss] of losses.entries()) {
      expect(Math.abs(loss - (expected[i] ?? NaN)), `step ${i + 1}: ${loss}`).toBeLessThan(BAND);
    }
    await ember.button("Reset").click();
    await ember.until("idle");
  }
});
