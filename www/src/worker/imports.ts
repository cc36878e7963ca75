/**
 * A person's own images on their way into the core: files are read and unpacked here, where the
 * browser has the decoders, and judged there.
 */

import { strings } from "../strings";
import { TrainerError, type Imports } from "../trainer/protocol";
import type { Core } from "./core";
import type { Turn } from "./turn";

type Ask = <T>(question: (core: Core) => T | Promise<T>) => Promise<T>;

/** Reads the files into the core, which keeps them until they are used. */
export async function importFiles(imports: Imports, core: () => Core, turn: Turn): Promise<void> {
  const ask: Ask = (question) => turn.take(() => question(core()));
  switch (imports.kind) {
    case "idx":
      for (const part of ["train", "test"] as const) {
        const pair = imports[part];
        if (!pair) continue;
        const [first, second] = await Promise.all(pair.map(bytesOf));
        if (!first || !second) continue;
        await ask((core) =>
          core.importIdx(part, pair[0].name, first, pair[1].name, second, imports.transposed),
        );
      }
      return;
    case "csv":
      for (const part of ["train", "test"] as const) {
        const file = imports[part];
        if (!file) continue;
        const bytes = await bytesOf(file);
        await ask((core) => core.importCsv(part, file.name, bytes));
      }
      return;
    case "pictures": {
      const [file] = imports.files;
      if (!file) throw new TrainerError("bad_data", strings.failures.noFiles);
      const zipped = imports.files.length === 1 && file.name.toLowerCase().endsWith(".zip");
      const source = zipped ? await zipSource(file, ask) : folderSource(imports.files);
      const wanted = await ask((core) => core.importPictures(source.name, source.paths));
      for (const path of wanted) {
        const { width, height, data } = await decode(await source.picture(path));
        await ask((core) => core.addPicture(path, width, height, data));
      }
      await ask((core) => core.finishPictures(imports.polarity));
    }
  }
}

/** Where pictures come from: their paths, and each one's bytes by its place among the paths. */
interface Source {
  name: string;
  paths: string[];
  picture(path: number): Promise<Blob>;
}

async function zipSource(file: File, ask: Ask): Promise<Source> {
  const archive = new Uint8Array(await file.arrayBuffer());
  const entries = await ask((core) => core.listZip(file.name, archive));
  return {
    name: file.name,
    paths: entries.map(({ path }) => path),
    async picture(path) {
      const entry = entries[path];
      if (!entry) throw new TrainerError("bad_data", strings.failures.noFiles);
      const packed = new Blob([archive.subarray(entry.bytes.start, entry.bytes.end)]);
      const unpacked =
        entry.packing === "deflated" ? await unpack(packed, "deflate-raw", entry.path) : packed;
      const bytes = new Uint8Array(await unpacked.arrayBuffer());
      await ask((core) => core.checkUnpacked(file.name, path, bytes));
      return unpacked;
    },
  };
}

function folderSource(files: File[]): Source {
  const paths = files.map((file) => file.webkitRelativePath || file.name);
  return {
    name: paths[0]?.split("/")[0] ?? "",
    paths,
    picture: (path) => Promise.resolve(files[path] ?? new Blob()),
  };
}

/** The pixels of a picture; one that cannot be read has none, which the core tells by its name. */
async function decode(picture: Blob): Promise<{ width: number; height: number; data: Uint8Array }> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  if (!bitmap) return { width: 0, height: 0, data: new Uint8Array() };
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context?.getImageData(0, 0, width, height).data;
  return { width, height, data: new Uint8Array(pixels?.buffer ?? new ArrayBuffer(0)) };
}

/** The bytes of a file, unpacked where it is gzip: told by its first bytes, whatever its name. */
async function bytesOf(file: File): Promise<Uint8Array> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const blob = packed ? await unpack(file, "gzip", file.name) : file;
  return new Uint8Array(await blob.arrayBuffer());
}

async function unpack(packed: Blob, format: CompressionFormat, name: string): Promise<Blob> {
  try {
    return await new Response(packed.stream().pipeThrough(new DecompressionStream(format))).blob();
  } catch {
    throw new TrainerError("bad_data", strings.failures.notUnpacked(name));
  }
}
