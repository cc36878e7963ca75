// How fast the page trains beside other ways to train the same networks: TensorFlow.js and jax-js in the
// same browser and, with `--with-torch`, PyTorch. README.md says how it is measured.
//
// Every measurement is a test of its own, so that `./build.sh bench -g "MLP, batch 64"` and the like choose
// among them. Each round goes once through all contenders, so that what slows the machine for a while
// slows all of them.

import { expect, test as base } from "@playwright/test";
import { graphics, type Graphics } from "./peers/chromium";
import { CONTENDERS, type Contender } from "./peers/contenders";
import {
  BATCH_SIZES,
  LEARNT_LOSS,
  LEARNT_STEPS,
  MODELS,
  SLOW_MS,
  type Goal,
  type Measured,
  type Model,
} from "./peers/protocol";
import { networkSize } from "./peers/ours";
import { report, type GoalRow, type Row } from "./peers/report";
import { openSite, type Site } from "./peers/site";

const MINUTE = 60_000;
const ROUNDS = Number(process.env.ROUNDS ?? 3);

/** Gives up before the test's own limit does: Playwright would then begin anew, without what was measured. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / MINUTE} minutes`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const test = base.extend<object, { site: Site; devices: Graphics; sizes: Record<Model, number> }>({
  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const site = await openSite();
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],
  devices: [async ({ site }, use) => use(await graphics(site.page(false))), { scope: "worker" }],
  sizes: [
    async ({ site }, use) =>
      use({ MLP: await networkSize(site, "MLP"), CNN: await networkSize(site, "CNN") }),
    { scope: "worker" },
  ],
});

const rows: Row[] = [];
const goals: GoalRow[] = [];
let found: Graphics = { webgpu: "not asked", webgl: "not asked" };
/** What makes a run fail: a network of another size, one that does not learn, a failure that nobody expects. */
const problems: string[] = [];

function rowOf(contender: Contender, model: Model, batch: number): Row {
  const same = rows.find(
    (row) => row.contender === contender && row.model === model && row.batch === batch,
  );
  if (same) return same;
  const row: Row = { contender, model, batch, rounds: [] };
  rows.push(row);
  return row;
}

const SLOW = `one step takes over ${SLOW_MS / 1000} s`;

/** Whether a row is of the same contender and model, with smaller batches. */
const isLess = (row: Row, other: Row): boolean =>
  row.contender === other.contender && row.model === other.model && row.batch < other.batch;

/** An error in one line, without where in a program it came from. */
function inWords(error: unknown): string {
  const [line = ""] = String(error).split("\n");
  return line.replace(/^(page\.evaluate|Error|TypeError|: )+/g, "").trim();
}

/** What is wrong with a measurement, if anything is. */
function wrong(measured: Measured, size: number, proven: boolean): string | undefined {
  if (measured.parameters !== size) return `${measured.parameters} parameters instead of ${size}`;
  if (Number.isFinite(measured.loss) && !(proven && measured.loss >= LEARNT_LOSS)) return undefined;
  return `does not learn: a loss of ${measured.loss} after ${LEARNT_STEPS} steps`;
}

for (const model of MODELS) {
  for (const batch of BATCH_SIZES) {
    for (let round = 1; round <= ROUNDS; round++) {
      for (const contender of CONTENDERS) {
        test(`${model}, batch ${batch}, round ${round}: ${contender.name}`, async ({
          site,
          devices,
          sizes,
        }) => {
          test.setTimeout(21 * MINUTE);
          found = devices;
          const row = rowOf(contender, model, batch);
          const slow = rows.find((other) => other.note === SLOW && isLess(other, row));
          if (slow) row.note ??= SLOW;
          // What made it fail the first time stands in `problems`, unless it is known or only slow.
          test.skip(row.note !== undefined, row.note);
          const prove = model === "MLP" && round === 1;
          try {
            const measuring = contender.measure(site, { model, batch, prove });
            const measured = await within(20 * MINUTE, measuring);
            const problem = wrong(measured, sizes[model], prove && measured.steps > 1);
            if (problem === undefined) {
              row.rounds.push(measured);
              if (measured.steps === 1) row.note = SLOW;
              return;
            }
            row.note = problem;
            problems.push(`${test.info().title}: ${problem}`);
          } catch (error) {
            row.note = `cannot train it: ${inWords(error)}`;
            if (contender.cannot !== model) problems.push(`${test.info().title}: ${String(error)}`);
          }
        });
      }
    }
  }
}

const GOALS: Goal[] = [
  { recipe: "MLP", accuracy: 0.97, limitMs: 2 * MINUTE },
  { recipe: "Fast 99", accuracy: 0.99, limitMs: 5 * MINUTE },
];

for (const goal of GOALS) {
  for (const contender of CONTENDERS) {
    if (!contender.goals?.includes(goal.recipe)) continue;
    const percent = (100 * goal.accuracy).toFixed(0);
    test(`time to ${percent} % with ${goal.recipe}: ${contender.name}`, async ({
      site,
      devices,
    }) => {
      test.setTimeout(goal.limitMs + 3 * MINUTE);
      found = devices;
      const row: GoalRow = { contender, goal };
      goals.push(row);
      try {
        row.reached = await within(goal.limitMs + 2 * MINUTE, contender.reach(site, goal));
        if (row.reached.accuracy < goal.accuracy) row.note = "not reached";
      } catch (error) {
        row.note = `cannot train it: ${inWords(error)}`;
        problems.push(`${test.info().title}: ${String(error)}`);
      }
    });
  }
}

test.afterAll(async () => {
  if (rows.length + goals.length > 0) await report(rows, goals, found);
  expect(problems).toEqual([]);
});
