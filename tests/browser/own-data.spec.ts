// The Data tab, and data sets of a person's own: what is accepted, and what is refused in words.

import type { Locator, Page } from "@playwright/test";
import type { Ember } from "./ember";
import { expect, test } from "./fixtures";
import { csv, idxPair, pictures, zip, type MadeFile } from "./made-files";

const data = (page: Page): Locator => page.getByRole("tabpanel", { name: "Data" });
const form = (page: Page): Locator => page.getByRole("dialog", { name: "Your own images" });
const view = (page: Page, name: string): Promise<void> =>
  data(page).getByRole("radio", { name, exact: true }).check({ force: true });

/** Opens the form, and fills it in. */
async function choose(
  ember: Ember,
  page: Page,
  kind: string,
  field: string,
  files: MadeFile | MadeFile[],
): Promise<void> {
  if (!(await form(page).isVisible())) await ember.select("Data set").selectOption("other");
  await form(page).getByRole("radio", { name: kind }).check();
  await form(page).getByLabel(field, { exact: true }).setInputFiles(files);
  await form(page).getByRole("button", { name: "Use these images" }).click();
}

const SETS: {
  what: string;
  kind: string;
  field: string;
  files: () => MadeFile | MadeFile[];
  name: string;
  counts: string;
  classes: string[];
}[] = [
  {
    what: "a table",
    kind: "In a table (CSV)",
    field: "Training table",
    files: () => csv("bars.csv", 50, 3),
    name: "bars",
    counts: "120 training and 30 test images in 3 classes",
    classes: ["0", "1", "2"],
  },
  {
    what: "a pair of gzipped IDX files",
    kind: "In IDX files",
    field: "Training images and labels",
    files: () => idxPair("bars-train", 50, 2),
    name: "bars",
    counts: "80 training and 20 test images in 2 classes",
    classes: ["0", "1"],
  },
  {
    what: "an archive of pictures",
    kind: "In a zip archive",
    field: "Archive",
    files: () => pictures("shapes.zip", 25, ["upright", "level"]),
    name: "shapes",
    counts: "40 training and 10 test images in 2 classes",
    classes: ["level", "upright"],
  },
];

for (const { what, kind, field, files, name, counts, classes } of SETS) {
  test(`${what} becomes a data set, is trained on, and MNIST comes back`, async ({
    open,
    page,
  }) => {
    const ember = await open("device=cpu&epochs=20");
    await ember.step();
    await choose(ember, page, kind, field, files());
    await expect(form(page)).toBeHidden();
    await expect(data(page)).toContainText(counts);
    await expect(ember.select("Data set").locator("option:checked")).toHaveText(name);
    expect(await ember.read(), "the run is over").toMatchObject({ state: "idle", step: 0 });
    await expect(page, "the address is for who has not these images").not.toHaveURL(
      /dataset|layers/,
    );

    await ember.button("Train").click();
    const finished = await ember.until("finished");
    expect(finished.testAccuracy).toBeGreaterThan(0.9);
    await page.getByRole("tab", { name: "Confusion matrix" }).click();
    for (const each of classes) {
      await expect(ember.matrix.getByRole("rowheader", { name: each, exact: true })).toBeVisible();
    }
    await page.getByRole("tab", { name: "Draw", exact: true }).click();
    const bars = page.getByRole("list", { name: "Probabilities" }).getByRole("listitem");
    await expect(bars).toHaveCount(classes.length);
    await expect(bars.first()).toContainText(classes[0] ?? "");

    await ember.select("Data set").selectOption("mnist");
    await ember.until("idle");
    await expect(ember.select("Data set")).toHaveValue("mnist");
    await expect(bars).toHaveCount(10);
    expect((await ember.step()).step).toBe(1);
  });
}

