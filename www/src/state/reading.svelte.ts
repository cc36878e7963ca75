/** What the network says of the drawing: asked anew when the drawing or the network changes. */

import { Asked } from "./asked.svelte";
import type { Session } from "./session.svelte";

/** Milliseconds between two questions while one draws. */
const REST_MS = 80;

/** What was said. */
export interface Answer {
  /** One for each class, adding up to 1. */
  probabilities: Float32Array;
  /** How much each pixel counts, and for which class, where that was asked. */
  saliency?: { values: Float32Array; of: number };
}

/** The reading of the drawing. */
export class Reading extends Asked<Answer> {
  /** Whether the pixels that count are asked for. */
  withSaliency = $state(false);
  readonly #session: Session;

  constructor(session: Session) {
    super(REST_MS, () => this.#read());
    this.#session = session;
  }

  /** Whether there is a network that can be asked. */
  get canAsk(): boolean {
    const { run } = this.#session;
    return run.standing.stepsPerEpoch > 0 && run.state !== "failed";
  }

  async #read(): Promise<Answer> {
    const session = this.#session;
    const pixels = Float32Array.from(session.drawing.seen);
    if (!this.withSaliency) return { probabilities: await session.ask("predict", { pixels }) };
    const { probabilities, saliency, class: of } = await session.ask("inspect", { pixels });
    return { probabilities, saliency: { values: saliency, of } };
  }
}
