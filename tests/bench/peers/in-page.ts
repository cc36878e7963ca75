// A library in a worker of the bare page.

import { inChromium } from "./chromium";
import type { Order } from "./page/worker";
import type { Goal, Measured, Reached, Task } from "./protocol";
import type { Contender } from "./contenders";
import type { Site } from "./site";

interface Options {
  /** Whether the server lets the page share memory between threads. */
  isolated?: boolean;
}

/** The contender that a file in libraries/ and one of its backends make. */
export function inPage(
  library: string,
  backend: string,
  { isolated = false }: Options = {},
): Pick<Contender, "measure" | "reach"> {
  const perform = async (site: Site, work: { task: Task } | { goal: Goal }) =>
    inChromium(async (page) => {
      await page.goto(site.page(isolated));
      const order: Order = { place: { library, backend, data: site.data }, ...work };
      return page.evaluate(
        (order) =>
          (window as unknown as { perform: (order: Order) => Promise<Measured | Reached> }).perform(
            order,
          ),
        order,
      );
    });
  return {
    measure: async (site, task) => {
      const { result, ...memory } = await perform(site, { task });
      return { ...(result as Measured), ...memory };
    },
    reach: async (site, goal) => (await perform(site, { goal })).result as Reached,
  };
}
