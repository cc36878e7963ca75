/**
 * What crosses between the page and the training worker.
 *
 * The page sends a {@link Command} and gets exactly one {@link Reply} with the same id. Beside
 * that the worker streams {@link Event}s: each belongs to a run, or to none (run 0) where it is
 * about the worker itself, and the page drops those of a run that is no longer current.
 */

import type {
  Changes,
  DataReport,
  DatasetSpec,
  Description,
  DeviceName,
  DeviceReport,
  ErrorCode,
  Evaluation,
  Examination,
  ExamineRequest,
  Filters,
  Inspection,
  Polarity,
  Problem,
  Progress,
  RangeTestProgress,
  RunSpec,
  SearchSpec,
  SearchTrial,
  SetStatistics,
  TrainingDistribution,
  TrialResult,
} from "../generated/core";

/** What the Device select offers: a device by name, or the best one that works. */
export type DeviceChoice = "auto" | DeviceName;

/** The two files of a data set. */
export type DataPart = "train" | "test";

/** Images that a person brought along, for the core to read. */
export type Imports =
  /** Labels and images as IDX files, packed or not, in either order. */
  | { kind: "idx"; train: [File, File]; test?: [File, File] | undefined; transposed: boolean }
  /** Tables in MNIST's column order: label, then 784 grey values. */
  | { kind: "csv"; train: File; test?: File | undefined }
  /** Pictures in folders named by their classes, in a zip archive. */
  | { kind: "zip"; file: File; polarity: Polarity }
  /** The same, as the files of a folder and the path of each. */
  | { kind: "folder"; files: File[]; paths: string[]; polarity: Polarity };

/** What can be asked beside training; none of it changes the run. */
export interface Queries {
  /** The trials of a search, each a complete spec. */
  planTrials: { args: { search: SearchSpec }; result: SearchTrial[] };
  /** The results of trials, the best first. */
  rank: { args: { results: TrialResult[] }; result: TrialResult[] };
  /** The spec as it has to be for another data set. */
  adapt: { args: { spec: RunSpec; dataset: DatasetSpec }; result: RunSpec };
  /** Class probabilities of one image of 784 grey values, 0 to 255. */
  predict: { args: { pixels: Float32Array }; result: Float32Array };
  /** What the network sees in such an image; the predicted class's saliency where none is named. */
  inspect: { args: { pixels: Float32Array; class?: number | undefined }; result: Inspection };
  /** The weights of a layer by its index in the spec; nothing where it has none. */
  filters: { args: { layer: number }; result: Filters | null };
  /** A close look at all images of a split; takes seconds, training goes on meanwhile. */
  examine: { args: { request: ExamineRequest }; result: Examination };
  /** The grey values of some images, by their index in the file, as such a look sees them. */
  shown: { args: { request: ExamineRequest; indices: Uint32Array }; result: Uint8Array };
  /** Images per second that the device trains a spec's network on, once its programs are compiled. */
  speed: { args: { spec: RunSpec }; result: number };
  /** A learning-rate range test of a spec; told by `rangeTest` events until it is done. */
  rangeTest: { args: { spec: RunSpec }; result: RangeTestProgress };
  /** What images there are. */
  data: { args: NoArgs; result: DataReport };
  /** Class counts and mean images of what has arrived of a part. */
  statistics: { args: { part: DataPart }; result: SetStatistics };
  /** The grey values of some images, 784 each. */
  images: { args: { part: DataPart; indices: Uint32Array }; result: Uint8Array };
  /** The true classes of all images of a part. */
  labels: { args: { part: DataPart }; result: Uint8Array };
  /** Some training images as an epoch, counted from 0, trains on them: augmented. */
  preview: {
    args: { spec: RunSpec; indices: Uint32Array; epoch: number };
    result: Uint8Array;
  };
  /** How many images of each class a run of the spec trains on and validates with. */
  distribution: { args: { spec: RunSpec }; result: TrainingDistribution };
  /** Adds an image to the training images of runs to come. */
  addExample: { args: { pixels: Uint8Array; label: number }; result: undefined };
}

/** Every command: what it carries and what its reply holds. */
export interface Commands extends Queries {
  /**
   * Loads the wasm build of a device and opens it. Once in a worker's life. On the CPU so many threads
   * train, or as many as pay where none are named.
   */
  open: { args: { device: DeviceName; threads?: number | undefined }; result: DeviceReport };
  /**
   * Loads the data set in a folder, or what is still missing of it. The reply comes once the
   * labels are there, so that a run can be made; images go on arriving, told by events.
   */
  load: { args: { folder: string }; result: undefined };
  /** Judges a spec. Needs no open device and does not wait for the run's turn. */
  describe: { args: { spec: RunSpec }; result: Description };
  /** Trains on a person's own images from now on; ends the run. */
  importData: { args: { imports: Imports; seed: number }; result: DataReport };
  /** Goes back to MNIST, to be loaded again; ends the run. */
  useMnist: { args: NoArgs; result: DataReport };
  /**
   * Makes a new run, which ends the former one. Its first layers begin with the numbers of the saved
   * run `from`, where one is given.
   */
  create: {
    args: { run: number; spec: RunSpec; from?: Uint8Array | undefined };
    result: ProgressUpdate;
  };
  /** Goes on with a saved run, which ends the former one. */
  restore: {
    args: { run: number; checkpoint: Uint8Array };
    result: { spec: RunSpec; progress: ProgressUpdate };
  };
  /** The run as bytes, to be restored later or elsewhere. */
  save: { args: NoArgs; result: Uint8Array };
  /** Starts training or goes on; the reply comes at once. */
  train: { args: NoArgs; result: undefined };
  /** Stops after the step in hand; the reply comes once the run stands still. */
  pause: { args: NoArgs; result: undefined };
  /** Trains exactly one step; the reply comes after it. */
  step: { args: NoArgs; result: undefined };
  /** Changes what may change while a run goes on, from the next step on. */
  update: { args: { changes: Changes }; result: undefined };
  /** Asks for a sign of life. */
  ping: { args: NoArgs; result: undefined };
}

