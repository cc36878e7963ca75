/** The runs of this visit that are over, one way or the other, for comparison with the next ones. */

import type { DeviceName, Evaluation, RunSpec, RunState, Split } from "../generated/core";
import type { History } from "./history";
import { recordOf, type RunRecord } from "./run-record";

/** A run that another one took the place of. */
export interface ArchivedRun {
  /** Its number, from 1 in the order of the visit; never given twice. */
  id: number;
  /** What it was made from, changes mid-run included. */
  spec: RunSpec;
  /** How it ended: finished, or where it was left. */
  state: RunState;
  /** The device that trained it. */
  device: DeviceName | undefined;
  epoch: number;
  epochs: number;
  step: number;
  /** Seconds of training, pauses left out. */
  seconds: number;
  /** Its curves. */
  record: RunRecord;
  /** The last evaluation on each kind of images, and the best validation. */
  latest: Partial<Record<Split, Evaluation>>;
  best: Evaluation | undefined;
  /** The validation that got the most images right. */
  mostAccurate: Evaluation | undefined;
}

/** What a run hands over. */
export type EndedRun = Omit<ArchivedRun, "id" | "record" | "seconds" | "best" | "mostAccurate"> & {
  history: History;
};

/** Runs kept; the oldest are forgotten first. Each is some tens of kilobytes. */
const MOST_RUNS = 50;

/** Runs drawn behind the run in hand, unless they are hidden. */
export const MOST_BEHIND = 5;

/** The earlier runs. */
export class RunArchive {
  /** All that are kept, in the order they ended. */
  runs = $state.raw<readonly ArchivedRun[]>([]);
  /** Those that are not drawn. */
  hidden = $state.raw<readonly number[]>([]);
  /** Those that are drawn although they are not among the last few. */
  #called = $state.raw<readonly number[]>([]);
  #last = 0;

  /** The last few and those that were called, drawn behind the run in hand unless hidden. */
  readonly behind = $derived.by(() => {
    const first = this.runs.length - MOST_BEHIND;
    return this.runs.filter(({ id }, i) => i >= first || this.#called.includes(id));
  });

  /** Takes over a run, thinned out. */
  add({ history, ...run }: EndedRun): void {
    const archived: ArchivedRun = {
      ...run,
      id: (this.#last += 1),
      seconds: history.seconds.at(-1) ?? 0,
      record: recordOf(history),
      best: history.best("loss"),
      mostAccurate: history.best("accuracy"),
    };
    this.runs = [...this.runs, archived].slice(-MOST_RUNS);
  }

  /** Draws a run, or no longer. */
  show(id: number, shown: boolean): void {
    const others = this.hidden.filter((other) => other !== id);
    this.hidden = shown ? others : [...others, id];
    const called = this.#called.filter((other) => other !== id);
    const isBehind = this.runs.slice(-MOST_BEHIND).some((run) => run.id === id);
    this.#called = shown && !isBehind ? [...called, id].slice(-MOST_BEHIND) : called;
  }

  /** Whether a run is drawn behind the one in hand. */
  isDrawn(id: number): boolean {
    return !this.hidden.includes(id) && this.behind.some((run) => run.id === id);
  }

  /** Forgets a run. */
  forget(id: number): void {
    this.runs = this.runs.filter((run) => run.id !== id);
    this.show(id, true);
  }

  /** Forgets all runs. */
  clear(): void {
    this.runs = [];
    this.hidden = [];
    this.#called = [];
  }
}
