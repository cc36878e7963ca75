/** Puts each problem of a spec beside the control it belongs to. */

import type { Problem } from "../generated/core";

/** Problems by the field of the control that shows them; the rest under `""`. */
export type PlacedProblems = ReadonlyMap<string, readonly Problem[]>;

/**
 * Assigns each problem to the visible field nearest to its own: the field itself, or the closest
 * one that contains it. What belongs to none goes to `""`, so that no problem is ever lost.
 */
export function placeProblems(
  problems: readonly Problem[],
  visibleFields: readonly string[],
): PlacedProblems {
  const visible = new Set(visibleFields);
  const placed = new Map<string, Problem[]>();
  for (const problem of problems) {
    let field = problem.field;
    while (field && !visible.has(field)) {
      field = field.slice(0, Math.max(field.lastIndexOf("."), 0));
    }
    placed.set(field, [...(placed.get(field) ?? []), problem]);
  }
  return placed;
}
