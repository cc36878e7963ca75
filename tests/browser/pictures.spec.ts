// Charts and the confusion matrix, drawn from fixed data by the page's own draw functions, look as
// they did when somebody last looked at them. The pictures lie in pictures/; they hold no letters, since
// fonts differ. After a change that is meant: `playwright test -g pictures --update-snapshots`, and
// look at each.

import path from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build } from "vite";

import { expect, test } from "./fixtures";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Where the test page seems to be. Nothing is fetched from there. */
const ORIGIN = "http://pictures.test/";

/**
 * How much may be off: the edges of lines are smoothed a little differently by each version of a
 * browser; plain fields of color are not.
 */
const LINES = { maxDiffPixels: 25, threshold: 0.2 };
const FIELDS = { maxDiffPixels: 100, threshold: 0.03 };

const PICTURES = {
  "loss-of-a-run": LINES,
  "accuracy-before-others": LINES,
  "loss-of-100000-steps": LINES,
  "learning-rate-changed": LINES,
  "gradient-norm": LINES,
  nothing: LINES,
  matrix: FIELDS,
  "matrix-errors": FIELDS,
  "matrix-difference": FIELDS,
};

/** The files of the test page by their names. */
let files: Map<string, string | Uint8Array>;

test.beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: path.join(here, "../../www"),
    plugins: [svelte({ configFile: false })],
    build: {
      write: false,
      minify: false,
      lib: { entry: path.join(here, "pictures/page.ts"), formats: ["es"], fileName: "page" },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) =>
    "output" in each ? each.output : [],
  );
  files = new Map(
    outputs.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source]),
  );
});

/** Opens the test page and waits until everything is drawn. */
async function openPictures(page: Page): Promise<void> {
  const styles = [...files.keys()].filter((name) => name.endsWith(".css"));
  const links = styles.map((name) => `<link rel="stylesheet" href="${name}">`).join("");
  await page.route(`${ORIGIN}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const file = files.get(name);
    const body =
      name === ""
        ? `<!doctype html><link rel="icon" href="data:,">${links}<body><script type="module" src="page.js"></script>`
        : file;
    if (body === undefined) return route.fulfill({ status: 404 });
    const contentType = name.endsWith(".js")
      ? "text/javascript"
      : name.endsWith(".css")
        ? "text/css"
        : "text/html";
    return route.fulfill({ body: Buffer.from(body), contentType });
  });
  await page.goto(ORIGIN);
  await expect(page.locator("body")).toHaveAttribute("data-drawn", "all");
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`pictures, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("charts and matrix look as they did", async ({ page }) => {
      await openPictures(page);
      for (const [name, tolerance] of Object.entries(PICTURES)) {
        await expect
          .soft(page.locator(`#${name}`))
          .toHaveScreenshot(`${name}-${colorScheme}.png`, tolerance);
      }
    });
  });
}
