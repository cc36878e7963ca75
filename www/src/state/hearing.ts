/** What the page makes of the trainer's events: who hears of which, and what the person is told. */

import { strings } from "../strings";
import { ahead } from "../trainer/comparisons";
import type { EventBody } from "../trainer/protocol";
import type { DataSet } from "./data-set.svelte";
import type { Finder } from "./finder.svelte";
import { rate, whole } from "./format";
import type { Machine } from "./machine.svelte";
import type { Notices } from "./notices.svelte";
import type { RunControl } from "./run-control.svelte";
import type { RunView } from "./run.svelte";
import type { SpecEditor } from "./spec-editor.svelte";
import type { Sweep } from "./sweep.svelte";
import type { Travel } from "./travel.svelte";

/** Who hears. */
export interface Hearers {
  run: RunView;
  control: RunControl;
  dataSet: DataSet;
  editor: SpecEditor;
  finder: Finder;
  machine: Machine;
  notices: Notices;
  sweep: Sweep;
  travel: Travel;
}

/** What takes in the trainer's events. */
export function hearing(hearers: Hearers): (event: EventBody) => void {
  const { run, control, dataSet, editor, finder, machine, notices, sweep, travel } = hearers;

  /** A fresh worker goes on with the run, from a step that may be an earlier one. */
  function recovered({ to, lostAt, why }: Extract<EventBody, { type: "recovered" }>): void {
    const { stepsPerEpoch } = run.standing;
    // Where one looks back, the run itself has lost nothing.
    if (!travel.place) run.goBack({ step: to, epoch: Math.ceil(to / stepsPerEpoch) });
    notices.tell("info", strings.notices.recovered(whole(to), whole(lostAt), why));
  }

  return (event) => {
    switch (event.type) {
      case "started":
        void editor.describe();
        break;
      case "ready":
      case "compared":
      case "data":
      case "importedAgain":
        machine.hear(event);
        break;
      case "dataFailed":
        notices.tell("error", strings.data.failed(event.message));
        break;
      case "importing":
        dataSet.hear(event);
        break;
      case "importLost":
        notices.tell("error", strings.dataSet.lost(dataSet.name ?? "", event.why));
        dataSet.hear(event);
        break;
      case "warming":
      case "recovering":
        run.state = "warming";
        break;
      case "progress":
        control.progress(event.progress);
        event.evaluations?.forEach((evaluation) => run.evaluated(evaluation));
        break;
      case "checkpoint":
        if (!sweep.active) travel.take(event.checkpoint);
        break;
      case "rangeTest":
        finder.hear(event.progress);
        break;
      case "recovered":
        recovered(event);
        break;
      case "moved":
        notices.tell("info", strings.notices.moved(rate(ahead(event.comparison).times)));
        break;
      case "evaluated":
        run.evaluated(event.evaluation);
        break;
      case "alone":
        notices.tell("info", strings.notices.alone(event.why));
        break;
      case "degraded":
        notices.tell("info", strings.notices.degraded(event.to, event.why));
        break;
      case "failed":
        if (sweep.active) run.state = "failed";
        else control.stop(event.message);
        sweep.ended();
        break;
      case "finished":
        sweep.ended();
        break;
      case "crashed":
        break;
    }
  };
}
