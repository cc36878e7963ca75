/**
 * What the core says, in the language of the page. Its sentences are in English where it says nothing else, so
 * an English page fetches none.
 */

import type { Catalogue } from "../generated/core";
import type { CoreSentence } from "../generated/sentences";
import { currentLanguage, LOCALES, type Language } from "./language";

type Sentences = Record<CoreSentence, string>;

const FETCH: Record<Exclude<Language, "en">, () => Promise<{ core: Sentences }>> = {
  de: () => import("./de-core"),
};

/** The catalogue of a language; numbers have the separators that they have in its fields and charts. */
export function catalogueOf(language: Language, sentences: Sentences): Catalogue {
  const parts = new Intl.NumberFormat(LOCALES[language]).formatToParts(1234567.5);
  const separator = (type: "group" | "decimal", otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { sentences, thousands: separator("group", ","), decimal: separator("decimal", ".") };
}

/** The catalogue of the page's language; none for English, nor where it cannot be fetched. */
export async function fetchCatalogue(): Promise<Catalogue | undefined> {
  const language = currentLanguage();
  if (language === "en") return undefined;
  try {
    return catalogueOf(language, (await FETCH[language]()).core);
  } catch {
    // A sentence in another language is better than none.
    return undefined;
  }
}
