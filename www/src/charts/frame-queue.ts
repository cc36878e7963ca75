/**
 * Drawings in turn, as many in a frame as its time allows: all together they could take longer than
 * a frame has, and nobody sees that one of them is a frame behind; but each frame that changes
 * anything costs the page more than a drawing does, and training that time.
 */

type Draw = () => void;

/** What drawings may take of a frame before the others wait for the next one, in milliseconds. */
const BUDGET_MS = 4;

/** Where the frames come from. */
export interface Frames {
  /** Calls back before the next frame, as `requestAnimationFrame` does. */
  next(act: () => void): void;
  /** The time in milliseconds. */
  now(): number;
}

/** Drawings that wait for their frame. */
export class FrameQueue {
  readonly #waiting = new Set<Draw>();
  readonly #frames: Frames;
  #asked = false;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  /** Draws when its turn comes, once however often it is asked for until then. */
  add(draw: Draw): void {
    this.#waiting.add(draw);
    this.#ask();
  }

  /** Draws no more. */
  remove(draw: Draw): void {
    this.#waiting.delete(draw);
  }

  #ask(): void {
    if (this.#asked || this.#waiting.size === 0) return;
    this.#asked = true;
    this.#frames.next(() => {
      this.#asked = false;
      this.#drawSome();
    });
  }

  #drawSome(): void {
    const from = this.#frames.now();
    try {
      for (const draw of [...this.#waiting]) {
        this.#waiting.delete(draw);
        draw();
        if (this.#frames.now() - from >= BUDGET_MS) break;
      }
    } finally {
      // A drawing that fails holds up no other.
      this.#ask();
    }
  }
}

/** The one that all curve charts of the page share. */
export const chartFrames = new FrameQueue({
  next: (act) => void requestAnimationFrame(act),
  now: () => performance.now(),
});
