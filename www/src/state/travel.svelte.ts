/**
 * Time travel: goes back to how the run in hand was at an earlier step, so that one sees what it
 * knew then, and goes on from there if that is wanted. Only a run at rest is travelled; the newest
 * state is kept meanwhile.
 */

import type { Changes, RunSpec } from "../generated/core";
import { TrainerError, type Checkpoint } from "../trainer/protocol";
import { asTrainerError, type Trainer } from "../trainer/trainer";
import { shelve } from "./checkpoint-shelf";
import type { RunView } from "./run.svelte";

/** What travelling needs of the session. */
export interface TravelSetting {
  run: RunView;
  trainer: Pick<Trainer, "restore" | "save" | "update">;
}

/** The state that one comes back to. */
interface Newest {
  /** The run as bytes; nothing of a run that failed, which cannot be gone on with. */
  bytes: Uint8Array | undefined;
  spec: RunSpec;
  show(): void;
}

/** The past of the run in hand. */
export class Travel {
  /** The place one is at; none at the newest. */
  place = $state.raw<Checkpoint | undefined>();
  /** Whether the network of another step is on its way. */
  moving = $state(false);
  /** Why a step could not be gone to, as a sentence. */
  failure = $state.raw<string | undefined>();

  readonly #setting: TravelSetting;
  #kept = $state.raw<readonly Checkpoint[]>([]);
  #newest = $state.raw<Newest | undefined>();
  #wanted: Checkpoint | undefined;
  #journey: Promise<void> = Promise.resolve();
  /** Counts the runs, so that a journey through one that is over has no effect. */
  #runs = 0;

  constructor(setting: TravelSetting) {
    this.#setting = setting;
  }

  /** Where one can go back to, in the order of the steps. */
  readonly places = $derived.by(() => {
    const { steps } = this.#setting.run.record.history;
    return this.#kept.filter(({ step }) => step < steps);
  });

  /** Whether one can travel now. */
  get open(): boolean {
    const { state } = this.#setting.run;
    const atRest = state === "paused" || state === "finished" || state === "failed";
    return atRest && this.places.length > 0;
  }

  /** Whether one can come back to the newest: a run that failed has none. */
  get canReturn(): boolean {
    return this.#newest?.bytes !== undefined;
  }

  /** Takes in a checkpoint of the run in hand. */
  take(checkpoint: Checkpoint): void {
    if (checkpoint.milestone) this.#kept = shelve(this.#kept, checkpoint);
  }

  /** The last checkpoint that was kept. */
  get last(): Checkpoint | undefined {
    return this.#kept.at(-1);
  }

  /** Forgets everything: there is another run. */
  clear(): void {
    this.#runs += 1;
    this.#kept = [];
    this.#newest = undefined;
    this.#wanted = undefined;
    this.place = undefined;
    this.failure = undefined;
  }

  /** Goes to a place, or to the newest. Of several wishes the last one counts. */
  go(place: Checkpoint | undefined): Promise<void> {
    if (place && !this.open) return this.#journey;
    this.#wanted = place;
    if (!this.moving) this.#journey = this.#travel();
    return this.#journey;
  }

  /**
   * Comes to an end: at the newest, or where that is not to be had, where one is.
   *
   * @throws {TrainerError} where the newest cannot be gone to
   */
  async leave(): Promise<void> {
    await this.#journey;
    if (!this.#isAway()) return;
    if (!this.canReturn) {
      await this.continueHere();
      return;
    }
    await this.go(undefined);
    // From here it cannot go on as if it were the newest.
    if (this.#isAway()) throw new TrainerError("wrong_state", this.failure ?? "");
  }

  /** Asked by a method: it changes while something is waited for. */
  #isAway(): boolean {
    return this.place !== undefined;
  }

  /** Goes on from where one is; what came after that is over, and among the earlier runs. */
  async continueHere(): Promise<void> {
    await this.#journey;
    const { run, trainer } = this.#setting;
    const { place } = this;
    const newest = this.#newest;
    const spec = run.spec;
    if (!place || !newest || !spec) return;
    newest.show();
    run.handOver();
    run.goBack(place);
    run.spec = spec;
    run.state = "paused";
    this.#kept = this.#kept.filter(({ step }) => step <= place.step);
    this.#newest = undefined;
    this.#wanted = undefined;
    this.place = undefined;
    // The checkpoint has the settings of its time.
    await trainer.update(live(spec));
  }

  async #travel(): Promise<void> {
    const runs = this.#runs;
    this.moving = true;
    try {
      while (this.#wanted !== this.place && runs === this.#runs) await this.#move(this.#wanted);
      if (runs === this.#runs) this.failure = undefined;
    } catch (error) {
      if (runs !== this.#runs) return;
      this.#wanted = this.place;
      this.failure = asTrainerError(error).message;
    } finally {
      // What was kept to come back to is of no use there.
      if (!this.place) this.#newest = undefined;
      this.moving = false;
    }
  }

  async #move(to: Checkpoint | undefined): Promise<void> {
    const { run, trainer } = this.#setting;
    const runs = this.#runs;
    const newest = (this.#newest ??= await this.#keepNewest());
    const bytes = to ? to.bytes : newest?.bytes;
    if (!newest || !bytes || runs !== this.#runs) return;
    const { progress } = await trainer.restore(bytes);
    if (runs !== this.#runs) return;
    if (to) {
      run.lookBack(progress);
    } else {
      const changed = liveChanges(newest.spec, run.spec ?? newest.spec);
      newest.show();
      this.#newest = undefined;
      if (changed) {
        await trainer.update(changed);
        run.updated(changed);
      }
    }
    this.place = to;
  }

  async #keepNewest(): Promise<Newest | undefined> {
    const { run, trainer } = this.#setting;
    const { spec } = run;
    const bytes = run.state === "failed" ? undefined : await trainer.save();
    // Saving may bring an evaluation with it.
    return spec && { bytes, spec, show: run.keep() };
  }
}

/** What may change while a run goes on. */
function live({ train: { learningRate, epochs } }: RunSpec): Required<Changes> {
  return { learningRate, epochs };
}

/** What differs between two specs of it, if anything. */
export function liveChanges(from: RunSpec, to: RunSpec): Changes | undefined {
  const [before, now] = [live(from), live(to)];
  const changed: Changes = {
    ...(now.learningRate !== before.learningRate && { learningRate: now.learningRate }),
    ...(now.epochs !== before.epochs && { epochs: now.epochs }),
  };
  return Object.keys(changed).length > 0 ? changed : undefined;
}
