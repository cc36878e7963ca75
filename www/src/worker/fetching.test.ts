import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { fetchWhole } from "./fetching";

const URL_OF_FILE = new URL("https://example.org/data/train-0");

/** What the server does with each request. */
type Act = (signal: AbortSignal) => Promise<Response>;
let acts: Act[];
let asked: (RequestCache | undefined)[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", (_: URL, { cache, signal }: RequestInit) => {
    const act = acts[asked.push(cache) - 1];
    if (!act || !signal) throw new Error("This was not expected.");
    return act(signal);
  });
});

afterEach(() => {
  expect(vi.getTimerCount(), "watches that go on").toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Never answers. */
const silent: Act = (signal) =>
  new Promise((_, reject) => {
    signal.onabort = () => reject(new DOMException("It was given up.", "AbortError"));
  });

/** Answers, a part every so many milliseconds; without an end where that is asked for. */
const slowly =
  (parts: string[], ms: number, ends = true): Act =>
  (signal) => {
    const bytes = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async start(body) {
        signal.onabort = () => body.error(new DOMException("It was given up.", "AbortError"));
        for (const part of parts) {
          await new Promise((resolve) => setTimeout(resolve, ms));
          body.enqueue(bytes.encode(part));
        }
        if (ends) body.close();
      },
    });
    return Promise.resolve(new Response(body));
  };

const whole = slowly(["ab", "cd"], 0);

async function text(): Promise<string> {
  const fetched = fetchWhole(URL_OF_FILE, "default");
  fetched.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  const file = await fetched;
  return file.text();
}

test("a file comes as it is", async () => {
  acts = [whole];
  await expect(text()).resolves.toBe("abcd");
  expect(asked).toEqual(["default"]);
});

test("a slow answer is waited for, however long it takes", async () => {
  acts = [slowly(["a", "b", "c", "d"], 14_000)];
  await expect(text()).resolves.toBe("abcd");
});

const SILENCES: [what: string, act: Act][] = [
  ["does not answer", silent],
  ["falls silent", slowly(["ab"], 0, false)],
];

test.each(SILENCES)("a server that %s is asked once more, past the cache", async (_, act) => {
  acts = [act, whole];
  await expect(text()).resolves.toBe("abcd");
  expect(asked).toEqual(["default", "reload"]);
});

test("a server that is silent twice is given up", async () => {
  acts = [silent, silent];
  await expect(text()).rejects.toThrow("given up");
});

test("what cannot be reached is not asked again", async () => {
  acts = [() => Promise.reject(new TypeError("offline"))];
  await expect(text()).rejects.toThrow("offline");
});

test("a refusal is handed on", async () => {
  acts = [() => Promise.resolve(new Response("no", { status: 404 }))];
  const answer = await fetchWhole(URL_OF_FILE, "default");
  expect(answer).toMatchObject({ status: 404 });
});
