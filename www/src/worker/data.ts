/**
 * Brings a data set into the core: the manifest, the labels, then the images shard by shard and in
 * order, so that training starts with the first shard while the others are on their way.
 *
 * A shard that cannot be had stops the loading with a report; `load` again goes on from there.
 */

import { failures } from "../strings/failures";
import { isCoded, TrainerError, type DataPart } from "../trainer/protocol";
import { fetchWhole } from "./fetching";

/** One gzipped IDX file of images. */
interface Shard {
  file: string;
  images: number;
}

/** `manifest.json` of a data set's folder, as the build writes it. */
interface Manifest {
  train: { images: number; labelsFile: string; shards: Shard[] };
  test: { images: number; labelsFile: string; shards: Shard[] };
}

/** Where the files go and who hears of it. */
export interface DataSink {
  labels(part: DataPart, file: string, bytes: Uint8Array): Promise<void>;
  images(part: DataPart, file: string, bytes: Uint8Array): Promise<void>;
  progress(part: DataPart, loadedImages: number, totalImages: number): void;
  failed(file: string, message: string): void;
  /** Whether the images that are still to come are wanted. */
  wanted(): boolean;
}

const PARTS: DataPart[] = ["train", "test"];

/** Loads one data set, once. */
export class DataLoader {
  readonly #folder: string;
  readonly #sink: DataSink;
  #manifest: Manifest | undefined;
  #labels = new Set<DataPart>();
  #arrived = { train: 0, test: 0 };
  #failedFiles = new Set<string>();
  #starting: Promise<void> | undefined;
  #streaming = false;

  constructor(folder: string, sink: DataSink) {
    this.#folder = folder;
    this.#sink = sink;
  }

  /** Whether images are on their way. */
  get streaming(): boolean {
    return this.#streaming;
  }

  /** Loads what is missing. Resolves once the labels are there; images go on arriving. */
  async load(): Promise<void> {
    this.#starting ??= this.#loadLabels().finally(() => (this.#starting = undefined));
    await this.#starting;
    if (!this.#streaming) void this.#streamImages();
  }

  async #loadLabels(): Promise<void> {
    const manifest = (this.#manifest ??= await this.#fetchManifest());
    for (const part of PARTS) {
      if (this.#labels.has(part)) continue;
      const file = manifest[part].labelsFile;
      await this.#sink.labels(part, file, await this.#fetch(file));
      this.#labels.add(part);
      this.#sink.progress(part, 0, manifest[part].images);
    }
  }

  async #streamImages(): Promise<void> {
    if (!this.#manifest) return;
    this.#streaming = true;
    const missing = PARTS.flatMap((part) =>
      (this.#manifest?.[part].shards ?? [])
        .slice(this.#arrived[part])
        .map((shard) => ({ part, shard })),
    );
    let file = "";
    try {
      let next = this.#fetchAhead(missing[0]?.shard);
      for (const [i, { part, shard }] of missing.entries()) {
        file = shard.file;
        const bytes = await next;
        if (!this.#sink.wanted()) break;
        // The next shard travels while the core reads this one.
        next = this.#fetchAhead(missing[i + 1]?.shard);
        await this.#sink.images(part, file, bytes);
        this.#arrived[part] += 1;
        this.#reportProgress(part);
      }
      this.#streaming = false;
    } catch (error) {
      this.#failedFiles.add(file);
      this.#streaming = false;
      // A trap of the core is none of the file.
      if (!isCoded(error)) throw error;
      this.#sink.failed(file, error.message);
    }
  }

  #reportProgress(part: DataPart): void {
    if (!this.#manifest) return;
    const { shards, images } = this.#manifest[part];
    const loaded = shards
      .slice(0, this.#arrived[part])
      .reduce((sum, { images }) => sum + images, 0);
    this.#sink.progress(part, loaded, images);
  }

  #fetchAhead(shard: Shard | undefined): Promise<Uint8Array> {
    const bytes = shard ? this.#fetch(shard.file) : Promise.resolve(new Uint8Array());
    // Its failure is told when its turn comes, not before.
    bytes.catch(() => undefined);
    return bytes;
  }

  async #fetchManifest(): Promise<Manifest> {
    const file = "manifest.json";
    const manifest = await this.#get(file);
    try {
      return JSON.parse(await manifest.text()) as Manifest;
    } catch {
      throw new TrainerError("bad_data", failures.manifestBroken(file));
    }
  }

  async #fetch(file: string): Promise<Uint8Array> {
    const packed = await this.#get(file);
    try {
      // From memory and not from the network, whose failures are none of the file.
      const plain = packed.stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(plain).arrayBuffer());
    } catch {
      throw new TrainerError("bad_data", failures.notGzip(file));
    }
  }

  /** The whole file, as it lies on the server. */
  async #get(file: string): Promise<Blob> {
    // What failed once may sit broken in the browser's cache.
    const cache = this.#failedFiles.has(file) ? "reload" : "default";
    try {
      const answer = await fetchWhole(new URL(file, this.#folder), cache);
      if (answer instanceof Blob) return answer;
      this.#failedFiles.add(file);
      throw new TrainerError("network", failures.refused(file, answer.status));
    } catch (error) {
      if (isCoded(error)) throw error;
      this.#failedFiles.add(file);
      throw new TrainerError("network", failures.unreachable(file));
    }
  }
}
