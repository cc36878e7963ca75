/**
 * What crosses between the page and the training worker.
 *
 * The page sends a {@link Command} and gets exactly one {@link Reply} with the same id. Beside
 * that the worker streams {@link Event}s: each belongs to a run, or to none (run 0) where it is
 * about the worker itself, and the page drops those of a run that is no longer current.
 */

import type {
  Changes,
  Description,
  DeviceName,
  DeviceReport,
  ErrorCode,
  Evaluation,
  Progress,
  RunSpec,
  Problem,
} from "../generated/core";

/** What the Device select offers: a device by name, or the best one that works. */
export type DeviceChoice = "auto" | DeviceName;

/** The two files of a data set. */
export type DataPart = "train" | "test";

/** Every command: what it carries and what its reply holds. */
export interface Commands {
  /** Loads the wasm build of a device and opens it. Once in a worker's life. */
  open: { args: { device: DeviceName }; result: DeviceReport };
  /**
   * Loads the data set in a folder, or what is still missing of it. The reply comes once the
   * labels are there, so that a run can be made; images go on arriving, told by events.
   */
  load: { args: { folder: string }; result: undefined };
  /** Judges a spec. Needs no open device and does not wait for the run's turn. */
  describe: { args: { spec: RunSpec }; result: Description };
  /** Makes a new run, which ends the former one. */
  create: { args: { run: number; spec: RunSpec }; result: ProgressUpdate };
  /** Starts training or goes on; the reply comes at once. */
  train: { args: NoArgs; result: undefined };
  /** Stops after the step in hand; the reply comes once the run stands still. */
  pause: { args: NoArgs; result: undefined };
  /** Trains exactly one step; the reply comes after it. */
  step: { args: NoArgs; result: undefined };
  /** Changes what may change while a run goes on, from the next step on. */
  update: { args: { changes: Changes }; result: undefined };
  /** Class probabilities of one image of 784 grey values, 0 to 255. */
  predict: { args: { pixels: Float32Array }; result: Float32Array };
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
}

/** The one answer to a command. */
export type Reply = { kind: "reply"; id: number } & (
  { ok: true; value: unknown } | { ok: false; error: Failure }
);

/** A {@link Progress} without its evaluations, which travel as events of their own. */
export type ProgressUpdate = Omit<Progress, "evaluations">;

/** What an event says. */
export type EventBody =
  /** A worker runs: specs can be judged. Said by the page's side. */
  | { type: "started" }
  | { type: "ready"; report: DeviceReport }
  | { type: "data"; part: DataPart; loadedImages: number; totalImages: number }
  | { type: "dataFailed"; file: string; message: string }
  | { type: "warming" }
  | { type: "progress"; progress: ProgressUpdate }
  | { type: "evaluated"; evaluation: Evaluation }
  | { type: "finished" }
  | { type: "failed"; code: FailureCode; message: string }
  /** Another device takes over. Said by the page's side, which chooses devices. */
  | { type: "degraded"; from: DeviceName; to: DeviceName; why: string }
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
  ) {
    super(message);
  }
}

/** Whether an error carries one of the codes, as the core's own errors do, and is no trap. */
export function isCoded(error: unknown): error is Error & Failure {
  return error instanceof Error && typeof (error as Partial<Failure>).code === "string";
}
