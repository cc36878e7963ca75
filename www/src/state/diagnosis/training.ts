/** What the training itself shows: its losses, and how the layers fare. */

import type { Diagnosis, StuckCause } from "../diagnosis";
import type { Evidence } from "../evidence";
import { augments, clipped, drops, saturates, slower, usualRate, type Remedy } from "../remedies";
import { classes, FAR, guessing, rateFactor, SETTLED_STEPS } from "../usual";

/** A loss this many nats below that of guessing means that something was learned. */
const LEARNED_NATS = 0.05;

/** Accuracy in multiples of chance up to which nothing was learned that is worth the name. */
const CHANCE_FACTOR = 1.5;

/** Loss in multiples of guessing's: a network that is this wrong is sure of it, and still wrong. */
const WORSE_THAN_GUESSING = 2;

/** Share of a layer's units. Some always rest; half of them missing narrows the network. */
const DEAD_SHARE = 0.5;

/** In smaller batches a unit may be silent by chance. */
const DEAD_BATCH = 32;

/** A layer's gradient as a share of the last layer's: less, and what is below hardly learns. */
const VANISHED_SHARE = 0.01;

/** Steps before speed is judged, so that noise cannot pass for a trend. */
const TREND_STEPS = 200;

/** A loss below this share of guessing's is no slow start any more. */
const SLOW_SHARE = 0.3;

/** The least fall of the loss over the last quarter of the run that is one. */
const FALL = 0.02;

/** Training loss, in nats, that a larger network could still bring down on clean images. */
const HIGH_NATS = 0.2;

/** Epochs before a network's size is judged. */
const CAPACITY_EPOCHS = 3;

/** Validation loss in multiples of the training loss: about the same, so nothing is overfitted. */
const ALIKE = 1.15;

/** Steps in an epoch: with fewer there are too few updates to get anywhere. */
const FEW_STEPS = 10;

/** Steps in an epoch that are aimed at instead. */
const ENOUGH_STEPS = 40;

/** The smallest batch that is proposed: gradients of fewer images are mostly noise. */
const LEAST_BATCH = 8;

/** The loss has become no number. */
export function diverged({ state, lastLoss, spec }: Evidence): Diagnosis | undefined {
  if (state !== "failed" || Number.isFinite(lastLoss)) return undefined;
  return { kind: "diverged", remedies: [slower(spec), ...clipped(spec)] };
}

/** Raw pixels make a bad start. */
export function unnormalized({ spec, firstLoss }: Evidence): Diagnosis | undefined {
  const raw = spec.data.normalization === "none";
  if (!raw || !(firstLoss > WORSE_THAN_GUESSING * guessing(spec))) return undefined;
  return { kind: "unnormalized", loss: firstLoss, remedies: [{ kind: "normalize" }] };
}

/** The network has not begun to learn. */
export function stuck(evidence: Evidence): Diagnosis | undefined {
  const { spec, step, quarters, accuracy } = evidence;
  const loss = quarters[3];
  const learned = loss < guessing(spec) - LEARNED_NATS;
  const sure = loss > WORSE_THAN_GUESSING * guessing(spec);
  const better = accuracy > CHANCE_FACTOR / classes(spec);
  const excused = learned || sure || better || isFalling(evidence);
  // Of a restored run's first steps nothing is known.
  if (step < SETTLED_STEPS || excused || !Number.isFinite(loss)) return undefined;
  const [because, ...remedies] = whyStuck(evidence);
  return { kind: "stuck", steps: step, because, remedies };
}

function whyStuck({ spec, vitals }: Evidence): [StuckCause, ...Remedy[]] {
  const { train, model, data } = spec;
  const silent = vitals?.layers.some(({ deadShare }) => (deadShare ?? 0) > DEAD_SHARE);
  const trueLabels = 1 - data.sabotage.labelNoise;
  if (trueLabels <= CHANCE_FACTOR / classes(spec)) return ["labels", { kind: "trueLabels" }];
  if (model.initializer.type === "zeros") return ["zeros", { kind: "initializer" }];
  if (rateFactor(train) >= FAR || silent) return ["rateHigh", slower(spec)];
  if (rateFactor(train) <= 1 / FAR) return ["rateLow", usualRate(spec)];
  if (saturates(model.layers)) return ["saturation", { kind: "relu" }];
  return ["unknown"];
}

