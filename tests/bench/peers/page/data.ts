// MNIST from the site's own shards: 55,000 images to train on and 10,000 to test with, as in Emberlab.

import type { Batch } from "./trainer";

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** The images after these are kept for validation in Emberlab. */
const TRAINING_IMAGES = 55_000;
/** Mean and standard deviation of all pixels of the training images, from 0 to 1. */
const [MEAN, DEVIATION] = [0.1307, 0.3081];
const NORMALISED = Float32Array.from({ length: 256 }, (_, i) => (i / 255 - MEAN) / DEVIATION);

interface Part {
  images: Uint8Array;
  labels: Uint8Array;
}

interface PartFiles {
  labelsFile: string;
  shards: { file: string }[];
}

/** The body of a gzipped IDX file; its header is as long as it has dimensions. */
async function idx(url: URL): Promise<Uint8Array> {
  const { body, ok } = await fetch(url);
  if (!ok || !body) throw new Error(`${url.pathname} is not there.`);
  const plain = new Response(body.pipeThrough(new DecompressionStream("gzip")));
  const bytes = new Uint8Array(await plain.arrayBuffer());
  return bytes.subarray(4 + 4 * (bytes[3] ?? 0));
}

async function part(folder: URL, { labelsFile, shards }: PartFiles): Promise<Part> {
  const labels = await idx(new URL(labelsFile, folder));
  const images = new Uint8Array(labels.length * PIXELS);
  let filled = 0;
  for (const { file } of shards) {
    const pixels = await idx(new URL(file, folder));
    images.set(pixels, filled);
    filled += pixels.length;
  }
  return { images, labels };
}

export class Data {
  readonly #train: Part;
  readonly #test: Part;
  readonly #order = Uint32Array.from({ length: TRAINING_IMAGES }, (_, i) => i);
  #next = TRAINING_IMAGES;

  private constructor(train: Part, test: Part) {
    this.#train = train;
    this.#test = test;
  }

  static async load(folder: URL): Promise<Data> {
    const manifest = (await (await fetch(new URL("manifest.json", folder))).json()) as {
      train: PartFiles;
      test: PartFiles;
    };
    return new Data(await part(folder, manifest.train), await part(folder, manifest.test));
  }

  /** The next images in a new order for each epoch; the last, smaller batch is left out. */
  batch(size: number): Batch {
    if (this.#next + size > TRAINING_IMAGES) this.#shuffle();
    const chosen = this.#order.subarray(this.#next, this.#next + size);
    this.#next += size;
    return pick(this.#train, chosen);
  }

  /** Whole batches in an epoch. */
  steps(size: number): number {
    return Math.floor(TRAINING_IMAGES / size);
  }

  /** The test images in batches of 1000. */
  *test(): Generator<Batch> {
    const size = 1000;
    for (let from = 0; from < this.#test.labels.length; from += size) {
      yield pick(
        this.#test,
        Uint32Array.from({ length: size }, (_, i) => from + i),
      );
    }
  }

  /** Fisher and Yates's. */
  #shuffle(): void {
    const order = this.#order;
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    this.#next = 0;
  }
}

function pick({ images, labels }: Part, chosen: Uint32Array): Batch {
  const batch: Batch = {
    images: new Float32Array(chosen.length * PIXELS),
    labels: new Int32Array(chosen.length),
  };
  chosen.forEach((index, row) => {
    batch.labels[row] = labels[index] ?? 0;
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      batch.images[row * PIXELS + pixel] = NORMALISED[images[index * PIXELS + pixel] ?? 0] ?? 0;
    }
  });
  return batch;
}
