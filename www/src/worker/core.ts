/**
 * The door to the Rust core: which WebAssembly build serves which device, and what it exports.
 */

import type {
  Catalogue,
  Changes,
  DataReport,
  DatasetSpec,
  Description,
  DeviceName,
  DeviceReport,
  Examination,
  ExamineRequest,
  Filters,
  HelpWanted,
  Inspection,
  Polarity,
  Progress,
  RangeTestProgress,
  RunSpec,
  SearchSpec,
  SearchTrial,
  SetStatistics,
  TrainingDistribution,
  TrialResult,
  ZipEntry,
} from "../generated/core";
import { fetchCatalogue } from "../strings/catalogue";
import { failures } from "../strings/failures";
import { TrainerError, type DataPart } from "../trainer/protocol";

/** Works for one run, as `web.rs` exports it. */
export interface CoreHelper {
  answer(
    index: number,
    step: number,
    batchSize: number,
    weights: Float32Array,
    pixels: Float32Array,
    labels: Uint8Array,
  ): Float32Array<ArrayBuffer>;
  judge(weights: Float32Array, pixels: Uint8Array): Float32Array<ArrayBuffer>;
}

/** What the core hands work to; see `HelperPool` in `helpers.ts`. */
export interface WorkTaker {
  hand(index: number, ...share: ShareNumbers): Promise<Float32Array | null>;
  judge(helper: number, ...images: ImageNumbers): Promise<Float32Array | null>;
}

/** Steps before, images of the whole batch, weights, pixels, labels. */
export type ShareNumbers = [
  step: number,
  batchSize: number,
  weights: Float32Array<ArrayBuffer>,
  pixels: Float32Array<ArrayBuffer>,
  labels: Uint8Array<ArrayBuffer>,
];

/** Weights, and the grey values of images. */
export type ImageNumbers = [weights: Float32Array<ArrayBuffer>, pixels: Uint8Array<ArrayBuffer>];

/** A device with its data and its run, as `web.rs` exports it. Takes one call at a time. */
export interface Core {
  report(): DeviceReport;
  loadLabels(part: DataPart, name: string, bytes: Uint8Array): void;
  loadImages(part: DataPart, name: string, bytes: Uint8Array): void;
  create(spec: unknown): Progress;
  warmUp(): Promise<void>;
  advance(budgetMs: number, maxSteps: number): Promise<Progress>;
  update(changes: Changes): void;
  settle(): Promise<Progress>;
  helpWanted(processors: number, pinned?: number): HelpWanted;
  spec(): RunSpec;
  employ(wanted: HelpWanted, taker: WorkTaker): void;
  predict(pixels: Float32Array): Promise<Float32Array>;
  save(): Promise<Uint8Array>;
  restore(checkpoint: Uint8Array): Progress;
  fineTune(spec: RunSpec, checkpoint: Uint8Array): Progress;
  inspect(pixels: Float32Array, of?: number): Promise<Inspection>;
  filters(layer: number): Promise<Filters | null>;
  examine(request: ExamineRequest): void;
  examineOn(budgetMs: number): Promise<Examination | null>;
  shown(request: ExamineRequest, indices: Uint32Array): Uint8Array;
  speed(spec: RunSpec, budgetMs: number): Promise<number>;
  rangeTest(spec: RunSpec): void;
  rangeTestOn(budgetMs: number): Promise<RangeTestProgress>;
  data(): DataReport;
  importIdx(
    part: DataPart,
    firstName: string,
    first: Uint8Array,
    secondName: string,
    second: Uint8Array,
    transposed: boolean,
  ): void;
  importCsv(part: DataPart, name: string, bytes: Uint8Array): void;
  listZip(name: string, bytes: Uint8Array): ZipEntry[];
  checkUnpacked(name: string, entry: number, unpacked: Uint8Array): void;
  importPictures(name: string, paths: string[]): Uint32Array;
  addPicture(path: number, width: number, height: number, rgba: Uint8Array): void;
  finishPictures(polarity: Polarity): void;
  useImported(seed: number): DataReport;
  useMnist(): DataReport;
  addExample(pixels: Uint8Array, label: number): void;
  statistics(part: DataPart): SetStatistics;
  images(part: DataPart, indices: Uint32Array): Uint8Array;
  labels(part: DataPart): Uint8Array;
  preview(spec: RunSpec, indices: Uint32Array, epoch: number): Uint8Array;
  distribution(spec: RunSpec): TrainingDistribution;
}

/** The part of a core that a run needs. */
export type RunCore = Pick<
  Core,
  "create" | "fineTune" | "restore" | "save" | "warmUp" | "advance" | "settle" | "update"
> &
  EmployingCore;

/** The part of a core that helpers are employed by. */
export type EmployingCore = Pick<Core, "helpWanted" | "spec" | "employ">;

/** A WebAssembly build, as wasm-bindgen wraps it. */
export interface CoreModule {
  default(): Promise<unknown>;
  Trainer: {
    translate(catalogue: Catalogue): void;
    describe(spec: unknown): Description;
    planTrials(search: SearchSpec): SearchTrial[];
    rank(results: TrialResult[]): TrialResult[];
    adapt(spec: RunSpec, dataset: DatasetSpec): RunSpec;
    savedSpec(checkpoint: Uint8Array): RunSpec;
    open(device: DeviceName): Promise<Core>;
  };
  Helper: { open(spec: RunSpec): Promise<CoreHelper> };
}

/**
 * The builds. `cpu-relaxed` computes faster, needs relaxed SIMD of the browser and is without the
 * reference device `ndarray`; that for the GPU is large and fetched only when it is used.
 */
export type Build = "cpu" | "cpu-relaxed" | "webgpu";

// Looked up by pattern, so that types and tests of the page do not need the built core.
const builds = import.meta.glob<CoreModule>("../../core/*/emberlab.js");

/** A program of one function, of which `f32x4.relaxed_madd` is all that some browsers do not know. */
const RELAXED_SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  // Types, functions: one, which returns a vector.
  ...[1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  // Code: three vectors of zeros, multiplied and added.
  ...[10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11],
);

/** The build for the processor that this browser can run. */
export function processorBuild(): Build {
  return WebAssembly.validate(RELAXED_SIMD) ? "cpu-relaxed" : "cpu";
}

/** The build that serves a device. */
export function buildFor(device: DeviceName): Build {
  switch (device) {
    case "webgpu":
      return "webgpu";
    case "cpu":
      return processorBuild();
    case "ndarray":
      return "cpu";
  }
}

/** Fetches and starts a build, which then speaks the language of the page. */
export async function loadCore(build: Build): Promise<CoreModule> {
  const fetchBuild = builds[`../../core/${build}/emberlab.js`];
  if (!fetchBuild) {
    throw new TrainerError("network", failures.coreMissing(build));
  }
  try {
    const [module, catalogue] = await Promise.all([fetchBuild(), fetchCatalogue()]);
    await module.default();
    if (catalogue) module.Trainer.translate(catalogue);
    return module;
  } catch (error) {
    throw new TrainerError("network", failures.coreNotLoaded(build, String(error)));
  }
}
