/**
 * A sweep: trains the trials of a search one after the other, each as a run like any other, so that
 * one sees it learn. The run in hand is put aside meanwhile and comes back afterwards.
 */

import type { SearchSpec, SearchTrial, TrialResult } from "../generated/core";
import type { Queries } from "../trainer/protocol";
import { asTrainerError, type Trainer } from "../trainer/trainer";
import type { RunView } from "./run.svelte";
import { bestEpoch } from "./trial-result";

/** What a sweep needs of the session. */
export interface SweepSetting {
  run: RunView;
  trainer: Pick<Trainer, "abandon" | "create" | "restore" | "save" | "train">;
  ask: <N extends "planTrials" | "rank">(
    question: N,
    args: Queries[N]["args"],
  ) => Promise<Queries[N]["result"]>;
  /** Resolves once a run can be made, and the one in hand is at rest. */
  rest: () => Promise<void>;
}

/** How long a run that is put aside may take to stand still, in milliseconds. */
const PATIENCE_MS = 5000;

/** The sweep of a session. */
export class Sweep {
  /** Whether trials are trained: then the run that the page shows is the trial in hand. */
  active = $state(false);
  /** Whether it is being brought to an end. */
  stopping = $state(false);
  /** The trials of the last sweep. */
  trials = $state.raw<readonly SearchTrial[]>([]);
  /** The trial in hand, from 0. */
  current = $state(0);
  /** What came of those that were trained, the best first. */
  results = $state.raw<readonly TrialResult[]>([]);
  /** What went wrong, as a sentence. */
  failure = $state.raw<string | undefined>();

  readonly #setting: SweepSetting;
  #stopped = false;
  /** Whether there is no way back to the former run. */
  #dropped = false;
  #over: () => void = () => undefined;

  constructor(setting: SweepSetting) {
    this.#setting = setting;
  }

  /** Trains all trials of a search. Resolves once the former run is back. */
  async start(search: SearchSpec): Promise<void> {
    if (this.active) return;
    const { ask, rest } = this.#setting;
    this.active = true;
    this.#stopped = false;
    this.#dropped = false;
    this.failure = undefined;
    let putBack: () => Promise<void> = () => Promise.resolve();
    try {
      const trials = await ask("planTrials", { search });
      await rest();
      putBack = await this.#setAside();
      this.trials = trials;
      this.results = [];
      for (const [i, trial] of trials.entries()) {
        if (this.#isStopped()) break;
        this.current = i;
        await this.#train(i, trial);
      }
    } catch (error) {
      const { code, message } = asTrainerError(error);
      if (code !== "superseded") this.failure = message;
    }
    try {
      if (!this.#isDropped()) await putBack();
    } catch (error) {
      this.failure = asTrainerError(error).message;
    }
    this.active = false;
    this.stopping = false;
  }

  /** Ends the sweep; what was trained so far remains. */
  stop(): void {
    if (!this.active) return;
    this.#stopped = true;
    this.stopping = true;
    this.#over();
  }

  /** Ends the sweep, and with it the former run: there are other images. */
  drop(): void {
    this.#dropped = true;
    this.stop();
  }

  /** Hears that the run in hand is over, one way or the other. */
  ended(): void {
    this.#over();
  }

  /** Asked by a method: a stop may come while something is waited for. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  #isDropped(): boolean {
    return this.#dropped;
  }

  async #train(i: number, trial: SearchTrial): Promise<void> {
    const { run, trainer, ask } = this.#setting;
    // The trial before it is an earlier run from now on.
    run.clear();
    run.spec = trial.spec;
    run.state = "warming";
    const over = new Promise<void>((resolve) => (this.#over = resolve));
    const progress = await trainer.create(trial.spec);
    if (progress) run.progress({ ...progress, state: "warming" });
    if (!this.#isStopped()) await trainer.train();
    if (!this.#isStopped()) await over;
    // Of a trial that was broken off one cannot say how good it would have been.
    if (this.#isStopped()) return;
    const { history } = run.record;
    const best = bestEpoch(history);
    const { parameters, flopsPerImage } = trial;
    const seconds = history.seconds.at(-1) ?? 0;
    const result = { trial: i, ...(best && { best }), parameters, flopsPerImage, seconds };
    this.results = await ask("rank", { results: [...this.results, result] });
  }

  /** Puts the run in hand aside; what is returned brings it back. */
  async #setAside(): Promise<() => Promise<void>> {
    const { run, trainer } = this.#setting;
    const begun = run.standing.step > 0;
    const bytes = begun && run.state !== "failed" ? await trainer.save() : undefined;
    // Saving may bring an evaluation with it.
    const show = run.keep();
    run.begin();
    return async () => {
      await trainer.abandon(PATIENCE_MS);
      run.handOver();
      // Of a run without a step the trainer has nothing any more: the next Train makes one.
      if (begun) show();
      else run.begin();
      if (bytes) await trainer.restore(bytes);
    };
  }
}
