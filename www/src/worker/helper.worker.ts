/**
 * A helper worker: computes shares of the batches of one run. The training worker starts it, tells it
 * the run's spec, and hands it a share for each step; it remembers nothing between them.
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
      const { index, share } = message;
      if (!helper) throw new Error("There is no run yet.");
      const answer = helper.answer(index, ...share);
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
