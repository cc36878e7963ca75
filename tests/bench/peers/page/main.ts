// A bare page that does nothing but hand an order to a worker and its answer back.

import type { Measured, Reached } from "../protocol";
import type { Order } from "./worker";

type Answer = { result: Measured | Reached } | { error: string };

/** What the bench calls. */
export const perform = (order: Order): Promise<Measured | Reached> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("error" in data) reject(new Error(data.error));
      else resolve(data.result);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order);
  });

Object.assign(window, { perform });
