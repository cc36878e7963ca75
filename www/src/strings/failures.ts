/**
 * What is said where something failed, in the language of the page: apart from all other words, as
 * the worker says these only.
 */

import { failures as de } from "./de-failures";
import { failures as en } from "./en-failures";
import { currentLanguage } from "./language";
import { merge } from "./merge";

/** Why something failed, and what to do. */
export const failures: typeof en = currentLanguage() === "de" ? merge<typeof en>(en, de) : en;
