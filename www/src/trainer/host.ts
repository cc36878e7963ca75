/**
 * The worker at hand: starts one for a device, tries another where it dies on the way, and goes to
 * the next device where `auto` was chosen.
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

/** The devices to try for a choice, best first. */
export function candidates(choice: DeviceChoice): DeviceName[] {
  return choice === "auto" ? ["webgpu", "cpu"] : [choice];
}

/** What a host needs of its surroundings. */
export interface HostSetting {
  /** Starts a worker. */
  spawn(): WorkerLike;
  /** Says why WebGPU cannot be used, or nothing where it can. */
  whyNoWebgpu(allowSoftware: boolean): Promise<string | undefined>;
  /** Hears what is worth telling the person. */
  listen(event: EventBody): void;
  /** Hears everything the worker says. */
  hear(event: Event): void;
  /** Hears of the death of a worker that had opened its device. */
  died(death: TrainerError): void;
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
    const devices = candidates(this.#choice);
    return devices[devices.indexOf(this.#device) + 1];
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
   * @throws {TrainerError} where no candidate works; a device chosen by name is never swapped.
   */
  open(choice: DeviceChoice): Promise<DeviceReport> {
    this.#choice = choice;
    return this.#openFirst(candidates(choice));
  }

  /** Opens one of the candidates in a fresh worker: the former one is of no use any more. */
  reopen(device: DeviceName, why: TrainerError): Promise<DeviceReport> {
    this.#client?.terminate(why);
    return this.#openFirst([device]);
  }

  /** Ends the worker, and whatever `open` does. */
  dispose(): void {
    this.#opening += 1;
    this.#client?.terminate();
  }

  async #openFirst(devices: DeviceName[]): Promise<DeviceReport> {
    const ticket = ++this.#opening;
    this.#isOpen = false;
    for (const [i, device] of devices.entries()) {
      try {
        return await this.#openDevice(device, ticket);
      } catch (error) {
        const failure = asTrainerError(error);
        const next = devices[i + 1];
        if (ticket !== this.#opening) throw failure;
        if (!next) {
          // A worker without a device still judges specs.
          if (!this.#client || this.#client.dead) this.#client = this.#start();
          throw failure;
        }
        this.#setting.listen({ type: "degraded", from: device, to: next, why: failure.message });
      }
    }
    throw new TrainerError("device_unavailable", strings.failures.notOpen);
  }

  async #openDevice(device: DeviceName, ticket: number): Promise<DeviceReport> {
    if (device === "webgpu") {
      const why = await this.#setting.whyNoWebgpu(this.#choice !== "auto");
      this.#stillWanted(ticket);
      if (why) throw new TrainerError("device_unavailable", why);
    }
    for (let attempt = 1; ; attempt += 1) {
      this.#client?.terminate();
      const client = (this.#client = this.#beingOpened = this.#start());
      this.#device = device;
      try {
        const report = await client.send("open", { device });
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

  #start(): WorkerClient {
    const client: WorkerClient = new WorkerClient(this.#setting.spawn(), {
      event: (event) => this.#setting.hear(event),
      died: (death) => {
        if (client !== this.#client || client === this.#beingOpened) return;
        this.#isOpen = false;
        this.#setting.died(death);
      },
    });
    // Told once `#client` is set, so that the listener can use it.
    queueMicrotask(() => this.#setting.listen({ type: "started" }));
    return client;
  }
}
