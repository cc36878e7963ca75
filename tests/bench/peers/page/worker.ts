// Where a library runs: a Web Worker, as Emberlab's core does.

import type { Goal, Task } from "../protocol";
import { measure, reach, type Place } from "./measure";

export type Order = { place: Place } & ({ task: Task } | { goal: Goal });

self.onmessage = ({ data }: MessageEvent<Order>) => {
  const work = "task" in data ? measure(data.place, data.task) : reach(data.place, data.goal);
  work.then(
    (result) => postMessage({ result }),
    (error: unknown) => postMessage({ error: String(error) }),
  );
};
