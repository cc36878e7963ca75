/**
 * The page's state: what the person set, what the core says of it, and the run. Panels read from
 * here and call its methods; nothing else talks to the trainer.
 */

import type { DataReport, DatasetSpec, Description, Preset, RunSpec } from "../generated/core";
import { strings } from "../strings";
import {
  TrainerError,
  type DeviceChoice,
  type EventBody,
  type ProgressUpdate,
  type Queries,
} from "../trainer/protocol";
import { asTrainerError, Trainer, type TrainerSetting } from "../trainer/trainer";
import { DataSet } from "./data-set.svelte";
import { Drawing } from "./drawing.svelte";
import { Examinations } from "./examinations.svelte";
import { Finder } from "./finder.svelte";
import { whole } from "./format";
import { Machine } from "./machine.svelte";
import { pendingChanges, type PendingChange } from "./pending-changes";
import { presetOf, type NumberProperty, type Property } from "./properties";
import { RunView } from "./run.svelte";
import { RunArchive } from "./runs.svelte";
import { Selection } from "./selection.svelte";
import { SpecEditor } from "./spec-editor.svelte";
import { Sweep } from "./sweep.svelte";
import { liveChanges, Travel } from "./travel.svelte";
import type { PageRequest } from "./url";

/** Something the person should know of, with what to do. */
export interface Notice {
  kind: "info" | "error";
  text: string;
}

/** How long Reset waits for the step in hand, in milliseconds. */
const PATIENCE_MS = 5000;

/** The one session of a page. */
export class Session {
  /** Train or Step was pressed and waits for device, data or compilation. */
  starting = $state(false);
  /** Pause was pressed and the step in hand is not done. */
  pausing = $state(false);
  /** Train was pressed although the spec has problems. */
  refused = $state(0);
  notices = $state.raw<Notice[]>([]);
  /** The runs of this visit that are over. */
  readonly archive = new RunArchive();
  readonly run = new RunView(this.archive, () => this.report?.device);
  /** Close looks at all images of a split, for the panels that show where the network errs. */
  readonly examinations = new Examinations(this);
  /** The image that was picked for other panels to look into. */
  readonly selection = new Selection();
  /** The images that runs are for. */
  readonly dataSet: DataSet;
  /** What the person drew. */
  readonly drawing = new Drawing();
  /** The past of the run in hand. */
  readonly travel: Travel;
  /** Many runs one after the other. */
  readonly sweep: Sweep;
  /** The test that suggests a learning rate. */
  readonly finder: Finder;

  readonly #editor: SpecEditor;
  readonly #machine: Machine;
  readonly #trainer: Trainer;
  #created = false;
  /** Counts what the person asked for, so that an older wish ends when a newer one comes. */
  #wish = 0;
  /** The preset that the run's spec was made from. */
  #runPreset: Preset | undefined;

  constructor(request: PageRequest, setting: Omit<TrainerSetting, "listen">) {
    this.notices = request.ignored.map(({ param, text }) => ({
      kind: "info",
      text: strings.problems.ignoredParam(param, text.slice(0, 60)),
    }));
    this.#trainer = new Trainer({ ...setting, listen: (event) => this.#hear(event) });
    this.#machine = new Machine(request.device, this.#trainer, (error) => this.#fail(error));
    const { run } = this;
    this.travel = new Travel({ run, trainer: this.#trainer });
    this.sweep = new Sweep({
      run,
      trainer: this.#trainer,
      ask: (question, args) => this.ask(question, args),
      rest: async () => {
        await this.#prepare();
        await this.#rest();
      },
    });
    this.finder = new Finder({
      prepare: () => this.#trainable(),
      ask: (question, args) => this.ask(question, args),
    });
    this.dataSet = new DataSet({
      trainer: this.#trainer,
      replaced: (dataset, report) => this.#useImages(dataset, report),
    });
    this.#editor = new SpecEditor(request.preset, request.spec, {
      adapt: (spec, dataset) => this.#trainer.ask("adapt", { spec, dataset }),
      describe: async (spec) => {
        const description = await this.#trainer.describe(spec);
        if (description.problems.length === 0) this.refused = 0;
        return description;
      },
      // A run that broke down takes no changes: those are for the next one.
      changeable: () =>
        this.#created && run.state !== "failed" && !this.sweep.active ? run.spec : undefined,
      change: async (changes) => {
        await this.#trainer.update(changes);
        this.run.updated(changes);
      },
    });
  }

