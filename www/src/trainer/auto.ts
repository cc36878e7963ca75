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
  /** Goes on with a run in a spare worker, or lets that go; never fails. */
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
    const { host } = this.#setting;
    if (!host.gpuAllowed) return undefined;
    const known = this.tell(spec);
    const stays = host.device !== "webgpu" || (known && prefersGpu(known));
    return stays ? undefined : this.#goBack();
  }

  /** Tells, and says, what is known of a spec's network. */
  tell(spec: RunSpec): Comparison | undefined {
    const { host, listen } = this.#setting;
    const comparison = host.gpuAllowed ? recallComparison(shapeOf(spec)) : undefined;
    listen({ type: "compared", comparison });
    return comparison;
  }

  /** While the CPU trains the run in hand: has the GPU tried, and the run moved if that is faster. */
  async during(): Promise<void> {
    const { host, listen, run: inHand, move } = this.#setting;
    const run = inHand();
    if (!run || !host.gpuAllowed || host.device === "webgpu" || this.#trying) return;
    const shape = shapeOf(run.spec);
    const known = recallComparison(shape);
    // Before its first steps a run has no speed to compare with.
    if (known ? !prefersGpu(known) : run.imagesPerSecond === 0) return;
    this.#trying = true;
    try {
      const spare = await this.#show(run);
      if (!spare) return;
      const comparison = { cpu: run.imagesPerSecond || (known?.cpu ?? 0), webgpu: spare.speed };
      rememberComparison(shape, comparison);
      const now = inHand();
      const same = now && shapeOf(now.spec) === shape;
      if (same) listen({ type: "compared", comparison });
      if (same && now.wanted && prefersGpu(comparison)) await move(now, spare, comparison);
      else host.dropSpare();
    } finally {
      this.#trying = false;
      // What was begun meanwhile could not be looked at.
      const now = inHand();
      if (now !== run && now?.wanted) void this.during();
    }
  }

  /** Has the GPU show in a spare worker how fast it is; where it cannot, it is given up. */
  async #show({ spec }: R): Promise<(Spare & { speed: number }) | undefined> {
    const { host } = this.#setting;
    try {
      const spare = await host.openSpare();
      return { ...spare, speed: await spare.client.send("speed", { spec }) };
    } catch (error) {
      const { code, message } = asTrainerError(error);
      // A worker that was ended failed at nothing.
      if (code !== "superseded") {
        host.dropSpare();
        host.giveUpGpu(message);
      }
      return undefined;
    }
  }

  async #goBack(): Promise<void> {
    await this.#setting.host.reopen("cpu");
    await this.#setting.load();
  }
}