type NoArgs = object;

/** The name of a command. */
export type CommandName = keyof Commands;

/** A command of one name. */
export type CommandOf<N extends CommandName> = { id: number; type: N } & Commands[N]["args"];

/** Any command. */
export type Command = { [N in CommandName]: CommandOf<N> }[CommandName];

/**
 * Why something failed, as a stable code: the core's own, or one of the page's.
 *
 * `network`: a file could not be fetched. `crashed`: the worker trapped or could not be started.
 * `silent`: it gave no sign of life. `superseded`: something newer was asked for meanwhile.
 */
export type FailureCode = ErrorCode | "network" | "crashed" | "silent" | "superseded";

/** A failure with its code and a sentence that says what to do. */
export interface Failure {
  code: FailureCode;
  message: string;
  problems?: Problem[];
  /** The part of the images that it is about, where no file's name tells. */
  part?: DataPart | undefined;
}

/** The one answer to a command. */
export type Reply = { kind: "reply"; id: number } & (
  { ok: true; value: unknown } | { ok: false; error: Failure }
);

/** A run as it was, to go back to. */
export interface Checkpoint {
  /** Steps trained when it was taken. */
  step: number;
  /** The epoch in hand, from 1; 0 before the first step. */
  epoch: number;
  /** Whether it is worth travelling back to: taken at an epoch's end, or early on. */
  milestone: boolean;
  bytes: Uint8Array;
}

/** A {@link Progress} without its evaluations, which travel as events of their own. */
export type ProgressUpdate = Omit<Progress, "evaluations">;

/** How many images per second each device trains the same network on. */
export interface Comparison {
  cpu: number;
  webgpu: number;
}

/** What an event says. */
export type EventBody =
  /** A worker runs: specs can be judged. Said by the page's side. */
  | { type: "started" }
  | { type: "ready"; report: DeviceReport }
  | { type: "data"; part: DataPart; loadedImages: number; totalImages: number }
  | { type: "dataFailed"; file: string; message: string }
  /** So many pictures of an own data set have been read. */
  | { type: "importing"; read: number; total: number }
  /** A new worker was given the own data set that the former one had. Said by the page's side. */
  | { type: "importedAgain"; report: DataReport }
  /** An own data set could not be given to a new worker, which has MNIST. Said by the page's side. */
  | { type: "importLost"; why: string }
  | { type: "warming" }
  /** How far the run has come, and what was evaluated on the way. */
  | { type: "progress"; progress: ProgressUpdate; evaluations?: Evaluation[] }
  /** What was evaluated beside training, where no report comes. */
  | { type: "evaluated"; evaluation: Evaluation }
  | { type: "checkpoint"; checkpoint: Checkpoint }
  | { type: "rangeTest"; progress: RangeTestProgress }
  | { type: "finished" }
  | { type: "failed"; code: FailureCode; message: string }
  /** The threads that shared the batches failed: the run goes on on one. */
  | { type: "alone"; why: string }
  /** Another device takes over. Said by the page's side, which chooses devices. */
  | { type: "degraded"; from: DeviceName; to: DeviceName; why: string }
  /** Which device is the faster for the run's network, where it is known. Said by the page's side. */
  | { type: "compared"; comparison: Comparison | undefined }
  /** The run goes on, on the device that was found to be faster. Said by the page's side. */
  | { type: "moved"; comparison: Comparison }
  /** The worker died under a run, which will go on in a fresh one. Said by the page's side. */
  | { type: "recovering" }
  /** It goes on from step `to`, having reached `lostAt`. Said by the page's side. */
  | { type: "recovered"; to: number; lostAt: number; why: string }
  /** The core trapped: this worker must not be used again. Does not reach the page's panels. */
  | { type: "crashed"; message: string };

/** An event of a run, or of the worker itself (run 0), in the order of `seq`. */
export type Event = { kind: "event"; run: number; seq: number } & EventBody;

/** Anything the worker sends. */
export type WorkerMessage = Reply | Event;

/** A failure as an exception, on either side. */
export class TrainerError extends Error {
  override readonly name = "TrainerError";

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly problems: Problem[] = [],
    readonly part?: DataPart,
  ) {
    super(message);
  }
}

/** Whether an error carries one of the codes, as the core's own errors do, and is no trap. */
export function isCoded(error: unknown): error is Error & Failure {
  return error instanceof Error && typeof (error as Partial<Failure>).code === "string";
}

/** Any error as one with a code. */
export function asTrainerError(error: unknown): TrainerError {
  return error instanceof TrainerError
    ? error
    : new TrainerError("crashed", error instanceof Error ? error.message : String(error));
}