  /** What the controls say; may be wrong in any way. */
  get spec(): RunSpec {
    return this.#editor.spec;
  }

  /** The preset it was last made from. */
  get preset(): Preset {
    return this.#editor.preset;
  }

  /** The preset that the spec equals; none once it was edited. */
  get matchingPreset() {
    return this.#editor.matchingPreset;
  }

  /** What is set otherwise than in the preset that the spec was made from. */
  get ownSettings() {
    return this.#editor.ownSettings;
  }

  /** Counts the times that the whole spec was replaced: what one wants to go back from. */
  get leaps() {
    return this.#editor.leaps;
  }

  /** What the core says of the spec; of the former one until it has looked. */
  get description() {
    return this.#editor.description;
  }

  /** The spec for who has not the images at hand. */
  get shareable() {
    return this.#editor.shareable;
  }

  /** What keeps the spec from being trained. */
  get problems() {
    return this.#editor.problems;
  }

  /** Every problem by the control that shows it. */
  get placed() {
    return this.#editor.placed;
  }

  /** Numbers that are half-typed. */
  get typing() {
    return this.#editor.typing;
  }

  /** The device that is wanted; opened with the next Reset where a run has begun. */
  get device() {
    return this.#machine.wanted;
  }

  /** The device that was opened. */
  get report() {
    return this.#machine.report;
  }

  /** How much of the data has arrived. */
  get data() {
    return this.#machine.data;
  }

  /** What was changed since the run was made and takes effect with the next one. */
  readonly outdated = $derived.by((): PendingChange[] => {
    const { spec, standing, active } = this.run;
    if (!spec || !(standing.step > 0 || active) || this.sweep.active) return [];
    const changed = pendingChanges(spec, this.spec);
    const { openedFor, wanted } = this.#machine;
    if (!openedFor || openedFor === wanted) return changed;
    const { labels, devices } = strings;
    return [...changed, { label: labels.device, from: devices[openedFor], to: devices[wanted] }];
  });

  /** Whether Train can be pressed to any effect, problems aside. */
  readonly canTrain = $derived(
    !this.starting && (this.run.state === "idle" || this.run.state === "paused"),
  );

  /** Whether there is something to pause. */
  readonly canPause = $derived(!this.pausing && (this.starting || this.run.active));

  /** Opens the device, and trains if that was asked for. */
  start(autostart: boolean): void {
    this.#machine.open();
    if (autostart) void this.train();
  }

  /** Replaces the spec by a preset's. */
  usePreset(preset: Preset): void {
    this.#editor.usePreset(preset);
  }

  /** Replaces the spec by one that was made from a preset. */
  useSpec(preset: Preset, spec: RunSpec): void {
    this.#editor.use(preset, spec);
  }

  /** Shows what an address says, which one came back to. */
  show({ preset, spec, device }: Pick<PageRequest, "preset" | "spec" | "device">): void {
    this.#editor.show(preset, spec);
    if (device !== this.device) this.setDevice(device);
  }

  /** Replaces the spec; the run in hand stays as it is. */
  edit(spec: RunSpec): void {
    this.#editor.edit(spec);
  }

  /** The core's word on another spec than the page's; none where there is no core to ask. */
  async judge(spec: RunSpec): Promise<Description | undefined> {
    return this.#trainer.describe(spec).catch(() => undefined);
  }

  /** Sets a number. A change that can act on the run in hand does so at once. */
  setNumber(property: NumberProperty, value: number): void {
    this.#editor.setNumber(property, value);
  }

  /** Sets anything to what its text says. */
  set(property: Property, text: string): void {
    this.edit(property.write(this.spec, text) ?? this.spec);
  }

