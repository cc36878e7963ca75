/**
 * One worker, from its start to its end: matches replies to commands, and notices when it dies.
 *
 * A worker dies by saying that the core trapped, by an error of its own, or by silence: while it
 * owes an answer or trains, it must give a sign of life now and then.
 */

import { strings } from "../strings";
import {
  TrainerError,
  type CommandName,
  type Commands,
  type Event,
  type FailureCode,
  type WorkerMessage,
} from "./protocol";

/** The part of `Worker` that is used; tests bring their own. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  terminate(): void;
}

/** Who hears of what the worker says unasked. */
export interface ClientListener {
  event(event: Event): void;
  died(death: TrainerError): void;
}

/** The watchdog looks this often, in milliseconds. */
const TICK_MS = 1000;

/** Ticks of silence after which the worker is asked for a sign of life. */
const PING_TICKS = 10;

/**
 * Ticks of silence after which it is given up. Nothing can be heard during a step, which takes many
 * seconds for a large network on a slow processor, nor while a GPU's programs are compiled.
 */
const SILENT_TICKS = 180;

interface Pending {
  resolve(value: unknown): void;
  reject(error: TrainerError): void;
}

/** A live worker. */
export class WorkerClient {
  readonly #worker: WorkerLike;
  readonly #listener: ClientListener;
  readonly #pending = new Map<number, Pending>();
  readonly #watchdog: ReturnType<typeof setInterval>;
  #nextId = 1;
  #pings = 0;
  #dead = false;
  // Counted in ticks, not read off a clock: a page that slept must not take its own silence for
  // the worker's.
  #silentTicks = 0;

  /** Whether it has ended, by itself or by {@link terminate}. */
  get dead(): boolean {
    return this.#dead;
  }

  /** Whether it owes an answer to anything but a call for a sign of life. */
  get owes(): boolean {
    return this.#pending.size > this.#pings;
  }

  /** Whether the worker should be heard from although it owes no answer, as while it trains. */
  busy = false;

  constructor(worker: WorkerLike, listener: ClientListener) {
    this.#worker = worker;
    this.#listener = listener;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#die("crashed", event.message || strings.failures.workerNotStarted);
    };
    worker.onmessageerror = () => this.#die("crashed", strings.failures.workerGarbled);
    this.#watchdog = setInterval(() => this.#watch(), TICK_MS);
  }

  /** Sends a command; resolves with its reply. */
  send<N extends CommandName>(
    type: N,
    args: Commands[N]["args"],
    transfer: Transferable[] = [],
  ): Promise<Commands[N]["result"]> {
    if (this.#dead) return Promise.reject(new TrainerError("crashed", strings.failures.workerGone));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        resolve: (value) => resolve(value as Commands[N]["result"]),
        reject,
      });
      this.#worker.postMessage({ id, type, ...args }, transfer);
    });
  }

  /** Ends the worker; what it still owed is rejected. */
  terminate(why = new TrainerError("superseded", strings.failures.superseded)): void {
    if (this.#dead) return;
    this.#dead = true;
    clearInterval(this.#watchdog);
    this.#worker.terminate();
    for (const owed of this.#pending.values()) owed.reject(why);
    this.#pending.clear();
  }

  #receive(message: WorkerMessage): void {
    if (this.#dead) return;
    this.#silentTicks = 0;
    if (message.kind === "event") {
      if (message.type === "crashed") this.#die("crashed", message.message);
      else this.#listener.event(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.ok) {
      pending?.resolve(message.value);
    } else {
      const { code, message: sentence, problems, part } = message.error;
      pending?.reject(new TrainerError(code, sentence, problems, part));
    }
  }

  #watch(): void {
    if (!this.busy && this.#pending.size === 0) {
      this.#silentTicks = 0;
      return;
    }
    this.#silentTicks += 1;
    if (this.#silentTicks >= SILENT_TICKS) {
      this.#die("silent", strings.failures.workerSilent(SILENT_TICKS));
    } else if (this.#silentTicks % PING_TICKS === 0) {
      // The answer counts by arriving; a worker that dies before rejects it, which is told already.
      this.#pings += 1;
      this.send("ping", {})
        .catch(() => undefined)
        .finally(() => (this.#pings -= 1));
    }
  }

  #die(code: FailureCode, message: string): void {
    if (this.#dead) return;
    const death = new TrainerError(code, message);
    this.terminate(death);
    this.#listener.died(death);
  }
}
