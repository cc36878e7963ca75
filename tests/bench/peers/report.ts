// What was measured, as a table to read and a file for programs.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { machine, table } from "../report";
import type { Graphics } from "./chromium";
import type { Contender } from "./contenders";
import type { Goal, Measured, Model, Reached } from "./protocol";

/** All rounds of a contender with one model and one size of batches. */
export interface Row {
  contender: Contender;
  model: Model;
  batch: number;
  rounds: Measured[];
  /** Why there is nothing, or less than usual. */
  note?: string;
}

export interface GoalRow {
  contender: Contender;
  goal: Goal;
  reached?: Reached;
  note?: string;
}

export interface Spread {
  median: number;
  least: number;
  most: number;
}

export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? NaN;
  const half = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2,
    least: sorted[0] ?? NaN,
    most: sorted.at(-1) ?? NaN,
  };
}

const rate = ({ rounds }: Row) => spread(rounds.map(({ imagesPerSecond }) => imagesPerSecond));

/** Training alone: for Emberlab by its own clock, without what its page does besides; the others do nothing else. */
const alone = ({ rounds }: Row) =>
  spread(rounds.map((round) => round.ownImagesPerSecond ?? round.imagesPerSecond));

/** How many times as fast as Emberlab on the device that it is set against. */
function ratio(row: Row, rows: Row[], of: (row: Row) => Spread): number {
  const own = rows.find(
    ({ contender, model, batch }) =>
      contender.name === `Emberlab ${row.contender.beside}` &&
      model === row.model &&
      batch === row.batch,
  );
  return own ? of(row).median / of(own).median : NaN;
}

const number = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

function line(row: Row, rows: Row[]): string[] {
  const { contender, model, batch, rounds, note = "" } = row;
  const head = [model, String(batch), contender.name];
  if (rounds.length === 0) return [...head, ...Array<string>(8).fill(""), note];
  const { median, least, most } = rate(row);
  const typical = (of: (round: Measured) => number) => spread(rounds.map(of)).median;
  const relative = (of: (row: Row) => Spread) => {
    const times = ratio(row, rows, of);
    return Number.isNaN(times) ? "" : `${times.toFixed(2)} of ${contender.beside}`;
  };
  const held = typical(({ peakBytes }) => peakBytes ?? NaN);
  return [
    ...head,
    String(rounds[0]?.threads),
    `${number(median)} (${number(least)} to ${number(most)})`,
    relative(rate),
    number(alone(row).median),
    relative(alone),
    seconds(typical(({ readyMs }) => readyMs)),
    seconds(typical(({ firstStepMs }) => firstStepMs)),
    Number.isNaN(held) ? "" : `${(held / 1e6).toFixed(0)} MB`,
    note,
  ];
}

const COLUMNS = [
  ...["model", "batch", "contender", "threads", "images/s: median (range)", "beside Emberlab"],
  ...["training alone", "beside Emberlab's", "ready", "first step", "peak memory", ""],
];

function goalLine({ contender, goal, reached, note = "" }: GoalRow): string[] {
  return [
    `${(100 * goal.accuracy).toFixed(0)} % with ${goal.recipe}`,
    contender.name,
    reached ? String(reached.threads) : "",
    reached ? seconds(reached.ms) : "",
    reached ? String(reached.epochs) : "",
    reached ? `${(100 * reached.accuracy).toFixed(2)} %` : "",
    note,
  ];
}

/** Prints all and writes it to results/peers.json. */
export async function report(rows: Row[], goals: GoalRow[], graphics: Graphics): Promise<void> {
  const versions = new Set(rows.flatMap(({ rounds }) => rounds.map(({ version }) => version)));
  console.log(`\n${[machine(), ...versions].join(" ")}`);
  console.log(`WebGPU: ${graphics.webgpu}. WebGL: ${graphics.webgl}.\n`);
  if (rows.length)
    console.log(
      table(
        COLUMNS,
        rows.map((row) => line(row, rows)),
      ),
    );
  if (goals.length) {
    const columns = ["goal", "contender", "threads", "time", "epochs", "reached", ""];
    console.log(`\n${table(columns, goals.map(goalLine))}`);
  }
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "../results");
  await mkdir(folder, { recursive: true });
  const named = <T extends { contender: Contender }>({ contender, ...rest }: T) => ({
    contender: contender.name,
    beside: contender.beside,
    ...rest,
  });
  const all = {
    machine: machine(),
    date: new Date().toISOString(),
    graphics,
    throughput: rows.map((row) => ({
      ...named(row),
      imagesPerSecond: row.rounds.length ? rate(row) : null,
      ratio: row.rounds.length ? ratio(row, rows, rate) : null,
      ratioOfTrainingAlone: row.rounds.length ? ratio(row, rows, alone) : null,
    })),
    goals: goals.map(named),
  };
  await writeFile(path.join(folder, "peers.json"), JSON.stringify(all, null, 2) + "\n");
}
