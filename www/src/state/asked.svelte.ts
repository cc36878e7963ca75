/** The answer to a question whose subject changes: the newest is asked, what is outdated dropped. */

import { asTrainerError } from "../trainer/protocol";
import { Newest } from "./newest";

/** What came of a question. */
export class Asked<T> {
  answer = $state.raw<T | undefined>();
  /** Why there is no newer answer, as a sentence. */
  failure = $state<string | undefined>();

  readonly #question: () => Promise<T>;
  readonly #newest: Newest;
  /** Counts what makes an answer outdated before it is there. */
  #ticket = 0;

  /**
   * @param restMs milliseconds between an answer and the next question
   * @param question asks about whatever the subject is by then
   */
  constructor(restMs: number, question: () => Promise<T>) {
    this.#question = question;
    this.#newest = new Newest(restMs, () => this.#run());
  }

  /** Asks, soon. */
  ask(): void {
    this.#newest.changed();
  }

  /** There is nothing to ask about. */
  forget(): void {
    this.#newest.drop();
    this.#ticket += 1;
    this.answer = undefined;
    this.failure = undefined;
  }

  async #run(): Promise<void> {
    const ticket = ++this.#ticket;
    try {
      const answer = await this.#question();
      if (ticket !== this.#ticket) return;
      this.answer = answer;
      this.failure = undefined;
    } catch (error) {
      const { code, message } = asTrainerError(error);
      // A run or a worker that is gone meanwhile: what comes of that is told elsewhere.
      const gone = ["superseded", "wrong_state", "crashed", "silent"].includes(code);
      if (ticket === this.#ticket && !gone) this.failure = message;
    }
  }
}
