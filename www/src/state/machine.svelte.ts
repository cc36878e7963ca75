/** The device that trains: which one is wanted, which one is open, and how much data it holds. */

import type { DataReport, DeviceReport } from "../generated/core";
import type { Comparison, DeviceChoice, EventBody } from "../trainer/protocol";
import type { Trainer } from "../trainer/trainer";

/** Images of one part of the data. */
interface Loaded {
  loaded: number;
  total: number;
}

const NO_DATA: Record<"train" | "test", Loaded> = {
  train: { loaded: 0, total: 0 },
  test: { loaded: 0, total: 0 },
};

/** The machine behind a session. */
export class Machine {
  wanted = $state<DeviceChoice>("auto");
  /** The choice that the open device was opened for. */
  openedFor = $state<DeviceChoice | undefined>();
  /** The device that was opened. */
  report = $state.raw<DeviceReport | undefined>();
  data = $state.raw(NO_DATA);
  /** How fast each device is with the network of the run in hand, where both have shown it. */
  comparison = $state.raw<Comparison | undefined>();

  readonly #trainer: Trainer;
  readonly #failed: (error: unknown) => void;
  #ready: Promise<boolean> = Promise.resolve(false);

  constructor(wanted: DeviceChoice, trainer: Trainer, failed: (error: unknown) => void) {
    this.wanted = wanted;
    this.#trainer = trainer;
    this.#failed = failed;
  }

  /** Whether another device must be opened before the next run. */
  get outdated(): boolean {
    return this.wanted !== this.openedFor || !this.#trainer.isOpen;
  }

  /** Resolves with whether the device is open. */
  get ready(): Promise<boolean> {
    return this.#ready;
  }

  /** Opens the wanted device and begins to load the data. */
  open(): void {
    this.report = undefined;
    this.comparison = undefined;
    this.data = NO_DATA;
    this.openedFor = this.wanted;
    this.#ready = this.#open(this.wanted);
  }

  /** A worker that does not stop is replaced: the person shall not wait for a step of minutes. */
  reopenUnless(stopped: Promise<boolean>): void {
    this.#ready = this.#reopenUnless(stopped, this.#ready);
  }

  /** Takes in what is told of the device and its data. */
  hear(event: Extract<EventBody, { type: "ready" | "data" | "importedAgain" | "compared" }>): void {
    switch (event.type) {
      case "ready":
        this.report = event.report;
        break;
      case "importedAgain":
        this.data = allOf(event.report);
        break;
      case "compared":
        this.comparison = event.comparison;
        break;
      case "data": {
        const { part, loadedImages, totalImages } = event;
        this.data = { ...this.data, [part]: { loaded: loadedImages, total: totalImages } };
      }
    }
  }

  /** Takes in that there are other images: all of them, or MNIST's, which are loaded again. */
  replaceData(report: DataReport | undefined): void {
    this.data = report ? allOf(report) : NO_DATA;
    if (!report) this.#trainer.load().catch(() => undefined);
  }

  async #open(choice: DeviceChoice): Promise<boolean> {
    try {
      this.report = await this.#trainer.open(choice);
    } catch (error) {
      this.#failed(error);
      return false;
    }
    // Its failure is told when it is needed: by Train.
    this.#trainer.load().catch(() => undefined);
    return true;
  }

  async #reopenUnless(stopped: Promise<boolean>, ready: Promise<boolean>): Promise<boolean> {
    if (await stopped) return ready;
    this.open();
    return this.#ready;
  }
}

function allOf({ trainingImages, testImages }: DataReport): typeof NO_DATA {
  return {
    train: { loaded: trainingImages, total: trainingImages },
    test: { loaded: testImages, total: testImages },
  };
}
