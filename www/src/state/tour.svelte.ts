/** A short way through the page, for who trains for the first time. */

import { recall, remember } from "./memory";

/** Where the tour stops, in order. */
export const TOUR_STOPS = ["loss", "matrix", "rate", "architecture", "learn"] as const;

/** The name of a stop. */
export type TourStop = (typeof TOUR_STOPS)[number];

const STORED = "tour";

/** The tour of one page. */
export class Tour {
  /** Where it stands; nowhere while it does not run. */
  at = $state<number>();
  /** Whether it may begin by itself. */
  #wanted: boolean;

  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  /** The name of the stop at hand. */
  get stop(): TourStop | undefined {
    return this.at === undefined ? undefined : TOUR_STOPS[this.at];
  }

  /** Begins, unless it was seen before or is not wanted. */
  offer(): void {
    if (this.#wanted && recall(STORED) === null) this.start();
  }

  /** Begins. */
  start(): void {
    this.at = 0;
    // From now on it comes only when it is called, however it ends.
    remember(STORED, "seen");
    this.#wanted = false;
  }

  /** Goes a stop on, or back. Past the last one it ends. */
  go(by: 1 | -1): void {
    const next = Math.max((this.at ?? 0) + by, 0);
    this.at = next < TOUR_STOPS.length ? next : undefined;
  }

  /** Ends. */
  end(): void {
    this.at = undefined;
  }
}
