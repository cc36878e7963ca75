// The core's own sentences, on a German page: what is wrong with a setting, a network, a file or a run.

import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { csv, type MadeFile } from "./made-files";

/** Where the core's sentences stand has no language of its own: it is the page's. */
async function expectNoOther(page: Page): Promise<void> {
  await expect(page.locator(".notices [lang], .problems [lang]")).toHaveCount(0);
}

const REFUSALS = [
  {
    what: "a learning rate that is too large",
    address: "lr=20",
    field: "Lernrate",
    says: /Lernrate: 20 ist zu groß\. Nötig ist eine Zahl von 1e-6 bis 10\./,
  },
  {
    what: "one that is too small, with decimals",
    address: "lr=-1.5",
    field: "Lernrate",
    says: /Lernrate: -1,5 ist zu klein\./,
  },
  {
    what: "a number with thousands",
    address: "batch=70000",
    field: "Batchgröße",
    says: /Batchgröße: 70\.000 ist zu groß\. Nötig ist eine ganze Zahl von 1 bis \d\.\d{3}\./,
  },
  {
    what: "a layer's own number",
    address: "layers=flatten-dense_0-dense_10",
    field: "Dichte Schicht 1 Einheiten",
    says: /Einheiten: 0 ist zu klein\./,
  },
  {
    what: "a layer that does not fit",
    address: "layers=conv_8_3-dense_10",
    says: /hier kommt eine Karte von 8 × 28 × 28 an\. Davor „Flatten“ einfügen\./,
  },
  {
    what: "a network that ends otherwise",
    address: "layers=flatten-dense_7",
    says: /Das Netz muss mit einer dichten Schicht von 10 Einheiten enden/,
  },
];

for (const { what, address, field, says } of REFUSALS) {
  test(`${what} is refused in German`, async ({ open, page }) => {
    const ember = await open(`lang=de&device=cpu&preset=MLP&${address}`);
    if (field) {
      await expect(ember.number(field)).toHaveAccessibleDescription(says);
    }
    await page.getByRole("button", { name: "Trainieren", exact: true }).click();
    await expect(ember.messages).toContainText("Training noch nicht möglich:");
    await expect(ember.messages).toContainText(says);
    await expectNoOther(page);
  });
}

const FILES: { what: string; field: string; files: MadeFile[]; says: RegExp }[] = [
  {
    what: "a table with a hole",
    field: "Trainingstabelle",
    files: [
      csv("hole.csv", 50, 2, (line, at) => (at === 4 ? line.replace(/^(\d),\d+,/, "$1,,") : line)),
    ],
    says: /hole\.csv: Zeile 5, Spalte 2: Der Pixel fehlt\. Eine ganze Zahl von 0 bis 255 eintragen\./,
  },
  {
    // No file's name begins the sentence, and yet it stands beside the test images.
    what: "a class that only the test images show",
    field: "Testtabelle (freiwillig)",
    files: [csv("bars_train.csv", 50, 2), csv("bars_test.csv", 50, 3)],
    says: /Die Testbilder zeigen die Klasse „2“/,
  },
];

for (const { what, field, files, says } of FILES) {
  test(`${what} is refused in German`, async ({ open, page }) => {
    await open("lang=de&device=cpu");
    await page.getByRole("combobox", { name: "Datensatz", exact: true }).selectOption("other");
    const form = page.getByRole("dialog", { name: "Eigene Bilder" });
    await form.getByRole("radio", { name: "In einer Tabelle (CSV)" }).check();
    const fields = ["Trainingstabelle", "Testtabelle (freiwillig)"];
    for (const [i, file] of files.entries()) {
      await form.getByLabel(fields[i] ?? "", { exact: true }).setInputFiles(file);
    }
    await form.getByRole("button", { name: "Diese Bilder verwenden" }).click();
    const input = form.getByLabel(field, { exact: true });
    await expect(input).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(says);
  });
}

test("a loss that explodes is told in German", async ({ open, page }) => {
  const ember = await open("lang=de&device=cpu&preset=MLP&optimizer=sgd&lr=9.5");
  await page.getByRole("button", { name: "Trainieren", exact: true }).click();
  await expect(
    ember.messages.filter({ hasText: "Mit einer Lernrate von 9,5 sind die Schritte zu groß." }),
  ).toBeVisible();
  await expectNoOther(page);
});

for (const { language, fetched } of [
  { language: "en", fetched: 0 },
  { language: "de", fetched: 1 },
]) {
  test(`with lang=${language} the sentences in German are fetched ${fetched} times`, async ({
    open,
    page,
  }) => {
    const catalogues: string[] = [];
    page.context().on("request", (request) => {
      if (request.url().includes("de-core")) catalogues.push(request.url());
    });
    const ember = await open(`lang=${language}&device=cpu`);
    await expect(ember.status, "the core is there").toHaveAttribute("data-device", "cpu");
    expect(catalogues).toHaveLength(fetched);
  });
}

test.describe("where the sentences cannot be fetched", () => {
  test.use({ expectedErrors: /Failed to load resource/ });

  test("English ones stand for them", async ({ open, page }) => {
    await page.context().route(/de-core/, (route) => route.abort());
    const ember = await open("lang=de&device=cpu&lr=20");
    await expect(ember.number("Lernrate")).toHaveAccessibleDescription(
      /Learning rate is 20, which is too large/,
    );
  });
});
