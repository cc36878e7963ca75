import type {
  Changes,
  DeviceName,
  Evaluation,
  RunSpec,
  RunState,
  Split,
  Vitals,
} from "../generated/core";
import type { ProgressUpdate } from "../trainer/protocol";
import { History } from "./history";
import type { RunArchive } from "./runs.svelte";
import { TrainingTime } from "./training-time";

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
  /** How many share the batches. */
  threads: number;
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
  threads: 1,
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
  /** The last step that is shown: of a run that is looked back on, an earlier one. */
  shownUpTo = $state(Infinity);
  /** How the layers fared when they were last looked at. */
  vitals = $state.raw<Vitals | undefined>();
  /**
   * Everything the run told. Its arrays are too large to be copied or watched, so they grow in
   * place, and this wrapper is a new one each time.
   */
  record = $state.raw({ history: new History() });

  readonly #archive: RunArchive;
  readonly #device: () => DeviceName | undefined;
  /** What trained the first steps. */
  #trainedOn: DeviceName | undefined;
  #time = new TrainingTime();

  /** @param device the device that trains at the moment */
  constructor(archive: RunArchive, device: () => DeviceName | undefined) {
    this.#archive = archive;
    this.#device = device;
  }

  /** Whether the run is at work, or about to be. */
  get active(): boolean {
    return this.state === "warming" || this.state === "running";
  }

  /** Hands what the run told over to the archive, and begins with nothing. */
  clear(): void {
    this.handOver();
    this.begin();
  }

  /** Begins with nothing. What was shown before is lost, unless it was kept. */
  begin(): void {
    this.#time = new TrainingTime();
    this.state = "idle";
    this.standing = NOWHERE;
    this.spec = undefined;
    this.latest = {};
    this.vitals = undefined;
    this.shownUpTo = Infinity;
    this.record = { history: new History() };
  }

  /** Keeps all that is shown; what is returned shows it again. */
  keep(): () => void {
    const { state, standing, spec, latest, vitals, record, shownUpTo } = this;
    const [time, trainedOn] = [this.#time, this.#trainedOn];
    return () => {
      Object.assign(this, { state, standing, spec, latest, vitals, record, shownUpTo });
      [this.#time, this.#trainedOn] = [time, trainedOn];
    };
  }

  /** Shows the run as it was at an earlier step, at rest. What it told since then is kept. */
  lookBack({ epoch, step }: Pick<Standing, "epoch" | "step">): void {
    const { history } = this.record;
    const { loss, accuracy, learningRate } = history;
    const known = (value: number | undefined) => (Number.isFinite(value) ? value : undefined);
    this.state = "paused";
    this.standing = {
      ...this.standing,
      epoch,
      step,
      loss: known(loss.raw.at(step - 1)),
      accuracy: known(accuracy.raw.at(step - 1)),
      learningRate: known(learningRate.at(step - 1)),
    };
    const [validation, test] = (["validation", "test"] as const).map((split) =>
      history.evaluationWithMatrix(split, step),
    );
    this.latest = { ...(validation && { validation }), ...(test && { test }) };
    this.shownUpTo = step;
  }

  /** Forgets what the run told after a step, as it goes on from there. */
  goBack(to: Pick<Standing, "epoch" | "step">): void {
    const { state } = this;
    const history = this.record.history.upTo(to.step);
    this.record = { history };
    this.#time = new TrainingTime(history.seconds.at(-1));
    this.lookBack(to);
    this.state = state;
    this.shownUpTo = Infinity;
    if (this.vitals && this.vitals.step > to.step) this.vitals = undefined;
  }

  /** Hands a copy of what the run told over to the archive. */
  handOver(): void {
    const { spec, latest } = this;
    const { history } = this.record;
    const { epoch, epochs } = this.standing;
    if (!spec || history.steps === 0) return;
    const state = this.active ? "paused" : this.state;
    const step = history.steps;
    this.#archive.add({
      spec,
      state,
      device: this.#trainedOn,
      epoch,
      epochs,
      step,
      latest,
      history,
    });
  }

  /** Takes in what the run reports, at `now` in milliseconds. */
  progress(progress: ProgressUpdate, now = performance.now()): void {
    this.state = progress.state;
    const { history } = this.record;
    if (history.steps === 0) this.#trainedOn = this.#device();
    const batchSize = this.spec?.train.batchSize ?? 0;
    history.add(progress, this.#time.after(progress, batchSize, now));
    const { epoch, epochs, step, stepsPerEpoch, threads, imagesPerSecond, waitingForData } =
      progress;
    this.standing = {
      epoch,
      epochs,
      step,
      stepsPerEpoch,
      loss: progress.losses.at(-1) ?? this.standing.loss,
      accuracy: progress.accuracies.at(-1) ?? this.standing.accuracy,
      learningRate: progress.learningRates.at(-1) ?? this.standing.learningRate,
      threads,
      imagesPerSecond,
      waitingForData,
    };
    this.vitals = progress.vitals.at(-1) ?? this.vitals;
    this.record = { ...this.record };
  }

  /** Takes in what was changed mid-run. A finished run that got more epochs can go on. */
  updated(changes: Changes): void {
    if (!this.spec) return;
    this.spec = { ...this.spec, train: { ...this.spec.train, ...changes } };
    if (this.standing.step > 0) this.record.history.addMark(changes);
    this.record = { ...this.record };
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
