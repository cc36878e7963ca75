/**
 * What is wrong with a run, and what to do about it: rules of thumb of the trade, each over plain
 * data. A rule says nothing rather than something wrong, so all of them wait for enough evidence.
 */

import {
  dead,
  diverged,
  fewSteps,
  levelled,
  rising,
  slow,
  stuck,
  unnormalized,
  vanishing,
} from "./diagnosis/training";
import { missing, noImprovement, oneClass, overfitting } from "./diagnosis/validation";
import type { Evidence } from "./evidence";
import type { Remedy } from "./remedies";

/** What was found, with the facts that its sentence names. */
export type Finding =
  | { kind: "diverged" }
  | { kind: "rising" }
  | { kind: "unnormalized"; loss: number }
  | { kind: "stuck"; steps: number; because: StuckCause }
  | { kind: "oneClass"; class: number }
  | { kind: "dead"; layer: number; share: number }
  | { kind: "missing"; class: number }
  | { kind: "vanishing" }
  | { kind: "overfitting"; training: number; validation: number }
  | { kind: "noImprovement"; epochs: number }
  | { kind: "slow"; rate: number }
  | { kind: "coarse"; rate: number }
  | { kind: "underfitting" }
  | { kind: "fewSteps"; steps: number };

/** Why a network may not have begun to learn. */
export type StuckCause = "labels" | "zeros" | "rateHigh" | "rateLow" | "saturation" | "unknown";

/** A finding with the edits that may mend it, the most likely one first. */
export type Diagnosis = Finding & { remedies: Remedy[] };

type Rule = (evidence: Evidence) => Diagnosis | undefined;

/** All that can be said of a run, the gravest first. */
export function diagnose(evidence: Evidence): Diagnosis[] {
  // Where numbers are no numbers any more, nothing else can be said.
  const broken = diverged(evidence);
  if (broken) return [broken];
  return RULES.map((rule) => rule(evidence)).filter((found) => found !== undefined);
}

const RULES: readonly Rule[] = [
  unnormalized,
  stuck,
  rising,
  oneClass,
  missing,
  vanishing,
  dead,
  overfitting,
  noImprovement,
  slow,
  levelled,
  fewSteps,
];
