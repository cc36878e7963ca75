/**
 * What the page remembers from one visit to the next. Storage is refused to some frames and some
 * people: then nothing is remembered, and nothing fails.
 */

const PREFIX = "emberlab.";

/** What was remembered under this name. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Remembers a word under this name. */
export function remember(name: string, word: string): void {
  try {
    localStorage.setItem(PREFIX + name, word);
  } catch {
    // It holds for this visit only.
  }
}
