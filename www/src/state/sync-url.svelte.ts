import { writeUrl, type PageState } from "./url";

/** Browsers refuse an address that changes too often; a dragged slider changes it at 60 Hz. */
const SETTLE_MS = 300;

/** Keeps the page's address at what the page shows. To be called while a component is set up. */
export function syncUrl(state: () => PageState): void {
  $effect(() => {
    const now = state();
    const timer = setTimeout(() => {
      const search = writeUrl(location.search, now);
      if (search !== location.search) {
        history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
      }
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  });
}
