/** Values that change faster than anyone can read. */

import { untrack } from "svelte";

/** What `read` says, but no more often than every `ms`; the last word always comes. */
export function calm<T>(read: () => T, ms: number): { readonly current: T } {
  let current = $state.raw(untrack(read));
  let shownAt = -Infinity;
  const show = (value: T) => {
    current = value;
    shownAt = performance.now();
  };
  $effect(() => {
    const value = read();
    const wait = ms - (performance.now() - shownAt);
    if (wait <= 0) {
      show(value);
      return;
    }
    const timer = setTimeout(show, wait, value);
    return () => clearTimeout(timer);
  });
  return {
    get current() {
      return current;
    },
  };
}
