/**
 * The page's handle on training, whatever becomes of the worker behind it.
 *
 * It opens the chosen device, falls back where `auto` was chosen, drops what a former run still
 * says, and replaces a worker that died: by one on the same device once, then on the next.
 */

import type {
  Changes,
  DataReport,
  Description,
  DeviceName,
  DeviceReport,
  RunSpec,
} from "../generated/core";
import { strings } from "../strings";
import { WorkerClient, type WorkerLike } from "./client";
import {
  TrainerError,
  type DeviceChoice,
  type Event,
  type EventBody,
  type Imports,
  type Queries,
} from "./protocol";

/** What the trainer needs of the page. */
export interface TrainerSetting {
  /** Starts a worker. */
  spawn(): WorkerLike;
  /** Says why WebGPU cannot be used, or nothing where it can. */
  whyNoWebgpu(allowSoftware: boolean): Promise<string | undefined>;
  /** Where the data set's files lie. */
  dataFolder: string;
  /** Hears the events of the current run and of the worker. */
  listen(event: EventBody): void;
}

/** The devices to try for a choice, best first. */
export function candidates(choice: DeviceChoice): DeviceName[] {
  return choice === "auto" ? ["webgpu", "cpu"] : [choice];
}

/** Workers to start on a device before it is given up. */
const TRIES = 2;

/** The run in hand: what it takes to begin it again on another worker. */
interface Run {
  id: number;
  spec: RunSpec;
  step: number;
  wanted: boolean;
}

/** Opens devices and trains runs on them. */
export class Trainer {
  readonly #setting: TrainerSetting;
  #choice: DeviceChoice = "auto";
  #device: DeviceName = "cpu";
  #client: WorkerClient | undefined;
  /** A worker whose death `open` hears of by its rejected command. */
  #beingOpened: WorkerClient | undefined;
  #isOpen = false;
  #run: Run | undefined;
  #runs = 0;
  #crashes = 0;
  /** Counts the calls of `open`: what an older one still does must have no effect. */
  #opening = 0;

  constructor(setting: TrainerSetting) {
    this.#setting = setting;
  }

  /** Whether a device is open and its worker alive. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Opens the chosen device in a fresh worker and begins to load the data.
   *
   * @throws {TrainerError} where no candidate works; a device chosen by name is never swapped.
   */
  async open(choice: DeviceChoice): Promise<DeviceReport> {
    this.#choice = choice;
    this.#run = undefined;
    this.#crashes = 0;
    this.#isOpen = false;
    return this.#openFirst(candidates(choice));
  }

  /** Loads what is missing of the data. Resolves once a run can be made. */
  async load(): Promise<void> {
    await this.#live().send("load", { folder: this.#setting.dataFolder });
  }

  /** Judges a spec, whatever the run is doing. */
  async describe(spec: RunSpec): Promise<Description> {
    return this.#live().send("describe", { spec });
  }

  /**
   * Drops the current run, if any: nothing it still says is heard, and its training stops.
   * Resolves with whether the worker stood still before `patience` ran out, in milliseconds.
   */
  async abandon(patience: number): Promise<boolean> {
    if (!this.#run || !this.#client) return true;
    this.#want(false);
    this.#run = undefined;
    const stopped = this.#client.send("pause", {}).then(
      () => true,
      () => false,
    );
    const lost = new Promise<false>((resolve) => setTimeout(resolve, patience, false));
    return Promise.race([stopped, lost]);
  }

