// Who is measured. A new contender is a line here; a new library is a file in libraries/ beside it.

import type { Device } from "../../browser/ember";
import { inPage } from "./in-page";
import { ours } from "./ours";
import type { Goal, Measured, Model, Reached, Recipe, Task } from "./protocol";
import type { Site } from "./site";
import { torch } from "./torch";

export interface Contender {
  name: string;
  /** Which device of Emberlab's it is set against. */
  beside: Device;
  /** What it is known not to be able to train. Any other failure makes the run fail. */
  cannot?: Model;
  /** The presets that it is asked to train until they are good enough. */
  goals?: Recipe[];
  measure: (site: Site, task: Task) => Promise<Measured>;
  reach: (site: Site, goal: Goal) => Promise<Reached>;
}

const everywhere: Contender[] = [
  { name: "Emberlab cpu", beside: "cpu", goals: ["MLP", "Fast 99"], ...ours("cpu") },
  { name: "Emberlab cpu, 1 thread", beside: "cpu", ...ours("cpu", 1) },
  { name: "Emberlab ndarray", beside: "cpu", ...ours("ndarray") },
  { name: "Emberlab webgpu", beside: "webgpu", ...ours("webgpu") },
  {
    name: "TensorFlow.js wasm",
    beside: "cpu",
    cannot: "CNN",
    goals: ["MLP"],
    ...inPage("tfjs", "wasm"),
  },
  {
    name: "TensorFlow.js wasm, threads",
    beside: "cpu",
    cannot: "CNN",
    ...inPage("tfjs", "wasm", { isolated: true }),
  },
  { name: "TensorFlow.js cpu", beside: "cpu", ...inPage("tfjs", "cpu") },
  { name: "TensorFlow.js webgl", beside: "webgpu", ...inPage("tfjs", "webgl") },
  { name: "TensorFlow.js webgpu", beside: "webgpu", ...inPage("tfjs", "webgpu") },
  { name: "jax-js wasm", beside: "cpu", goals: ["MLP"], ...inPage("jax-js", "wasm") },
  { name: "jax-js wasm, threads", beside: "cpu", ...inPage("jax-js", "wasm", { isolated: true }) },
  { name: "jax-js webgpu", beside: "webgpu", ...inPage("jax-js", "webgpu") },
];

/** Where `--with-torch` asks for it. */
const native: Contender[] = [
  { name: "PyTorch, 1 thread", beside: "cpu", ...torch(1) },
  { name: "PyTorch, 2 threads", beside: "cpu", goals: ["MLP", "Fast 99"], ...torch(2) },
];

export const CONTENDERS = process.env.WITH_TORCH ? [...everywhere, ...native] : everywhere;