  /** Puts the controls back to what the run in hand was made from. */
  undoChanges(): void {
    if (!this.run.spec) return;
    this.useSpec(this.#runPreset ?? this.preset, this.run.spec);
    this.#machine.wanted = this.#machine.openedFor ?? this.device;
  }

  /** Chooses a device: opened at once, or with the next Reset where a run has begun. */
  setDevice(device: DeviceChoice): void {
    this.#machine.wanted = device;
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

  /** Goes on from the earlier step that one looks at. */
  async continueFromHere(): Promise<void> {
    try {
      await this.travel.continueHere();
      await this.#bringLiveSettings();
    } catch (error) {
      this.#fail(error);
      return;
    }
    await this.train();
  }

  /** The run in hand as bytes; of a run that failed, its last checkpoint. */
  async saveRun(): Promise<Uint8Array> {
    const { last } = this.travel;
    return this.run.state === "failed" && last ? last.bytes : this.#trainer.save();
  }

  /**
   * Goes on with a saved run, whose settings the controls show then.
   *
   * @throws {TrainerError} where it cannot be had: then the run in hand goes on.
   */
  async openRun(bytes: Uint8Array): Promise<void> {
    await this.#inPlaceOfRun(async () => {
      const { spec, progress } = await this.#trainer.restore(bytes);
      const preset = presetOf(spec) ?? this.preset;
      this.#takeUp(preset, spec, progress);
      this.useSpec(preset, spec);
    });
  }

