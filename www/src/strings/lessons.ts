/**
 * The questions of the course, in the language of the page: apart from all other words, as few who
 * open the page need them at once.
 */

import { lessons as de } from "./de-lessons";
import { lessons as en } from "./en-lessons";
import { currentLanguage } from "./language";

/** Each question with its answer. */
export const lessons: typeof en = { en, de }[currentLanguage()];
