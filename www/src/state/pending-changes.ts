/** What was changed since a run was made, in words. */

import type { RunSpec } from "../generated/core";
import { changes } from "./properties";

/** One setting that was changed, and its values where they can be said shortly. */
export interface PendingChange {
  label: string;
  from: string | undefined;
  to: string | undefined;
}

/** What was set to come from one spec to the other. */
export function pendingChanges(from: RunSpec, to: RunSpec): PendingChange[] {
  return changes(from, to).map((property) => ({
    label: property.label,
    from: property.show(from),
    to: property.show(to),
  }));
}
