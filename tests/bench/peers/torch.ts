// PyTorch, in a process of its own for every measurement.

import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Contender } from "./contenders";
import {
  LEARNT_STEPS,
  READ_EVERY_STEPS,
  WARM_MS,
  WATCH_MS,
  type Measured,
  type Reached,
} from "./protocol";

const here = path.dirname(fileURLToPath(import.meta.url));
const DATA = path.join(here, "../../../dist/data/mnist");

async function run(order: object, timeout = 0): Promise<unknown> {
  const python = process.env.PYTHON ?? "python3";
  const script = path.join(here, "torch_bench.py");
  const given = [script, DATA, JSON.stringify(order)];
  const { stdout } = await promisify(execFile)(python, given, { timeout });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

export const torch = (threads: number): Pick<Contender, "measure" | "reach"> => ({
  measure: async (_, { model, batch, prove }) =>
    (await run({
      ...{ do: "measure", threads, model, batch },
      warm_ms: WARM_MS,
      watch_ms: WATCH_MS,
      read_every: READ_EVERY_STEPS,
      least_steps: prove ? LEARNT_STEPS : 0,
    })) as Measured,
  reach: async (_, { recipe, accuracy, limitMs }) =>
    (await run({ do: "reach", threads, recipe, accuracy }, limitMs)) as Reached,
});
