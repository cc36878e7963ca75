/**
 * The training loop: asks the core to advance for a slice, tells the page what happened, lets
 * messages through, and again. It decides nothing; what comes next is the core's business, and
 * when to stop is the page's.
 */

import type { Changes, Evaluation, Progress, RunSpec, RunState } from "../generated/core";
import { isCoded, type EventBody, type ProgressUpdate } from "../trainer/protocol";
import { CheckpointClock, type Kind } from "./checkpoints";
import type { RunCore } from "./core";
import type { HelperPool } from "./helpers";
import type { Turn } from "./turn";

/** How long the core works before messages are looked at, in milliseconds. */
const SLICE_MS = 40;

/**
 * Progress is sent at most this often, in milliseconds. Whatever the page draws takes time from
 * training: at twice the rate two threads train 6 % fewer images of the CNN on two cores.
 */
const REPORT_MS = 100;

/** What the loop needs of its surroundings. */
export interface Surroundings {
  turn: Turn;
  /** The threads that work for a run. */
  helpers: Pick<HelperPool, "engage" | "dismiss">;
  emit(run: number, body: EventBody, transfer?: Transferable[]): void;
  /** Whether more images are on their way. */
  dataExpected(): boolean;
  nextMacrotask(): Promise<void>;
  now(): number;
}

/** Runs the current run of an opened core. */
export class Runner {
  readonly #core: RunCore;
  readonly #around: Surroundings;
  #run = 0;
  #warm = false;
  #training = false;
  /** Counts what ends the loop or a step, so that none is missed. */
  #stops = 0;
  #loop: Promise<void> = Promise.resolve();
  #failed = false;
  #report: ReportCollector | undefined;
  #reportedAt = -Infinity;
  readonly #checkpoints = new CheckpointClock();
  /** Counts the arrivals of data, so that none is missed between asking and waiting. */
  #arrivals = 0;
  #wake: () => void = () => undefined;

  constructor(core: RunCore, around: Surroundings) {
    this.#core = core;
    this.#around = around;
  }

  /** Ends the former run and makes a new one, from what a saved run has learned where one is given. */
  create(run: number, spec: RunSpec, from?: Uint8Array): Promise<ProgressUpdate> {
    return this.#begin(run, (core) => (from ? core.fineTune(spec, from) : core.create(spec)));
  }

  /** Ends the former run and goes on with a saved one. */
  restore(run: number, checkpoint: Uint8Array): Promise<ProgressUpdate> {
    return this.#begin(run, (core) => core.restore(checkpoint));
  }

