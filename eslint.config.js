import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import svelte from "eslint-plugin-svelte";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import ts from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

export default defineConfig(
  globalIgnores([
    "dist",
    "target",
    ".tools",
    "assets/mnist",
    "www/core",
    "www/src/generated",
    "tests/bench/results",
    "tests/browser/report",
    "tests/browser/results",
  ]),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, extraFileExtensions: [".svelte"] },
    },
    rules: {
      // Numbers in templates are formatted on purpose, by the words they stand in.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An arrow that only calls something reads better without braces.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Leaving a key out of an object is what the rest is for.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // Svelte's `$props()` and snippets are declared with `let` and reassigned by the compiler.
      "prefer-const": "off",
    },
  },
  {
    // Their types are there only where the benchmark has installed what it measures.
    files: ["**/*.{js,mjs}", "tests/bench/peers/libraries/*.ts"],
    extends: [ts.configs.disableTypeChecked],
  },
);
