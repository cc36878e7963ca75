/** How long a half-typed value rests before it counts, in milliseconds. */
const REST_MS = 500;

/**
 * Values that are being typed. On the way to 0.01 stands 0, which must neither be refused nor act
 * on a run; so each waits until no more is typed, or until something is asked for that it concerns.
 */
export class Typing {
  readonly #waiting = new Map<() => void, ReturnType<typeof setTimeout>>();

  /** Calls `send` after a rest; when it is given again before that, the rest begins anew. */
  later(send: () => void): void {
    this.forget(send);
    const timer = setTimeout(() => {
      this.#waiting.delete(send);
      send();
    }, REST_MS);
    this.#waiting.set(send, timer);
  }

  /** Does not call it after all. */
  forget(send: () => void): void {
    clearTimeout(this.#waiting.get(send));
    this.#waiting.delete(send);
  }

  /** Calls at once all that still wait. */
  settle(): void {
    for (const send of [...this.#waiting.keys()]) {
      this.forget(send);
      send();
    }
  }
}