  /** Makes a new run, whose first layers begin with the numbers of the saved run `from`, if any. */
  async create(spec: RunSpec, from?: Uint8Array): Promise<void> {
    const id = ++this.#runs;
    const run: Run = { id, spec, step: 0, wanted: false };
    this.#run = run;
    try {
      const progress = await this.#live().send("create", { run: id, spec, from });
      if (this.#run === run) this.#setting.listen({ type: "progress", progress });
    } catch (error) {
      if (this.#run === run && asTrainerError(error).code === "invalid_spec") this.#run = undefined;
      throw error;
    }
  }

  /** Starts the current run or goes on with it. */
  async train(): Promise<void> {
    this.#want(true);
    await this.#live().send("train", {});
  }

  /** Stops after the step in hand. */
  async pause(): Promise<void> {
    this.#want(false);
    await this.#live().send("pause", {});
  }

  /** Trains exactly one step. */
  async step(): Promise<void> {
    this.#want(false);
    await this.#live().send("step", {});
  }

  /** Changes what may change mid-run. */
  async update(changes: Changes): Promise<void> {
    await this.#live().send("update", { changes });
    if (this.#run) {
      const { train } = this.#run.spec;
      this.#run.spec = { ...this.#run.spec, train: { ...train, ...changes } };
    }
  }

  /** Goes on with a saved run in place of the current one; resolves with its spec. */
  async restore(checkpoint: Uint8Array): Promise<RunSpec> {
    const former = this.#run;
    const id = ++this.#runs;
    try {
      const { spec, progress } = await this.#live().send("restore", { run: id, checkpoint });
      this.#run = { id, spec, step: progress.step, wanted: false };
      this.#setting.listen({ type: "progress", progress });
      return spec;
    } catch (error) {
      this.#run = former;
      throw error;
    }
  }

  /** The current run as bytes. */
  async save(): Promise<Uint8Array> {
    return this.#live().send("save", {});
  }

  /** Trains on a person's own images from now on; the current run ends once they are sound. */
  async importData(imports: Imports, seed: number): Promise<DataReport> {
    const report = await this.#live().send("importData", { imports, seed });
    this.#run = undefined;
    return report;
  }

  /** Goes back to MNIST; the current run ends. `load` it again. */
  async useMnist(): Promise<DataReport> {
    const report = await this.#live().send("useMnist", {});
    this.#run = undefined;
    return report;
  }

  /** Asks something beside training. */
  async ask<N extends keyof Queries>(
    question: N,
    args: Queries[N]["args"],
  ): Promise<Queries[N]["result"]> {
    return this.#live().send(question, args);
  }

  /** Ends everything. */
  dispose(): void {
    this.#opening += 1;
    this.#client?.terminate();
  }

  async #openFirst(devices: DeviceName[]): Promise<DeviceReport> {
    const ticket = ++this.#opening;
    for (const [i, device] of devices.entries()) {
      try {
        return await this.#openDevice(device, ticket);
      } catch (error) {
        const failure = asTrainerError(error);
        const next = devices[i + 1];
        if (ticket !== this.#opening) throw failure;
        if (!next) {
          // A worker without a device still judges specs.
          if (!this.#client || this.#client.dead) this.#client = this.#start();
          throw failure;
        }
        this.#setting.listen({ type: "degraded", from: device, to: next, why: failure.message });
      }
    }
    throw new TrainerError("device_unavailable", strings.failures.notOpen);
  }

  async #openDevice(device: DeviceName, ticket: number): Promise<DeviceReport> {
    if (device === "webgpu") {
      const why = await this.#setting.whyNoWebgpu(this.#choice !== "auto");
      this.#stillWanted(ticket);
      if (why) throw new TrainerError("device_unavailable", why);
    }
    for (let attempt = 1; ; attempt += 1) {
      this.#client?.terminate();
      const client = (this.#client = this.#beingOpened = this.#start());
      this.#device = device;
      try {
        const report = await client.send("open", { device });
        this.#stillWanted(ticket);
        this.#isOpen = true;
        return report;
      } catch (error) {
        this.#stillWanted(ticket);
        // A device that says no will say so again; a worker that died may have had bad luck.
        if (!client.dead || attempt === TRIES) throw error;
      } finally {
        if (this.#beingOpened === client) this.#beingOpened = undefined;
      }
    }
  }

  #stillWanted(ticket: number): void {
    if (ticket !== this.#opening) {
      throw new TrainerError("superseded", strings.failures.superseded);
    }
  }

  #start(): WorkerClient {
    const client: WorkerClient = new WorkerClient(this.#setting.spawn(), {
      event: (event) => this.#hear(event),
      died: (death) => {
        if (client === this.#client && client !== this.#beingOpened) void this.#replace(death);
      },
    });
    // Told once `#client` is set, so that the listener can use it.
    queueMicrotask(() => this.#setting.listen({ type: "started" }));
    return client;
  }

  #hear(event: Event): void {
    const run = this.#run;
    if (event.run !== 0 && event.run !== run?.id) return;
    if (event.type === "failed" && event.code === "device_lost") {
      void this.#replace(new TrainerError(event.code, event.message));
      return;
    }
    if (run && event.type === "progress") {
      run.step = event.progress.step;
      this.#expectNews(event.progress.state === "running");
    }
    this.#setting.listen(event);
  }

  /** Starts over after a worker died: from the beginning where nothing had been trained. */
  async #replace(death: TrainerError): Promise<void> {
    const run = this.#run;
    const failed = this.#device;
    this.#crashes += 1;
    this.#isOpen = false;
    const devices = candidates(this.#choice);
    const next = devices[devices.indexOf(failed) + 1];
    const begun = run !== undefined && run.step > 0;
    const hopeless = !next && this.#crashes >= TRIES;
    if (begun || hopeless) {
      const message = begun
        ? strings.failures.runLost(death.message, run.step)
        : strings.failures.diedTwice(death.message);
      this.#run = undefined;
      this.#setting.listen({ type: "failed", code: death.code, message });
      if (hopeless) return;
    }
    if (next) {
      this.#setting.listen({ type: "degraded", from: failed, to: next, why: death.message });
    }
    try {
      await this.#openFirst([next ?? failed]);
      await this.load();
      if (!run || this.#run !== run) return;
      await this.create(run.spec);
      if (run.wanted) await this.train();
    } catch (error) {
      const { code, message } = asTrainerError(error);
      if (code !== "superseded") this.#setting.listen({ type: "failed", code, message });
    }
  }

  /** Notes whether the run shall train, and so whether the worker should be heard from. */
  #want(training: boolean): void {
    if (this.#run) this.#run.wanted = training;
    this.#expectNews(training);
  }

  #expectNews(busy: boolean): void {
    if (this.#client) this.#client.busy = busy;
  }

  #live(): WorkerClient {
    if (!this.#client) throw new TrainerError("wrong_state", strings.failures.notOpen);
    return this.#client;
  }
}

/** Any error as one with a code. */
export function asTrainerError(error: unknown): TrainerError {
  return error instanceof TrainerError
    ? error
    : new TrainerError("crashed", error instanceof Error ? error.message : String(error));
}
