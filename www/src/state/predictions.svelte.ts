/**
 * A few test images that are predicted again after every evaluation, so that one sees them being
 * learned. They stay the same as long as the data does.
 */

import { untrack } from "svelte";

import { PIXELS } from "../charts/digits";
import { asTrainerError } from "../trainer/trainer";
import type { History } from "./history";
import type { Session } from "./session.svelte";
import { chooseWatched, HARD_DIGITS } from "./watched";

/** A test image. */
export interface WatchedImage {
  /** Where it is in its file. */
  index: number;
  label: number;
  pixels: Uint8Array;
}

/** What the network takes an image for. */
export interface Prediction {
  class: number;
  probability: number;
}

/** The predictions after one evaluation. */
export interface Sweep {
  /** The step of the evaluation. */
  step: number;
  /** Image by image. */
  predictions: readonly Prediction[];
}

/** Evaluations that are remembered of each image. */
export const REMEMBERED = 32;

/**
 * Images that are asked about together: each question on its own would wait for a slice of the
 * training loop, and all at once would hold it up for longer than a press on Pause may take.
 */
const TOGETHER = 8;

/** The watched images of a session. */
export class Predictions {
  images = $state.raw<readonly WatchedImage[]>([]);
  /** What the run said last; nothing before its first evaluation. */
  latest = $state.raw<Sweep | undefined>();
  /** For each image, whether it was right after each of the last evaluations, in order. */
  records = $state.raw<readonly (readonly boolean[])[]>([]);
  /** Why it does not go on, as a sentence. */
  failure = $state.raw<string | undefined>();

  readonly #session: Session;
  #busy = $state(false);
  /** The classes of the images: each data set brings a list of its own. */
  #classes: readonly string[] | undefined;
  #loading = 0;
  /** The run that the records are of. */
  #history: History | undefined;
  /** The step that was asked about last, answered or not. */
  #asked = 0;
  /** The last step in the records. */
  #noted = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Fetches the images, unless they are there already. For an effect: it runs anew as images
   * arrive, and where they are other ones.
   */
  async load(): Promise<void> {
    const { report, data, dataSet } = this.#session;
    const { classNames, name } = dataSet;
    if (!report || data.test.loaded === 0 || classNames === this.#classes) return;
    const ticket = ++this.#loading;
    try {
      const labels = await this.#session.ask("labels", { part: "test" });
      const hard = name === undefined ? HARD_DIGITS : [];
      const indices = chooseWatched(labels, hard);
      const pixels = await this.#session.ask("images", {
        part: "test",
        indices: Uint32Array.from(indices),
      });
      if (ticket !== this.#loading) return;
      this.#classes = classNames;
      this.#forget();
      this.images = indices.map((index, i) => ({
        index,
        label: labels[index] ?? NaN,
        pixels: pixels.slice(i * PIXELS, (i + 1) * PIXELS),
      }));
    } catch (error) {
      // Not all images have arrived: their arrival brings another attempt.
      const { code, message } = asTrainerError(error);
      const waits = code === "data_missing" || code === "superseded" || code === "wrong_state";
      if (ticket === this.#loading && !waits) this.failure = message;
    }
  }

  /**
   * Asks again where there was an evaluation since the last time. For an effect: it runs anew with
   * each evaluation, and once all answers are there.
   */
  follow(): void {
    const { run } = this.#session;
    const { validation, test } = run.latest;
    const step = Math.max(validation?.step ?? 0, test?.step ?? 0);
    if (this.images.length === 0 || this.#busy) return;
    const { history } = untrack(() => run.record);
    if (history !== this.#history) {
      this.#forget();
      this.#history = history;
    }
    if (step > 0 && step !== this.#asked) void this.#ask(step, history);
  }

  #forget(): void {
    this.latest = undefined;
    this.records = [];
    this.#asked = 0;
    this.#noted = 0;
  }

  async #ask(step: number, history: History): Promise<void> {
    this.#busy = true;
    this.#asked = step;
    try {
      const { images } = this;
      const predictions: Prediction[] = [];
      for (let from = 0; from < images.length; from += TOGETHER) {
        const answers = await Promise.all(
          images
            .slice(from, from + TOGETHER)
            .map(({ pixels }) =>
              this.#session.ask("predict", { pixels: Float32Array.from(pixels) }),
            ),
        );
        // Those of a run that is over, or of images that were exchanged, are of no use.
        if (this.#session.run.record.history !== history || this.images !== images) return;
        predictions.push(...answers.map(mostProbable));
      }
      this.failure = undefined;
      this.latest = { step, predictions };
      // What the run is shown as it was earlier has been noted then.
      if (step <= this.#noted) return;
      this.#noted = step;
      this.records = images.map(({ label }, i) =>
        [...(this.records[i] ?? []), predictions[i]?.class === label].slice(-REMEMBERED),
      );
    } catch (error) {
      const { code, message } = asTrainerError(error);
      if (code !== "superseded") this.failure = message;
    } finally {
      this.#busy = false;
    }
  }
}

function mostProbable(probabilities: Float32Array): Prediction {
  const probability = Math.max(...probabilities);
  return { class: probabilities.indexOf(probability), probability };
}
