/** The bytes of files, packed or not. What cannot be read is said by the file's name. */

import { failures } from "../strings/failures";
import { TrainerError } from "../trainer/protocol";

/** Most bytes that a gzipped file may unpack to: a table of as many images as are taken at most. */
const MOST_UNPACKED = 2 ** 30;

/** The bytes of a file, unpacked where it is gzip: told by its first bytes, whatever its name. */
export async function unpacked(file: File): Promise<Uint8Array> {
  const start = await bytesOf(file.slice(0, 2), file.name);
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const blob = packed ? await unpack(file, "gzip", file.name, MOST_UNPACKED) : file;
  return bytesOf(blob, file.name);
}

/** The bytes of a file, or of a part of it. */
export async function bytesOf(blob: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    // It was moved, changed or locked since it was chosen, or is larger than the memory.
    throw new TrainerError("bad_data", failures.notRead(name));
  }
}

/** Unpacks, and stops where more than `most` bytes come out. */
export async function unpack(
  packed: Blob,
  format: CompressionFormat,
  name: string,
  most: number,
): Promise<Blob> {
  let size = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > most) controller.error(new Error());
      else controller.enqueue(chunk);
    },
  });
  try {
    const stream = packed.stream().pipeThrough(new DecompressionStream(format)).pipeThrough(limit);
    return await new Response(stream).blob();
  } catch {
    const { tooLarge, notUnpacked } = failures;
    throw new TrainerError("bad_data", size > most ? tooLarge(name) : notUnpacked(name));
  }
}
