/** The images that runs are for: MNIST, or a set of the person's own. */

import type { DataReport, DatasetSpec } from "../generated/core";
import type { EventBody, Imports } from "../trainer/protocol";
import type { Trainer } from "../trainer/trainer";

/** MNIST's classes are its ten digits. */
const DIGITS: readonly string[] = Array.from({ length: 10 }, (_, digit) => String(digit));

/** What the data set needs of the session. */
export interface DataSetSetting {
  trainer: Pick<Trainer, "importData" | "useMnist" | "addExample">;
  /** Resolves once the device is open, or cannot be. */
  opened(): Promise<unknown>;
  /**
   * Hears that there are other images: the run is over. `report` tells what there is of them;
   * without it they are yet to be loaded.
   */
  replaced(dataset: DatasetSpec, report: DataReport | undefined): Promise<void>;
}

/** The data set of a page. */
export class DataSet {
  /** What an own set is called; MNIST has no name here. */
  name = $state<string | undefined>();
  /** What each class is called, from class 0 on. */
  classNames = $state.raw(DIGITS);
  /** How many images were added to the training images by hand. */
  added = $state(0);
  /** Whether the person has ever asked for images of their own: until then the form need not be there. */
  asked = $state(false);
  /** How many pictures of an import have been read; nothing while none is going on. */
  reading = $state.raw<{ read: number; total: number } | undefined>();
  /** Counts how often there were other images: what was asked before is outdated. */
  version = $state(0);

  readonly #setting: DataSetSetting;
  #choosing = $state(false);

  constructor(setting: DataSetSetting) {
    this.#setting = setting;
  }

  /** Whether the person is choosing images of their own. */
  get choosing(): boolean {
    return this.#choosing;
  }

  set choosing(choosing: boolean) {
    this.#choosing = choosing;
    this.asked ||= choosing;
  }

  /**
   * Trains on a person's own images from now on.
   *
   * @throws {TrainerError} where they are not sound: then all stays as it is.
   */
  async import(imports: Imports, name: string, seed: number): Promise<void> {
    this.reading = { read: 0, total: 0 };
    try {
      // Who brings files along at once shall not be told that no device is open yet.
      await this.#setting.opened();
      const report = await this.#setting.trainer.importData(imports, seed);
      this.name = name;
      this.classNames = report.classNames;
      await this.#replaced(report.dataset, report);
    } finally {
      this.reading = undefined;
    }
  }

  /** Goes back to MNIST. */
  async useMnist(): Promise<void> {
    await this.#setting.trainer.useMnist();
    await this.#forget();
  }

  /** Adds an image to the training images of runs to come. */
  async add(pixels: Uint8Array, label: number): Promise<void> {
    await this.#setting.trainer.addExample({ pixels, label });
    this.added += 1;
    this.version += 1;
  }

  /** Takes in what is told of an own set. */
  hear(event: Extract<EventBody, { type: "importing" | "importLost" }>): void {
    if (event.type === "importLost") void this.#forget();
    else if (this.reading) this.reading = { read: event.read, total: event.total };
  }

  /** Back to what every worker begins with. */
  async #forget(): Promise<void> {
    this.name = undefined;
    this.classNames = DIGITS;
    await this.#replaced("mnist", undefined);
  }

  async #replaced(dataset: DatasetSpec, report: DataReport | undefined): Promise<void> {
    this.added = 0;
    this.version += 1;
    await this.#setting.replaced(dataset, report);
  }
}
