import { gzipSync } from "node:zlib";

import { beforeEach, expect, test } from "vitest";

import type { Imports } from "../trainer/protocol";
import type { Core } from "./core";
import { importFiles, type Decoded } from "./imports";
import { Turn } from "./turn";

let log: string[];
let turns: number;

/** A core that writes down what it is given, and wants every second file of pictures. */
const core = {
  importCsv: (part: string, name: string, bytes: Uint8Array) =>
    log.push(`${part} ${name}: ${text(bytes)}`),
  importIdx: (part: string, a: string, x: Uint8Array, b: string, y: Uint8Array, lying: boolean) =>
    log.push(`${part} ${a}: ${text(x)}, ${b}: ${text(y)}, ${lying ? "lying" : "upright"}`),
  importPictures(name: string, paths: string[]) {
    log.push(`${name}: ${paths.join(" ")}`);
    return Uint32Array.from(paths.flatMap((_, i) => (i % 2 === 0 ? [i] : [])));
  },
  addPicture: (path: number, width: number, height: number, rgba: Uint8Array) =>
    log.push(`picture ${path}: ${width} x ${height}, ${rgba.length} bytes`),
  finishPictures: (polarity: string) => log.push(polarity),
};

class CountedTurn extends Turn {
  override take<T>(task: () => T | Promise<T>): Promise<T> {
    turns += 1;
    return super.take(task);
  }
}

beforeEach(() => {
  log = [];
  turns = 0;
});

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function read(imports: Imports): Promise<void> {
  return importFiles(imports, {
    turn: new CountedTurn(),
    core: () => core as unknown as Core,
    decode: (picture): Promise<Decoded> =>
      Promise.resolve({ width: picture.size, height: 1, data: new Uint8Array(4) }),
    progress: (read, total) => log.push(`${read} of ${total}`),
  });
}

const file = (name: string, content: string) => new File([content], name);
const gz = (name: string, content: string) => new File([gzipSync(content)], name);

test("tables come unpacked, the test part after the training part", async () => {
  await read({ kind: "csv", train: gz("a.csv.gz", "1,2"), test: file("t.csv", "3,4") });
  expect(log).toEqual(["train a.csv.gz: 1,2", "test t.csv: 3,4"]);
});

test("what is packed is told by its bytes, not by its name", async () => {
  const train: [File, File] = [gz("labels", "L"), file("images.gz", "I")];
  await read({ kind: "idx", train, transposed: true });
  expect(log).toEqual(["train labels: L, images.gz: I, lying"]);
});

test("a damaged file is named", async () => {
  const broken = new File([gzipSync("x".repeat(1000)).subarray(0, 15)], "broken.csv.gz");
  await expect(read({ kind: "csv", train: broken })).rejects.toMatchObject({
    code: "bad_data",
    message: expect.stringMatching(/^broken\.csv\.gz is damaged/) as string,
  });
});

test("a file that is gone since it was chosen is named, and is no crash", async () => {
  const gone = file("gone.csv", "");
  gone.slice = () => {
    const blob = new Blob();
    blob.arrayBuffer = () => Promise.reject(new DOMException("", "NotReadableError"));
    return blob;
  };
  await expect(read({ kind: "csv", train: gone })).rejects.toMatchObject({
    code: "bad_data",
    message: expect.stringMatching(/^gone\.csv could not be read/) as string,
  });
});

test("of a folder only the pictures are read, several for each turn of the core", async () => {
  const files = [file("a.png", "aa"), file("notes", ""), file("b.png", "b")];
  const paths = ["digits/0/a.png", "digits/notes", "digits/1/b.png"];
  await read({ kind: "folder", files, paths, polarity: "darkOnLight" });
  expect(log).toEqual([
    "digits: digits/0/a.png digits/notes digits/1/b.png",
    "picture 0: 2 x 1, 4 bytes",
    "picture 2: 1 x 1, 4 bytes",
    "2 of 2",
    "darkOnLight",
  ]);
  expect(turns).toBe(3);
});

test("large pictures do not pile up", async () => {
  const large = "x".repeat(2 ** 20);
  const files = [file("a.png", large), file("", ""), file("b.png", large), file("", "")];
  const paths = files.map(({ name }) => name);
  await read({ kind: "folder", files, paths, polarity: "automatic" });
  expect(log.filter((line) => line.includes(" of "))).toEqual(["1 of 2", "2 of 2"]);
});

test("many pictures are told of as they are read", async () => {
  const files = Array.from({ length: 200 }, (_, i) => file(`${i}.png`, "x"));
  const paths = files.map(({ name }) => name);
  await read({ kind: "folder", files, paths, polarity: "automatic" });
  expect(log.filter((line) => line.includes(" of "))).toEqual(["64 of 100", "100 of 100"]);
  expect(log.filter((line) => line.startsWith("picture"))).toHaveLength(100);
});