  async #begin(run: number, make: (core: RunCore) => Progress): Promise<ProgressUpdate> {
    await this.#halt();
    const progress = await this.#withoutHelpers(() => make(this.#core));
    this.#run = run;
    this.#warm = false;
    this.#failed = false;
    this.#report = new ReportCollector(progress);
    this.#checkpoints.begin(progress.step, this.#around.now());
    return { ...withoutEvaluations(progress), state: restingState(progress) };
  }

  /** Starts the loop; does nothing where it goes already. */
  train(): void {
    if (this.#training) return;
    this.#training = true;
    this.#loop = this.#loop.then(() => this.#trainUntilStopped());
  }

  /** Has the loop, or a step that waits for images, come to an end after the slice in hand. */
  stop(): void {
    this.#training = false;
    this.#stops += 1;
    this.dataChanged();
  }

  /** Stops the loop after the slice in hand; resolves once it stands still. */
  async pause(): Promise<void> {
    await this.#halt();
    if (this.#failed || !this.#report) return;
    if (this.#report.latest.state === "failed") {
      // Asked to go on, a run that cannot says why.
      await this.step();
      return;
    }
    this.#sendReport("paused");
    this.#tellRest().catch((error: unknown) => this.#fail(error));
    if (this.#checkpoints.isNews(this.#report.latest)) void this.#takeCheckpoint("passing");
  }

  /** Trains one step. Evaluations that are due come first, in slices. */
  async step(): Promise<void> {
    const halted = this.#halt();
    const stops = this.#stops;
    await halted;
    try {
      await this.#warmUp();
      while (stops === this.#stops) {
        const arrivals = this.#arrivals;
        const progress = await this.#advance(1);
        if (progress.losses.length > 0 || progress.state === "finished") {
          this.#settle(progress);
          return;
        }
        if (progress.waitingForData && !(await this.#moreData(arrivals))) break;
        await this.#around.nextMacrotask();
      }
      this.#sendReport("paused");
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Changes what may change while a run goes on. */
  update(changes: Changes): Promise<void> {
    return this.#around.turn.take(() => this.#core.update(changes));
  }

  /** The run as bytes; training waits for evaluations beside it, and while they are read. */
  save(): Promise<Uint8Array> {
    return this.#around.turn.take(async () => {
      this.#tell(await this.#core.settle());
      return this.#core.save();
    });
  }

  /** Does something to the core that no run survives. Where it fails, the run goes on. */
  async withoutRun<T>(change: () => T): Promise<T> {
    const training = this.#training;
    await this.#halt();
    try {
      const result = await this.#withoutHelpers(change);
      this.#run = 0;
      this.#report = undefined;
      return result;
    } catch (error) {
      if (training) this.train();
      throw error;
    }
  }

  /** Ends a run: where that does not fail, its helpers end with it. */
  #withoutHelpers<T>(change: () => T): Promise<T> {
    return this.#around.turn.take(() => {
      const result = change();
      this.#around.helpers.dismiss();
      return result;
    });
  }

  /** Says that images arrived, or that no more will. */
  dataChanged(): void {
    this.#arrivals += 1;
    this.#wake();
  }

  async #trainUntilStopped(): Promise<void> {
    try {
      await this.#warmUp();
      while (this.#training) {
        const arrivals = this.#arrivals;
        // An epoch ends with a slice, so that it can be saved just then.
        const progress = await this.#advance(this.#report?.stepsOfEpoch ?? Infinity);
        if (progress.state === "finished") {
          this.#training = false;
          this.#settle(progress);
        } else if (progress.waitingForData) {
          this.#sendReport("running");
          if (!(await this.#moreData(arrivals))) {
            this.#training = false;
            this.#sendReport("paused");
          }
        } else {
          await this.#around.nextMacrotask();
        }
      }
    } catch (error) {
      this.#training = false;
      this.#fail(error);
    }
  }

  async #halt(): Promise<void> {
    this.stop();
    await this.#loop;
  }

  /** Compiles the device's programs, once for each run. */
  async #warmUp(): Promise<void> {
    if (this.#warm) return;
    this.#around.emit(this.#run, { type: "warming" });
    await this.#around.turn.take(() => this.#core.warmUp());
    await this.#around.helpers.engage(this.#core, (call) => this.#around.turn.take(call));
    this.#warm = true;
  }

  async #advance(maxSteps: number): Promise<Progress> {
    const progress = await this.#around.turn.take(() => this.#core.advance(SLICE_MS, maxSteps));
    this.#report?.add(progress);
    const now = this.#around.now();
    const due = this.#checkpoints.due(progress, now);
    // Of a checkpoint the page knows all steps that lead to it.
    if (due || now - this.#reportedAt >= REPORT_MS) this.#sendReport("running");
    if (due) await this.#takeCheckpoint(due);
    return progress;
  }

  /** Waits for the evaluations that are made beside training. */
  async #tellRest(): Promise<void> {
    const run = this.#run;
    const progress = await this.#around.turn.take(() => this.#core.settle());
    if (run === this.#run) this.#tell(progress);
  }

  /** Sends what was evaluated beside training, after what was before. */
  #tell({ evaluations }: Progress): void {
    const all = [...(this.#report?.takeEvaluations() ?? []), ...evaluations];
    for (const evaluation of all) {
      this.#around.emit(this.#run, { type: "evaluated", evaluation });
    }
  }

  /** Sends the run as it is. */
  async #takeCheckpoint(kind: Kind): Promise<void> {
    const run = this.#run;
    const standing = this.#report?.latest;
    if (!standing) return;
    const { step, epoch } = standing;
    const from = this.#around.now();
    // What comes next has to wait for its turn, so that the numbers are those of this step.
    const bytes = await this.save();
    if (run !== this.#run) return;
    this.#checkpoints.saved(step, from, this.#around.now());
    const checkpoint = { step, epoch, milestone: kind === "milestone", bytes };
    this.#around.emit(run, { type: "checkpoint", checkpoint }, [bytes.buffer]);
  }

  /** Waits for an arrival after those `seen`; false where none will be. Pausing ends it too. */
  async #moreData(seen: number): Promise<boolean> {
    if (this.#arrivals !== seen) return true;
    if (!this.#around.dataExpected()) return false;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    return true;
  }

  /** The last report of a run that came to rest by itself. */
  #settle(progress: Progress): void {
    const finished = progress.state === "finished";
    this.#sendReport(finished ? "finished" : "paused");
    if (finished) this.#around.emit(this.#run, { type: "finished" });
  }

  /** An error with a code ends the run; any other is a trap, and ends this worker. */
  #fail(error: unknown): void {
    if (!isCoded(error)) throw error;
    this.#failed = true;
    this.#sendReport("failed");
    const { code, message } = error;
    this.#around.emit(this.#run, { type: "failed", code, message });
  }

  /** Sends what was collected. The state is the loop's word: the core knows no pause. */
  #sendReport(state: RunState): void {
    if (!this.#report) return;
    // In one message, so that the page draws both in one frame.
    const evaluations = this.#report.takeEvaluations();
    const progress = this.#report.drain(state);
    this.#reportedAt = this.#around.now();
    const { losses, accuracies, learningRates } = progress;
    const transfer = [losses.buffer, accuracies.buffer, learningRates.buffer];
    this.#around.emit(this.#run, { type: "progress", progress, evaluations }, transfer);
  }
}

