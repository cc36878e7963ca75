/**
 * The page's state: what the person set, what the core says of it, and the run. Panels read from
 * here and call its methods; nothing else talks to the trainer.
 */

import type {
  Changes,
  DatasetName,
  Description,
  DeviceReport,
  OptimizerSpec,
  Preset,
  Problem,
  RunSpec,
} from "../generated/core";
import { PRESETS } from "../generated/limits";
import { strings } from "../strings";
import type { DeviceChoice, EventBody, TrainerError } from "../trainer/protocol";
import { asTrainerError, Trainer, type TrainerSetting } from "../trainer/trainer";
import { blockFields } from "./layer-fields";
import { blocks } from "./layers";
import { placeProblems } from "./problems";
import * as properties from "./properties";
import { RunView } from "./run.svelte";
import type { PageRequest } from "./url";

/** Images of one part of the data. */
interface Loaded {
  loaded: number;
  total: number;
}

/** Something the person should know of, with what to do. */
export interface Notice {
  kind: "info" | "error";
  text: string;
}

/** How long Reset waits for the step in hand, in milliseconds. */
const PATIENCE_MS = 5000;

/** The one session of a page. */
export class Session {
  /** What the controls say; may be wrong in any way. Replaced, never changed in place. */
  spec = $state.raw<RunSpec>(PRESETS.MLP);
  /** The preset it was last made from. */
  preset = $state<Preset>("MLP");
  device = $state<DeviceChoice>("auto");
  /** What the core says of the spec; of the former one until it has looked. */
  description = $state.raw<Description | undefined>();
  /** The device that was opened. */
  report = $state.raw<DeviceReport | undefined>();
  data = $state.raw<Record<"train" | "test", Loaded>>({
    train: { loaded: 0, total: 0 },
    test: { loaded: 0, total: 0 },
  });
  /** Train or Step was pressed and waits for device, data or compilation. */
  starting = $state(false);
  /** Pause was pressed and the step in hand is not done. */
  pausing = $state(false);
  /** Train was pressed although the spec has problems. */
  refused = $state(0);
  notices = $state.raw<Notice[]>([]);
  readonly run = new RunView();

  /** What the run in hand refused of a change, beside what `describe` finds. */
  #liveProblems = $state.raw<Problem[]>([]);
  /** The choice that the open device was opened for. */
  #openedFor = $state<DeviceChoice | undefined>();
  readonly #trainer: Trainer;
  #ready: Promise<boolean> = Promise.resolve(false);
  #created = false;
  /** Counts what the person asked for, so that an older wish ends when a newer one comes. */
  #wish = 0;
  /** The question that the core is being asked about the spec; resolves with its answer. */
  #described: Promise<void> | undefined;
  #describeAgain = false;
  /** What was set by hand and may act on the run in hand. */
  #touched: properties.NumberProperty[] = [];

  constructor(request: PageRequest, setting: Omit<TrainerSetting, "listen">) {
    this.spec = request.spec;
    this.preset = request.preset;
    this.device = request.device;
    this.notices = request.ignored.map(({ param, text }) => ({
      kind: "info",
      text: strings.problems.ignoredParam(param, text.slice(0, 60)),
    }));
    this.#trainer = new Trainer({ ...setting, listen: (event) => this.#hear(event) });
  }

  /** The preset that the spec equals; none once it was edited. */
  readonly matchingPreset = $derived(properties.presetOf(this.spec));

  /** What keeps the spec from being trained. */
  readonly problems = $derived(this.description?.problems ?? []);

