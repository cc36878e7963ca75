/**
 * For answers that come slower than what they are about changes: asks for the newest only, one at a
 * time, and not too often.
 */
export class Newest {
  readonly #restMs: number;
  readonly #ask: () => Promise<void>;
  #due = false;
  #busy = false;

  /**
   * @param restMs milliseconds between an answer and the next question
   * @param ask asks, and shows the answer; what it asks about is up to it
   */
  constructor(restMs: number, ask: () => Promise<void>) {
    this.#restMs = restMs;
    this.#ask = ask;
  }

  /** Says that something changed. */
  changed(): void {
    this.#due = true;
    if (!this.#busy) void this.#run();
  }

  /** Drops the question that is due. One that is being answered goes on. */
  drop(): void {
    this.#due = false;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#due) {
      this.#due = false;
      await this.#ask();
      await new Promise((resolve) => setTimeout(resolve, this.#restMs));
    }
    this.#busy = false;
  }
}
