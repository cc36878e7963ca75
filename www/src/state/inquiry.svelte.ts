/**
 * A question that is asked again and again as things change: one at a time, the last one always.
 * Answers that have become old while they were on their way are still better than none, so they are
 * kept until the next comes; whoever shows them sees by their content what they are of.
 */

import type { FailureCode } from "../trainer/protocol";
import { asTrainerError } from "../trainer/trainer";

/** Failures that the next question mends by itself. */
const PASSING = new Set<FailureCode>(["superseded", "wrong_state", "data_missing"]);

/** The last answer to a question. */
export class Inquiry<T> {
  answer = $state.raw<T | undefined>();
  /** Why there is no newer answer, as a sentence. */
  failure = $state.raw<string | undefined>();
  #asked: readonly unknown[] = [];
  #next: { about: readonly unknown[]; ask: () => Promise<T> } | undefined;
  #busy = false;

  /** Asks, unless the last question was about the same. For effects: it reads no state. */
  want(about: readonly unknown[], ask: () => Promise<T>): void {
    if (isSame(about, this.#asked)) return;
    this.#asked = about;
    this.#next = { about, ask };
    if (!this.#busy) void this.#askOn();
  }

  async #askOn(): Promise<void> {
    this.#busy = true;
    while (this.#next) {
      const { about, ask } = this.#next;
      this.#next = undefined;
      try {
        this.answer = await ask();
        this.failure = undefined;
      } catch (error) {
        const { code, message } = asTrainerError(error);
        if (PASSING.has(code)) {
          // The same may be asked again.
          if (this.#asked === about) this.#asked = [];
        } else {
          this.failure = message;
        }
      }
    }
    this.#busy = false;
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => Object.is(each, b[i]));
}
