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
interface Given {
  client: WorkerClient;
  own: OwnSet | undefined;
  added: number;
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
  #given: Given | undefined;
  #giving: { client: WorkerClient; done: Promise<void> } | undefined;
  /** Those who wait for MNIST's images to have arrived. */
  #waiting: { arrived: () => void; failed: (error: TrainerError) => void }[] = [];
  #arrived: WorkerClient | undefined;

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
    if (this.#given?.client === client) this.#given.added = this.#added.length;
  }

  /**
   * Gives a worker what it lacks. Resolves once a run can be made: with all that was added, or
   * where nothing was, while images are still on their way.
   *
   * @throws {TrainerError} where files cannot be had. Where they are a person's own, which may have
   * been moved since they were chosen, they are given up for MNIST, and that is told.
   */
  give(client: WorkerClient): Promise<void> {
    if (this.#giving?.client !== client) {
      const done = this.#give(client).finally(() => {
        if (this.#giving?.client === client) this.#giving = undefined;
      });
      this.#giving = { client, done };
    }
    return this.#giving.done;
  }

  /** Takes in how far MNIST has arrived. */
  hear(event: EventBody): void {
    if (
      event.type === "data" &&
      event.part === "train" &&
      event.loadedImages === event.totalImages
    ) {
      this.#arrived = this.#given?.client;
      this.#waiting.splice(0).forEach(({ arrived }) => arrived());
    } else if (event.type === "dataFailed") {
      const error = new TrainerError("network", event.message);
      this.#waiting.splice(0).forEach(({ failed }) => failed(error));
    }
  }

  #replace(client: WorkerClient | undefined, own: OwnSet | undefined): void {
    this.#own = own;
    this.#added = [];
    this.#begin(client && { client, own, added: 0 });
  }

  #begin(given: Given | undefined): void {
    this.#given = given;
    this.#arrived = undefined;
    const error = new TrainerError("superseded", strings.failures.superseded);
    this.#waiting.splice(0).forEach(({ failed }) => failed(error));
  }

  async #give(client: WorkerClient): Promise<void> {
    let given = this.#given;
    if (given?.client !== client) {
      given = { client, own: undefined, added: 0 };
      this.#begin(given);
    }
    if (this.#own && given.own !== this.#own) await this.#importAgain(given, this.#own);
    if (!this.#own) {
      await client.send("load", { folder: this.#setting.dataFolder });
      if (given.added < this.#added.length) await this.#allArrived(client);
    }
    for (const example of this.#added.slice(given.added)) {
      await client.send("addExample", example);
      given.added += 1;
    }
  }

  async #importAgain(given: Given, own: OwnSet): Promise<void> {
    try {
      const report = await given.client.send("importData", own);
      given.own = own;
      if (this.#own === own) this.#setting.listen({ type: "importedAgain", report });
    } catch (error) {
      const { code, message } = asTrainerError(error);
      if (code !== "bad_data" || this.#own !== own) throw error;
      this.#own = undefined;
      this.#added = [];
      this.#setting.listen({ type: "importLost", why: message });
    }
  }

  #allArrived(client: WorkerClient): Promise<void> {
    if (this.#arrived === client) return Promise.resolve();
    return new Promise((arrived, failed) => this.#waiting.push({ arrived, failed }));
  }
}
