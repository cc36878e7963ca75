/** How the learning rate changes over a run. */

import type { Range, RunSpec, ScheduleSpec } from "../../generated/core";
import { DECAYS, LIMITS } from "../../generated/limits";
import { strings } from "../../strings";
import { choice, number, numberOf } from "./kinds";

function setSchedule(spec: RunSpec, changes: Partial<ScheduleSpec>): RunSpec {
  return { ...spec, train: { ...spec.train, schedule: { ...spec.train.schedule, ...changes } } };
}

const decay = choice(
  "schedule",
  "train.schedule.decay",
  strings.schedules,
  (spec) => spec.train.schedule.decay.type,
  (spec, type) =>
    spec.train.schedule.decay.type === type ? spec : setSchedule(spec, { decay: DECAYS[type] }),
);

/** A number that some schedules have. */
function decayNumber(key: "factor" | "every" | "rise" | "patience", range: Range) {
  return number({
    param: key,
    field: `train.schedule.decay.${key}`,
    range,
    get: (spec) => numberOf(spec.train.schedule.decay, key),
    set(spec, value) {
      const { decay } = spec.train.schedule;
      if (numberOf(decay, key) === undefined) return spec;
      return setSchedule(spec, { decay: { ...decay, [key]: value } });
    },
  });
}

const warmup = number({
  param: "warmup",
  field: "train.schedule.warmupEpochs",
  range: LIMITS.warmupEpochs,
  get: (spec) => spec.train.schedule.warmupEpochs,
  set: (spec, warmupEpochs) => setSchedule(spec, { warmupEpochs }),
});

/** All of the schedule. */
export const scheduleProperties = [
  decay,
  decayNumber("factor", LIMITS.decayFactor),
  decayNumber("every", LIMITS.decayEvery),
  decayNumber("rise", LIMITS.rise),
  decayNumber("patience", LIMITS.patience),
  warmup,
];