test("images that are brought before the device is open wait for it", async ({ open, page }) => {
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.context().route(/emberlab_bg.*\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  const ember = await open("device=cpu");
  await choose(ember, page, "In a table (CSV)", "Training table", csv("bars.csv", 50, 3));
  expect((await ember.read()).device).toBe("");
  goOn();
  await expect(form(page)).toBeHidden();
  await expect(data(page)).toContainText("120 training and 30 test images in 3 classes");
  expect(await ember.step()).toMatchObject({ device: "cpu", step: 1 });
});

const FAULTS: {
  what: string;
  kind: string;
  field: string;
  files: () => MadeFile | MadeFile[];
  says: RegExp;
}[] = [
  {
    what: "a table with a hole",
    kind: "In a table (CSV)",
    field: "Training table",
    files: () =>
      csv("hole.csv", 50, 2, (line, at) => (at === 4 ? line.replace(/^(\d),\d+,/, "$1,,") : line)),
    says: /hole\.csv: line 5, column 2: the pixel is missing/,
  },
  {
    what: "an archive without pictures",
    kind: "In a zip archive",
    field: "Archive",
    files: () => zip("texts.zip", { "a/readme.txt": Buffer.from("No picture.") }),
    says: /texts\.zip: it holds no pictures/,
  },
  {
    what: "an IDX file that lies about its length",
    kind: "In IDX files",
    field: "Training images and labels",
    files: () => idxPair("lie-train", 50, 2, 99_999),
    says: /lie-train-images-idx3-ubyte\.gz: /,
  },
  {
    what: "one IDX file alone",
    kind: "In IDX files",
    field: "Training images and labels",
    files: () => idxPair("half-train", 50, 2).slice(0, 1),
    says: /Choose two files/,
  },
  {
    // Read without a fault: that they are too few shows at the very end.
    what: "a table of too few images",
    kind: "In a table (CSV)",
    field: "Training table",
    files: () => csv("few.csv", 1, 2),
    says: /The training set would have 2 images/,
  },
];

for (const { what, kind, field, files, says } of FAULTS) {
  test(`${what} is refused beside its field, and the run goes on`, async ({ open, page }) => {
    const ember = await open("device=cpu&epochs=500&tab=data");
    await ember.button("Train").click();
    const { step } = await ember.untilStep(10);
    await choose(ember, page, kind, field, files());
    const input = form(page).getByLabel(field, { exact: true });
    await expect(input).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(says);
    await page.keyboard.press("Escape");
    await expect(form(page)).toBeHidden();
    await expect(ember.select("Data set")).toHaveValue("mnist");
    await expect(data(page)).toContainText("60,000 training");
    expect((await ember.untilStep(step + 50)).state).toBe("running");

    // Nothing that was chosen is lost, and a sound set takes its place.
    await ember.select("Data set").selectOption("other");
    await expect(input).toHaveAccessibleDescription(says);
    await choose(ember, page, "In a table (CSV)", "Training table", csv("bars.csv", 50, 2));
    await expect(data(page)).toContainText("80 training and 20 test images");
    expect((await ember.step()).step).toBe(1);
  });
}

test("dropped files are told by their names", async ({ open, page }) => {
  const ember = await open("device=cpu");
  await ember.select("Data set").selectOption("other");
  const files = [...idxPair("bars-train", 50, 2).reverse(), ...idxPair("bars-t10k", 10, 2)].map(
    ({ name, buffer }) => ({ name, content: buffer.toString("base64") }),
  );
  const transfer = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const { name, content } of files) {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, files);
  await form(page).dispatchEvent("drop", { dataTransfer: transfer });
  await expect(form(page).getByRole("radio", { name: "In IDX files" })).toBeChecked();
  await expect(form(page)).toContainText("bars-t10k-images-idx3-ubyte.gz");
  await form(page).getByRole("button", { name: "Use these images" }).click();
  await expect(data(page)).toContainText("100 training and 20 test images");
});

