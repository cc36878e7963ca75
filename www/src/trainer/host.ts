/**
 * The worker at hand: starts one for a device, and tries another where it dies on the way. Where `auto`
 * was chosen, that is one for the CPU, which is there at once; another for the GPU may be opened beside it
 * and take its place.
 */

import type { DeviceName, DeviceReport } from "../generated/core";
import { strings } from "../strings";
import { WorkerClient, type WorkerLike } from "./client";
import {
  asTrainerError,
  TrainerError,
  type DeviceChoice,
  type Event,
  type EventBody,
} from "./protocol";

/** Workers to start on a device before it is given up. */
export const TRIES = 2;

/** What a host needs of its surroundings. */
export interface HostSetting {
  /** Starts a worker. */
  spawn(): WorkerLike;
  /** How many threads train on the CPU; as many as pay where that is not said. */
  threads?: number | undefined;
  /** Says why WebGPU cannot be used, or nothing where it can. */
  whyNoWebgpu(allowSoftware: boolean): Promise<string | undefined>;
  /** Hears what is worth telling the person. */
  listen(event: EventBody): void;
  /** Hears everything that a worker says. */
  hear(event: Event, worker: WorkerClient): void;
  /** Hears of the death of any worker: what was given to it is gone. */
  gone(worker: WorkerClient): void;
  /** Hears of the death of the worker in use, once it had opened its device. */
  died(death: TrainerError): void;
}

/** A worker with an open device, beside the one in use. */
export interface Spare {
  client: WorkerClient;
  report: DeviceReport;
}

/** Starts workers and keeps the one in use. */
export class Host {
  readonly #setting: HostSetting;
  #choice: DeviceChoice = "auto";
  #device: DeviceName = "cpu";
  #client: WorkerClient | undefined;
  /** A worker whose death `open` hears of by its rejected command. */
  #beingOpened: WorkerClient | undefined;
  #isOpen = false;
  /** The worker beside the one in use, whether its device is open or not. */
  #spare: WorkerClient | undefined;
  #gpuAllowed = false;
  /** Counts the calls of `open`: what an older one still does must have no effect. */
  #opening = 0;

  constructor(setting: HostSetting) {
    this.#setting = setting;
  }

  /** Whether a device is open and its worker alive. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The device that was opened last. */
  get device(): DeviceName {
    return this.#device;
  }

  /** The device to try after this one, where there is any. */
  get nextDevice(): DeviceName | undefined {
    return this.#choice === "auto" && this.#device === "webgpu" ? "cpu" : undefined;
  }

  /** Whether the device is ours to choose, and there is a GPU to choose. */
  get gpuAllowed(): boolean {
    return this.#gpuAllowed;
  }

  /** The worker, dead or alive. */
  get client(): WorkerClient | undefined {
    return this.#client;
  }

  /** The worker, to be asked something. */
  get live(): WorkerClient {
    if (!this.#client) throw new TrainerError("wrong_state", strings.failures.notOpen);
    return this.#client;
  }

  /**
   * Opens the chosen device in a fresh worker.
   *
   * @throws {TrainerError} where it does not work; a device chosen by name is never swapped.
   */
  async open(choice: DeviceChoice): Promise<DeviceReport> {
    const ticket = this.#begin();
    this.#choice = choice;
    this.#gpuAllowed = false;
    if (choice !== "auto") return this.#tryToOpen(choice, ticket);
    const why = await this.#setting.whyNoWebgpu(false);
    this.#stillWanted(ticket);
    if (why) this.giveUpGpu(why);
    else this.#gpuAllowed = true;
    return this.#tryToOpen("cpu", ticket);
  }

  /** Opens another device in a fresh worker: the former one is of no use any more. */
  reopen(device: DeviceName, why?: TrainerError): Promise<DeviceReport> {
    const ticket = this.#begin();
    this.#client?.terminate(why);
    return this.#tryToOpen(device, ticket);
  }

  /** Opens the GPU in a worker beside the one in use, which is not disturbed. */
  async openSpare(): Promise<Spare> {
    const client = (this.#spare = this.#start());
    const report = await client.send("open", { device: "webgpu" });
    return { client, report };
  }

  /** Puts a spare worker in the place of the one in use. */
  adopt({ client, report }: Spare): void {
    this.#spare = undefined;
    this.#client?.terminate();
    this.#use(client);
    this.#device = report.device;
    this.#isOpen = true;
    this.#setting.listen({ type: "ready", report });
  }

  /** Ends the spare worker, if there is one. */
  dropSpare(): void {
    this.#spare?.terminate();
    this.#spare = undefined;
  }

  /** Says why the GPU is out of the question from now on. */
  giveUpGpu(why: string): void {
    this.#gpuAllowed = false;
    this.#setting.listen({ type: "degraded", from: "webgpu", to: "cpu", why });
  }

  /** Ends the workers, and whatever `open` does. */
  dispose(): void {
    this.#begin();
    this.#client?.terminate();
  }

  /** Ends whatever was being opened, and the device in use is no longer. */
  #begin(): number {
    this.#isOpen = false;
    this.dropSpare();
    return ++this.#opening;
  }

  async #tryToOpen(device: DeviceName, ticket: number): Promise<DeviceReport> {
    try {
      return await this.#openDevice(device, ticket);
    } catch (error) {
      // A worker without a device still judges specs.
      if (ticket === this.#opening && (!this.#client || this.#client.dead))
        this.#use(this.#start());
      throw asTrainerError(error);
    }
  }

  async #openDevice(device: DeviceName, ticket: number): Promise<DeviceReport> {
    if (device === "webgpu") {
      const why = await this.#setting.whyNoWebgpu(this.#choice !== "auto");
      this.#stillWanted(ticket);
      if (why) throw new TrainerError("device_unavailable", why);
    }
    for (let attempt = 1; ; attempt += 1) {
      this.#client?.terminate();
      const client = (this.#beingOpened = this.#use(this.#start()));
      this.#device = device;
      try {
        const report = await client.send("open", { device, threads: this.#setting.threads });
        this.#stillWanted(ticket);
        this.#isOpen = true;
        return report;
      } catch (error) {
        this.#stillWanted(ticket);
        // A device that says no will say so again; a worker that died may have had bad luck.
        if (!client.dead || attempt === TRIES) throw error;
      } finally {
        if (this.#beingOpened === client) this.#beingOpened = undefined;
      }
    }
  }

  #stillWanted(ticket: number): void {
    if (ticket !== this.#opening) {
      throw new TrainerError("superseded", strings.failures.superseded);
    }
  }

  #use(client: WorkerClient): WorkerClient {
    this.#client = client;
    // Told once everything is in its place, so that the listener can use it.
    queueMicrotask(() => this.#setting.listen({ type: "started" }));
    return client;
  }

  #start(): WorkerClient {
    const client: WorkerClient = new WorkerClient(this.#setting.spawn(), {
      event: (event) => this.#setting.hear(event, client),
      died: (death) => {
        this.#setting.gone(client);
        if (client !== this.#client || client === this.#beingOpened) return;
        this.#isOpen = false;
        this.#setting.died(death);
      },
    });
    return client;
  }
}
