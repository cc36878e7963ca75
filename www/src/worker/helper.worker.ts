/**
 * A helper worker: works for one run. The training worker starts it, tells it the run's spec, and hands
 * it shares of batches, or images to judge; it remembers nothing from one to the next.
 */

import { buildFor, loadCore, type CoreHelper } from "./core";
import type { HelperMessage, HelperReply } from "./helpers";

let helper: CoreHelper | undefined;

async function answer(message: HelperMessage): Promise<void> {
  try {
    if (message.type === "begin") {
      helper = await (await loadCore(buildFor("cpu"))).Helper.open(message.spec);
      post({ type: "ready" });
    } else {
      if (!helper) throw new Error("There is no run yet.");
      const answer =
        message.type === "share"
          ? helper.answer(message.index, ...message.share)
          : helper.judge(...message.images);
      post({ type: "answer", answer }, [answer.buffer]);
    }
  } catch (error) {
    post({ type: "failed", why: String(error) });
  }
}

function post(reply: HelperReply, transfer: Transferable[] = []): void {
  self.postMessage(reply, { transfer });
}

self.onmessage = ({ data }: MessageEvent<HelperMessage>) => void answer(data);
