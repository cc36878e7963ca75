/**
 * The language of the page, chosen once when it loads: what the address asks for, else what was
 * chosen here before, else what the browser prefers.
 */

import { recall, remember } from "../state/memory";

/** The languages by the codes that the address, `<html lang>` and the browser know them by. */
export const LANGUAGES = ["en", "de"] as const;

/** A language of the page. */
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself: who does not read the page's must find the own one. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" };

/** The locale that numbers are written in. */
export const LOCALES: Record<Language, string> = { en: "en-US", de: "de-DE" };

/** The name of the choice in the page's address. */
const PARAM = "lang";

const STORED = "language";

/** The language that a tag such as `de-AT` means, if it is one of ours. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const code = tag?.trim().toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((language) => language === code);
}

/** The first language that is one of ours: asked for, remembered, or preferred; else English. */
export function chooseLanguage(
  asked: string | null | undefined,
  remembered: string | null | undefined,
  preferred: readonly string[],
): Language {
  return [asked, remembered, ...preferred].map(languageOf).find(Boolean) ?? "en";
}

/** The language of this page, or of the worker that a page named after its language. */
export function currentLanguage(): Language {
  // Where there is neither page nor worker, as in unit tests, the machine's language must not count.
  if (typeof self === "undefined") return "en";
  if (typeof document === "undefined") return chooseLanguage(self.name, null, []);
  const asked = new URLSearchParams(location.search).get(PARAM);
  return chooseLanguage(asked, recall(STORED), navigator.languages);
}

/** The search part of an address, with the language that it asks for. */
export function withLanguage(search: string, language: Language): string {
  const params = new URLSearchParams(search);
  params.set(PARAM, language);
  return params.toString();
}

/** Keeps a choice for the next visit. */
export function rememberLanguage(language: Language): void {
  remember(STORED, language);
}
