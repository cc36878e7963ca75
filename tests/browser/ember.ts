// The page as a person meets it: buttons, fields and the status line, by their public names.

import { expect, type FrameLocator, type Locator, type Page, type Worker } from "@playwright/test";

export type Device = "cpu" | "ndarray" | "webgpu";
export const DEVICES: Device[] = ["cpu", "ndarray", "webgpu"];

export type State = "idle" | "warming" | "running" | "paused" | "finished" | "failed";

/** The status line's `data-*` attributes. */
export interface Reading {
  state: State;
  device: string;
  epoch: number;
  step: number;
  loss: number;
  accuracy: number;
  imagesPerSecond: number;
  learningRate: number;
  /** Of the last evaluation on the test images; NaN before the first. */
  testAccuracy: number;
  /** After which step all test images were looked at. */
  testStep: number;
  testLoss: number;
}

/** The workers of a page that hold a run, in the order of their start; not those that help them. */
export const trainingWorkers = (page: Page): Worker[] =>
  page.workers().filter((worker) => worker.url().includes("training.worker"));

export class Ember {
  readonly status: Locator;
  readonly matrix: Locator;
  /** What the page has to say beside the status line: what went wrong, or was done otherwise. */
  readonly messages: Locator;

  constructor(readonly root: Page | FrameLocator) {
    this.status = root.locator("[role=status][data-state]");
    this.matrix = root.getByRole("table", { name: "Confusion matrix" });
    this.messages = root.getByRole("alert");
  }

  /** `Reset` is called `Restart with changes` while there are any that need one. */
  button(
    name: "Train" | "Pause" | "Step" | "Reset" | "Restart with changes" | "Undo changes",
  ): Locator {
    return this.root.getByRole("button", { name, exact: true });
  }

  select(name: "Preset" | "Device" | "Data set" | "Optimizer"): Locator {
    return this.root.getByRole("combobox", { name, exact: true });
  }

  slider(name: string): Locator {
    return this.root.getByRole("slider", { name, exact: true });
  }

  /** The field beside a slider in which its number can be typed. */
  number(name: string): Locator {
    return this.root
      .getByRole("spinbutton", { name, exact: true })
      .or(this.root.getByRole("textbox", { name, exact: true }));
  }

  async type(name: string, value: string): Promise<void> {
    const field = this.number(name);
    await field.fill(value);
    await field.press("Enter");
  }

  async read(): Promise<Reading> {
    const data = await this.status.evaluate((line) =>
      Object.fromEntries(Object.entries((line as HTMLElement).dataset)),
    );
    const number = (value?: string) => (value === undefined || value === "" ? NaN : Number(value));
    return {
      state: data.state as State,
      device: data.device ?? "",
      epoch: number(data.epoch),
      step: number(data.step),
      loss: number(data.loss),
      accuracy: number(data.accuracy),
      imagesPerSecond: number(data.imagesPerSecond),
      learningRate: number(data.learningRate),
      testAccuracy: number(data.testAccuracy),
      testStep: number(data.testStep),
      testLoss: number(data.testLoss),
    };
  }

  /** Waits for one of the states; ends at once when the run fails instead. */
  async until(...states: State[]): Promise<Reading> {
    const wanted = [...states, "failed"].map((state) => `[data-state=${state}]`).join(", ");
    await expect(this.status.and(this.root.locator(wanted))).toBeVisible();
    const reading = await this.read();
    expect(states, `the status line says: ${await this.status.innerText()}`).toContain(
      reading.state,
    );
    return reading;
  }

  /** Waits until at least so many steps are trained. */
  async untilStep(step: number): Promise<Reading> {
    await expect.poll(async () => (await this.read()).step).toBeGreaterThanOrEqual(step);
    return this.read();
  }

  /** Presses Step and waits for what it brought. */
  async step(): Promise<Reading> {
    const { step } = await this.read();
    await this.button("Step").click();
    await expect(this.status).toHaveAttribute("data-step", String((step || 0) + 1));
    return this.until("paused", "finished");
  }

  /** The losses of the next steps, one by one. */
  async losses(steps: number): Promise<number[]> {
    const losses = [];
    for (let i = 0; i < steps; i++) losses.push((await this.step()).loss);
    return losses;
  }

  async pause(): Promise<Reading> {
    await this.button("Pause").click();
    return this.until("paused");
  }

  /** The training accuracy over the last steps, as the chart says it in words. */
  async trainingAccuracy(): Promise<number> {
    const chart = this.root.getByRole("img", { name: "Accuracy", exact: true });
    const words = (await chart.getAttribute("aria-describedby")) ?? "";
    const text = await this.root.locator(`[id="${words}"]`).innerText();
    return Number(/Training ([\d.]+)/.exec(text)?.[1] ?? NaN) / 100;
  }

  /** Opens the report of the test images; from now on each epoch's end brings a new one. */
  async openTestReport(): Promise<void> {
    await this.root.getByRole("tab", { name: "Report", exact: true }).click();
    await this.root.getByRole("radio", { name: "Test", exact: true }).check();
  }

  /** The report of the test images, once there is one of a step after this one. */
  async testReport(
    after: number,
  ): Promise<{ step: number; f1: number; logLoss: number; rocAuc: number }> {
    const table = this.root.getByRole("table", { name: "Classification report" });
    const step = async () => Number(await table.getAttribute("data-step"));
    await expect.poll(step).toBeGreaterThan(after);
    const figure = (term: string) =>
      this.root
        .locator("dl > div", { has: this.root.getByText(term, { exact: true }) })
        .locator("dd")
        .getAttribute("data-value");
    const macro = table.getByRole("row", { name: /^Macro average/ });
    return {
      step: await step(),
      f1: Number(await macro.getByRole("cell").nth(2).innerText()),
      logLoss: Number(await figure("Log-loss")),
      rocAuc: Number(await figure("ROC-AUC")),
    };
  }

  /** What the confusion matrix shows: a row for each true class, and how many images it is about. */
  async evaluated(): Promise<{ split: string; images: number; counts: number[][] }> {
    await expect(this.matrix).toHaveAttribute("data-images");
    return this.matrix.evaluate((table: HTMLElement) => ({
      split: table.dataset.split ?? "",
      images: Number(table.dataset.images),
      counts: [...table.querySelectorAll("tbody tr")].map((row) =>
        [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent)),
      ),
    }));
  }
}

/** All counts of a matrix together. */
export function total(counts: number[][]): number {
  return counts.flat().reduce((sum, count) => sum + count, 0);
}

/** The counts on the diagonal: what was classified correctly. */
export function correct(counts: number[][]): number {
  return counts.reduce((sum, row, i) => sum + (row[i] ?? NaN), 0);
}
