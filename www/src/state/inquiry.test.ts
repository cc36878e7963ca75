import { describe, expect, test } from "vitest";

import { settled } from "../trainer/fake-worker";
import { TrainerError } from "../trainer/protocol";
import { Inquiry } from "./inquiry.svelte";

/** Questions that wait for their answers, and what was asked. */
function asked() {
  const waiting: { about: string; answer(value: string): void; refuse(error: Error): void }[] = [];
  const ask = (about: string) => () =>
    new Promise<string>((answer, refuse) => waiting.push({ about, answer, refuse }));
  return { waiting, ask };
}

describe("an inquiry", () => {
  test("asks one thing at a time, and the last one always", async () => {
    const { waiting, ask } = asked();
    const inquiry = new Inquiry<string>();
    for (const about of ["a", "b", "c"]) inquiry.want([about], ask(about));
    expect(waiting.map(({ about }) => about)).toEqual(["a"]);
    waiting[0]?.answer("A");
    await settled();
    expect(inquiry.answer).toBe("A");
    expect(waiting.map(({ about }) => about)).toEqual(["a", "c"]);
    waiting[1]?.answer("C");
    await settled();
    expect(inquiry.answer).toBe("C");
  });

  test("does not ask the same again", async () => {
    const { waiting, ask } = asked();
    const inquiry = new Inquiry<string>();
    inquiry.want(["a", 1], ask("a"));
    waiting[0]?.answer("A");
    await settled();
    inquiry.want(["a", 1], ask("a"));
    expect(waiting).toHaveLength(1);
    inquiry.want(["a", 2], ask("a"));
    expect(waiting).toHaveLength(2);
  });

  test("tells why there is no answer, and keeps the last one", async () => {
    const { waiting, ask } = asked();
    const inquiry = new Inquiry<string>();
    inquiry.want([1], ask("a"));
    waiting[0]?.answer("A");
    await settled();
    inquiry.want([2], ask("b"));
    waiting[1]?.refuse(new TrainerError("bad_data", "No."));
    await settled();
    expect([inquiry.answer, inquiry.failure]).toEqual(["A", "No."]);
    inquiry.want([3], ask("c"));
    waiting[2]?.answer("C");
    await settled();
    expect([inquiry.answer, inquiry.failure]).toEqual(["C", undefined]);
  });

  test("asks again what came to nothing for a passing reason, and is silent about it", async () => {
    const { waiting, ask } = asked();
    const inquiry = new Inquiry<string>();
    inquiry.want([1], ask("a"));
    waiting[0]?.refuse(new TrainerError("superseded", "Something newer."));
    await settled();
    expect(inquiry.failure).toBeUndefined();
    inquiry.want([1], ask("a"));
    expect(waiting).toHaveLength(2);
  });
});
