/** Dragging a card by its handle: which gap it would fall into, and the line that shows it. */

import { after, isWithin, type Path } from "../../state/layers";

/** How far the pointer has to go before a press becomes a drag, in pixels. */
const THRESHOLD = 4;

/** A gap and where it is, in pixels from the corner of the element that holds the cards. */
interface Place {
  gap: Path;
  top: number;
  left: number;
  width: number;
}

/** One drag at a time. */
export class LayerDrag {
  /** The layer that is dragged. */
  from = $state.raw<Path | undefined>();
  /** How far it was dragged, in pixels. */
  offset = $state(0);
  /** Where it would fall. */
  target = $state.raw<Place | undefined>();
  /** The last press became a drag, so that the click after it is none. */
  dragged = false;

  /** Follows the pointer from a press on a handle until it is let go. */
  start(event: PointerEvent, path: Path, root: HTMLElement, drop: (gap: Path) => void): void {
    const handle = event.currentTarget as HTMLElement;
    const begin = event.clientY;
    let places: Place[] = [];
    this.dragged = false;
    if (event.button !== 0) return;
    handle.setPointerCapture(event.pointerId);

    const follow = ({ clientY }: PointerEvent) => {
      if (!this.from && Math.abs(clientY - begin) < THRESHOLD) return;
      if (!this.from) {
        this.from = path;
        this.dragged = true;
        places = placesOf(root, path);
      }
      const y = clientY - root.getBoundingClientRect().top;
      this.offset = clientY - begin;
      this.target = nearest(places, y);
    };
    const end = () => {
      const { target } = this;
      stop();
      if (target && !staysAt(target.gap, path)) drop(target.gap);
    };
    const cancel = (key: KeyboardEvent) => {
      if (key.key === "Escape") stop();
    };
    const stop = () => {
      this.from = undefined;
      this.target = undefined;
      this.offset = 0;
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", stop);
      removeEventListener("keydown", cancel);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", stop);
    addEventListener("keydown", cancel);
  }
}

/** Every gap that the layer at `path` can go to. */
function placesOf(root: HTMLElement, path: Path): Place[] {
  const origin = root.getBoundingClientRect();
  return [...root.querySelectorAll<HTMLElement>("ol[data-block]")].flatMap((list) => {
    const key = list.dataset.block ?? "";
    const block = key === "" ? [] : key.split(".").map(Number);
    if (isWithin([...block, 0], path)) return [];
    const { left, width, top } = list.getBoundingClientRect();
    const cards = [...list.querySelectorAll(":scope > li[data-layer]")].map((card) =>
      card.getBoundingClientRect(),
    );
    const tops = [...cards.map((card) => card.top), cards.at(-1)?.bottom ?? top];
    return tops.map((y, at) => ({
      gap: [...block, at],
      top: y - origin.top,
      left: left - origin.left,
      width,
    }));
  });
}

function nearest(places: readonly Place[], y: number): Place | undefined {
  let best: Place | undefined;
  for (const place of places) {
    if (!best || Math.abs(place.top - y) < Math.abs(best.top - y)) best = place;
  }
  return best;
}

/** Whether a layer that falls into a gap is where it was. */
function staysAt(gap: Path, path: Path): boolean {
  return [path, after(path)].some((same) => same.join() === gap.join());
}
