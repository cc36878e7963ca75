/** The learning-rate finder: a range test of what the controls say, and what it suggests. */

import type { RangeTestProgress, RunSpec } from "../generated/core";
import { asTrainerError } from "../trainer/trainer";
import { changes, type Property } from "./properties";

/** What the finder needs of the session. */
export interface FinderSetting {
  /** The spec to be tested, once a run of it could be made; nothing where it cannot be trained. */
  prepare(): Promise<RunSpec | undefined>;
  ask(question: "rangeTest", args: { spec: RunSpec }): Promise<RangeTestProgress>;
}

/** Fields that make no difference to a test, which has a rate and a length of its own. */
const WITHOUT_EFFECT = ["learningRate", "epochs", "schedule", "earlyStopping"].map(
  (name) => `train.${name}`,
);

/** The finder of a session. */
export class Finder {
  /** What the last test has found so far. */
  progress = $state.raw<RangeTestProgress | undefined>();
  /** Whether a test goes on. */
  busy = $state(false);
  /** Why a test came to nothing, as a sentence. */
  failure = $state.raw<string | undefined>();
  /** What the last test is of. */
  tested = $state.raw<RunSpec | undefined>();

  readonly #setting: FinderSetting;

  constructor(setting: FinderSetting) {
    this.#setting = setting;
  }

  /** Tests what the controls say. */
  async test(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    try {
      const spec = await this.#setting.prepare();
      if (!spec) return;
      this.tested = spec;
      this.progress = undefined;
      this.progress = await this.#setting.ask("rangeTest", { spec });
    } catch (error) {
      const { code, message } = asTrainerError(error);
      if (code !== "superseded") this.failure = message;
    } finally {
      this.busy = false;
    }
  }

  /** Takes in how the test goes. */
  hear(progress: RangeTestProgress): void {
    if (this.busy) this.progress = progress;
  }

  /** The settings that are other ones now than those of the test, and matter to it. */
  changedSince(spec: RunSpec): Property[] {
    const { tested } = this;
    if (!tested) return [];
    return changes(tested, spec).filter(
      ({ field }) => !WITHOUT_EFFECT.some((without) => field.startsWith(without)),
    );
  }
}
