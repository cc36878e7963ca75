/**
 * The page's handle on training, whatever becomes of the worker behind it.
 *
 * It drops what a former run still says, and replaces a worker that died: by one on the same device
 * once, then on the next. The run goes on there from its last checkpoint, which the worker sends
 * now and then. How a device is opened is the host's business.
 */

import type { Changes, DataReport, Description, DeviceReport, RunSpec } from "../generated/core";
import { strings } from "../strings";
import { Auto } from "./auto";
import { BroughtData } from "./brought-data";
import type { WorkerClient } from "./client";
import { Host, TRIES, type HostSetting, type Spare } from "./host";
import {
  asTrainerError,
  TrainerError,
  type Comparison,
  type DeviceChoice,
  type Event,
  type FailureCode,
  type Imports,
  type ProgressUpdate,
  type Queries,
} from "./protocol";

export { asTrainerError } from "./protocol";

/** How often it is looked whether a worker has answered all, in milliseconds. */
const LOOK_MS = 50;

/** What the trainer needs of the page. */
export interface TrainerSetting extends Pick<
  HostSetting,
  "spawn" | "threads" | "whyNoWebgpu" | "listen"
> {
  /** Where the data set's files lie. */
  dataFolder: string;
}

/** The run in hand: what it takes to go on with it on another worker. */
interface Run {
  /** What its events are known by; another one on each worker. */
  id: number;
  spec: RunSpec;
  /** The saved run that its weights began with, if any. */
  from: Uint8Array | undefined;
  step: number;
  /** Its last checkpoint, if any was taken. */
  checkpoint: Uint8Array | undefined;
  /** Whether it shall train. */
  wanted: boolean;
  /** Whether it shall train one step. */
  stepping: boolean;
  /** The most images per second that it was trained on by the worker in use. */
  imagesPerSecond: number;
  /** Whether it is on its way to another device: that it rests meanwhile is not its state. */
  moving: boolean;
  /** What it said when it came to rest on that way. */
  withheld: ProgressUpdate | undefined;
}

/** Trains runs. */
export class Trainer {
  readonly #setting: TrainerSetting;
  readonly #host: Host;
  readonly #auto: Auto<Run>;
  #run: Run | undefined;
  #runs = 0;
  /** Workers that died on this device since a checkpoint was taken. */
  #crashes = 0;
  /** Resolves with whether the run goes on, once a worker that died has been replaced. */
  #recovery: Promise<boolean> | undefined;
  readonly #data: BroughtData;

