import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { TrainerError } from "../trainer/protocol";
import { DataLoader, type DataSink } from "./data";

const MANIFEST = JSON.stringify({
  train: {
    images: 3,
    labelsFile: "train-labels",
    shards: [
      { file: "train-0", images: 2 },
      { file: "train-1", images: 1 },
    ],
  },
  test: { images: 1, labelsFile: "test-labels", shards: [{ file: "test-0", images: 1 }] },
});

type Answer = () => Response;
const packed =
  (text: string): Answer =>
  () =>
    new Response(gzipSync(text));
const status =
  (code: number): Answer =>
  () =>
    new Response("no", { status: code });

let site: Map<string, Answer>;
let fetched: { file: string; cache: string | undefined }[];
let log: string[];
let refusal: Error | undefined;
let wanted: boolean;

beforeEach(() => {
  fetched = [];
  log = [];
  refusal = undefined;
  wanted = true;
  site = new Map<string, Answer>([["manifest.json", () => new Response(MANIFEST)]]);
  for (const file of ["train-labels", "test-labels", "train-0", "train-1", "test-0"]) {
    site.set(file, packed(`bytes of ${file}`));
  }
  vi.stubGlobal("fetch", (url: URL, init?: RequestInit) => {
    const file = url.pathname.replace("/data/", "");
    fetched.push({ file, cache: init?.cache });
    const answer = site.get(file);
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError("offline"));
  });
});

afterEach(() => vi.unstubAllGlobals());

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const sink: DataSink = {
  labels(part, file, bytes) {
    log.push(`labels ${part} ${file}: ${text(bytes)}`);
    return Promise.resolve();
  },
  images(part, file, bytes) {
    if (refusal && file === "train-1") return Promise.reject(refusal);
    log.push(`images ${part} ${file}: ${text(bytes)}`);
    return Promise.resolve();
  },
  progress: (part, loaded, total) => log.push(`${part} ${loaded} of ${total}`),
  failed: (file, message) => log.push(`failed ${file}: ${message}`),
  wanted: () => wanted,
};

const loader = () => new DataLoader("https://example.org/data/", sink);

/** Waits until the stream of images has ended. Files are unpacked by other threads: that takes its time. */
async function streamed(data: DataLoader): Promise<void> {
  await vi.waitFor(() => expect(data.streaming).toBe(false), { timeout: 10_000, interval: 1 });
}

const ALL = [
  "labels train train-labels: bytes of train-labels",
  "train 0 of 3",
  "labels test test-labels: bytes of test-labels",
  "test 0 of 1",
  "images train train-0: bytes of train-0",
  "train 2 of 3",
  "images train train-1: bytes of train-1",
  "train 3 of 3",
  "images test test-0: bytes of test-0",
  "test 1 of 1",
];

test("labels come first, then the images in order", async () => {
  const data = loader();
  await data.load();
  await streamed(data);
  expect(log).toEqual(ALL);
});

test("asking again while it loads, and after, loads nothing twice", async () => {
  const data = loader();
  await Promise.all([data.load(), data.load()]);
  await data.load();
  await streamed(data);
  await data.load();
  await streamed(data);
  expect(log).toEqual(ALL);
});

const FAULTS: [what: string, answer: Answer | undefined, says: RegExp][] = [
  ["is not there", status(404), /^failed train-1: train-1 .*404/],
  ["cannot be reached", undefined, /^failed train-1: train-1 .*connection/],
  [
    "is cut off by the network",
    () => new Response(new ReadableStream({ pull: (body) => body.error(new TypeError("reset")) })),
    /^failed train-1: train-1 .*connection/,
  ],
  ["is no gzip", () => new Response("<!doctype html>"), /^failed train-1: train-1 is damaged/],
  [
    "breaks off",
    () => new Response(gzipSync("x".repeat(1000)).subarray(0, 15)),
    /^failed train-1: train-1 is damaged/,
  ],
];

test.each(FAULTS)(
  "a shard that %s is named; loading goes on from there",
  async (_, answer, says) => {
    const whole = site.get("train-1");
    if (answer) site.set("train-1", answer);
    else site.delete("train-1");
    const data = loader();
    await data.load();
    await streamed(data);
    expect(log.at(-1)).toMatch(says);
    expect(log.filter((line) => line.startsWith("images"))).toEqual(ALL.slice(4, 5));

    site.set("train-1", whole ?? status(404));
    await data.load();
    await streamed(data);
    expect(log.filter((line) => !line.startsWith("failed"))).toEqual(ALL);
    expect(fetched.findLast(({ file }) => file === "train-1")?.cache, "not the broken copy").toBe(
      "reload",
    );
  },
);

test("a shard that the core refuses is told in the core's words", async () => {
  refusal = new TrainerError("bad_data", "train-1 holds 1 of 2 images.");
  const data = loader();
  await data.load();
  await streamed(data);
  expect(log.at(-1)).toBe("failed train-1: train-1 holds 1 of 2 images.");
});

test("what is no longer wanted is not loaded", async () => {
  const data = loader();
  await data.load();
  wanted = false;
  await streamed(data);
  expect(log).toEqual(ALL.slice(0, 4));
});

test.each(["manifest.json", "test-labels"])(
  "without %s nothing begins, until it is there",
  async (file) => {
    const whole = site.get(file);
    site.set(file, status(500));
    const data = loader();
    await expect(data.load()).rejects.toMatchObject({ code: "network" });
    site.set(file, whole ?? status(404));
    await data.load();
    await streamed(data);
    expect(log).toEqual(ALL);
  },
);
