/** Everything the core can say, in German. Fetched by the worker of a German page alone. */

import type { CoreSentence } from "../generated/sentences";
import { images } from "./de-core-images";
import { names } from "./de-core-names";
import { runs } from "./de-core-runs";
import { settings } from "./de-core-settings";

export const core: Record<CoreSentence, string> = { ...names, ...settings, ...images, ...runs };
