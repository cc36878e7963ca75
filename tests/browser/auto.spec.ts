// `auto` where there is a GPU: training begins on the CPU, the GPU shows what it can do in a worker of its own,
// and the faster one goes on. The GPU of these tests is computed by the processor; the page is told otherwise.

import type { Page } from "@playwright/test";
import { trainingWorkers } from "./ember";
import { expect, test } from "./fixtures";

const STORED = "emberlab.speeds";

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const request = navigator.gpu.requestAdapter.bind(navigator.gpu);
    navigator.gpu.requestAdapter = async (options) => {
      const adapter = await request(options);
      if (adapter)
        Object.defineProperty(adapter, "info", { value: { architecture: "a real one" } });
      return adapter;
    };
  });
});

/** What the page remembers of networks: a name of each, and images per second on CPU and GPU. */
async function remembered(page: Page): Promise<[string, number, number][]> {
  const stored = await page.evaluate((key) => localStorage.getItem(key), STORED);
  return JSON.parse(stored ?? "[]") as [string, number, number][];
}

test("stays on the CPU where that is faster, says by how much, and remembers it", async ({
  open,
  page,
}) => {
  const ember = await open("preset=MLP&epochs=200");
  await ember.button("Train").click();
  await expect(ember.status).toContainText(/CPU, 2 threads \([\d.,]+× WebGPU\)/);
  expect((await ember.until("running")).device).toBe("cpu");
  const [[, cpu, webgpu] = ["", 0, 0], ...others] = await remembered(page);
  expect(others).toEqual([]);
  expect(webgpu).toBeGreaterThan(0);
  expect(cpu).toBeGreaterThan(webgpu);
  expect(trainingWorkers(page), "the GPU's worker was ended").toHaveLength(1);

  await page.reload();
  await ember.until("idle");
  await ember.button("Train").click();
  await ember.untilStep(10);
  await expect(ember.status, "known from before").toContainText(
    /CPU, 2 threads \([\d.,]+× WebGPU\)/,
  );
});

/** Has the page believe a GPU to be a million times as fast as it says. */
async function praiseGpu(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { Worker } = window;
    window.Worker = function (url: string | URL, options?: WorkerOptions) {
      const worker = new Worker(url, options);
      const post = worker.postMessage.bind(worker);
      let asked: number | undefined;
      worker.postMessage = (message: { type: string; id: number }) => {
        if (message.type === "speed") asked = message.id;
        post(message);
      };
      worker.addEventListener(
        "message",
        ({ data }: MessageEvent<{ id?: number; value: number }>) => {
          if (data.id !== undefined && data.id === asked) data.value *= 1e6;
        },
      );
      return worker;
    } as unknown as typeof Worker;
  });
}

test("a run moves to a faster GPU and goes on where it was", async ({ open, page }) => {
  await praiseGpu(page);
  const ember = await open("preset=MLP&epochs=200");
  await ember.button("Train").click();
  await ember.untilStep(10);
  expect((await ember.read()).device, "the first steps are the CPU's").toBe("cpu");
  await expect(ember.status).toHaveAttribute("data-device", "webgpu");
  await expect(ember.messages.filter({ hasText: /the run goes on there/ })).toBeVisible();
  await expect(ember.status).toContainText("× CPU)");
  const moved = await ember.until("running", "warming");
  expect(moved.step, "nothing was trained in vain").toBeGreaterThan(10);
  await ember.untilStep(moved.step + 2);
  const paused = await ember.pause();
  expect(paused.loss).toBeLessThan(1);
  expect(trainingWorkers(page)).toHaveLength(1);

  await ember.button("Reset").click();
  expect(await ember.step(), "the same network begins there").toMatchObject({
    device: "webgpu",
    step: 1,
  });
  await ember.button("Reset").click();
  await ember.select("Preset").selectOption("CNN");
  expect(await ember.step(), "another one does not").toMatchObject({ device: "cpu", step: 1 });
});