test("another device is given the own images again", async ({ open, page }) => {
  const ember = await open("device=cpu");
  const archive = pictures("shapes.zip", 25, ["upright", "level"]);
  await choose(ember, page, "In a zip archive", "Archive", archive);
  await expect(data(page)).toContainText("2 classes");
  await ember.select("Device").selectOption("ndarray");
  expect(await ember.step()).toMatchObject({ device: "ndarray", step: 1 });
  await expect(ember.select("Data set").locator("option:checked")).toHaveText("shapes");
  await expect(
    data(page).getByRole("list", { name: "Training images, All classes" }),
  ).toContainText("upright");
});

test("a preset chosen for own images fits them", async ({ open, page }) => {
  const ember = await open("device=cpu");
  await choose(ember, page, "In a table (CSV)", "Training table", csv("bars.csv", 50, 3));
  await expect(data(page)).toContainText("3 classes");
  await expect(ember.select("Preset")).toHaveValue("MLP");
  await ember.select("Preset").selectOption("LeNet-5");
  await expect(ember.select("Preset")).toHaveValue("LeNet-5");
  await expect(ember.number("Output units")).toHaveValue("3");
  await expect(page).toHaveURL(/preset=LeNet-5/);
  await ember.select("Data set").selectOption("mnist");
  await expect(ember.number("Output units")).toHaveValue("10");
  await expect(ember.select("Preset")).toHaveValue("LeNet-5");
});

test("samples are shown by class and page by page", async ({ open, page }) => {
  await open("device=cpu&tab=data");
  const samples = data(page).getByRole("list", { name: "Training images, All classes" });
  await expect(samples.getByRole("listitem")).toHaveCount(32);
  // The first training images of MNIST.
  await expect(samples.getByRole("listitem").first()).toHaveText("5");
  await expect(samples.getByRole("listitem").nth(1)).toHaveText("0");
  await data(page).getByRole("combobox", { name: "Class" }).selectOption("7");
  const sevens = data(page).getByRole("list", { name: "Training images, class 7" });
  await expect(sevens.getByRole("button", { name: "Training image 15, class 7" })).toBeVisible();
  await expect(sevens.getByRole("listitem").filter({ hasNotText: "7" })).toHaveCount(0);
  await data(page).getByRole("button", { name: "More images" }).click();
  await expect(data(page)).toContainText(/33–64 of 6,265/);
  const means = data(page).getByRole("list", { name: "Mean images" });
  await expect(means.getByRole("listitem")).toHaveCount(11);
});

test("sabotage shows in what a run trains on", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=data");
  await view(page, "Classes");
  await expect(data(page)).toContainText("55,000 images, 5,000 more held out");
  await data(page).getByRole("combobox", { name: "Missing class" }).selectOption("4");
  const row = (name: string) =>
    data(page)
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  await expect(row("4").getByRole("cell").first()).toHaveText("0");
  await expect(row("5").getByRole("cell").first()).not.toHaveText("0");
  await ember.type("Label noise", "0.5");
  await expect(data(page)).toContainText(/2\d,\d{3} have a wrong label/);
});

test("augmentation shows in copies that differ from epoch to epoch", async ({ open, page }) => {
  const ember = await open("device=cpu&tab=data");
  await view(page, "Augmentation");
  const rows = data(page).getByRole("group", { name: "The same images in several epochs" });
  const row = (name: string) =>
    rows
      .getByRole("img", { name, exact: true })
      .locator("canvas")
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const original = await row("Original");
  expect(await row("Epoch 1")).toBe(original);
  await ember.type("Rotation", "30");
  await expect.poll(() => row("Epoch 1")).not.toBe(original);
  expect(await row("Epoch 2")).not.toBe(await row("Epoch 1"));
  expect(await row("Original")).toBe(original);
  const before = await row("Epoch 1");
  await ember.slider("Elastic").press("ArrowRight");
  await expect.poll(() => row("Epoch 1")).not.toBe(before);
  await data(page).getByRole("button", { name: "Other images" }).click();
  await expect.poll(() => row("Original")).not.toBe(original);
});
