import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "www",
  // Every path relative, so that the site works under any folder of any server.
  base: "./",
  plugins: [svelte({ configFile: "../svelte.config.js" })],
  worker: { format: "es" },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    // The page is one small script; a preload helper would only add to it.
    modulePreload: { polyfill: false },
  },
  test: {
    include: ["src/**/*.test.ts"],
    environment: "node",
    maxWorkers: 1,
  },
});
