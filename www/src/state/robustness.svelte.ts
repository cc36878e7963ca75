/** How accurate the network stays on corrupted copies of the images, one kind after the other. */

import type { Corruption, Examination, Split } from "../generated/core";
import { CORRUPTIONS } from "../generated/limits";
import { asTrainerError } from "../trainer/trainer";
import type { Queries } from "../trainer/protocol";
import type { History } from "./history";
import type { RunView } from "./run.svelte";

/** The part of the session that is needed. */
interface Asked {
  readonly run: RunView;
  ask(question: "examine", args: Queries["examine"]["args"]): Promise<Examination>;
}

/** What came out for one kind of copies. */
export interface Outcome {
  accuracy: number;
  /** Steps trained when the network was asked. */
  step: number;
}

/** What came out for all kinds that were tried. */
export type Outcomes = Partial<Record<Corruption, Outcome>>;

/** The trials of a session. */
export class Robustness {
  /** The kind that is being tried. */
  busy = $state.raw<Corruption | undefined>();
  /** Why the last trial came to nothing, as a sentence. */
  failure = $state.raw<string | undefined>();

  readonly #asked: Asked;
  #kept = $state.raw<{ history: History; outcomes: Record<string, Outcomes> } | undefined>();
  /** Counts the trials that were begun or stopped, so that an older one ends. */
  #trial = 0;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** What is known of the run in hand. */
  of(split: Split, severity: number): Outcomes {
    const { history } = this.#asked.run.record;
    const kept = this.#kept?.history === history ? this.#kept : undefined;
    return kept?.outcomes[key(split, severity)] ?? {};
  }

  /** Tries every kind of copies, one after the other, with the network as it then is. */
  async try(split: Split, severity: number): Promise<void> {
    const trial = ++this.#trial;
    const { history } = this.#asked.run.record;
    const wanted = () => trial === this.#trial && history === this.#asked.run.record.history;
    this.failure = undefined;
    this.#keep(history, split, severity, {});
    try {
      for (const kind of CORRUPTIONS) {
        this.busy = kind;
        const corruption = { kind, severity };
        const { report, step } = await this.#asked.ask("examine", {
          request: { split, corruption },
        });
        if (!wanted()) return;
        const outcomes = {
          ...this.of(split, severity),
          [kind]: { accuracy: report.accuracy, step },
        };
        this.#keep(history, split, severity, outcomes);
      }
    } catch (error) {
      const { code, message } = asTrainerError(error);
      if (wanted() && code !== "superseded") this.failure = message;
    } finally {
      if (trial === this.#trial) this.busy = undefined;
    }
  }

  /** Ends the trial after the copies in hand; what is done stays. */
  stop(): void {
    this.#trial += 1;
    this.busy = undefined;
  }

  #keep(history: History, split: Split, severity: number, outcomes: Outcomes): void {
    const before = this.#kept?.history === history ? this.#kept.outcomes : {};
    this.#kept = { history, outcomes: { ...before, [key(split, severity)]: outcomes } };
  }
}

function key(split: Split, severity: number): string {
  return `${split} ${severity}`;
}
