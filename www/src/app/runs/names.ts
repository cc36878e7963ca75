/** What runs are called. */

import type { RunKey } from "../../state/run-rows";
import { strings } from "../../strings";

/** The name of a run. */
export function nameOf(key: RunKey): string {
  return key === "current" ? strings.runs.current : strings.runs.run(key);
}
