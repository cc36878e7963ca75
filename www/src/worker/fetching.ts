/** Files from the server the page came from. */

/** It is looked this often whether anything has arrived, in milliseconds. */
const TICK_MS = 1000;

/** Ticks without a byte after which nothing more is waited for. */
const SILENT_TICKS = 15;

/** How often a file is asked for before it is given up. */
const TRIES = 2;

/**
 * Fetches a whole file, or hears from the server why not. Where the answer stops coming, as connections do
 * that a browser or a network has lost, the file is asked for once more.
 *
 * @throws {unknown} where the server cannot be reached, or falls silent again.
 */
export async function fetchWhole(url: URL, cache: RequestCache): Promise<Blob | Response> {
  for (let tries = 1; ; tries += 1) {
    const silence = new AbortController();
    // Ticks and no clock: while this thread computes none passes.
    let ticks = 0;
    const watch = setInterval(() => {
      ticks += 1;
      if (ticks === SILENT_TICKS) silence.abort();
    }, TICK_MS);
    try {
      // What stopped coming may wait in the browser's cache for the rest of itself.
      const response = await fetch(url, {
        cache: tries > 1 ? "reload" : cache,
        signal: silence.signal,
      });
      if (!response.ok) return response;
      return await collect(response, () => (ticks = 0));
    } catch (error) {
      if (!silence.signal.aborted || tries === TRIES) throw error;
    } finally {
      clearInterval(watch);
    }
  }
}

/** All that comes of an answer; each part is heard of. */
async function collect(response: Response, heard: () => void): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  for (;;) {
    heard();
    const part = await reader?.read();
    if (!part || part.done) return new Blob(parts);
    parts.push(part.value);
  }
}
