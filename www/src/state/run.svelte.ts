import type { Changes, Evaluation, RunSpec, RunState, Split } from "../generated/core";
import type { ProgressUpdate } from "../trainer/protocol";
import { History } from "./history";

/** Where a run stands, for the panels to show. */
export interface Standing {
  epoch: number;
  epochs: number;
  step: number;
  stepsPerEpoch: number;
  /** Of the last step's batch; nothing before the first step. */
  loss: number | undefined;
  accuracy: number | undefined;
  learningRate: number | undefined;
  imagesPerSecond: number;
  waitingForData: boolean;
}

const NOWHERE: Standing = {
  epoch: 0,
  epochs: 0,
  step: 0,
  stepsPerEpoch: 0,
  loss: undefined,
  accuracy: undefined,
  learningRate: undefined,
  imagesPerSecond: 0,
  waitingForData: false,
};

/** The run that the page shows: where it stands and what it told so far. */
export class RunView {
  state = $state<RunState>("idle");
  standing = $state.raw<Standing>(NOWHERE);
  /** What the run was made from, changes mid-run included. */
  spec = $state.raw<RunSpec | undefined>();
  /** The last evaluation on each kind of images. */
  latest = $state.raw<Partial<Record<Split, Evaluation>>>({});
  /**
   * Everything the run told. Its arrays are too large to be copied or watched, so they grow in
   * place, and this wrapper is a new one each time.
   */
  record = $state.raw({ history: new History() });

  /** Whether the run is at work, or about to be. */
  get active(): boolean {
    return this.state === "warming" || this.state === "running";
  }

  /** Forgets everything. */
  clear(): void {
    this.state = "idle";
    this.standing = NOWHERE;
    this.spec = undefined;
    this.latest = {};
    this.record = { history: new History() };
  }

  /** Takes in what the run reports. */
  progress(progress: ProgressUpdate): void {
    this.state = progress.state;
    this.record.history.add(progress);
    const { epoch, epochs, step, stepsPerEpoch, imagesPerSecond, waitingForData } = progress;
    this.standing = {
      epoch,
      epochs,
      step,
      stepsPerEpoch,
      loss: progress.losses.at(-1) ?? this.standing.loss,
      accuracy: progress.accuracies.at(-1) ?? this.standing.accuracy,
      learningRate: progress.learningRates.at(-1) ?? this.standing.learningRate,
      imagesPerSecond,
      waitingForData,
    };
    this.record = { ...this.record };
  }

  /** Takes in what was changed mid-run. A finished run that got more epochs can go on. */
  updated(changes: Changes): void {
    if (!this.spec) return;
    this.spec = { ...this.spec, train: { ...this.spec.train, ...changes } };
    const { epochs = this.standing.epochs } = changes;
    if (this.state === "finished" && epochs > this.standing.epochs) this.state = "paused";
    this.standing = { ...this.standing, epochs };
  }

  /** Takes in an evaluation. */
  evaluated(evaluation: Evaluation): void {
    this.record.history.addEvaluation(evaluation);
    this.record = { ...this.record };
    this.latest = { ...this.latest, [evaluation.split]: evaluation };
  }
}
