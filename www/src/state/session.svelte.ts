/**
 * The page's state: what the person set, what the core says of it, and the run. Panels read from
 * here and call what is here; nothing else talks to the trainer.
 */

import type { DataReport, DatasetSpec, Description, Preset, RunSpec } from "../generated/core";
import { strings } from "../strings";
import type { DeviceChoice, Queries } from "../trainer/protocol";
import { Trainer, type TrainerSetting } from "../trainer/trainer";
import { Checkpoints } from "./checkpoints";
import { DataSet } from "./data-set.svelte";
import { Drawing } from "./drawing.svelte";
import { Examinations } from "./examinations.svelte";
import { Finder } from "./finder.svelte";
import { hearing } from "./hearing";
import { Machine } from "./machine.svelte";
import { Notices } from "./notices.svelte";
import { pendingChanges, type PendingChange } from "./pending-changes";
import type { NumberProperty, Property } from "./properties";
import { RunControl } from "./run-control.svelte";
import { RunView } from "./run.svelte";
import { RunArchive } from "./runs.svelte";
import { Selection } from "./selection.svelte";
import { SpecEditor } from "./spec-editor.svelte";
import { Sweep } from "./sweep.svelte";
import { Travel } from "./travel.svelte";
import type { PageRequest } from "./url";

/** The one session of a page. */
export class Session {
  /** What the person is told of beside what panels show. */
  readonly notices = new Notices();
  /** The runs of this visit that are over. */
  readonly archive = new RunArchive();
  readonly run = new RunView(this.archive, () => this.report?.device);
  /** What drives the run. */
  readonly control: RunControl;
  /** Runs as files. */
  readonly checkpoints: Checkpoints;
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

  constructor(request: PageRequest, setting: Omit<TrainerSetting, "listen">) {
    for (const { param, text } of request.ignored) {
      this.notices.tell("info", strings.problems.ignoredParam(param, text.slice(0, 60)));
    }
    const trainer = new Trainer({ ...setting, listen: (event) => hear(event) });
    const machine = new Machine(request.device, trainer, (error) => this.control.fail(error));
    const { notices, run } = this;
    this.#trainer = trainer;
    this.#machine = machine;
    this.travel = new Travel({ run, trainer });
    this.sweep = new Sweep({
      run,
      trainer,
      ask: (question, args) => this.ask(question, args),
      rest: async () => {
        await this.control.prepare();
        await this.control.rest();
      },
    });
    this.finder = new Finder({
      prepare: () => this.control.trainable(),
      ask: (question, args) => this.ask(question, args),
    });
    this.dataSet = new DataSet({
      trainer,
      opened: () => machine.ready,
      replaced: (dataset, report) => this.#useImages(dataset, report),
    });
    const editor = new SpecEditor(request.preset, request.spec, {
      adapt: (spec, dataset) => trainer.ask("adapt", { spec, dataset }),
      describe: async (spec) => {
        const description = await trainer.describe(spec);
        if (description.problems.length === 0) this.control.refused = 0;
        return description;
      },
      changeable: () => this.control.changeable,
      change: (changes) => this.control.update(changes),
    });
    this.#editor = editor;
    const { dataSet, finder, sweep, travel } = this;
    const control = new RunControl({ run, editor, machine, notices, sweep, trainer, travel });
    this.control = control;
    this.checkpoints = new Checkpoints({ run, control, editor, travel, trainer });
    const parts = { run, control, dataSet, editor, finder, machine, notices, sweep, travel };
    const hear = hearing(parts);
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

  /** How fast each device is with the network of the run in hand, where both have shown it. */
  get comparison() {
    return this.#machine.comparison;
  }

  /** How much of the data has arrived. */
  get data() {
    return this.#machine.data;
  }

  /** A word of its own, so that not every report has the specs compared. */
  readonly #begun = $derived.by(() => this.run.standing.step > 0 || this.run.active);

  /** What was changed since the run was made and takes effect with the next one. */
  readonly outdated = $derived.by((): PendingChange[] => {
    const { spec } = this.run;
    if (!spec || !this.#begun || this.sweep.active) return [];
    const changed = pendingChanges(spec, this.spec);
    const { openedFor, wanted } = this.#machine;
    if (!openedFor || openedFor === wanted) return changed;
    const { labels, devices } = strings;
    return [...changed, { label: labels.device, from: devices[openedFor], to: devices[wanted] }];
  });

  /** Opens the device, and trains if that was asked for. */
  start(autostart: boolean): void {
    this.#machine.open();
    if (autostart) void this.control.train();
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
    this.useSpec(this.control.preset ?? this.preset, this.run.spec);
    this.#machine.wanted = this.#machine.openedFor ?? this.device;
  }

  /** Chooses a device: opened at once, or with the next Reset where a run has begun. */
  setDevice(device: DeviceChoice): void {
    this.#machine.wanted = device;
    const { control, run } = this;
    if (run.standing.step === 0 && !control.starting && !run.active) control.reset();
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
    await this.dataSet.useMnist().catch((error: unknown) => this.control.fail(error));
  }

  /** There are other images: the run in hand is over, and the controls become such that they fit. */
  async #useImages(dataset: DatasetSpec, report: DataReport | undefined): Promise<void> {
    this.sweep.drop();
    this.control.drop();
    this.selection.image = undefined;
    this.#machine.replaceData(report);
    await this.#editor.fitTo(dataset);
  }
}
