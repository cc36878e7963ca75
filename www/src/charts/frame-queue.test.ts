import { expect, test } from "vitest";

import { FrameQueue } from "./frame-queue";

function queue() {
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  return {
    queue: new FrameQueue((act) => frames.push(act)),
    drawn,
    draw: (name: string) => () => void drawn.push(name),
    frame: () => frames.shift()?.(),
    asked: () => frames.length,
  };
}

test("a frame has one drawing, in turn, however often it was asked for", () => {
  const { queue: frames, drawn, draw, frame, asked } = queue();
  const [loss, accuracy] = [draw("loss"), draw("accuracy")];
  for (let i = 0; i < 5; i += 1) [loss, accuracy].forEach((each) => frames.add(each));
  expect([drawn, asked()]).toEqual([[], 1]);
  frame();
  expect(drawn).toEqual(["loss"]);
  frame();
  expect([drawn, asked()]).toEqual([["loss", "accuracy"], 0]);
});

test("what is asked for again comes after those that wait", () => {
  const { queue: frames, drawn, draw, frame } = queue();
  const [loss, accuracy] = [draw("loss"), draw("accuracy")];
  [loss, accuracy].forEach((each) => frames.add(each));
  frame();
  frames.add(loss);
  frame();
  frame();
  expect(drawn).toEqual(["loss", "accuracy", "loss"]);
});

test("what is taken back is not drawn", () => {
  const { queue: frames, drawn, draw, frame } = queue();
  const loss = draw("loss");
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
  frames.add(draw("loss"));
  expect(() => frame()).toThrow("no canvas");
  frame();
  expect(drawn).toEqual(["loss"]);
});
