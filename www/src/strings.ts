/** Every word on the page, in the language that was chosen when it loaded. */

import { en, type Strings } from "./strings/en";
import { currentLanguage, LOCALES, type Language } from "./strings/language";
import { merge, type Partly } from "./strings/merge";

/** The language of the page. */
export const LANGUAGE = currentLanguage();

/** The locale that numbers are written in. */
export const LOCALE = LOCALES[LANGUAGE];

/** English is always there; what another language has to say is fetched where it is spoken. */
const DICTIONARIES: Record<Language, () => Promise<Partly<Strings>>> = {
  en: () => Promise.resolve({}),
  de: async () => (await import("./strings/de")).de,
};

/** The words. A dictionary that cannot be fetched leaves them English. */
export const strings = merge<Strings>(
  en,
  await DICTIONARIES[LANGUAGE]().catch((): Partly<Strings> => ({})),
);
