import { expect, test } from "vitest";

import { strings } from "../strings";
import { whyNoWebgpu, type GpuLike } from "./webgpu";

const words = strings.webgpu;

function gpu(adapter: { features?: string[]; info?: Partial<GPUAdapterInfo> } | null): GpuLike {
  const answer = adapter && {
    features: new Set(adapter.features ?? ["timestamp-query"]),
    info: { isFallbackAdapter: false, architecture: "ampere", ...adapter.info },
  };
  return { requestAdapter: () => Promise.resolve(answer as GPUAdapter | null) };
}

const broken: GpuLike = { requestAdapter: () => Promise.reject(new Error("no driver")) };
const swiftshader = gpu({ info: { architecture: "swiftshader" } });

const CASES: [what: string, gpu: GpuLike | undefined, software: boolean, why?: string][] = [
  ["a good adapter", gpu({}), false],
  ["no WebGPU at all", undefined, true, words.noApi],
  ["no adapter", gpu(null), true, words.noAdapter],
  ["a broken driver", broken, true, words.adapterFailed("no driver")],
  ["an adapter without timestamps", gpu({ features: [] }), true, words.noTimestamps],
  ["a fallback adapter", gpu({ info: { isFallbackAdapter: true } }), false, words.softwareOnly],
  ["SwiftShader", swiftshader, false, words.softwareOnly],
  ["SwiftShader, where software will do", swiftshader, true],
];

test.each(CASES)("%s", async (_, gpu, allowSoftware, why) => {
  expect(await whyNoWebgpu(gpu, allowSoftware)).toBe(why);
});