/** Joins the progress of several slices into one. */
class ReportCollector {
  #latest: Progress;
  #parts: Progress[] = [];
  #evaluations: Evaluation[] = [];

  constructor(created: Progress) {
    this.#latest = created;
  }

  /** Where the run stands. */
  get latest(): Progress {
    return this.#latest;
  }

  /** Steps that are left of the epoch in hand; of the next one where it is over. */
  get stepsOfEpoch(): number {
    const { step, stepsPerEpoch } = this.#latest;
    return stepsPerEpoch - (step % stepsPerEpoch);
  }

  add(progress: Progress): void {
    this.#latest = progress;
    this.#parts.push(progress);
    this.#evaluations.push(...progress.evaluations);
  }

  /** The evaluations that were added since they were last taken. */
  takeEvaluations(): Evaluation[] {
    const taken = this.#evaluations;
    this.#evaluations = [];
    return taken;
  }

  drain(state: RunState): ProgressUpdate {
    const parts = this.#parts;
    this.#parts = [];
    return {
      ...withoutEvaluations(this.#latest),
      state: state === "paused" ? restingState(this.#latest) : state,
      losses: join(parts.map((part) => part.losses)),
      accuracies: join(parts.map((part) => part.accuracies)),
      learningRates: join(parts.map((part) => part.learningRates)),
      vitals: parts.flatMap((part) => part.vitals),
    };
  }
}

/** What a run is when nothing goes on: a run that is over, or not begun, cannot be paused. */
function restingState({ state }: Progress): RunState {
  return state === "running" ? "paused" : state;
}

function withoutEvaluations(progress: Progress): ProgressUpdate {
  const { evaluations, ...update } = progress;
  return update;
}

function join(parts: Float32Array[]): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
