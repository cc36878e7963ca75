import { describe, expect, test } from "vitest";

import type { Evaluation, Examination, Split } from "../generated/core";
import { TrainerError } from "../trainer/protocol";
import { Examinations } from "./examinations.svelte";
import { History } from "./history";
import type { RunView } from "./run.svelte";

/** A run as far as the looks care, and a core that answers when it is told to. */
class Fake {
  readonly run = {
    record: { history: new History() },
    latest: {} as Partial<Record<Split, Evaluation>>,
    standing: { step: 0 },
  };
  readonly asked: { answer: (step: number) => void; fail: (error: TrainerError) => void }[] = [];
  readonly looks = new Examinations({
    run: this.run as unknown as RunView,
    ask: () =>
      new Promise<Examination>((resolve, reject) => {
        this.asked.push({
          answer: (step) => resolve({ step } as Examination),
          fail: reject,
        });
      }),
  });

  constructor() {
    this.run.record.history.stepsPerEpoch = 10;
  }

  /** An evaluation, after which an effect would follow it. */
  evaluate(step: number): void {
    const evaluation = { split: "test", step, confusion: Uint32Array.of(1) } as Evaluation;
    this.run.standing.step = step;
    const { history } = this.run.record;
    history.loss.raw.push(new Float32Array(Math.max(step - history.steps, 0)));
    history.addEvaluation(evaluation);
    this.run.latest = { test: evaluation };
    this.looks.follow("test");
  }
}

/** Lets what was answered arrive. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("close looks at a split", () => {
  test("are taken at an epoch's end, not in its midst", async () => {
    const fake = new Fake();
    fake.evaluate(5);
    expect(fake.asked).toHaveLength(0);
    fake.evaluate(10);
    expect(fake.asked).toHaveLength(1);
    expect(fake.looks.busy("test")).toBe(true);
    fake.asked[0]?.answer(10);
    await settle();
    expect(fake.looks.busy("test")).toBe(false);
    expect(fake.looks.of("test")?.step).toBe(10);
    expect(fake.looks.of("validation")).toBeUndefined();
    fake.evaluate(15);
    expect(fake.asked).toHaveLength(1);
  });

  test("are taken one at a time, and the epoch that ended meanwhile is made up for", async () => {
    const fake = new Fake();
    fake.evaluate(10);
    fake.evaluate(20);
    expect(fake.asked).toHaveLength(1);
    fake.asked[0]?.answer(10);
    await settle();
    fake.looks.follow("test");
    expect(fake.asked).toHaveLength(2);
  });

  test("of a run that is over are of no use", async () => {
    const fake = new Fake();
    fake.evaluate(10);
    fake.run.record = { history: new History() };
    fake.asked[0]?.answer(10);
    await settle();
    expect(fake.looks.of("test")).toBeUndefined();
    expect(fake.looks.busy("test")).toBe(false);
  });

  test("that fail are not tried over and over, and leave the last one as it is", async () => {
    const fake = new Fake();
    fake.evaluate(10);
    fake.asked[0]?.answer(10);
    await settle();
    fake.evaluate(20);
    fake.asked[1]?.fail(new TrainerError("diverged", "Not a number."));
    await settle();
    fake.looks.follow("test");
    expect(fake.asked).toHaveLength(2);
    expect(fake.looks.failure("test")).toBe("Not a number.");
    expect(fake.looks.of("test")?.step).toBe(10);
    fake.evaluate(30);
    expect(fake.asked).toHaveLength(3);
  });

  test("follow the run to where it is looked at as it was, and back", async () => {
    const fake = new Fake();
    fake.evaluate(10);
    fake.asked[0]?.answer(10);
    await settle();
    fake.evaluate(20);
    fake.asked[1]?.answer(20);
    await settle();
    fake.run.standing.step = 10;
    fake.looks.follow("test");
    fake.asked[2]?.answer(10);
    await settle();
    fake.looks.follow("test");
    expect(fake.asked).toHaveLength(3);
    expect(fake.looks.of("test")?.step).toBe(10);
    fake.run.standing.step = 20;
    fake.looks.follow("test");
    expect(fake.asked).toHaveLength(4);
  });

  test("can be asked for where there is none that is new enough", async () => {
    const fake = new Fake();
    fake.run.standing.step = 7;
    fake.looks.ensure("test", 7);
    fake.asked[0]?.answer(7);
    await settle();
    fake.looks.ensure("test", 7);
    expect(fake.asked).toHaveLength(1);
    fake.looks.ensure("test", 8);
    expect(fake.asked).toHaveLength(2);
  });
});
