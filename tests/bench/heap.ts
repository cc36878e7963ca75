// How much memory the page and its worker hold, as the browser's own tools count it after a collection
// of all garbage.

import type { CDPSession, Page } from "@playwright/test";

/** What the page and its worker hold, in bytes. */
export interface Held {
  page: number;
  /** Arrays of numbers, which lie beside the page's objects. */
  pageArrays: number;
  worker: number;
  workerArrays: number;
  /** The core's own memory, which grows and never shrinks. */
  core: number;
}

interface Usage {
  usedSize: number;
  backingStorageSize: number;
}

/** Sends a command of the browser's tools and hears its answer. */
type Ask = <Answer>(method: string, parameters?: object) => Promise<Answer>;

/** The tools of the page's worker, which are spoken to by way of the page's. */
async function workerTools(tools: CDPSession): Promise<Ask> {
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  tools.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  const attached = new Promise<string>((resolve) => {
    tools.on("Target.attachedToTarget", ({ sessionId }) => {
      resolve(sessionId);
    });
  });
  await tools.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  return async <Answer>(method: string, params: object = {}) => {
    const id = ++asked;
    const answer = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    await tools.send("Target.sendMessageToTarget", {
      sessionId,
      message: JSON.stringify({ id, method, params }),
    });
    return (await answer) as Answer;
  };
}

async function usage(ask: Ask): Promise<Usage> {
  await ask("HeapProfiler.collectGarbage");
  return ask("Runtime.getHeapUsage");
}

/** Has the worker keep at hand what memory the core was given; before the page is opened. */
export async function keepCoreMemory(page: Page): Promise<void> {
  const keeping = `
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const instantiate = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await instantiate(...given);
        globalThis.coreMemory = (made.instance ?? made).exports.memory;
        return made;
      };
    }`;
  await page.route("**/training.worker*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${keeping}\n${await response.text()}` });
  });
}

async function coreBytes(ask: Ask): Promise<number> {
  const { result } = await ask<{ result: { value: number } }>("Runtime.evaluate", {
    expression: "coreMemory.buffer.byteLength",
  });
  return result.value;
}

/** Measures a page that was opened with `keepCoreMemory`. */
export async function heap(page: Page): Promise<() => Promise<Held>> {
  const tools = await page.context().newCDPSession(page);
  const inWorker = await workerTools(tools);
  const inPage: Ask = async <Answer>(method: string, parameters?: object) =>
    (await tools.send(method as "Runtime.getHeapUsage", parameters)) as Answer;
  return async () => {
    const own = await usage(inPage);
    const worker = await usage(inWorker);
    return {
      page: own.usedSize,
      pageArrays: own.backingStorageSize,
      worker: worker.usedSize,
      workerArrays: worker.backingStorageSize,
      core: await coreBytes(inWorker),
    };
  };
}
