import { expect, test } from "vitest";

import { FrameQueue } from "./frame-queue";

function queue() {
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  let now = 0;
  return {
    queue: new FrameQueue({ next: (act) => frames.push(act), now: () => now }),
    drawn,
    draw: (name: string, ms: number) => () => {
      drawn.push(name);
      now += ms;
    },
    frame: () => frames.shift()?.(),
    asked: () => frames.length,
  };
}

test("a frame has all drawings that are quick, each once however often it was asked for", () => {
  const { queue: frames, drawn, draw, frame, asked } = queue();
  const [loss, accuracy] = [draw("loss", 1), draw("accuracy", 1)];
  for (let i = 0; i < 5; i += 1) [loss, accuracy].forEach((each) => frames.add(each));
  expect([drawn, asked()]).toEqual([[], 1]);
  frame();
  expect([drawn, asked()]).toEqual([["loss", "accuracy"], 0]);
});

test("drawings that take long have a frame each, in turn", () => {
  const { queue: frames, drawn, draw, frame, asked } = queue();
  const [loss, accuracy] = [draw("loss", 10), draw("accuracy", 10)];
  [loss, accuracy].forEach((each) => frames.add(each));
  frame();
  frames.add(loss);
  expect(drawn).toEqual(["loss"]);
  frame();
  expect([drawn, asked()]).toEqual([["loss", "accuracy"], 1]);
  frame();
  expect([drawn, asked()]).toEqual([["loss", "accuracy", "loss"], 0]);
});

test("what is asked for while it is drawn comes with the next frame", () => {
  const { queue: frames, drawn, frame } = queue();
  const again = () => {
    drawn.push("again");
    frames.add(again);
  };
  frames.add(again);
  frame();
  expect(drawn).toEqual(["again"]);
  frame();
  expect(drawn).toEqual(["again", "again"]);
});

test("what is taken back is not drawn", () => {
  const { queue: frames, drawn, draw, frame } = queue();
  const loss = draw("loss", 1);
  frames.add(loss);
  frames.remove(loss);
  frame();
  expect(drawn).toEqual([]);
});

test("a drawing that fails holds up no other", () => {
  const { queue: frames, drawn, draw, frame } = queue();
  frames.add(() => {
    throw new Error("no canvas");
  });
  frames.add(draw("loss", 1));
  expect(() => frame()).toThrow("no canvas");
  frame();
  expect(drawn).toEqual(["loss"]);
});
