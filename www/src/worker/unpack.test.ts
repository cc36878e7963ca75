import { deflateRawSync, gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { unpack, unpacked } from "./unpack";

const content = "0123456789".repeat(1000);

test("a file comes out as it went in", async () => {
  const packed = new File([gzipSync(content)], "digits");
  expect(new TextDecoder().decode(await unpacked(packed))).toBe(content);
  const plain = new File([content], "digits.gz");
  expect(new TextDecoder().decode(await unpacked(plain))).toBe(content);
});

test("what unpacks to more than it may is stopped", async () => {
  const packed = new Blob([deflateRawSync(content)]);
  const whole = await unpack(packed, "deflate-raw", "a.png", content.length);
  expect(whole.size).toBe(content.length);
  const refused = unpack(packed, "deflate-raw", "a.png", content.length - 1);
  await expect(refused).rejects.toThrow(/^a\.png unpacks to more/);
});
