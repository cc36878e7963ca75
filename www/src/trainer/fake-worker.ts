/** A worker for tests: it keeps the commands it gets, and says what the test tells it to say. */

import type { DeviceName, DeviceReport, RunState } from "../generated/core";
import type { WorkerLike } from "./client";
import type {
  Command,
  CommandName,
  CommandOf,
  EventBody,
  Failure,
  ProgressUpdate,
  WorkerMessage,
} from "./protocol";

export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  onmessageerror: WorkerLike["onmessageerror"] = null;
  terminated = false;
  readonly commands: Command[] = [];
  #answered = new Set<number>();
  #seq = 0;

  postMessage(message: unknown): void {
    this.commands.push(message as Command);
  }

  terminate(): void {
    this.terminated = true;
  }

  /** The names of all commands so far. */
  get names(): CommandName[] {
    return this.commands.map(({ type }) => type);
  }

  /** The first command of a name that was not answered. */
  asked<N extends CommandName>(type: N): CommandOf<N> {
    const command = this.commands.find(
      (each) => each.type === type && !this.#answered.has(each.id),
    );
    if (!command) throw new Error(`The worker was not asked to ${type}.`);
    return command as CommandOf<N>;
  }

  /** Answers the first open command of a name. */
  async answer(type: CommandName, value?: unknown): Promise<void> {
    const { id } = this.asked(type);
    this.#answered.add(id);
    await this.say({ kind: "reply", id, ok: true, value });
  }

  /** Refuses the first open command of a name. */
  async refuse(type: CommandName, error: Failure): Promise<void> {
    const { id } = this.asked(type);
    this.#answered.add(id);
    await this.say({ kind: "reply", id, ok: false, error });
  }

  /** Streams an event. */
  async emit(run: number, body: EventBody): Promise<void> {
    this.#seq += 1;
    await this.say({ kind: "event", run, seq: this.#seq, ...body });
  }

  /** Dies of an error nobody caught. */
  async die(message: string): Promise<void> {
    this.onerror?.({ message, preventDefault: () => undefined } as ErrorEvent);
    await settled();
  }

  /** Delivers a message, then lets everything that waits for it go on. */
  async say(message: WorkerMessage): Promise<void> {
    if (!this.terminated) this.onmessage?.({ data: message } as MessageEvent<WorkerMessage>);
    await settled();
  }
}

/** Resolves after all that is ready to run has run. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

/** What a worker says of a device it opened. */
export const report = (device: DeviceName): DeviceReport => ({
  device,
  label: device.toUpperCase(),
});

/** What a worker says of a run of one epoch of 100 steps. */
export function progress(step: number, state: RunState = "running"): ProgressUpdate {
  return {
    state,
    epoch: 1,
    epochs: 1,
    step,
    stepsPerEpoch: 100,
    losses: new Float32Array(),
    accuracies: new Float32Array(),
    learningRates: new Float32Array(),
    vitals: [],
    threads: 1,
    imagesPerSecond: 0,
    waitingForData: false,
  };
}
