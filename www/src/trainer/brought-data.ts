/**
 * The images that runs train on, as a person brought them: MNIST, or a set of their own, and what
 * was added by hand. A worker forgets them when it ends, so each one after it is given them again.
 */

import type { DataReport } from "../generated/core";
import { strings } from "../strings";
import type { WorkerClient } from "./client";
import {
  asTrainerError,
  TrainerError,
  type EventBody,
  type Imports,
  type Queries,
} from "./protocol";

type Example = Queries["addExample"]["args"];

interface OwnSet {
  imports: Imports;
  seed: number;
}

/** What a worker has been given. */
class Given {
  own: OwnSet | undefined;
  added: number;
  /** What is on its way to it. */
  giving: Promise<void> | undefined;
  #arrived = false;
  /** Those who wait for MNIST's images to have arrived. */
  #waiting: { arrived: () => void; failed: (error: TrainerError) => void }[] = [];

  constructor(own?: OwnSet, added = 0) {
    this.own = own;
    this.added = added;
  }

  allArrived(): Promise<void> {
    if (this.#arrived) return Promise.resolve();
    return new Promise((arrived, failed) => this.#waiting.push({ arrived, failed }));
  }

  arrived(): void {
    this.#arrived = true;
    this.#waiting.splice(0).forEach(({ arrived }) => arrived());
  }

  fail(error: TrainerError): void {
    this.#waiting.splice(0).forEach(({ failed }) => failed(error));
  }
}

/** Whoever is told what came of it. */
export interface BroughtDataSetting {
  /** Where MNIST's files lie. */
  dataFolder: string;
  listen(event: EventBody): void;
}

/** Keeps the data for the workers to come. */
export class BroughtData {
  readonly #setting: BroughtDataSetting;
  #own: OwnSet | undefined;
  #added: Example[] = [];
  #given = new Map<WorkerClient, Given>();

  constructor(setting: BroughtDataSetting) {
    this.#setting = setting;
  }

  /** Gives a worker a person's own images, to be kept if they are sound. */
  async import(client: WorkerClient, imports: Imports, seed: number): Promise<DataReport> {
    const report = await client.send("importData", { imports, seed });
    this.#replace(client, { imports, seed });
    return report;
  }

  /** Goes back to MNIST, which is to be given anew: to this worker too, if there is any. */
  async useMnist(client: WorkerClient | undefined): Promise<void> {
    await client?.send("useMnist", {});
    this.#replace(client, undefined);
  }

  /** Adds an image to the training images of runs to come. */
  async add(client: WorkerClient, example: Example): Promise<void> {
    await client.send("addExample", example);
    this.#added.push(example);
    const given = this.#given.get(client);
    if (given) given.added = this.#added.length;
  }

  /**
   * Gives a worker what it lacks. Resolves once a run can be made: with all that was added, or
   * where nothing was, while images are still on their way.
   *
   * @throws {TrainerError} where files cannot be had. Where they are a person's own, which may have
   * been moved since they were chosen, they are given up for MNIST, and that is told.
   */
  async give(client: WorkerClient): Promise<void> {
    const own = this.#own;
    try {
      await this.lend(client);
    } catch (error) {
      const { code, message } = asTrainerError(error);
      if (code !== "bad_data" || !own || this.#own !== own) throw error;
      this.#own = undefined;
      this.#added = [];
      this.#setting.listen({ type: "importLost", why: message });
      await this.lend(client);
    }
  }

  /**
   * The same, for a worker that another one can do without: nothing is given up.
   *
   * @throws {TrainerError} where files cannot be had.
   */
  lend(client: WorkerClient): Promise<void> {
    let given = this.#given.get(client);
    if (!given) {
      given = new Given();
      this.#forget((other) => other.dead);
      this.#given.set(client, given);
    }
    const mine = given;
    mine.giving ??= this.#giveAll(client, mine).finally(() => (mine.giving = undefined));
    return mine.giving;
  }

  /** Takes in how far MNIST has arrived at a worker. */
  hear(event: EventBody, client: WorkerClient): void {
    const given = this.#given.get(client);
    if (event.type === "data") {
      const { loadedImages, part, totalImages } = event;
      if (part === "train" && loadedImages === totalImages) given?.arrived();
    } else if (event.type === "dataFailed") {
      given?.fail(new TrainerError("network", event.message));
    }
  }

  /** Takes in that a worker died. */
  gone(client: WorkerClient): void {
    this.#forget((other) => other === client);
  }

  #replace(client: WorkerClient | undefined, own: OwnSet | undefined): void {
    this.#own = own;
    this.#added = [];
    this.#forget(() => true);
    if (client) this.#given.set(client, new Given(own));
  }

  #forget(which: (client: WorkerClient) => boolean): void {
    const error = new TrainerError("superseded", strings.failures.superseded);
    for (const [client, given] of this.#given) {
      if (!which(client)) continue;
      given.fail(error);
      this.#given.delete(client);
    }
  }

  async #giveAll(client: WorkerClient, given: Given): Promise<void> {
    const own = this.#own;
    if (own && given.own !== own) {
      const report = await client.send("importData", own);
      given.own = own;
      if (this.#own === own) this.#setting.listen({ type: "importedAgain", report });
    }
    if (!this.#own) {
      await client.send("load", { folder: this.#setting.dataFolder });
      if (given.added < this.#added.length) await given.allArrived();
    }
    for (const example of this.#added.slice(given.added)) {
      await client.send("addExample", example);
      given.added += 1;
    }
  }
}
