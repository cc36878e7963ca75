import { beforeEach, describe, expect, test } from "vitest";

import { TrainerError } from "../trainer/protocol";
import { SavedRun } from "./saved-run.svelte";

const BYTES = Uint8Array.of(1, 2, 3);
const file = {
  name: "lenet.emberlab",
  arrayBuffer: () => Promise.resolve(BYTES.slice().buffer),
};

let refuse: string | undefined;
let calls: [string, Uint8Array][];
let saved: SavedRun;

beforeEach(() => {
  refuse = undefined;
  calls = [];
  const take = (what: string) => (bytes: Uint8Array) => {
    calls.push([what, bytes]);
    return refuse === undefined
      ? Promise.resolve()
      : Promise.reject(new TrainerError("bad_data", refuse));
  };
  saved = new SavedRun({
    saveRun: () =>
      refuse === undefined
        ? Promise.resolve(BYTES)
        : Promise.reject(new TrainerError("wrong_state", refuse)),
    openRun: take("open"),
    fineTune: take("fineTune"),
  });
});

describe("a saved run", () => {
  test("is a file under its name", async () => {
    await expect(saved.save("mlp.emberlab")).resolves.toEqual({
      name: "mlp.emberlab",
      bytes: BYTES,
    });
    expect(saved.done).toBe("saved");
  });

  test("that cannot be saved says why, and gives no file", async () => {
    refuse = "There is no run yet.";
    await expect(saved.save("mlp.emberlab")).resolves.toBeUndefined();
    expect([saved.failure, saved.done]).toEqual(["There is no run yet.", undefined]);
  });

  test("is gone on with", async () => {
    await saved.open(file);
    expect(calls).toEqual([["open", BYTES]]);
    expect([saved.done, saved.file?.name]).toEqual(["opened", "lenet.emberlab"]);
  });

  test("that cannot be gone on with can still be learned from", async () => {
    refuse = "It is for other images.";
    await saved.open(file);
    expect(saved.failure).toBe("It is for other images.");
    refuse = undefined;
    await saved.fineTune();
    expect(calls.at(-1)).toEqual(["fineTune", BYTES]);
    expect([saved.failure, saved.done]).toEqual([undefined, "fineTuned"]);
  });
});
