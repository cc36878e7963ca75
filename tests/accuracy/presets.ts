// What the presets reach on all of MNIST in the real page, held against what they must.
//
// Run it with `./build.sh accuracy`. Everything is read off the page: the status line, and the confusion
// matrix, whose diagonal is what was classified correctly.

import { machine, table } from "../bench/report";
import { correct, type Ember } from "../browser/ember";
import { expect, test } from "../browser/fixtures";

const DEVICE = "cpu";
const TEST_IMAGES = 10_000;

/** The least share of the test images that one of the epochs must classify correctly. */
const GOALS = [
  { preset: "MLP", epochs: 10, least: 0.9741 },
  { preset: "CNN", epochs: 5, least: 0.989 },
];

interface Result {
  preset: string;
  /** Test accuracy after each epoch. */
  accuracies: number[];
  seconds: number;
  imagesPerSecond: number;
}

const results: Result[] = [];
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** Trains to the end; tells each epoch's test accuracy as it comes. */
async function watch(ember: Ember, epochs: number, told: (epoch: number) => Promise<void>) {
  for (let epoch = 1; epoch <= epochs; epoch++) {
    // The next epoch starts once this one's evaluations are done.
    await expect
      .poll(
        async () => {
          const reading = await ember.read();
          if (reading.state === "failed") throw new Error(await ember.status.innerText());
          return reading.state === "finished" || reading.epoch > epoch;
        },
        { timeout: 60 * 60_000, intervals: [500] },
      )
      .toBe(true);
    await told(epoch);
  }
}

for (const { preset, epochs, least } of GOALS) {
  test(`${preset} reaches ${percent(least)} of the test images within ${epochs} epochs`, async ({
    open,
  }) => {
    const ember = await open(`preset=${preset}&device=${DEVICE}&epochs=${epochs}`);
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    const accuracies: number[] = [];
    let imagesPerSecond = 0;

    await ember.button("Train").click();
    await ember.until("running");
    await watch(ember, epochs, async (epoch) => {
      const reading = await ember.read();
      accuracies.push(reading.testAccuracy);
      imagesPerSecond = reading.imagesPerSecond;
      console.log(
        `${preset} epoch ${epoch}: ${percent(reading.testAccuracy)} of the test images, ` +
          `${elapsed().toFixed(0)} s, ${imagesPerSecond.toFixed(0)} images/s`,
      );
    });
    results.push({ preset, accuracies, seconds: elapsed(), imagesPerSecond });

    expect(await ember.until("finished")).toMatchObject({ device: DEVICE, epoch: epochs });
    const { split, images, counts } = await ember.evaluated();
    expect({ split, images }).toEqual({ split: "test", images: TEST_IMAGES });
    expect(correct(counts) / TEST_IMAGES).toBeCloseTo(accuracies.at(-1) ?? NaN, 9);
    expect(Math.max(...accuracies)).toBeGreaterThanOrEqual(least);
  });
}

test.afterAll(() => {
  console.log(`\n${machine()} Device: ${DEVICE}.\n`);
  console.log(
    table(
      ["preset", "epochs", "test accuracy, best", "test accuracy, last", "time", "images/s"],
      results.map(({ preset, accuracies, seconds, imagesPerSecond }) => [
        preset,
        String(accuracies.length),
        percent(Math.max(...accuracies)),
        percent(accuracies.at(-1) ?? NaN),
        `${(seconds / 60).toFixed(1)} min`,
        imagesPerSecond.toFixed(0),
      ]),
    ),
  );
});
