/**
 * A change comes along with others that draw the page anew: it is shown with one that comes a little
 * early, in the same frame, sooner than in a frame of its own, which would take time from training.
 */
const EARLY = 0.8;
/** Where no further change comes, the last word is shown so much later. */
const LATE = 1.5;

/** Shows what changes often about every so many milliseconds at most; the last word always comes. */
export class Pacer<T> {
  readonly #show: (value: T) => void;
  readonly #ms: number;
  #shownAt = -Infinity;
  #shownFor: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param reason where it changes, what is new is shown at once */
  constructor(show: (value: T) => void, ms: number, reason: unknown) {
    [this.#show, this.#ms, this.#shownFor] = [show, ms, reason];
  }

  /** Takes what is to be shown now, or instead of what waits to be shown. */
  take(value: T, reason: unknown): void {
    this.stop();
    const age = performance.now() - this.#shownAt;
    if (reason !== this.#shownFor || age >= this.#ms * EARLY) this.#showNow(value, reason);
    else this.#timer = setTimeout(() => this.#showNow(value, reason), this.#ms * LATE - age);
  }

  /** Shows no more of what was taken. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #showNow(value: T, reason: unknown): void {
    [this.#shownAt, this.#shownFor] = [performance.now(), reason];
    this.#show(value);
  }
}
