/**
 * A person's own images on their way into the core: files are read and unpacked here, where the
 * browser has the decoders, and judged there.
 */

import type { Polarity } from "../generated/core";
import { failures } from "../strings/failures";
import { TrainerError, type DataPart, type Imports } from "../trainer/protocol";
import type { Core } from "./core";
import type { Turn } from "./turn";
import { bytesOf, unpack, unpacked } from "./unpack";

/** A decoded picture: red, green, blue and opacity of each pixel. */
export interface Decoded {
  width: number;
  height: number;
  data: Uint8Array;
}

/** What an import needs of the worker. */
export interface Importing {
  turn: Turn;
  core: () => Core;
  /** The pixels of a picture; none where it cannot be read. */
  decode: (picture: Blob) => Promise<Decoded>;
  /** Tells how many of the pictures have been read. */
  progress: (read: number, total: number) => void;
}

/**
 * Pictures are read together, so many or such large files at most: the training loop may come
 * between any two steps of reading one.
 */
const TOGETHER = { pictures: 64, bytes: 2 ** 20 };

const PARTS: DataPart[] = ["train", "test"];

/** Reads the files into the core, which keeps them until they are used. */
export async function importFiles(imports: Imports, importing: Importing): Promise<void> {
  const { turn, core } = importing;
  switch (imports.kind) {
    case "idx":
      for (const part of PARTS) {
        const [first, second] = imports[part] ?? [];
        if (!first || !second) continue;
        const [a, b] = [await unpacked(first), await unpacked(second)];
        await turn.take(() =>
          core().importIdx(part, first.name, a, second.name, b, imports.transposed),
        );
      }
      return;
    case "csv":
      for (const part of PARTS) {
        const file = imports[part];
        if (!file) continue;
        const bytes = await unpacked(file);
        await turn.take(() => core().importCsv(part, file.name, bytes));
      }
      return;
    case "zip":
      await readPictures(await zipSource(imports.file, importing), imports.polarity, importing);
      return;
    case "folder":
      await readPictures(folderSource(imports.files, imports.paths), imports.polarity, importing);
  }
}

/** Where pictures come from. */
interface Source {
  name: string;
  paths: string[];
  /** The size of a picture's file, by its place among the paths. */
  bytes: (path: number) => number;
  picture: (path: number) => Promise<Blob>;
  /** Makes sure that a picture is what the source says; done when the core takes it. */
  check: (path: number, picture: Blob) => Promise<(core: Core) => void>;
}

async function zipSource(file: File, { turn, core }: Importing): Promise<Source> {
  const archive = await bytesOf(file, file.name);
  const entries = await turn.take(() => core().listZip(file.name, archive));
  return {
    name: file.name,
    paths: entries.map(({ path }) => path),
    bytes: (path) => entries[path]?.size ?? 0,
    async picture(path) {
      const entry = entries[path];
      if (!entry) throw new TrainerError("bad_data", failures.noFiles);
      const packed = new Blob([archive.subarray(entry.bytes.start, entry.bytes.end)]);
      if (entry.packing === "stored") return packed;
      return unpack(packed, "deflate-raw", `${file.name}: ${entry.path}`, entry.size);
    },
    async check(path, picture) {
      const bytes = await bytesOf(picture, file.name);
      return (core) => core.checkUnpacked(file.name, path, bytes);
    },
  };
}

function folderSource(files: File[], paths: string[]): Source {
  return {
    name: paths[0]?.split("/")[0] ?? "",
    paths,
    bytes: (path) => files[path]?.size ?? 0,
    picture: (path) => Promise.resolve(files[path] ?? new Blob()),
    check: () => Promise.resolve(() => undefined),
  };
}

async function readPictures(
  source: Source,
  polarity: Polarity,
  { turn, core, decode, progress }: Importing,
): Promise<void> {
  const wanted = await turn.take(() => core().importPictures(source.name, source.paths));
  let read = 0;
  for (const paths of groups(wanted, source)) {
    const pictures = await Promise.all(
      paths.map(async (path) => {
        const picture = await source.picture(path);
        const check = await source.check(path, picture);
        return { path, check, ...(await decode(picture)) };
      }),
    );
    await turn.take(() => {
      for (const { path, check, width, height, data } of pictures) {
        check(core());
        core().addPicture(path, width, height, data);
      }
    });
    read += paths.length;
    progress(read, wanted.length);
  }
  await turn.take(() => core().finishPictures(polarity));
}

/** The pictures that are read together, group by group. */
function* groups(paths: Iterable<number>, { bytes }: Source): Generator<number[]> {
  let group: number[] = [];
  let size = 0;
  for (const path of paths) {
    const full = group.length === TOGETHER.pictures || size + bytes(path) > TOGETHER.bytes;
    if (full && group.length > 0) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(path);
    size += bytes(path);
  }
  if (group.length > 0) yield group;
}

/** Decodes by the browser's own means. A picture it cannot read has no pixels, which the core tells. */
export async function decodePicture(picture: Blob): Promise<Decoded> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  if (!bitmap) return { width: 0, height: 0, data: new Uint8Array() };
  const { width, height } = bitmap;
  // Read back once: a graphics card would only be in the way.
  const settings = { willReadFrequently: true };
  const context = new OffscreenCanvas(width, height).getContext("2d", settings);
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context?.getImageData(0, 0, width, height).data;
  return { width, height, data: new Uint8Array(pixels?.buffer ?? new ArrayBuffer(0)) };
}
