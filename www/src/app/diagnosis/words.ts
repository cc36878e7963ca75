/** A diagnosis in words. */

import type { LayerSpec, RunSpec } from "../../generated/core";
import type { Diagnosis } from "../../state/diagnosis";
import { nats, percent, typed, wholePercent, whole } from "../../state/format";
import type { Remedy } from "../../state/remedies";
import { outline } from "../../state/layer-outline";
import { guessing } from "../../state/usual";
import { strings } from "../../strings";

/** Layers with units to speak of. */
const FEEDS: readonly LayerSpec["type"][] = ["dense", "conv2d", "residual"];

/** What was found in a run of `spec`, on images of classes with these names. */
export function sentence(found: Diagnosis, spec: RunSpec, classes: readonly string[]): string {
  const words = strings.diagnosis;
  switch (found.kind) {
    case "slow":
    case "coarse":
      return words[found.kind](typed(found.rate));
    case "diverged":
    case "rising":
    case "vanishing":
    case "underfitting":
      return words[found.kind];
    case "unnormalized":
      return words.unnormalized(nats(found.loss), nats(guessing(spec)));
    case "stuck":
      return words.stuck(whole(found.steps), words.stuckBecause[found.because]);
    case "oneClass":
      return words.oneClass(classes[found.class] ?? String(found.class));
    case "missing":
      return words.missing(classes[found.class] ?? String(found.class));
    case "dead":
      return words.dead(wholePercent(found.share), layerName(spec.model.layers, found.layer));
    case "overfitting":
      return words.overfitting(percent(found.training), percent(found.validation));
    case "noImprovement":
      return words.noImprovement(found.epochs);
    case "fewSteps":
      return words.fewSteps(found.steps);
  }
}

/** What a remedy does. */
export function proposal(remedy: Remedy): string {
  const words = strings.diagnosis.remedies;
  switch (remedy.kind) {
    case "learningRate":
      return words.learningRate(typed(remedy.value));
    case "batchSize":
      return words.batchSize(whole(remedy.value));
    default:
      return words[remedy.kind];
  }
}

/** What the card of the layer that feeds the activation at `at` says. */
export function layerName(layers: readonly LayerSpec[], at: number): string {
  const above = outline(layers).filter(({ path: [top, ...inner] }) => {
    return inner.length === 0 && top !== undefined && top <= at;
  });
  const fed = above.findLast(({ layer: { type } }) => FEEDS.includes(type));
  return (fed ?? above.at(-1))?.shortName ?? "";
}