  /**
   * Trains a new run of what the controls say, whose first layers begin with what a saved run has
   * learned.
   *
   * @throws {TrainerError} where they do not fit: then the run in hand goes on.
   */
  async fineTune(from: Uint8Array): Promise<void> {
    const spec = await this.#trainable();
    if (!spec) return;
    await this.#inPlaceOfRun(async () => {
      const progress = await this.#trainer.create(spec, from);
      if (progress) this.#takeUp(this.preset, spec, progress);
    });
    await this.train();
  }

  /** Stops after the step in hand. */
  async pause(): Promise<void> {
    this.#wish += 1;
    this.starting = false;
    if (!this.#created && !this.sweep.active) {
      this.run.state = "idle";
      return;
    }
    this.pausing = true;
    await this.#trainer.pause().catch((error: unknown) => this.#fail(error));
    this.pausing = false;
  }

  /** Forgets the run, and opens the chosen device where that is not the one at hand. */
  reset(): void {
    if (this.sweep.active) {
      this.sweep.stop();
      return;
    }
    this.#wish += 1;
    this.starting = false;
    const stopped = this.#trainer.abandon(PATIENCE_MS);
    this.#created = false;
    this.travel.clear();
    this.run.clear();
    this.#editor.forgetRefusals();
    const reopen = this.#machine.outdated;
    // What was said of the device still holds where it stays.
    this.notices = reopen ? [] : this.notices.filter(({ kind }) => kind === "info");
    if (reopen) this.#machine.open();
    else this.#machine.reopenUnless(stopped);
  }

  /** Trains anew with what the controls say, unless that cannot be trained: then the run stays. */
  async restart(): Promise<void> {
    const wish = this.#wish;
    await this.#editor.settled();
    if (wish !== this.#wish) return;
    if (this.problems.length > 0) {
      this.refused += 1;
      return;
    }
    this.reset();
    await this.train();
  }

  /** Asks the core something beside training; a panel shows the error where it fails. */
  ask<N extends keyof Queries>(
    question: N,
    args: Queries[N]["args"],
  ): Promise<Queries[N]["result"]> {
    return this.#trainer.ask(question, args);
  }

  /** Goes back to MNIST; the run in hand ends. */
  async useMnist(): Promise<void> {
    await this.dataSet.useMnist().catch((error: unknown) => this.#fail(error));
  }

  /** Takes a notice away. */
  dismiss(notice: Notice): void {
    this.notices = this.notices.filter((other) => other !== notice);
  }

  /** Gets everything ready, then does `act`, unless something else was asked for meanwhile. */
  async #go(act: () => Promise<void>): Promise<void> {
    const wish = ++this.#wish;
    const stillWanted = () => wish === this.#wish;
    this.starting = true;
    const fresh = this.run.standing.step === 0;
    if (fresh && this.problems.length === 0) this.run.state = "warming";
    try {
      if (!(await this.#machine.ready) || !stillWanted()) return;
      if (this.sweep.active) {
        await act();
        return;
      }
      // What was just typed counts.
      await this.#editor.settled();
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
      // Where one only looked back, it goes on from the newest.
      await this.travel.leave();
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
    this.#runPreset = this.preset;
    this.#created = true;
    const progress = await this.#trainer.create(spec);
    if (progress) this.#progress(progress);
  }

  /** Resolves once a run can be made. */
  async #prepare(): Promise<void> {
    if (!(await this.#machine.ready)) {
      throw new TrainerError("device_unavailable", strings.failures.notOpen);
    }
    await this.#trainer.load();
  }

  /** What the controls say, once a run of it can be made; none where it cannot be trained. */
  async #trainable(): Promise<RunSpec | undefined> {
    await this.#prepare();
    await this.#editor.settled();
    if (this.problems.length === 0) return this.spec;
    this.refused += 1;
    return undefined;
  }

  /** Resolves once the run in hand stands still, at its newest. */
  async #rest(): Promise<void> {
    if (this.starting || this.run.active) await this.pause();
    await this.travel.leave();
  }

  /** Does what puts another run in the place of the one in hand, which goes on where that fails. */
  async #inPlaceOfRun(act: () => Promise<void>): Promise<void> {
    const going = this.run.active;
    await this.#prepare();
    await this.#rest();
    try {
      await act();
    } catch (error) {
      if (going) void this.train();
      throw error;
    }
  }

  /** Brings to the run in hand what the controls say and may change while it goes on. */
  async #bringLiveSettings(): Promise<void> {
    await this.#editor.settled();
    const changed = this.run.spec && liveChanges(this.run.spec, this.spec);
    if (!changed || this.problems.length > 0) return;
    await this.#trainer.update(changed);
    this.run.updated(changed);
  }

  /** Shows another run in place of the one in hand. */
  #takeUp(preset: Preset, spec: RunSpec, progress: ProgressUpdate): void {
    this.#wish += 1;
    this.starting = false;
    this.travel.clear();
    this.run.clear();
    this.#editor.forgetRefusals();
    this.notices = this.notices.filter(({ kind }) => kind !== "error");
    this.run.spec = spec;
    this.#runPreset = preset;
    this.#created = true;
    this.#progress(progress);
  }

  #progress(progress: ProgressUpdate): void {
    // A new run reports that it is idle, although it is about to be trained.
    const begins = progress.state === "idle" && this.starting;
    this.run.progress(begins ? { ...progress, state: "warming" } : progress);
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
        // What no control is at fault for is said once, here.
        if (failure.problems.length === 0) this.#tell("error", failure.message);
        void this.#editor.describe();
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

  /** There are other images: the run in hand is over, and the controls become such that they fit. */
  async #useImages(dataset: DatasetSpec, report: DataReport | undefined): Promise<void> {
    this.#wish += 1;
    this.starting = false;
    this.#created = false;
    this.sweep.drop();
    this.travel.clear();
    this.run.clear();
    this.#editor.forgetRefusals();
    this.selection.image = undefined;
    this.#machine.replaceData(report);
    await this.#editor.fitTo(dataset);
  }

  /** A fresh worker goes on with the run, from a step that may be an earlier one. */
  #recovered({ to, lostAt, why }: Extract<EventBody, { type: "recovered" }>): void {
    const { stepsPerEpoch } = this.run.standing;
    // Where one looks back, the run itself has lost nothing.
    if (!this.travel.place) this.run.goBack({ step: to, epoch: Math.ceil(to / stepsPerEpoch) });
    this.#tell("info", strings.notices.recovered(whole(to), whole(lostAt), why));
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
        void this.#editor.describe();
        break;
      case "ready":
      case "data":
        this.#machine.hear(event);
        break;
      case "dataFailed":
        this.#tell("error", strings.data.failed(event.message));
        break;
      case "importing":
        this.dataSet.hear(event);
        break;
      case "importedAgain":
        this.#machine.hear(event);
        break;
      case "importLost":
        this.#tell("error", strings.dataSet.lost(this.dataSet.name ?? "", event.why));
        this.dataSet.hear(event);
        break;
      case "warming":
        this.run.state = "warming";
        break;
      case "progress":
        this.#progress(event.progress);
        break;
      case "checkpoint":
        if (!this.sweep.active) this.travel.take(event.checkpoint);
        break;
      case "rangeTest":
        this.finder.hear(event.progress);
        break;
      case "recovering":
        this.run.state = "warming";
        break;
      case "recovered":
        this.#recovered(event);
        break;
      case "evaluated":
        this.run.evaluated(event.evaluation);
        break;
      case "degraded":
        this.#tell("info", strings.notices.degraded(event.to, event.why));
        break;
      case "failed":
        if (this.sweep.active) this.run.state = "failed";
        else this.#stop(event);
        this.sweep.ended();
        break;
      case "finished":
        this.sweep.ended();
        break;
      case "crashed":
        break;
    }
  }
}
