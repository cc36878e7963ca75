/** Runs as files: the run in hand is saved, and one that was saved takes its place. */

import type { Preset, RunSpec } from "../generated/core";
import { asTrainerError, type Trainer } from "../trainer/trainer";
import { presetOf } from "./properties";
import type { RunControl } from "./run-control.svelte";
import type { RunView } from "./run.svelte";
import type { SpecEditor } from "./spec-editor.svelte";
import type { Travel } from "./travel.svelte";

/** What it works with. */
export interface CheckpointsSetting {
  run: RunView;
  control: RunControl;
  editor: SpecEditor;
  travel: Travel;
  trainer: Pick<Trainer, "create" | "restore" | "save">;
}

/** What can be done with the run in hand and those that were saved. */
export class Checkpoints {
  readonly #setting: CheckpointsSetting;

  constructor(setting: CheckpointsSetting) {
    this.#setting = setting;
  }

  /** The run in hand as bytes; of a run that failed, its last checkpoint. */
  async saveRun(): Promise<Uint8Array> {
    const { run, trainer, travel } = this.#setting;
    const { last } = travel;
    return run.state === "failed" && last ? last.bytes : trainer.save();
  }

  /**
   * Goes on with a saved run, whose settings the controls show then.
   *
   * @throws {TrainerError} where it cannot be had: then the run in hand goes on.
   */
  async openRun(bytes: Uint8Array): Promise<void> {
    const { control, editor, trainer } = this.#setting;
    await this.#inPlaceOfRun(async () => {
      const { spec, progress } = await trainer.restore(bytes);
      const preset: Preset = presetOf(spec) ?? editor.preset;
      control.takeUp(preset, spec, progress);
      editor.use(preset, spec);
    });
  }

  /**
   * Trains a new run of what the controls say, whose first layers begin with what a saved run has
   * learned.
   *
   * @throws {TrainerError} where they do not fit: then the run in hand goes on.
   */
  async fineTune(from: Uint8Array): Promise<void> {
    const { control, editor, trainer } = this.#setting;
    const spec: RunSpec | undefined = await control.trainable();
    if (!spec) return;
    await this.#inPlaceOfRun(async () => {
      const progress = await trainer.create(spec, from);
      if (progress) control.takeUp(editor.preset, spec, progress);
    });
    await control.train();
  }

  /** Does what puts another run in the place of the one in hand, which goes on where that fails. */
  async #inPlaceOfRun(act: () => Promise<void>): Promise<void> {
    const { control, run } = this.#setting;
    const going = run.active;
    await control.prepare();
    await control.rest();
    try {
      await act();
    } catch (error) {
      // Where the run was ended meanwhile, there is none to go on with.
      if (going && asTrainerError(error).code !== "superseded") void control.train();
      throw error;
    }
  }
}
