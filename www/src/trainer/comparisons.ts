/**
 * Which device trains a network faster: measured once for each shape of network, then remembered,
 * also from one visit to the next.
 */

import type { DeviceName, RunSpec } from "../generated/core";
import { recall, remember } from "../state/memory";
import type { Comparison } from "./protocol";

/** A run is moved for no less: what a move costs must come back. */
const WORTH_MOVING = 1.2;

/** Shapes to remember; the oldest are forgotten first. */
const MOST = 60;

const STORED = "speeds";

/** What was measured, by shape, the oldest first; as it is stored. */
type Remembered = [shape: string, cpu: number, webgpu: number][];

/** What a step's work hangs on: specs of equal shape take a device the same time. */
export function shapeOf({ data, model, train }: RunSpec): string {
  const { batchSize, frozen, optimizer } = train;
  return hash(JSON.stringify([model.layers, batchSize, frozen, optimizer.type, data.augmentation]));
}

/** What was measured of a shape. */
export function recallComparison(shape: string): Comparison | undefined {
  const found = all().find(([other]) => other === shape);
  return found && { cpu: found[1], webgpu: found[2] };
}

/** Remembers what was measured of a shape. */
export function rememberComparison(shape: string, { cpu, webgpu }: Comparison): void {
  const others = all().filter(([other]) => other !== shape);
  const kept: Remembered = [
    ...others,
    [shape, Number(cpu.toPrecision(3)), Number(webgpu.toPrecision(3))],
  ];
  remember(STORED, JSON.stringify(kept.slice(-MOST)));
}

/** Whether a run is better off on the GPU. */
export function prefersGpu({ cpu, webgpu }: Comparison): boolean {
  return webgpu >= WORTH_MOVING * cpu;
}

/** Which device is ahead, and how many times as fast as the other it is. */
export function ahead({ cpu, webgpu }: Comparison): {
  faster: DeviceName;
  slower: DeviceName;
  times: number;
} {
  return webgpu > cpu
    ? { faster: "webgpu", slower: "cpu", times: webgpu / cpu }
    : { faster: "cpu", slower: "webgpu", times: cpu / webgpu };
}

/** Storage is anyone's to write: what is not of the form is not there. */
function all(): Remembered {
  let stored: unknown;
  try {
    stored = JSON.parse(recall(STORED) ?? "[]");
  } catch {
    return [];
  }
  return Array.isArray(stored) ? stored.filter(isRemembered) : [];
}

function isRemembered(entry: unknown): entry is Remembered[number] {
  if (!Array.isArray(entry) || entry.length !== 3) return false;
  const [shape, ...rates] = entry as unknown[];
  return typeof shape === "string" && rates.every((rate) => typeof rate === "number" && rate > 0);
}

/** A short name for a text (FNV-1a, 32 bits): a chance match would cost speed, and nothing else. */
function hash(text: string): string {
  let hashed = 0x811c9dc5;
  for (const character of text) {
    hashed = Math.imul(hashed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hashed >>> 0).toString(36);
}
