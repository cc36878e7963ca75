/**
 * The helper workers of a run: threads that work for it, without memory that is shared.
 *
 * Whether there are any, how many, and what for, is the core's word. They start when a run that wants
 * them is first trained. One that fails ends them all: the core computes what it owed, and goes on alone.
 */

import type { RunSpec } from "../generated/core";
import type { EmployingCore, ImageNumbers, ShareNumbers, WorkTaker } from "./core";

/** What a helper is told. */
export type HelperMessage =
  | { type: "begin"; spec: RunSpec }
  | { type: "share"; index: number; share: ShareNumbers }
  | { type: "images"; images: ImageNumbers };

/** What a helper says. */
export type HelperReply =
  | { type: "ready" }
  | { type: "answer"; answer: Float32Array<ArrayBuffer> }
  | { type: "failed"; why: string };

/** The part of `Worker` that is used; tests bring their own. */
export interface HelperLike {
  onmessage: ((event: MessageEvent<HelperReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: HelperMessage, transfer: Transferable[]): void;
  terminate(): void;
}

/** What a pool needs of its surroundings. */
export interface HelperSetting {
  /** Starts a helper worker. */
  spawn(): HelperLike;
  /** Processors of the machine. */
  processors: number;
  /** How many threads there shall be, where that is not for the core to say. */
  pinned: number | undefined;
  /** Hears why the run goes on without helpers. */
  failed(why: string): void;
}

/** It is looked this often whether a helper has answered, in milliseconds. */
const TICK_MS = 1000;

/** Ticks that a helper may be silent for after the leader's own share is done. */
const SILENT_TICKS = 10;

interface Helper {
  worker: HelperLike;
  /** Hears the reply that is owed. */
  heard: (reply: HelperReply) => void;
}

/** Starts the helpers, and carries their work to them. */
export class HelperPool implements WorkTaker {
  readonly #setting: HelperSetting;
  #helpers: Helper[] = [];

  constructor(setting: HelperSetting) {
    this.#setting = setting;
  }

  /**
   * Gives the core's run the helpers it wants, once they are ready.
   *
   * @param turn waits until the core takes a call
   * @returns when the run may be trained: where helpers only evaluate, before they are ready
   */
  async engage(core: EmployingCore, turn: <T>(call: () => T) => Promise<T>): Promise<void> {
    this.dismiss();
    const { processors, pinned } = this.#setting;
    const [wanted, spec] = await turn(
      () => [core.helpWanted(processors, pinned), core.spec()] as const,
    );
    if (wanted.helpers < 1) return;
    const ready = this.#begin(wanted.helpers, spec);
    const helpers = this.#helpers;
    const employed = ready.then((all) =>
      turn(() => {
        // They may have been dismissed while the core was busy.
        if (all && helpers === this.#helpers) core.employ(wanted, this);
      }),
    );
    if (wanted.work === "batches") await employed;
  }

  /** Starts so many helpers; comes to whether all are ready. */
  async #begin(count: number, spec: RunSpec): Promise<boolean> {
    this.#helpers = [];
    try {
      for (let i = 0; i < count; i += 1) this.#start();
    } catch (error) {
      this.dismiss();
      this.#setting.failed(String(error));
      return false;
    }
    const begun = this.#helpers.map((helper) => this.#ask(helper, { type: "begin", spec }));
    return (await Promise.all(begun)).every((reply) => reply.type === "ready");
  }

  /** Hands a share to the helper of an index, from 1. Comes to nothing where the helper fails. */
  hand(index: number, ...share: ShareNumbers): Promise<Float32Array | null> {
    return this.#give(index, { type: "share", index, share }, share);
  }

  /** Hands images to a helper, from 1, that is to judge them. Comes to nothing where it fails. */
  judge(helper: number, ...images: ImageNumbers): Promise<Float32Array | null> {
    return this.#give(helper, { type: "images", images }, images);
  }

  async #give(
    index: number,
    message: HelperMessage,
    numbers: ShareNumbers | ImageNumbers,
  ): Promise<Float32Array | null> {
    const helper = this.#helpers[index - 1];
    if (!helper) return null;
    const transfer = numbers.flatMap((part) => (typeof part === "number" ? [] : [part.buffer]));
    const reply = await this.#ask(helper, message, transfer);
    return reply.type === "answer" ? reply.answer : null;
  }

  /** Ends the helpers. */
  dismiss(): void {
    const helpers = this.#helpers;
    this.#helpers = [];
    for (const { worker, heard } of helpers) {
      worker.terminate();
      heard({ type: "failed", why: "" });
    }
  }

  #start(): void {
    const worker = this.#setting.spawn();
    const helper: Helper = { worker, heard: () => undefined };
    worker.onmessage = ({ data }) => {
      if (data.type === "failed") this.#fail(data.why);
      else helper.heard(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message);
    };
    this.#helpers.push(helper);
  }

  /** What a helper replies; its failure where the helpers ended meanwhile. */
  #ask(
    helper: Helper,
    message: HelperMessage,
    transfer: Transferable[] = [],
  ): Promise<HelperReply> {
    return new Promise((resolve) => {
      // Ticks and no clock: while the leader computes its own share none passes.
      let ticks = 0;
      const watch = setInterval(() => {
        ticks += 1;
        if (ticks === SILENT_TICKS) this.#fail("");
      }, TICK_MS);
      helper.heard = (reply) => {
        clearInterval(watch);
        helper.heard = () => undefined;
        resolve(reply);
      };
      helper.worker.postMessage(message, transfer);
    });
  }

  #fail(why: string): void {
    // The last words of one that was ended count for nothing.
    if (this.#helpers.length === 0) return;
    this.dismiss();
    this.#setting.failed(why);
  }
}
