/**
 * The door to the Rust core: which WebAssembly build serves which device, and what it exports.
 */

import type { Changes, Description, DeviceName, DeviceReport, Progress } from "../generated/core";
import { strings } from "../strings";
import { TrainerError, type DataPart } from "../trainer/protocol";

/** A device with its data and its run, as `web.rs` exports it. Takes one call at a time. */
export interface Core {
  report(): DeviceReport;
  loadLabels(part: DataPart, name: string, bytes: Uint8Array): void;
  loadImages(part: DataPart, name: string, bytes: Uint8Array): void;
  create(spec: unknown): Progress;
  warmUp(): Promise<void>;
  advance(budgetMs: number, maxSteps: number): Promise<Progress>;
  update(changes: Changes): void;
  predict(pixels: Float32Array): Promise<Float32Array>;
}

/** A WebAssembly build, as wasm-bindgen wraps it. */
export interface CoreModule {
  default(): Promise<unknown>;
  Trainer: {
    describe(spec: unknown): Description;
    open(device: DeviceName): Promise<Core>;
  };
}

/** The two builds: the small one first, the GPU's only when it is used. */
export type Build = "cpu" | "webgpu";

// Looked up by pattern, so that types and tests of the page do not need the built core.
const builds = import.meta.glob<CoreModule>("../../core/*/emberlab.js");

/** The build that serves a device. */
export function buildFor(device: DeviceName): Build {
  switch (device) {
    case "webgpu":
      return "webgpu";
    case "cpu":
    case "ndarray":
      return "cpu";
  }
}

/** Fetches and starts a build. */
export async function loadCore(build: Build): Promise<CoreModule> {
  const fetchBuild = builds[`../../core/${build}/emberlab.js`];
  if (!fetchBuild) {
    throw new TrainerError("network", strings.failures.coreMissing(build));
  }
  try {
    const module = await fetchBuild();
    await module.default();
    return module;
  } catch (error) {
    throw new TrainerError("network", strings.failures.coreNotLoaded(build, String(error)));
  }
}
