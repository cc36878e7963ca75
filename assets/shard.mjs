// Cuts MNIST into shards, each a complete IDX file of its own, gzipped, with a manifest.
//
// The same input gives the same bytes (no clock, no system name in the gzip header), so a site that
// is built twice is published once. The manifest is written last: if it is there, all of it is.

import { constants, gzipSync } from "node:zlib";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fail, mnist, rawFolder, readVerified, shardFolder } from "./source.mjs";

/**
 * An IDX file of unsigned bytes.
 *
 * @param {number[]} dimensions
 * @param {Buffer} body
 */
function idx(dimensions, body) {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(dimensions.length, 3);
  dimensions.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, body]);
}

/** @param {Buffer} bytes */
function compress(bytes) {
  const packed = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  packed.writeUInt8(255, 9); // The header's "operating system": unknown, so the same everywhere.
  return packed;
}

/**
 * @param {string} file
 * @param {Buffer} bytes
 */
async function write(file, bytes) {
  const packed = compress(bytes);
  await writeFile(path.join(shardFolder, file), packed);
  return packed.length;
}

/** @param {"train" | "test"} name */
async function shardPart(name) {
  const part = mnist[name];
  const labels = await readVerified(rawFolder, part.labels);
  const labelsFile = `${name}-labels.idx.gz`;
  await write(labelsFile, labels);

  const source = await readVerified(rawFolder, part.images);
  const [height, width] = [source.readUInt32BE(8), source.readUInt32BE(12)];
  const body = source.subarray(16);
  /** @type {{ file: string, images: number, bytes: number }[]} */
  const shards = [];
  for (let start = 0; start < part.count; start += part.imagesPerShard) {
    const images = Math.min(part.imagesPerShard, part.count - start);
    const pixels = body.subarray(start * height * width, (start + images) * height * width);
    const file = `${name}-images-${String(shards.length).padStart(2, "0")}.idx.gz`;
    shards.push({ file, images, bytes: await write(file, idx([images, height, width], pixels)) });
  }
  const total = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  console.log(
    `  ${name}: ${part.count} images, ${(source.length / 1e6).toFixed(1)} MB, in ${shards.length} shards of ${(total / 1e6).toFixed(1)} MB together`,
  );
  return { images: part.count, labelsFile, shards };
}

async function shardAll() {
  console.log("Cutting MNIST into shards ...");
  await rm(shardFolder, { recursive: true, force: true });
  await mkdir(shardFolder, { recursive: true });
  const manifest = {
    name: mnist.name,
    title: mnist.title,
    classes: mnist.classes,
    train: await shardPart("train"),
    test: await shardPart("test"),
  };
  await writeFile(
    path.join(shardFolder, "CREDITS.txt"),
    `${mnist.title}: handwritten digits by ${mnist.credits}.\n` +
      `Licence: ${mnist.licence}, https://creativecommons.org/licenses/by-sa/3.0/\n` +
      `Changed here: cut into shards and compressed. No pixel and no label is altered.\n`,
  );
  await writeFile(
    path.join(shardFolder, "manifest.json"),
    JSON.stringify(manifest, null, 2) + "\n",
  );
}

try {
  const done = await readFile(path.join(shardFolder, "manifest.json")).catch(() => null);
  if (!done) await shardAll();
} catch (error) {
  fail(error);
}