/** The network is sure of what is wrong. */
export function rising({ spec, step, quarters }: Evidence): Diagnosis | undefined {
  const [, half, , now] = quarters;
  const wrong = now > WORSE_THAN_GUESSING * guessing(spec);
  if (step < SETTLED_STEPS || !wrong || now < half) return undefined;
  return { kind: "rising", remedies: [slower(spec), ...clipped(spec)] };
}

/** Gradients get lost on their way back. */
export function vanishing({ spec, vitals, quarters }: Evidence): Diagnosis | undefined {
  const norms = vitals?.layers.flatMap(({ gradientNorm }) => gradientNorm ?? []) ?? [];
  const least = Math.min(...norms);
  const learned = quarters[3] < guessing(spec) / 2;
  const vanished = least < VANISHED_SHARE * (norms.at(-1) ?? NaN);
  if (learned || !vanished || !saturates(spec.model.layers)) return undefined;
  return { kind: "vanishing", remedies: [{ kind: "relu" }] };
}

/** Units have fallen silent for good. */
export function dead({ spec, vitals }: Evidence): Diagnosis | undefined {
  const early = !vitals || vitals.step < SETTLED_STEPS;
  if (early || spec.train.batchSize < DEAD_BATCH) return undefined;
  const worst = vitals.layers.reduce(
    (worst, { layer, deadShare }) =>
      (deadShare ?? 0) > worst.share ? { layer, share: deadShare ?? 0 } : worst,
    { layer: -1, share: 0 },
  );
  if (worst.share < DEAD_SHARE) return undefined;
  const remedies: Remedy[] = [{ kind: "leakyRelu", layer: worst.layer }, slower(spec)];
  return { kind: "dead", ...worst, remedies };
}

/** The loss falls, but at a crawl. */
export function slow(evidence: Evidence): Diagnosis | undefined {
  const { spec, step, quarters } = evidence;
  const low = rateFactor(spec.train) <= 2 / FAR;
  const far = quarters[3] > SLOW_SHARE * guessing(spec);
  if (step < TREND_STEPS || !low || !far || !isFalling(evidence)) return undefined;
  return { kind: "slow", rate: spec.train.learningRate, remedies: [usualRate(spec)] };
}

/** The loss has stopped falling although it is high: the steps are too large, or the network too small. */
export function levelled(evidence: Evidence): Diagnosis | undefined {
  const { spec, quarters, validation } = evidence;
  const { train, model, data } = spec;
  const [, , before, now] = quarters;
  const last = validation.at(-1);
  const level = now > (1 - FALL) * before;
  // These raise the training loss on purpose.
  const { regularization } = train;
  const penalized = regularization.l1 + regularization.l2 + regularization.labelSmoothing > 0;
  const hindered =
    penalized || augments(spec) || drops(model.layers) || data.sabotage.labelNoise > 0;
  const enough = last && last.epoch >= CAPACITY_EPOCHS && last.loss < ALIKE * now;
  if (!enough || !level || now < HIGH_NATS || now > guessing(spec) || hindered) return undefined;
  const rate = train.learningRate;
  if (rateFactor(train) >= FAR) return { kind: "coarse", rate, remedies: [slower(spec)] };
  if (rateFactor(train) <= 1 / FAR) return undefined;
  return { kind: "underfitting", remedies: [{ kind: "moreLayers" }] };
}

/** Batches are too large for so few images. */
export function fewSteps({ spec, stepsPerEpoch: steps }: Evidence): Diagnosis | undefined {
  const { batchSize } = spec.train;
  const wanted = 2 ** Math.floor(Math.log2((steps * batchSize) / ENOUGH_STEPS));
  const value = Math.max(wanted, LEAST_BATCH);
  if (steps < 1 || steps >= FEW_STEPS || value >= batchSize) return undefined;
  return { kind: "fewSteps", steps, remedies: [{ kind: "batchSize", value }] };
}

/** Whether the loss fell from each quarter of the run to the next. */
function isFalling({ quarters: [a, b, c, d] }: Evidence): boolean {
  return a > b && b > c && c > d && d < (1 - FALL) * a;
}
