/** Values that change faster than anyone can read. */

import { untrack } from "svelte";

import { Pacer } from "./pacer";

/**
 * What `read` says, but about every `ms` at most; the last word always comes. Where what `urgent` says
 * changes too, it is shown at once.
 */
export function calm<T>(
  read: () => T,
  ms: number,
  urgent: () => unknown = () => undefined,
): { readonly current: T } {
  let current = $state.raw(untrack(read));
  const pacer = new Pacer((value: T) => (current = value), ms, untrack(urgent));
  $effect(() => pacer.take(read(), urgent()));
  $effect(() => () => pacer.stop());
  return {
    get current() {
      return current;
    },
  };
}
