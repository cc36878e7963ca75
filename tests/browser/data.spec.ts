// The data in the site is MNIST to the last byte, and a data file that is not right is refused in words.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { mnist } from "../../assets/source.mjs";
import { DIST, expect, test } from "./fixtures";

const folder = path.join(DIST, "data/mnist");

interface Part {
  images: number;
  labelsFile: string;
  shards: { file: string; images: number; bytes: number }[];
}

for (const name of ["train", "test"] as const) {
  test(`the ${name} shards, put together, are the original file`, async () => {
    const manifest = JSON.parse(
      await readFile(path.join(folder, "manifest.json"), "utf8"),
    ) as Record<typeof name, Part>;
    const part = manifest[name];
    const whole = createHash("sha256");
    // The header of all images, then the images of shard after shard.
    const header = Buffer.alloc(16);
    [0x803, part.images, 28, 28].forEach((value, i) => header.writeUInt32BE(value, 4 * i));
    whole.update(header);
    for (const shard of part.shards) {
      const packed = await readFile(path.join(folder, shard.file));
      expect(packed.length).toBe(shard.bytes);
      const idx = gunzipSync(packed);
      expect([0, 4, 8, 12].map((at) => idx.readUInt32BE(at))).toEqual([
        0x803,
        shard.images,
        28,
        28,
      ]);
      whole.update(idx.subarray(16));
    }
    expect(whole.digest("hex")).toBe(mnist[name].images.sha256);

    const labels = gunzipSync(await readFile(path.join(folder, part.labelsFile)));
    expect(createHash("sha256").update(labels).digest("hex")).toBe(mnist[name].labels.sha256);
  });
}

const shard = () => readFile(path.join(folder, "train-images-00.idx.gz"));

/** What may come instead of the first shard. */
const FAULTS: { fault: string; body: () => Promise<Buffer> | Buffer; status?: number }[] = [
  { fault: "is not there (404)", status: 404, body: () => Buffer.from("Not found") },
  { fault: "is a web page", body: () => Buffer.from("<!doctype html><title>Log in</title>") },
  { fault: "breaks off", body: async () => (await shard()).subarray(0, 100_000) },
  {
    fault: "has one wrong byte",
    body: async () => {
      const bytes = Buffer.from(await shard());
      bytes.writeUInt8(bytes.readUInt8(400_000) ^ 0xff, 400_000);
      return bytes;
    },
  },
  {
    fault: "is an IDX file that lies about its length",
    body: async () => {
      const idx = gunzipSync(await shard());
      idx.writeUInt32BE(6000, 4);
      return gzipSync(idx);
    },
  },
  {
    fault: "is an IDX file of something else",
    body: async () => gzipSync(gunzipSync(await readFile(path.join(folder, "test-labels.idx.gz")))),
  },
  {
    fault: "claims more than a gigabyte of images",
    body: async () => {
      const idx = gunzipSync(await shard()).subarray(0, 16 + 784);
      idx.writeUInt32BE(0xffff_ffff, 4);
      return gzipSync(idx);
    },
  },
];

test.describe("a first shard that", () => {
  // The browser itself logs a file that is not there.
  test.use({ expectedErrors: /404/ });

  for (const { fault, body, status } of FAULTS) {
    test(`${fault} is named on the page, and training waits`, async ({ open, page }) => {
      await page.route("**/train-images-00.idx.gz", async (route) =>
        route.fulfill({ status: status ?? 200, body: await body() }),
      );
      const ember = await open("preset=MLP&device=cpu");
      await expect(ember.messages.filter({ hasText: "train-images-00.idx.gz" })).toBeVisible();
      expect(await ember.read()).toMatchObject({ state: "idle", step: 0 });

      // The file is mended, so the page is: nothing else was lost.
      await page.unroute("**/train-images-00.idx.gz");
      expect((await ember.step()).step).toBe(1);
    });
  }
});
