/** Whether WebGPU can be used here, asked before a worker fetches the large GPU build. */

import { strings } from "../strings";

/** What is asked of `navigator.gpu`; a parameter so that tests can answer. */
export type GpuLike = Pick<GPU, "requestAdapter">;

/**
 * Says why WebGPU cannot be used, or nothing where it can.
 *
 * Without `timestamp-query` the GPU backend panics as soon as it starts, so such an adapter counts
 * as unusable. A software adapter computes right but slower than the CPU path: `auto` passes it over.
 */
export async function whyNoWebgpu(
  gpu: GpuLike | undefined,
  allowSoftware: boolean,
): Promise<string | undefined> {
  const why = strings.webgpu;
  if (!gpu) return why.noApi;
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch (error) {
    return why.adapterFailed(error instanceof Error ? error.message : String(error));
  }
  if (!adapter) return why.noAdapter;
  if (!allowSoftware && isSoftware(adapter.info)) return why.softwareOnly;
  if (!adapter.features.has("timestamp-query")) return why.noTimestamps;
  return undefined;
}

function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(info.architecture);
}
