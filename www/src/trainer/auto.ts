/**
 * What `auto` means: the device that trains this very network fastest.
 *
 * Think of a moving company that comes while one already lives in the house. Training begins on the
 * CPU at once; meanwhile the GPU has its programs compiled in a worker beside it and shows how fast it is;
 * if that is faster, the run moves. What was found is remembered by the shape of the network, so that a GPU
 * that would be slower is not even started the next time.
 */

import type { RunSpec } from "../generated/core";
import { prefersGpu, recallComparison, rememberComparison, shapeOf } from "./comparisons";
import type { Host, Spare } from "./host";
import { asTrainerError, type Comparison, type EventBody } from "./protocol";

/** What is looked at of a run. */
interface Run {
  spec: RunSpec;
  wanted: boolean;
  imagesPerSecond: number;
}

/** What it works with. */
export interface AutoSetting<R extends Run> {
  host: Host;
  listen: (event: EventBody) => void;
  /** Gives the worker in use what it lacks of the data. */
  load: () => Promise<void>;
  /** The run in hand. */
  run: () => R | undefined;
  /** Goes on with a run in a spare worker. */
  move: (run: R, spare: Spare, comparison: Comparison) => Promise<void>;
}

/** Chooses the device where the person leaves it to us. */
export class Auto<R extends Run> {
  readonly #setting: AutoSetting<R>;
  #trying = false;

  constructor(setting: AutoSetting<R>) {
    this.#setting = setting;
  }

  /** Before a run of a spec is made: goes back to the CPU, unless the GPU is known to be faster. */
  before(spec: RunSpec): Promise<void> | undefined {
    const { host, listen } = this.#setting;
    if (!host.gpuAllowed) return undefined;
    const known = recallComparison(shapeOf(spec));
    listen({ type: "compared", comparison: known });
    const stays = host.device !== "webgpu" || (known && prefersGpu(known));
    return stays ? undefined : this.#goBack();
  }

  /** While the CPU trains the run in hand: has the GPU tried, and the run moved if that is faster. */
  async during(): Promise<void> {
    const { host, listen, run: inHand, move } = this.#setting;
    const run = inHand();
    if (!run || !host.gpuAllowed || host.device === "webgpu" || this.#trying) return;
    const shape = shapeOf(run.spec);
    const known = recallComparison(shape);
    if (known && !prefersGpu(known)) return;
    this.#trying = true;
    try {
      const spare = await host.openSpare();
      const webgpu = await spare.client.send("speed", { spec: run.spec });
      // A run that was not trained yet has no speed to compare with.
      const comparison = run.imagesPerSecond > 0 ? { cpu: run.imagesPerSecond, webgpu } : known;
      if (comparison) rememberComparison(shape, comparison);
      const now = inHand();
      const same = now && shapeOf(now.spec) === shape;
      if (comparison && same) listen({ type: "compared", comparison });
      if (comparison && same && now.wanted && prefersGpu(comparison)) {
        await move(now, spare, comparison);
      } else {
        host.dropSpare();
      }
    } catch (error) {
      const { code, message } = asTrainerError(error);
      // A worker that was ended failed at nothing.
      if (code === "superseded") return;
      host.dropSpare();
      host.giveUpGpu(message);
    } finally {
      this.#trying = false;
      // What was begun meanwhile could not be looked at.
      const now = inHand();
      if (now !== run && now?.wanted) void this.during();
    }
  }

  async #goBack(): Promise<void> {
    await this.#setting.host.reopen("cpu");
    await this.#setting.load();
  }
}
