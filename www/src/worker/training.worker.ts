/**
 * The training worker: commands in, replies and events out.
 *
 * It is crash-only. When the core traps, it says so and answers nothing more; the page ends it and
 * starts a fresh one.
 */

import {
  isCoded,
  TrainerError,
  type Command,
  type CommandName,
  type CommandOf,
  type Commands,
  type EventBody,
  type Failure,
  type WorkerMessage,
} from "../trainer/protocol";
import { failures } from "../strings/failures";
import { buildFor, loadCore, processorBuild, type Core, type CoreModule } from "./core";
import { DataLoader } from "./data";
import { HelperPool } from "./helpers";
import { decodePicture, importFiles } from "./imports";
import { answers } from "./queries";
import { Runner } from "./runner";
import { nextMacrotask, Turn } from "./turn";

type Handlers = {
  [N in CommandName]: (
    command: CommandOf<N>,
  ) => Commands[N]["result"] | Promise<Commands[N]["result"]>;
};

const turn = new Turn();
let seq = 0;
let dead = false;
let module: Promise<CoreModule> | undefined;
let opened: { core: Core; runner: Runner } | undefined;
let loader: DataLoader | undefined;

const dataExpected = () => loader?.streaming ?? false;

const queries = answers({
  turn,
  core: () => device().core,
  module: moduleOf,
  dataExpected,
  tested: (progress) => emit(0, { type: "rangeTest", progress }),
  nextMacrotask,
});

const handlers: Handlers = {
  ...queries,
  async open({ device, threads }) {
    module = loadCore(buildFor(device));
    const core = await (await module).Trainer.open(device);
    const now = () => performance.now();
    const helpers = new HelperPool({
      spawn: () =>
        new Worker(new URL("./helper.worker.ts", import.meta.url), {
          type: "module",
          name: self.name,
        }),
      processors: navigator.hardwareConcurrency,
      pinned: threads,
      failed: (why) => emit(0, { type: "alone", why }),
    });
    const runner = new Runner(core, { turn, helpers, emit, dataExpected, nextMacrotask, now });
    opened = { core, runner };
    const report = core.report();
    emit(0, { type: "ready", report });
    return report;
  },
  async load({ folder }) {
    loader ??= newLoader(folder, device());
    await loader.load();
    return undefined;
  },
  async describe({ spec }) {
    return (await moduleOf()).Trainer.describe(spec);
  },
  async importData({ imports, seed }) {
    const { core, runner } = device();
    await importFiles(imports, {
      turn,
      core: () => core,
      decode: decodePicture,
      progress: (read, total) => emit(0, { type: "importing", read, total }),
    });
    // Reading takes long and touches no run; what ends the run takes its turn among the commands.
    return ordered.take(() =>
      runner.withoutRun(() => {
        const report = core.useImported(seed);
        loader = undefined;
        return report;
      }),
    );
  },
  useMnist: () => {
    const { core, runner } = device();
    return runner.withoutRun(() => {
      loader = undefined;
      return core.useMnist();
    });
  },
  create: ({ run, spec, from }) => device().runner.create(run, spec, from),
  async restore({ run, checkpoint }) {
    const progress = await device().runner.restore(run, checkpoint);
    return { spec: (await moduleOf()).Trainer.savedSpec(checkpoint), progress };
  },
  save: () => device().runner.save(),
  train: () => {
    device().runner.train();
    return undefined;
  },
  async pause() {
    await opened?.runner.pause();
    return undefined;
  },
  async step() {
    await device().runner.step();
    return undefined;
  },
  async update({ changes }) {
    await device().runner.update(changes);
    return undefined;
  },
  ping: () => undefined,
};

/** These touch no run, so they need not wait for the command before them, nor any for them. */
const unordered = new Set<CommandName>([
  "describe",
  "importData",
  "load",
  "ping",
  "save",
  ...(Object.keys(queries) as CommandName[]),
]);
const ordered = new Turn();

/** Loads MNIST, for as long as MNIST is wanted. */
function newLoader(folder: string, { core, runner }: { core: Core; runner: Runner }): DataLoader {
  const wanted = () => loader === mine;
  const give = (load: () => void) =>
    turn.take(() => {
      if (wanted()) load();
    });
  const mine = new DataLoader(folder, {
    labels: (part, file, bytes) => give(() => core.loadLabels(part, file, bytes)),
    images: (part, file, bytes) => give(() => core.loadImages(part, file, bytes)),
    progress(part, loadedImages, totalImages) {
      if (!wanted()) return;
      emit(0, { type: "data", part, loadedImages, totalImages });
      runner.dataChanged();
    },
    failed(file, message) {
      if (!wanted()) return;
      emit(0, { type: "dataFailed", file, message });
      runner.dataChanged();
    },
    wanted,
  });
  return mine;
}

/** A build of the core. Without a device of its own, the small one judges as well. */
async function moduleOf(): Promise<CoreModule> {
  module ??= loadCore(processorBuild());
  return module.catch(() => (module = loadCore(processorBuild())));
}

function device(): { core: Core; runner: Runner } {
  if (!opened) throw new TrainerError("wrong_state", failures.notOpen);
  return opened;
}

async function answer(command: Command): Promise<void> {
  try {
    const handler = handlers[command.type] as (command: Command) => unknown;
    const value = await handler(command);
    post({ kind: "reply", id: command.id, ok: true, value });
  } catch (error) {
    if (!isCoded(error)) crash(error);
    post({ kind: "reply", id: command.id, ok: false, error: failure(error) });
  }
}

function failure(error: unknown): Failure {
  if (!isCoded(error)) return { code: "crashed", message: String(error) };
  // The core adds the list only where a spec is at fault.
  const { code, message, problems = [], part } = error;
  return { code, message, problems, part };
}

function crash(error: unknown): void {
  if (dead) return;
  emit(0, { type: "crashed", message: error instanceof Error ? error.message : String(error) });
  dead = true;
}

function emit(run: number, body: EventBody, transfer: Transferable[] = []): void {
  if (dead) return;
  seq += 1;
  post({ kind: "event", run, seq, ...body }, transfer);
}

function post(message: WorkerMessage, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

self.onmessage = ({ data: command }: MessageEvent<Command>) => {
  if (dead) return;
  // What it ends may be what it would have to wait for.
  if (command.type === "pause") opened?.runner.stop();
  if (unordered.has(command.type)) void answer(command);
  else void ordered.take(() => answer(command));
};

// A trap inside the loop or inside the GPU's own callbacks has no command to answer.
self.onunhandledrejection = (event: PromiseRejectionEvent) => {
  event.preventDefault();
  crash(event.reason);
};
