import { beforeEach, expect, test } from "vitest";

import type { DataReport } from "../generated/core";
import { BroughtData } from "./brought-data";
import { WorkerClient } from "./client";
import { FakeWorker, settled } from "./fake-worker";
import { asTrainerError, type EventBody, type Imports } from "./protocol";

const IMPORTS: Imports = { kind: "csv", train: new File([], "mine.csv") };
const REPORT = { classNames: ["a", "b"] } as DataReport;
const EXAMPLE = { pixels: new Uint8Array(784), label: 1 };

let heard: EventBody[];
let data: BroughtData;

beforeEach(() => {
  heard = [];
  data = new BroughtData({
    dataFolder: "https://example.org/data/",
    listen: (event) => heard.push(event),
  });
});

function start() {
  const worker = new FakeWorker();
  const client = new WorkerClient(worker, { event: () => undefined, died: () => undefined });
  return { worker, client };
}

/** What comes of a promise: nothing yet, or how it ended. */
function watch(promise: Promise<unknown>) {
  const outcome: { ended?: string } = {};
  promise.then(
    () => (outcome.ended = "done"),
    (error: unknown) => (outcome.ended = asTrainerError(error).code),
  );
  return outcome;
}

const arrived = (loaded: number): EventBody => ({
  type: "data",
  part: "train",
  loadedImages: loaded,
  totalImages: 60_000,
});

test("a worker is given MNIST, as often as that is asked for", async () => {
  const { worker, client } = start();
  const first = watch(data.give(client));
  const second = watch(data.give(client));
  expect(worker.names, "one question for both").toEqual(["load"]);
  await worker.answer("load");
  await settled();
  expect([first.ended, second.ended]).toEqual(["done", "done"]);
  void data.give(client);
  expect(worker.names, "what is missing is asked for again").toEqual(["load", "load"]);
});

test("the next worker is given an own set again, and no other data", async () => {
  const { worker, client } = start();
  const imported = data.import(client, IMPORTS, 7);
  await worker.answer("importData", REPORT);
  expect(await imported).toBe(REPORT);
  await data.give(client);
  expect(worker.names, "it has it").toEqual(["importData"]);
  expect(heard).toEqual([]);

  const next = start();
  const given = watch(data.give(next.client));
  expect(next.worker.asked("importData")).toMatchObject({ imports: IMPORTS, seed: 7 });
  await next.worker.answer("importData", REPORT);
  await settled();
  expect(given.ended).toBe("done");
  expect(next.worker.names).toEqual(["importData"]);
  expect(heard).toEqual([{ type: "importedAgain", report: REPORT }]);
});

test("a set whose files cannot be read again is told, and MNIST takes its place", async () => {
  const { worker, client } = start();
  const imported = data.import(client, IMPORTS, 7);
  await worker.answer("importData", REPORT);
  await imported;

  const next = start();
  const given = watch(data.give(next.client));
  await next.worker.refuse("importData", { code: "bad_data", message: "mine.csv is gone." });
  await settled();
  expect(heard).toEqual([{ type: "importLost", why: "mine.csv is gone." }]);
  await next.worker.answer("load");
  await settled();
  expect(given.ended).toBe("done");

  // It is given up for good.
  const third = start();
  void data.give(third.client);
  expect(third.worker.names).toEqual(["load"]);
});

test("a set that is refused at first changes nothing", async () => {
  const { worker, client } = start();
  const imported = watch(data.import(client, IMPORTS, 7));
  await worker.refuse("importData", { code: "bad_data", message: "A hole." });
  await settled();
  expect(imported.ended).toBe("bad_data");
  const next = start();
  void data.give(next.client);
  expect(next.worker.names).toEqual(["load"]);
});

test("images added by hand are given again once all others have arrived", async () => {
  const { worker, client } = start();
  const added = data.add(client, EXAMPLE);
  await worker.answer("addExample");
  await added;

  const next = start();
  const given = watch(data.give(next.client));
  await next.worker.answer("load");
  data.hear(arrived(5000), next.client);
  await settled();
  expect(next.worker.names).toEqual(["load"]);
  expect(given.ended, "a run would go without them").toBeUndefined();
  data.hear(arrived(60_000), next.client);
  await settled();
  expect(next.worker.asked("addExample")).toMatchObject(EXAMPLE);
  await next.worker.answer("addExample");
  await settled();
  expect(given.ended).toBe("done");
  // Neither are they given twice.
  const again = watch(data.give(next.client));
  await next.worker.answer("load");
  await settled();
  expect(again.ended).toBe("done");
});

test("where the others do not arrive, that is told, and can be tried again", async () => {
  const { worker, client } = start();
  const added = data.add(client, EXAMPLE);
  await worker.answer("addExample");
  await added;

  const next = start();
  const given = watch(data.give(next.client));
  await next.worker.answer("load");
  await settled();
  const failed = {
    type: "dataFailed",
    file: "train-01",
    message: "It could not be fetched.",
  } as const;
  data.hear(failed, next.client);
  await settled();
  expect(given.ended).toBe("network");
  const again = watch(data.give(next.client));
  await next.worker.answer("load");
  data.hear(arrived(60_000), next.client);
  await settled();
  await next.worker.answer("addExample");
  await settled();
  expect(again.ended).toBe("done");
});

test("back to MNIST, what was added to the own set is gone", async () => {
  const { worker, client } = start();
  const imported = data.import(client, IMPORTS, 7);
  await worker.answer("importData", REPORT);
  await imported;
  const added = data.add(client, EXAMPLE);
  await worker.answer("addExample");
  await added;
  const back = data.useMnist(client);
  await worker.answer("useMnist");
  await back;
  const given = watch(data.give(client));
  await worker.answer("load");
  await settled();
  expect(given.ended).toBe("done");
  expect(worker.names.filter((name) => name === "addExample")).toHaveLength(1);
});

test("who waits for a worker that is gone is not left waiting", async () => {
  const { worker, client } = start();
  const added = data.add(client, EXAMPLE);
  await worker.answer("addExample");
  await added;
  const next = start();
  const given = watch(data.give(next.client));
  await next.worker.answer("load");
  await settled();
  next.client.terminate();
  const third = start();
  void data.give(third.client).catch(() => undefined);
  await settled();
  expect(given.ended).toBe("superseded");
});

test("a worker beside the one in use is given all as well, and neither of them anything twice", async () => {
  const { worker, client } = start();
  const first = watch(data.give(client));
  await worker.answer("load");
  const added = data.add(client, EXAMPLE);
  await worker.answer("addExample");
  await added;
  const spare = start();
  const lent = watch(data.lend(spare.client));
  await spare.worker.answer("load");
  data.hear(arrived(60_000), client);
  await settled();
  expect(lent.ended, "the other one's images are not its own").toBeUndefined();
  data.hear(arrived(60_000), spare.client);
  await settled();
  await spare.worker.answer("addExample");
  await settled();
  expect([first.ended, lent.ended]).toEqual(["done", "done"]);
  const again = watch(data.give(client));
  await worker.answer("load");
  await settled();
  expect(again.ended).toBe("done");
});

test("an own set that a worker beside cannot be given is not given up", async () => {
  const { worker, client } = start();
  const imported = data.import(client, IMPORTS, 7);
  await worker.answer("importData", REPORT);
  await imported;
  const spare = start();
  const lent = watch(data.lend(spare.client));
  await spare.worker.refuse("importData", { code: "bad_data", message: "mine.csv is gone." });
  await settled();
  expect(lent.ended).toBe("bad_data");
  expect(heard).toEqual([]);
});
