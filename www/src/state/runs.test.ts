import { describe, expect, test } from "vitest";

import { PRESETS } from "../generated/limits";
import { fakeEvaluation, fakeProgress } from "./fake-progress";
import { History } from "./history";
import { RunView } from "./run.svelte";
import { MOST_BEHIND, RunArchive, type EndedRun } from "./runs.svelte";

function run(over: Partial<EndedRun> = {}): EndedRun {
  const history = new History();
  history.add(fakeProgress([1, 0.5]), 3);
  return {
    spec: PRESETS.MLP,
    state: "finished",
    device: "cpu",
    epoch: 1,
    epochs: 2,
    step: 2,
    latest: {},
    history,
    ...over,
  };
}

describe("the archive", () => {
  test("numbers runs for good", () => {
    const archive = new RunArchive();
    archive.add(run());
    archive.add(run());
    archive.forget(2);
    archive.add(run());
    expect(archive.runs.map(({ id }) => id)).toEqual([1, 3]);
  });

  test("shows the last few, and forgets the oldest", () => {
    const archive = new RunArchive();
    for (let i = 0; i < 200; i += 1) archive.add(run());
    expect(archive.runs.length).toBeLessThan(200);
    expect(archive.behind.map(({ id }) => id)).toEqual([196, 197, 198, 199, 200]);
    expect(archive.behind).toHaveLength(MOST_BEHIND);
  });

  test("hides a run and shows it again", () => {
    const archive = new RunArchive();
    archive.add(run());
    archive.show(1, false);
    expect(archive.hidden).toEqual([1]);
    archive.show(1, true);
    expect(archive.hidden).toEqual([]);
  });

  test("forgets all, hidden or not", () => {
    const archive = new RunArchive();
    archive.add(run());
    archive.show(1, false);
    archive.clear();
    expect([archive.runs.length, archive.hidden.length]).toEqual([0, 0]);
  });
});

describe("a run", () => {
  test("hands over what it was and what it told when another one comes", () => {
    const archive = new RunArchive();
    const view = new RunView(archive, () => "webgpu");
    view.spec = PRESETS.CNN;
    view.progress(fakeProgress([1, 0.5], { imagesPerSecond: 64 }), 0);
    view.evaluated(fakeEvaluation("validation", 2, 0.25));
    view.updated({ learningRate: 0.5 });
    view.clear();
    const { batchSize } = PRESETS.CNN.train;
    expect(archive.runs).toMatchObject([
      {
        spec: { train: { learningRate: 0.5 } },
        // It was training, and will not go on.
        state: "paused",
        device: "webgpu",
        step: 2,
        epoch: 1,
        epochs: 2,
        seconds: (2 * batchSize) / 64,
        latest: { validation: { loss: 0.25 } },
        best: { step: 2 },
        record: { marks: [{ step: 2, changes: { learningRate: 0.5 } }] },
      },
    ]);
    expect(view.record.history.steps).toBe(0);
  });

  test("that never began leaves nothing", () => {
    const archive = new RunArchive();
    const view = new RunView(archive, () => "cpu");
    view.spec = PRESETS.MLP;
    view.progress(fakeProgress([], { state: "idle" }), 0);
    view.clear();
    expect(archive.runs).toEqual([]);
  });

  test("tells the device that trained it, not one that was opened since", () => {
    const archive = new RunArchive();
    let device: "cpu" | "ndarray" = "cpu";
    const view = new RunView(archive, () => device);
    view.spec = PRESETS.MLP;
    view.progress(fakeProgress([1]), 0);
    device = "ndarray";
    view.progress(fakeProgress([1], { step: 2 }), 10);
    view.clear();
    expect(archive.runs[0]?.device).toBe("cpu");
  });
});
