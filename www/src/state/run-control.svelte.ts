/**
 * Train, Pause, Step and Reset: makes the run of what the controls say once all that it needs is
 * there, keeps it going, and ends it.
 */

import type { Changes, Preset, RunSpec } from "../generated/core";
import { strings } from "../strings";
import { TrainerError, type ProgressUpdate } from "../trainer/protocol";
import { asTrainerError, type Trainer } from "../trainer/trainer";
import type { Machine } from "./machine.svelte";
import type { Notices } from "./notices.svelte";
import type { RunView } from "./run.svelte";
import type { SpecEditor } from "./spec-editor.svelte";
import type { Sweep } from "./sweep.svelte";
import { liveChanges, type Travel } from "./travel.svelte";

/** What it works with. */
export interface RunControlSetting {
  run: RunView;
  editor: SpecEditor;
  machine: Machine;
  notices: Notices;
  sweep: Sweep;
  trainer: Trainer;
  travel: Travel;
}

/** How long Reset waits for the step in hand, in milliseconds. */
const PATIENCE_MS = 5000;

/** What drives the run of a page. */
export class RunControl {
  /** Train or Step was pressed and waits for device, data or compilation. */
  starting = $state(false);
  /** Pause was pressed and the step in hand is not done. */
  pausing = $state(false);
  /** Counts how often Train was pressed although the spec has problems. */
  refused = $state(0);

  readonly #setting: RunControlSetting;
  #created = false;
  /** Counts what the person asked for, so that an older wish ends when a newer one comes. */
  #wish = 0;
  /** The preset that the run's spec was made from. */
  #preset: Preset | undefined;

  constructor(setting: RunControlSetting) {
    this.#setting = setting;
  }

  /** Whether Train can be pressed to any effect, problems aside. */
  readonly canTrain = $derived.by(() => {
    const { state } = this.#setting.run;
    return !this.starting && (state === "idle" || state === "paused");
  });