  /** Every problem by the control that shows it. */
  readonly placed = $derived.by(() => {
    const { layers } = this.spec.model;
    return placeProblems(
      [...this.problems, ...this.#liveProblems],
      [
        properties.learningRate.field,
        properties.batchSize.field,
        properties.epochs.field,
        properties.seed.field,
        properties.optimizer.field,
        ...(properties.momentum.get(this.spec) === undefined ? [] : [properties.momentum.field]),
        ...blocks(layers).flatMap((block) => blockFields(layers, block)),
        "model",
      ],
    );
  });

  /** Labels of what was changed since the run was made and takes effect with the next one. */
  readonly outdated = $derived.by(() => {
    if (!this.run.spec || this.run.standing.step === 0) return [];
    const labels = properties.differences(this.spec, this.run.spec).map(({ label }) => label);
    return this.device === this.#openedFor ? labels : [...labels, strings.labels.device];
  });

  /** Whether Train can be pressed to any effect, problems aside. */
  readonly canTrain = $derived(
    !this.starting && (this.run.state === "idle" || this.run.state === "paused"),
  );

  /** Whether there is something to pause. */
  readonly canPause = $derived(!this.pausing && (this.starting || this.run.active));

  /** Opens the device, and trains if that was asked for. */
  start(autostart: boolean): void {
    this.#open();
    if (autostart) void this.train();
  }

  /** Replaces the spec by a preset's. */
  usePreset(preset: Preset): void {
    this.preset = preset;
    this.#touched = [];
    this.edit(PRESETS[preset]);
  }

  /** Replaces the spec; the run in hand stays as it is. */
  edit(spec: RunSpec): void {
    this.spec = spec;
    this.#liveProblems = [];
    void this.#describe();
  }

  /** Sets a number. A change that can act on the run in hand does so at once. */
  setNumber(property: properties.NumberProperty, value: number): void {
    if (property.live) this.#touched.push(property);
    this.edit(property.set(this.spec, value));
  }

  /** Sets the optimizer, with its usual parameters. */
  setOptimizer(type: OptimizerSpec["type"]): void {
    this.edit(properties.optimizer.write(this.spec, type) ?? this.spec);
  }

  /** Sets the data set. */
  setDataset(dataset: DatasetName): void {
    this.edit({ ...this.spec, data: { ...this.spec.data, dataset } });
  }

  /** Chooses a device: opened at once, or with the next Reset where a run has begun. */
  setDevice(device: DeviceChoice): void {
    this.device = device;
    if (this.run.standing.step === 0 && !this.starting && !this.run.active) this.reset();
  }

  /** Trains until told otherwise. Waits by itself for what is not there yet. */
  async train(): Promise<void> {
    if (this.canTrain) await this.#go(() => this.#trainer.train());
  }

  /** Trains one step. */
  async step(): Promise<void> {
    if (this.canTrain) await this.#go(() => this.#trainer.step());
  }

  /** Stops after the step in hand. */
  async pause(): Promise<void> {
    this.#wish += 1;
    this.starting = false;
    if (!this.#created) {
      this.run.state = "idle";
      return;
    }
    this.pausing = true;
    await this.#trainer.pause().catch((error: unknown) => this.#fail(error));
    this.pausing = false;
  }

  /** Forgets the run, and opens the chosen device where that is not the one at hand. */
  reset(): void {
    this.#wish += 1;
    this.starting = false;
    const stopped = this.#trainer.abandon(PATIENCE_MS);
    this.#created = false;
    this.run.clear();
    this.#liveProblems = [];
    const reopen = this.device !== this.#openedFor || !this.#trainer.isOpen;
    // What was said of the device still holds where it stays.
    this.notices = reopen ? [] : this.notices.filter(({ kind }) => kind === "info");
    if (reopen) this.#open();
    else this.#ready = this.#reopenUnless(stopped, this.#ready);
  }

  /** Takes a notice away. */
  dismiss(notice: Notice): void {
    this.notices = this.notices.filter((other) => other !== notice);
  }

  #open(): void {
    this.report = undefined;
    this.data = { train: { loaded: 0, total: 0 }, test: { loaded: 0, total: 0 } };
    this.#openedFor = this.device;
    this.#ready = this.#openDevice(this.device);
  }

