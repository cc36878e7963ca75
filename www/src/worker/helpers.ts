/**
 * The helper workers of a run: threads that share its batches, without memory that is shared.
 *
 * Whether there are any, and how many, is the core's word. They start when a run that wants them is
 * first trained. One that fails ends them all: the core computes what it owed, and goes on alone.
 */

import type { RunSpec } from "../generated/core";
import type { ShareNumbers, ShareTaker, SharingCore } from "./core";

/** What a helper is told. */
export type HelperMessage =
  { type: "begin"; spec: RunSpec } | { type: "share"; index: number; share: ShareNumbers };

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

/** Starts the helpers, and carries shares to them. */
export class HelperPool implements ShareTaker {
  readonly #setting: HelperSetting;
  #helpers: Helper[] = [];

  constructor(setting: HelperSetting) {
    this.#setting = setting;
  }

  /** Gives the core's run as many helpers as it wants, once they are ready. */
  async engage(core: SharingCore): Promise<void> {
    this.dismiss();
    const { processors, pinned } = this.#setting;
    const count = core.threads(processors, pinned) - 1;
    if (count < 1) return;
    const spec = core.spec();
    try {
      for (let i = 0; i < count; i += 1) this.#start();
    } catch (error) {
      this.#fail(String(error));
      return;
    }
    const begun = this.#helpers.map((helper) => this.#ask(helper, { type: "begin", spec }));
    if ((await Promise.all(begun)).every((reply) => reply.type === "ready")) {
      core.employ(count, this);
    }
  }

  /** Hands a share to the helper of an index, from 1. Comes to nothing where the helper fails. */
  async hand(index: number, ...share: ShareNumbers): Promise<Float32Array | null> {
    const helper = this.#helpers[index - 1];
    if (!helper) return null;
    const transfer = share.flatMap((part) => (typeof part === "number" ? [] : [part.buffer]));
    const reply = await this.#ask(helper, { type: "share", index, share }, transfer);
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
