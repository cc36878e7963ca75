/**
 * The page's address follows the page, and the page its address when one goes back or forward.
 */

import { readUrl, writeUrl, type PageRequest, type PageState } from "./url";

/**
 * The least time between two amendments. Browsers refuse an address that changes too often, Safari
 * at 100 changes in 30 seconds, other entries counted; a dragged slider would change it at 60 Hz.
 */
const REST_MS = 500;

/** What the address is kept in step with. */
export interface Synced {
  state: () => PageState;
  /**
   * Changes with what one wants to go back from, such as another preset or tab: that makes an
   * entry in the browser's history. All else only amends the entry at hand.
   */
  place: () => string;
  /** Shows what the address of an entry says. */
  show: (request: PageRequest) => void;
}

/** Keeps page and address together. To be called while a component is set up. */
export function syncUrl({ state, place, show }: Synced): void {
  let at = place();
  let address = location.search;
  let unwritten: PageState | undefined;
  let amended = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function amend(): void {
    clearTimeout(timer);
    if (unwritten && write(unwritten, "replaceState")) amended = performance.now();
    unwritten = undefined;
  }

  /** Says whether the address changed. */
  function write(state: PageState, how: "replaceState" | "pushState"): boolean {
    const search = writeUrl(location.search, state);
    if (search === location.search) return false;
    history[how](history.state, "", `${location.pathname}${search}${location.hash}`);
    address = search;
    return true;
  }

  $effect(() => {
    const now = state();
    const next = place();
    if (next === at) {
      unwritten = now;
      clearTimeout(timer);
      // A lone change is written at once: Firefox reloads the address it had before `pagehide`.
      const rest = amended + REST_MS - performance.now();
      if (rest > 0) timer = setTimeout(amend, rest);
      else amend();
      return;
    }
    at = next;
    // What was edited last belongs to the entry that is left.
    amend();
    write(now, "pushState");
  });

  $effect(() => {
    const back = () => {
      // A jump within the page comes here too.
      if (location.search === address) return;
      address = location.search;
      unwritten = undefined;
      clearTimeout(timer);
      show(readUrl(location.search));
      at = place();
    };
    addEventListener("popstate", back);
    // Who leaves the page and comes back finds it as it was.
    addEventListener("pagehide", amend);
    return () => {
      removeEventListener("popstate", back);
      removeEventListener("pagehide", amend);
      clearTimeout(timer);
    };
  });
}
