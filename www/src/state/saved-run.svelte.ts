/** The checkpoint at hand: the file that was saved or opened last, to go on with or to learn from. */

import { asTrainerError } from "../trainer/trainer";

/** What is needed of the session. */
export interface SavedRunSetting {
  saveRun(): Promise<Uint8Array>;
  openRun(bytes: Uint8Array): Promise<void>;
  fineTune(bytes: Uint8Array): Promise<void>;
}

/** A file that holds a run. */
export interface RunFile {
  name: string;
  bytes: Uint8Array;
}

/** The ending of the names of files that hold a run. */
export const RUN_FILE_ENDING = ".emberlab";

/** Saves runs, and goes on with saved ones. */
export class SavedRun {
  file = $state.raw<RunFile | undefined>();
  /** What was done with it last. */
  done = $state<"saved" | "opened" | "fineTuned">();
  busy = $state(false);
  /** What went wrong, as a sentence. */
  failure = $state.raw<string | undefined>();

  readonly #setting: SavedRunSetting;

  constructor(setting: SavedRunSetting) {
    this.#setting = setting;
  }

  /** The run in hand as a file, to be downloaded; nothing where that fails. */
  async save(name: string): Promise<RunFile | undefined> {
    await this.#do("saved", async () => {
      this.file = { name, bytes: await this.#setting.saveRun() };
    });
    return this.failure === undefined ? this.file : undefined;
  }

  /** Goes on with the run in a file. Where that fails, the file is at hand all the same. */
  async open(file: Pick<File, "name" | "arrayBuffer">): Promise<void> {
    await this.#do("opened", async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      this.file = { name: file.name, bytes };
      await this.#setting.openRun(bytes);
    });
  }

  /** Trains a new run that begins with what the one at hand has learned. */
  async fineTune(): Promise<void> {
    const { file } = this;
    if (file) await this.#do("fineTuned", () => this.#setting.fineTune(file.bytes));
  }

  async #do(what: NonNullable<SavedRun["done"]>, act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    this.done = undefined;
    try {
      await act();
      this.done = what;
    } catch (error) {
      this.failure = asTrainerError(error).message;
    } finally {
      this.busy = false;
    }
  }
}
