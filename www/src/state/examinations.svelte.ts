/**
 * Close looks at all images of a split. The last one of each split is kept and shared by the
 * panels, so that what one of them asked for, the others have too.
 */

import { untrack } from "svelte";

import type { Examination, Split } from "../generated/core";
import { asTrainerError } from "../trainer/trainer";
import type { Queries } from "../trainer/protocol";
import type { History } from "./history";
import type { RunView } from "./run.svelte";

/** The part of the session that is needed. */
interface Asked {
  readonly run: RunView;
  ask(question: "examine", args: Queries["examine"]["args"]): Promise<Examination>;
}

interface Kept {
  /** The run it is of. */
  history: History;
  examination: Examination | undefined;
  /** Why the last attempt came to nothing, as a sentence. */
  failure?: string | undefined;
  /** Steps trained when the last attempt was made, as far as was known. */
  tried: number;
}

/** The examinations of a session. */
export class Examinations {
  readonly #asked: Asked;
  #kept = $state.raw<Partial<Record<Split, Kept>>>({});
  #busy = $state.raw<Partial<Record<Split, boolean>>>({});

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** The last look at a split with the run in hand. */
  of(split: Split): Examination | undefined {
    return this.#of(split)?.examination;
  }

  /** Why there is no newer look, where one was tried in vain. */
  failure(split: Split): string | undefined {
    return this.#of(split)?.failure;
  }

  /** Whether a look is being taken. */
  busy(split: Split): boolean {
    return this.#busy[split] ?? false;
  }

  /** Takes a look with the network as it is now. Does nothing while one is being taken. */
  async examine(split: Split): Promise<void> {
    if (untrack(() => this.busy(split))) return;
    const { run } = this.#asked;
    const { history, tried } = untrack(() => ({
      history: run.record.history,
      tried: run.standing.step,
    }));
    this.#busy = { ...this.#busy, [split]: true };
    try {
      const examination = await this.#asked.ask("examine", { request: { split } });
      this.#keep(split, { history, examination, tried });
    } catch (error) {
      const { code, message } = asTrainerError(error);
      const { examination } = this.#of(split) ?? {};
      const failure = code === "superseded" ? undefined : message;
      this.#keep(split, { history, examination, failure, tried });
    } finally {
      this.#busy = { ...this.#busy, [split]: false };
    }
  }

  /**
   * Takes a look where there is none at or after a step, nor one was tried in vain since. Where the
   * run is shown as it was earlier, the look has to be of then. For an effect: it runs anew once a
   * look is taken.
   */
  ensure(split: Split, step: number): void {
    if (this.busy(split)) return;
    const due = untrack(() => {
      const { examination, tried = 0 } = this.#of(split) ?? {};
      const { record, standing } = this.#asked.run;
      return standing.step < record.history.steps
        ? standing.step !== examination?.step && standing.step !== tried
        : step > Math.max(examination?.step ?? 0, tried);
    });
    if (due) void this.examine(split);
  }

  /** The same for the last epoch's end. For an effect: it runs anew with each evaluation. */
  follow(split: Split): void {
    const { run } = this.#asked;
    if (!run.latest[split]) return;
    const { history } = untrack(() => run.record);
    const whole = history.evaluations[split].findLast(
      ({ step }) => step % history.stepsPerEpoch === 0,
    );
    if (whole) this.ensure(split, whole.step);
  }

  #of(split: Split): Kept | undefined {
    const kept = this.#kept[split];
    return kept?.history === this.#asked.run.record.history ? kept : undefined;
  }

  #keep(split: Split, kept: Kept): void {
    // A run that is over by now has no use for it.
    if (untrack(() => this.#asked.run.record.history) !== kept.history) return;
    this.#kept = { ...this.#kept, [split]: kept };
  }
}