  constructor(setting: TrainerSetting) {
    this.#setting = setting;
    const hear = (event: Event, client: WorkerClient) => {
      this.#data.hear(event, client);
      // A spare worker has nothing to say to the page yet.
      if (client === this.#host.client) this.#hear(event);
    };
    const died = (death: TrainerError) => this.#replace(death);
    const gone = (client: WorkerClient) => this.#data.gone(client);
    this.#host = new Host({ ...setting, hear, gone, died });
    this.#auto = new Auto({
      host: this.#host,
      listen: setting.listen,
      load: () => this.load(),
      run: () => this.#run,
      move: (run, spare, comparison) => this.#move(run, spare, comparison),
    });
    this.#data = new BroughtData({
      dataFolder: setting.dataFolder,
      listen: (event) => {
        // A run belongs to its images.
        if (event.type === "importLost") this.#run = undefined;
        setting.listen(event);
      },
    });
  }

  /** Whether a device is open and its worker alive. */
  get isOpen(): boolean {
    return this.#host.isOpen;
  }

  /**
   * Opens the chosen device in a fresh worker and begins to load the data.
   *
   * @throws {TrainerError} where no candidate works; a device chosen by name is never swapped.
   */
  async open(choice: DeviceChoice): Promise<DeviceReport> {
    this.#run = undefined;
    this.#crashes = 0;
    return this.#host.open(choice);
  }

  /** Loads what is missing of the data. Resolves once a run can be made. */
  async load(): Promise<void> {
    await this.#data.give(this.#host.live);
  }

  /** Judges a spec, whatever the run is doing. */
  async describe(spec: RunSpec): Promise<Description> {
    return this.#host.live.send("describe", { spec });
  }

  /**
   * Drops the current run, if any: nothing it still says is heard, and its training stops.
   * Resolves with whether the worker stood still before `patience` ran out, in milliseconds.
   */
  async abandon(patience: number): Promise<boolean> {
    const { client } = this.#host;
    if (!this.#run || !client) return true;
    this.#want(false);
    this.#run = undefined;
    const stopped = client.send("pause", {}).then(
      () => true,
      () => false,
    );
    const lost = new Promise<false>((resolve) => setTimeout(resolve, patience, false));
    return Promise.race([stopped, lost]);
  }

  /**
   * Makes a new run, whose first layers begin with the numbers of the saved run `from`, if any.
   * Resolves with where it stands, unless that was told by an event: where the worker died.
   *
   * @throws {TrainerError} where the core refuses: then the former run is still there, at rest.
   */
  async create(spec: RunSpec, from?: Uint8Array): Promise<ProgressUpdate | undefined> {
    const former = this.#run;
    const run = newRun(spec, from);
    this.#run = run;
    const otherDevice = this.#auto.before(spec);
    if (otherDevice) {
      await otherDevice;
      this.#crashes = 0;
    }
    if (this.#run !== run) throw new TrainerError("superseded", strings.failures.superseded);
    const { client } = this.#host;
    let progress: ProgressUpdate | undefined;
    try {
      await this.#survive(this.#begin(run).then((standing) => (progress = standing)));
    } catch (error) {
      if (this.#run === run && client && !client.dead) this.#run = former;
      throw error;
    }
    if (this.#run !== run) throw new TrainerError("superseded", strings.failures.superseded);
    return progress;
  }

  /** Starts the current run or goes on with it. */
  async train(): Promise<void> {
    this.#want(true);
    void this.#auto.during();
    await this.#survive(this.#host.live.send("train", {}));
  }

  /** Stops after the step in hand. */
  async pause(): Promise<void> {
    this.#want(false);
    await this.#survive(this.#host.live.send("pause", {}));
  }

  /** Trains exactly one step. */
  async step(): Promise<void> {
    this.#want(false);
    const run = this.#run;
    if (run) run.stepping = true;
    try {
      await this.#survive(this.#host.live.send("step", {}));
    } finally {
      if (run) run.stepping = false;
    }
  }

  /** Changes what may change mid-run. */
  async update(changes: Changes): Promise<void> {
    const run = this.#run;
    const former = run?.spec;
    // At once, so that a run that moves meanwhile takes them along.
    if (run) run.spec = { ...run.spec, train: { ...run.spec.train, ...changes } };
    try {
      await this.#host.live.send("update", { changes });
    } catch (error) {
      if (run && former) run.spec = former;
      throw error;
    }
  }

  /**
   * Goes on with a saved run in place of the current one, at rest.
   *
   * @throws {TrainerError} where the core refuses: then the current run is still there, at rest; where the
   * current run was abandoned meanwhile.
   */
  async restore(checkpoint: Uint8Array): Promise<{ spec: RunSpec; progress: ProgressUpdate }> {
    const former = this.#run;
    const id = ++this.#runs;
    const restored = await this.#host.live.send("restore", { run: id, checkpoint });
    if (this.#run !== former) throw new TrainerError("superseded", strings.failures.superseded);
    const { spec, progress } = restored;
    this.#want(false);
    this.#run = { ...newRun(spec), id, step: progress.step, checkpoint };
    this.#auto.tell(spec);
    return restored;
  }

  /** The current run as bytes. */
  async save(): Promise<Uint8Array> {
    return this.#host.live.send("save", {});
  }

  /** Trains on a person's own images from now on; the current run ends once they are sound. */
  async importData(imports: Imports, seed: number): Promise<DataReport> {
    const report = await this.#data.import(this.#host.live, imports, seed);
    this.#run = undefined;
    return report;
  }

  /** Goes back to MNIST; the current run ends. `load` it again. */
  async useMnist(): Promise<void> {
    await this.#data.useMnist(this.isOpen ? this.#host.live : undefined);
    this.#run = undefined;
  }

  /** Adds an image to the training images of runs to come. */
  async addExample(example: Queries["addExample"]["args"]): Promise<void> {
    await this.#data.add(this.#host.live, example);
  }

  /** Asks something beside training. */
  async ask<N extends keyof Queries>(
    question: N,
    args: Queries[N]["args"],
  ): Promise<Queries[N]["result"]> {
    return this.#host.live.send(question, args);
  }

  /** Ends everything. */
  dispose(): void {
    this.#host.dispose();
  }

  #hear(event: Event): void {
    const run = this.#run;
    if (event.run !== 0 && event.run !== run?.id) return;
    if (event.type === "failed" && event.code === "device_lost") {
      this.#replace(new TrainerError(event.code, event.message));
      return;
    }
    if (run && event.type === "failed") run.wanted = false;
    if (run && event.type === "progress") {
      const { progress } = event;
      const first = run.imagesPerSecond === 0 && progress.imagesPerSecond > 0;
      run.step = progress.step;
      run.imagesPerSecond = Math.max(run.imagesPerSecond, progress.imagesPerSecond);
      // One that failed is told next to have: with its device it may be wanted on another.
      if (progress.state === "finished") run.wanted = false;
      if (first) void this.#auto.during();
      this.#expectNews(progress.state === "running");
      if (run.moving && progress.state === "paused") {
        run.withheld = progress;
        this.#setting.listen({ ...event, progress: { ...progress, state: "running" } });
        return;
      }
    }
    if (run && event.type === "checkpoint") {
      run.checkpoint = event.checkpoint.bytes;
      // It got further than before: whatever happened, this device is not beyond hope.
      this.#crashes = 0;
    }
    this.#setting.listen(event);
  }

  /** Starts a worker in place of one that died, and goes on with the run there. */
  #replace(death: TrainerError): void {
    const recovery: Promise<boolean> = this.#recover(death).catch((error: unknown) => {
      // The next worker died too: what comes of the one after it counts.
      if (this.#recovery !== recovery) return this.#recovery ?? false;
      const { code, message } = asTrainerError(error);
      if (code !== "superseded") this.#fail(code, message);
      return false;
    });
    this.#recovery = recovery;
  }

  async #recover(death: TrainerError): Promise<boolean> {
    const run = this.#run;
    const failed = this.#host.device;
    this.#crashes += 1;
    const device = this.#crashes < TRIES ? failed : this.#host.nextDevice;
    if (!device) {
      this.#fail(death.code, strings.failures.diedTwice(death.message));
      return false;
    }
    if (run) this.#setting.listen({ type: "recovering" });
    if (device !== failed) {
      this.#crashes = 0;
      this.#host.giveUpGpu(death.message);
    }
    await this.#host.reopen(device, death);
    await this.load();
    if (!run || this.#run !== run) return false;
    await this.#goOn(run, death);
    return true;
  }

  /** Goes on with a run on another worker: from its last checkpoint, or anew where it has none. */
  async #goOn(run: Run, death: TrainerError): Promise<void> {
    const { checkpoint, step: lostAt } = run;
    const tell = () => {
      if (lostAt === 0 || this.#run !== run) return;
      this.#setting.listen({ type: "recovered", to: run.step, lostAt, why: death.message });
    };
    run.step = 0;
    if (checkpoint) {
      run.id = ++this.#runs;
      const { live } = this.#host;
      const { progress } = await live.send("restore", { run: run.id, checkpoint });
      const { learningRate, epochs } = run.spec.train;
      // What was changed since then still holds.
      await live.send("update", { changes: { learningRate, epochs } });
      run.step = progress.step;
      tell();
      if (this.#run === run) {
        this.#setting.listen({ type: "progress", progress: { ...progress, epochs } });
      }
    } else {
      tell();
      const progress = await this.#begin(run);
      if (this.#run === run) this.#setting.listen({ type: "progress", progress });
    }
    if (this.#run !== run) return;
    if (run.wanted) await this.train();
    else if (run.stepping) await this.step();
  }

  /**
   * Goes on with a run in another worker, from just where it is. Where that fails, or something else is
   * wanted meanwhile, all stays as it is.
   */
  async #move(run: Run, spare: Spare, comparison: Comparison): Promise<void> {
    const { live } = this.#host;
    const stays = () => this.#run !== run || this.#host.client !== live;
    // What the worker in use was asked is answered before it ends.
    const answered = async () => {
      while (live.owes && !stays()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    };
    try {
      await this.#data.lend(spare.client);
      await answered();
      if (stays() || !run.wanted) return;
      run.moving = true;
      await live.send("pause", {});
      const checkpoint = await live.send("save", {});
      const id = ++this.#runs;
      const { progress } = await spare.client.send("restore", { run: id, checkpoint });
      await answered();
      if (stays()) return;
      const { learningRate, epochs } = run.spec.train;
      const updated = spare.client.send("update", { changes: { learningRate, epochs } });
      this.#host.adopt(spare);
      Object.assign(run, { id, checkpoint, moving: false, withheld: undefined });
      this.#crashes = 0;
      await updated;
      this.load().catch(() => undefined);
      this.#setting.listen({ type: "moved", comparison });
      if (this.#run?.wanted) await this.train();
      else this.#setting.listen({ type: "progress", progress });
    } catch {
      // What died under it is replaced like any other; what the spare one could not do, it need not.
    } finally {
      if (this.#host.client !== spare.client) this.#host.dropSpare();
      await this.#stay(run, live);
    }
  }

  /** Ends a move that came to nothing: the run goes on where it rests. */
  async #stay(run: Run, live: WorkerClient): Promise<void> {
    const { moving, withheld } = run;
    Object.assign(run, { moving: false, withheld: undefined });
    if (!moving || this.#run !== run || this.#host.client !== live || live.dead) return;
    if (run.wanted) await this.train().catch(() => undefined);
    else if (withheld) this.#setting.listen({ type: "progress", progress: withheld });
  }

  #begin(run: Run): Promise<ProgressUpdate> {
    const { spec, from } = run;
    run.id = ++this.#runs;
    return this.#host.live.send("create", { run: run.id, spec, from });
  }

  /**
   * Waits for a command. Where its worker dies under it, the run that goes on in another one
   * stands for the answer.
   *
   * @throws {TrainerError} what the command says, or `superseded` where the run could not go on:
   * that was told already.
   */
  async #survive(command: Promise<unknown>): Promise<void> {
    const { client } = this.#host;
    try {
      await command;
    } catch (error) {
      if (!client?.dead || !this.#recovery) throw error;
      if (!(await this.#recovery)) {
        throw new TrainerError("superseded", strings.failures.superseded);
      }
    }
  }

  #fail(code: FailureCode, message: string): void {
    this.#run = undefined;
    this.#setting.listen({ type: "failed", code, message });
  }

  /** Notes whether the run shall train, and so whether the worker should be heard from. */
  #want(training: boolean): void {
    if (this.#run) Object.assign(this.#run, { wanted: training, stepping: false });
    this.#expectNews(training);
  }

  #expectNews(busy: boolean): void {
    if (this.#host.client) this.#host.client.busy = busy;
  }
}

function newRun(spec: RunSpec, from?: Uint8Array): Run {
  return {
    id: 0,
    spec,
    from,
    step: 0,
    checkpoint: undefined,
    wanted: false,
    stepping: false,
    imagesPerSecond: 0,
    moving: false,
    withheld: undefined,
  };
}
