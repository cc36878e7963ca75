// A data set's manifest, and whether the fetched files are what it says they are.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ file: string, bytes: number, md5: string, sha256: string }} SourceFile */
/** @typedef {{ count: number, imagesPerShard: number, images: SourceFile, labels: SourceFile }} SourcePart */

const here = path.dirname(fileURLToPath(import.meta.url));

/** Where the fetched files lie. */
export const rawFolder = path.join(here, "mnist");

/** Where the shards are kept, so that rebuilding the page does not compress them again. */
export const shardFolder = path.join(rawFolder, "shards");

/**
 * What `mnist.json` says.
 *
 * @type {{
 *   name: string, title: string, classes: string[], licence: string, credits: string,
 *   source: { package: string, version: string, folder: string },
 *   train: SourcePart, test: SourcePart,
 * }}
 */
export const mnist = JSON.parse(await readFile(path.join(here, "mnist.json"), "utf8"));

/** The four files of the data set. */
export const sourceFiles = [mnist.train, mnist.test].flatMap((part) => [part.images, part.labels]);

/**
 * Reads one file and holds its size and both its sums against the manifest.
 *
 * @param {string} folder
 * @param {SourceFile} expected
 * @returns {Promise<Buffer>}
 * @throws {Error} with a sentence that names the file and the fault
 */
export async function readVerified(folder, expected) {
  const bytes = await readFile(path.join(folder, expected.file));
  if (bytes.length !== expected.bytes) {
    throw new Error(
      `${expected.file} is ${bytes.length} bytes long and should be ${expected.bytes}.`,
    );
  }
  for (const kind of /** @type {const} */ (["md5", "sha256"])) {
    const found = createHash(kind).update(bytes).digest("hex");
    if (found !== expected[kind]) {
      throw new Error(
        `${expected.file} is not the original: its ${kind} is ${found} and should be ${expected[kind]}.`,
      );
    }
  }
  return bytes;
}

/**
 * Ends a script with one sentence instead of a stack.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