  /** A worker that does not stop is replaced: the person shall not wait for a step of minutes. */
  async #reopenUnless(stopped: Promise<boolean>, ready: Promise<boolean>): Promise<boolean> {
    if (await stopped) return ready;
    this.#open();
    return this.#ready;
  }

  async #openDevice(choice: DeviceChoice): Promise<boolean> {
    try {
      this.report = await this.#trainer.open(choice);
    } catch (error) {
      this.#fail(error);
      return false;
    }
    // Its failure is told when it is needed: by Train.
    this.#trainer.load().catch(() => undefined);
    return true;
  }

  /** Gets everything ready, then does `act`, unless something else was asked for meanwhile. */
  async #go(act: () => Promise<void>): Promise<void> {
    const wish = ++this.#wish;
    const stillWanted = () => wish === this.#wish;
    this.starting = true;
    const fresh = this.run.standing.step === 0;
    if (fresh && this.problems.length === 0) this.run.state = "warming";
    try {
      if (!(await this.#ready) || !stillWanted()) return;
      // What was just typed counts.
      await this.#described;
      if (!stillWanted()) return;
      if (this.problems.length > 0) {
        if (fresh) this.run.state = "idle";
        this.refused += 1;
        return;
      }
      if (fresh) this.run.state = "warming";
      this.notices = this.notices.filter(({ kind }) => kind !== "error");
      await this.#trainer.load();
      if (!stillWanted()) return;
      await this.#ensureRun();
      if (stillWanted()) await act();
    } catch (error) {
      if (stillWanted()) this.#fail(error);
    } finally {
      if (stillWanted()) this.starting = false;
    }
  }

  /** Makes a run, unless there is one that has begun or is just what the controls say. */
  async #ensureRun(): Promise<void> {
    const begun = this.run.standing.step > 0;
    const { spec } = this;
    if (this.#created && (begun || this.run.spec === spec)) return;
    this.run.spec = spec;
    this.#created = true;
    await this.#trainer.create(spec);
  }

  #fail(error: unknown): void {
    const failure = asTrainerError(error);
    if (failure.code === "superseded") return;
    const resting = this.run.standing.step === 0 ? "idle" : "paused";
    switch (failure.code) {
      case "invalid_spec":
        this.#created = false;
        this.run.state = resting;
        this.refused += 1;
        void this.#describe();
        break;
      case "network":
      case "bad_data":
        if (this.report) {
          // The device is fine; what is missing can be asked for again.
          this.run.state = resting;
          this.#tell("error", strings.data.failed(failure.message));
          break;
        }
        this.#stop(failure);
        break;
      case "device_unavailable":
      case "self_test_failed":
        this.#stop({ message: strings.notices.chooseAnother(failure.message) });
        break;
      default:
        this.#stop(failure);
    }
  }

  #stop(failure: Pick<TrainerError, "message">): void {
    this.starting = false;
    this.run.state = "failed";
    this.#tell("error", failure.message);
  }

  #tell(kind: Notice["kind"], text: string): void {
    if (!this.notices.some((notice) => notice.text === text)) {
      this.notices = [...this.notices, { kind, text }];
    }
  }

  #hear(event: EventBody): void {
    switch (event.type) {
      case "started":
        void this.#describe();
        break;
      case "ready":
        this.report = event.report;
        break;
      case "data":
        this.data = {
          ...this.data,
          [event.part]: { loaded: event.loadedImages, total: event.totalImages },
        };
        break;
      case "dataFailed":
        this.#tell("error", strings.data.failed(event.message));
        break;
      case "warming":
        this.run.state = "warming";
        break;
      case "progress":
        // A new run reports that it is idle, although it is about to be trained.
        this.run.progress(
          event.progress.state === "idle" && this.starting
            ? { ...event.progress, state: "warming" }
            : event.progress,
        );
        break;
      case "evaluated":
        this.run.evaluated(event.evaluation);
        break;
      case "degraded":
        this.#tell("info", strings.notices.degraded(event.to, event.why));
        break;
      case "failed":
        this.#stop(event);
        break;
      case "finished":
      case "crashed":
        break;
    }
  }

  /** Asks the core about the spec: one question at a time, the last one always. */
  #describe(): Promise<void> {
    this.#describeAgain = true;
    this.#described ??= this.#ask();
    return this.#described;
  }

  async #ask(): Promise<void> {
    while (this.#describeAgain) {
      this.#describeAgain = false;
      try {
        this.description = await this.#trainer.describe(this.spec);
        await this.#updateRun();
      } catch {
        // The worker ended under the question; the next one that starts is asked again.
      }
    }
    if (this.problems.length === 0) this.refused = 0;
    this.#described = undefined;
  }

  /** Brings to the run what may change mid-run and was set by hand, each by itself. */
  async #updateRun(): Promise<void> {
    const { run } = this;
    const touched = this.#touched;
    this.#touched = [];
    if (!this.#created || !run.spec) return;
    for (const property of touched) {
      const { field } = property;
      const value = property.get(this.spec);
      const sound = !this.problems.some((problem) => problem.field === field);
      if (!sound || value === undefined || value === property.get(run.spec)) continue;
      const changes: Changes =
        property === properties.epochs ? { epochs: value } : { learningRate: value };
      try {
        await this.#trainer.update(changes);
        run.updated(changes);
      } catch (error) {
        const { message } = asTrainerError(error);
        this.#liveProblems = [...this.#liveProblems, { field, code: "out_of_range", message }];
      }
    }
  }
}
