import { describe, expect, test } from "vitest";

import { catalogueOf } from "./catalogue";
import { de } from "./de";
import { core } from "./de-core";
import { en } from "./en";
import { chooseLanguage, currentLanguage, languageOf, withLanguage } from "./language";
import { merge } from "./merge";

describe("the language", () => {
  test.each([
    ["de", "de"],
    ["de-AT", "de"],
    ["DE_ch", "de"],
    ["en-GB", "en"],
    ["fr", undefined],
    ["deutsch", undefined],
    ["__proto__", undefined],
    ["", undefined],
    [null, undefined],
  ])("%s means %s", (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  test.each([
    ["the address has the first word", "de", "en", ["en"], "de"],
    ["then what was remembered", null, "de", ["en"], "de"],
    ["then what the browser prefers", null, null, ["fr", "de-DE", "en"], "de"],
    ["what is not understood is passed over", "xx", "", ["fr"], "en"],
  ] as const)("%s", (_, asked, remembered, preferred, chosen) => {
    expect(chooseLanguage(asked, remembered, preferred)).toBe(chosen);
  });

  test("outside of pages and workers it is English", () => {
    expect(currentLanguage()).toBe("en");
  });

  test("an address keeps everything else", () => {
    expect(withLanguage("?lr=0.1&lang=en", "de")).toBe("lr=0.1&lang=de");
  });
});

test("a dictionary is laid over another, part by part", () => {
  const base = { a: { b: "b", c: ["c", "d"] }, f: () => "f", g: "g" };
  const merged = merge(base, { a: { c: ["e"] }, f: () => "h" });
  expect(merged).toMatchObject({ a: { b: "b", c: ["e"] }, g: "g" });
  expect(merged.f()).toBe("h");
  expect(base.f()).toBe("f");
});

describe("German", () => {
  /** Every text of a dictionary by its place; functions are called with what shows in the result. */
  function texts(dictionary: object, place = ""): [place: string, text: string][] {
    return Object.entries(dictionary).flatMap(([key, value]: [string, unknown]) => {
      const here = `${place}.${key}`;
      if (typeof value === "string") return [[here, value]];
      if (typeof value === "object" && value !== null) return texts(value, here);
      return [];
    });
  }

  test("leaves no text empty that English has", () => {
    const german = new Map(texts(de));
    for (const [place, text] of texts(en)) {
      if (text !== "" && german.has(place)) expect(german.get(place), place).not.toBe("");
    }
  });

  const holes = (text: string) => [...new Set(text.match(/\{\w*\}/g))].sort();

  test("says what the core says, with the same holes", () => {
    for (const [english, german] of Object.entries(core)) {
      expect(holes(german), english).toEqual(holes(english));
      expect(german.trim(), english).not.toBe("");
      // Names such as Momentum are the same in both.
      if (english.endsWith(".")) {
        expect(german, english).not.toBe(english);
        expect(german, "a sentence too").toMatch(/\.$/);
      }
      expect(german, "quotation marks as in „German“").not.toMatch(/"|[“”](?=[\w{])/);
    }
  });

  test("calls a class's share in the core's sentences as beside its field", () => {
    expect(core["The share kept of class {class}"]).toBe(de.settings?.keptOf?.("{class}"));
  });

  test("separates numbers in the core's sentences as in fields", () => {
    expect(catalogueOf("de", core)).toEqual({ sentences: core, thousands: ".", decimal: "," });
  });
});