  /** Whether there is something to pause. */
  readonly canPause = $derived.by(
    () => !this.pausing && (this.starting || this.#setting.run.active),
  );

  /** The preset that the run in hand was made from; none before the first run. */
  get preset(): Preset | undefined {
    return this.#preset;
  }

  /** What a run was made from that takes changes: one that broke down leaves them to the next. */
  get changeable(): RunSpec | undefined {
    const { run, sweep } = this.#setting;
    return this.#created && run.state !== "failed" && !sweep.active ? run.spec : undefined;
  }

  /** Trains until told otherwise. Waits by itself for what is not there yet. */
  async train(): Promise<void> {
    if (this.canTrain) await this.#go(() => this.#setting.trainer.train());
  }

  /** Trains one step. */
  async step(): Promise<void> {
    if (this.canTrain) await this.#go(() => this.#setting.trainer.step());
  }

  /** Stops after the step in hand. */
  async pause(): Promise<void> {
    const { run, sweep, trainer } = this.#setting;
    this.#wish += 1;
    this.starting = false;
    if (!this.#created && !sweep.active) {
      run.state = "idle";
      return;
    }
    this.pausing = true;
    await trainer.pause().catch((error: unknown) => this.fail(error));
    this.pausing = false;
  }

  /** Forgets the run, and opens the chosen device where that is not the one at hand. */
  reset(): void {
    const { machine, notices, sweep, trainer } = this.#setting;
    if (sweep.active) {
      sweep.stop();
      return;
    }
    const stopped = trainer.abandon(PATIENCE_MS);
    this.drop();
    if (machine.outdated) {
      notices.clear();
      machine.open();
      return;
    }
    // What was said of the device still holds.
    notices.dismissErrors();
    machine.reopenUnless(stopped);
  }

  /** Trains anew with what the controls say, unless that cannot be trained: then the run stays. */
  async restart(): Promise<void> {
    const { editor } = this.#setting;
    const wish = this.#wish;
    await editor.settled();
    if (wish !== this.#wish) return;
    if (editor.problems.length > 0) {
      this.refused += 1;
      return;
    }
    this.reset();
    await this.train();
  }

  /** Goes on from the earlier step that one looks at. */
  async continueFromHere(): Promise<void> {
    try {
      await this.#setting.travel.continueHere();
      await this.#bringLiveSettings();
    } catch (error) {
      this.fail(error);
      return;
    }
    await this.train();
  }

  /** Changes what may change while the run goes on. */
  async update(changes: Changes): Promise<void> {
    const { run, trainer } = this.#setting;
    await trainer.update(changes);
    run.updated(changes);
  }

  /** Resolves once a run can be made. */
  async prepare(): Promise<void> {
    const { machine, trainer } = this.#setting;
    if (!(await machine.ready)) {
      throw new TrainerError("device_unavailable", strings.failures.notOpen);
    }
    await trainer.load();
  }

  /** What the controls say, once a run of it can be made; none where it cannot be trained. */
  async trainable(): Promise<RunSpec | undefined> {
    const { editor } = this.#setting;
    await this.prepare();
    await editor.settled();
    if (editor.problems.length === 0) return editor.spec;
    this.refused += 1;
    return undefined;
  }

  /** Resolves once the run in hand stands still, at its newest. */
  async rest(): Promise<void> {
    const { run, travel } = this.#setting;
    if (this.starting || run.active) await this.pause();
    await travel.leave();
  }

  /** Ends the run in hand, and whatever was to come of it. */
  drop(): void {
    const { editor, run, travel } = this.#setting;
    this.#wish += 1;
    this.starting = false;
    this.#created = false;
    travel.clear();
    run.clear();
    editor.forgetRefusals();
  }

  /** Shows another run in place of the one in hand. */
  takeUp(preset: Preset, spec: RunSpec, progress: ProgressUpdate): void {
    this.drop();
    this.#setting.notices.dismissErrors();
    this.#began(preset, spec);
    this.progress(progress);
  }

  /** Takes in what the run reports. */
  progress(progress: ProgressUpdate): void {
    // A new run reports that it is idle, although it is about to be trained.
    const begins = progress.state === "idle" && this.starting;
    this.#setting.run.progress(begins ? { ...progress, state: "warming" } : progress);
  }

  /** Takes in that the run cannot go on. */
  stop(message: string): void {
    const { notices, run } = this.#setting;
    this.starting = false;
    run.state = "failed";
    notices.tell("error", message);
  }

  /** Takes in that what was asked for failed, and says what to do about it. */
  fail(error: unknown): void {
    const { editor, machine, notices, run } = this.#setting;
    const { code, message, problems } = asTrainerError(error);
    const resting = run.standing.step === 0 ? "idle" : "paused";
    switch (code) {
      case "superseded":
        break;
      case "invalid_spec":
        this.#created = false;
        run.state = resting;
        this.refused += 1;
        // What no control is at fault for is said once, here.
        if (problems.length === 0) notices.tell("error", message);
        void editor.describe();
        break;
      case "network":
      case "bad_data":
        if (machine.report) {
          // The device is fine; what is missing can be asked for again.
          run.state = resting;
          notices.tell("error", strings.data.failed(message));
          break;
        }
        this.stop(message);
        break;
      case "device_unavailable":
      case "self_test_failed":
        this.stop(strings.notices.chooseAnother(message));
        break;
      default:
        this.stop(message);
    }
  }

  /** Gets everything ready, then does `act`, unless something else was asked for meanwhile. */
  async #go(act: () => Promise<void>): Promise<void> {
    const { editor, machine, notices, run, sweep, trainer, travel } = this.#setting;
    const wish = ++this.#wish;
    const stillWanted = () => wish === this.#wish;
    this.starting = true;
    const fresh = run.standing.step === 0;
    if (fresh && editor.problems.length === 0) run.state = "warming";
    try {
      if (!(await machine.ready) || !stillWanted()) return;
      if (sweep.active) {
        await act();
        return;
      }
      // What was just typed counts.
      await editor.settled();
      if (!stillWanted()) return;
      if (editor.problems.length > 0) {
        if (fresh) run.state = "idle";
        this.refused += 1;
        return;
      }
      if (fresh) run.state = "warming";
      notices.dismissErrors();
      await trainer.load();
      if (!stillWanted()) return;
      // Where one only looked back, it goes on from the newest.
      await travel.leave();
      await this.#ensureRun();
      if (stillWanted()) await act();
    } catch (error) {
      if (stillWanted()) this.fail(error);
    } finally {
      if (stillWanted()) this.starting = false;
    }
  }

  /** Makes a run, unless there is one that has begun or is just what the controls say. */
  async #ensureRun(): Promise<void> {
    const { editor, run, trainer } = this.#setting;
    const begun = run.standing.step > 0;
    const { preset, spec } = editor;
    if (this.#created && (begun || run.spec === spec)) return;
    this.#began(preset, spec);
    try {
      const progress = await trainer.create(spec);
      if (progress) this.progress(progress);
    } catch (error) {
      // The next Train makes one, unless another one was made meanwhile.
      if (asTrainerError(error).code !== "superseded") this.#created = false;
      throw error;
    }
  }

  #began(preset: Preset, spec: RunSpec): void {
    this.#setting.run.spec = spec;
    this.#preset = preset;
    this.#created = true;
  }

  /** Brings to the run in hand what the controls say and may change while it goes on. */
  async #bringLiveSettings(): Promise<void> {
    const { editor, run } = this.#setting;
    await editor.settled();
    const changed = run.spec && liveChanges(run.spec, editor.spec);
    if (changed && editor.problems.length === 0) await this.update(changed);
  }
}
