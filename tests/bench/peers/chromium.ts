// A fresh Chromium for every measurement: no shader, no compiled code and no memory is left of another.

import { readFile } from "node:fs/promises";
import { chromium, type Browser, type Page } from "@playwright/test";
import { executablePath, SOFTWARE_GPU } from "../../browser/browser";

/** Gives a page of a browser of its own, and what came of it with the most memory its processes held. */
export async function inChromium<T>(
  use: (page: Page) => Promise<T>,
): Promise<{ result: T; peakBytes?: number }> {
  const browser = await chromium.launch({ executablePath: executablePath(), args: SOFTWARE_GPU });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const result = await use(page);
    const bytes = await peakBytes(browser);
    return bytes === undefined ? { result } : { result, peakBytes: bytes };
  } finally {
    await browser.close();
  }
}

/**
 * The page's process and the GPU's at their largest, added up, as Linux has kept it; undefined on other
 * systems. Of several renderers the largest is the page's: the others wait for pages to come.
 */
async function peakBytes(browser: Browser): Promise<number | undefined> {
  const tools = await browser.newBrowserCDPSession();
  const { processInfo } = await tools.send("SystemInfo.getProcessInfo");
  const largest = async (type: string) => {
    const sizes = processInfo.filter((process) => process.type === type).map(({ id }) => held(id));
    return Math.max(...(await Promise.all(sizes)));
  };
  const bytes = (await largest("renderer")) + (await largest("GPU"));
  return Number.isFinite(bytes) ? bytes : undefined;
}

async function held(process: number): Promise<number> {
  const status = await readFile(`/proc/${process}/status`, "utf8").catch(() => "");
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN);
}

export interface Graphics {
  webgpu: string;
  webgl: string;
}

/** What computes for WebGPU and for WebGL, by the browser's own account. */
export async function graphics(address: string): Promise<Graphics> {
  const { result } = await inChromium(async (page) => {
    await page.goto(address);
    return page.evaluate(async () => {
      const adapter = await navigator.gpu.requestAdapter();
      const info = adapter?.info;
      const gl = document.createElement("canvas").getContext("webgl2");
      const names = gl?.getExtension("WEBGL_debug_renderer_info");
      return {
        webgpu: info
          ? [info.vendor, info.architecture, info.description].filter(Boolean).join(" ")
          : "none",
        webgl: names ? String(gl?.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "none",
      };
    });
  });
  const told = (name: string) =>
    /swiftshader|llvmpipe|basic render/i.test(name)
      ? `${name} (software: computed by the processor)`
      : name;
  return { webgpu: told(result.webgpu), webgl: told(result.webgl) };
}
