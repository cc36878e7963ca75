/**
 * Drawings in turn, one for each frame: together they could take longer than a frame has, and
 * nobody sees that one of them is a frame behind.
 */

type Draw = () => void;

/** Drawings that wait for their frame. */
export class FrameQueue {
  readonly #waiting = new Set<Draw>();
  readonly #nextFrame: (act: () => void) => void;
  #asked = false;

  /** @param nextFrame calls back before the next frame, as `requestAnimationFrame` does */
  constructor(nextFrame: (act: () => void) => void) {
    this.#nextFrame = nextFrame;
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
    this.#nextFrame(() => {
      this.#asked = false;
      const [draw] = this.#waiting;
      if (!draw) return;
      this.#waiting.delete(draw);
      // First, so that a drawing that fails holds up no other.
      this.#ask();
      draw();
    });
  }
}

/** The one that all curve charts of the page share. */
export const chartFrames = new FrameQueue((act) => void requestAnimationFrame(act));
