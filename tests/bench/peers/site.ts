// The one server of the bench: Emberlab's built site, and the bare page that the libraries run in.

import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { serve } from "../../browser/server.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../../..");

export interface Site {
  ember: string;
  /** The bare page; the isolated one may share memory between threads. */
  page: (isolated: boolean) => string;
  data: string;
  close: () => Promise<void>;
}

/** Builds the bare page and serves it beside dist/. */
export async function openSite(): Promise<Site> {
  const built = path.join(root, ".tools/peers");
  await build({
    root: path.join(here, "page"),
    base: "./",
    configFile: false,
    logLevel: "error",
    worker: { format: "es" },
    // Not minified: TensorFlow.js hands the source of one of its functions to its threads.
    build: { outDir: built, emptyOutDir: true, target: "esnext", minify: false },
  });
  const { origin, close } = await serve(
    { "/ember/": path.join(root, "dist"), "/bare/": built, "/isolated/": built },
    0,
    {
      "/isolated/": {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      },
    },
  );
  return {
    ember: `${origin}/ember/`,
    page: (isolated) => `${origin}/${isolated ? "isolated" : "bare"}/`,
    data: `${origin}/ember/data/mnist/`,
    close,
  };
}
