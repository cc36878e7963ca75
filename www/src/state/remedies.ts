/** What a diagnosis proposes: small edits of a spec. */

import type { Activation, LayerSpec, RunSpec } from "../generated/core";
import { INITIALIZERS } from "../generated/limits";
import { insert, stackOf, withStack } from "./layers";
import { lowerRate, USUAL_RATE } from "./usual";
import { addDense } from "./usual-layers";

/** One proposed edit. */
export type Remedy =
  | { kind: "learningRate"; value: number }
  | { kind: "batchSize"; value: number }
  /** Leaky ReLUs instead of the ReLUs of a layer. */
  | { kind: "leakyRelu"; layer: number }
  /** ReLUs instead of all functions that saturate. */
  | { kind: "relu" }
  | { kind: "dropout" }
  | { kind: "augment" }
  | { kind: "stopEarly" }
  | { kind: "initializer" }
  | { kind: "normalize" }
  | { kind: "clip" }
  | { kind: "moreLayers" }
  | { kind: "trueLabels" }
  | { kind: "allClasses" };

/** Functions whose slope goes to zero on both sides. */
const SATURATING: readonly Activation[] = ["sigmoid", "tanh"];

/** A rate that helps a small dense layer and does not starve it. */
const DROPOUT: LayerSpec = { type: "dropout", rate: 0.3 };

/**
 * Distortions after which a digit is still the same digit: no mirroring, no half turns. In degrees,
 * pixels, and as a share.
 */
const GENTLE = { rotation: 10, shift: 2, zoom: 0.1 };

/** Epochs without a better validation loss after which a run stops. */
const PATIENCE = 3;

/** The gradient's length that is usual to clip at. */
const CLIP_NORM = 1;

/** The spec with a remedy applied. */
export function remedied(spec: RunSpec, remedy: Remedy): RunSpec {
  const { model, train, data } = spec;
  const withLayers = (layers: LayerSpec[]): RunSpec => ({ ...spec, model: { ...model, layers } });
  const withTrain = (changes: Partial<RunSpec["train"]>) => ({
    ...spec,
    train: { ...train, ...changes },
  });
  const withData = (changes: Partial<RunSpec["data"]>) => ({
    ...spec,
    data: { ...data, ...changes },
  });
  switch (remedy.kind) {
    case "learningRate":
      return withTrain({ learningRate: remedy.value });
    case "batchSize":
      return withTrain({ batchSize: remedy.value });
    case "leakyRelu": {
      const layer = model.layers[remedy.layer];
      return layer
        ? withLayers(model.layers.with(remedy.layer, replaced(layer, ["relu"], "leakyRelu")))
        : spec;
    }
    case "relu":
      return withLayers(model.layers.map((layer) => replaced(layer, SATURATING, "relu")));
    case "dropout":
      return withStack(spec, insert(stackOf(spec), [model.layers.length - 1], DROPOUT));
    case "augment":
      return withData({ augmentation: { ...data.augmentation, ...GENTLE } });
    case "stopEarly":
      return withTrain({ earlyStopping: { patience: PATIENCE } });
    case "initializer":
      return { ...spec, model: { ...model, initializer: INITIALIZERS.pytorch } };
    case "normalize":
      return withData({ normalization: "meanStd" });
    case "clip":
      return withTrain({ regularization: { ...train.regularization, clipNorm: CLIP_NORM } });
    case "moreLayers":
      return withStack(spec, addDense(stackOf(spec)));
    case "trueLabels":
      return withData({ sabotage: { ...data.sabotage, labelNoise: 0 } });
    case "allClasses":
      return withData({ sabotage: { ...data.sabotage, missingClass: null, keep: [] } });
  }
}

/** The layer with some activations replaced, those within a residual block too. */
function replaced(layer: LayerSpec, from: readonly Activation[], to: Activation): LayerSpec {
  switch (layer.type) {
    case "activation":
      return from.includes(layer.function) ? { ...layer, function: to } : layer;
    case "residual":
      return { ...layer, layers: layer.layers.map((inner) => replaced(inner, from, to)) };
    default:
      return layer;
  }
}

/** Whether a spec has a layer that saturates. */
export function saturates(layers: readonly LayerSpec[]): boolean {
  return layers.some((layer) =>
    layer.type === "residual"
      ? saturates(layer.layers)
      : layer.type === "activation" && SATURATING.includes(layer.function),
  );
}

/** Whether training images are distorted. */
export function augments({ data }: RunSpec): boolean {
  // The softness of a distortion of strength zero distorts nothing.
  const { elasticSigma, ...strengths } = data.augmentation;
  return Object.values(strengths).some((strength) => strength > 0);
}

/** Whether units are dropped anywhere. */
export function drops(layers: readonly LayerSpec[]): boolean {
  return layers.some(
    (layer) =>
      (layer.type === "dropout" && layer.rate > 0) ||
      (layer.type === "residual" && drops(layer.layers)),
  );
}

/** Smaller steps. */
export function slower({ train }: RunSpec): Remedy {
  return { kind: "learningRate", value: lowerRate(train) };
}

/** The rate that is usual for the optimizer. */
export function usualRate({ train }: RunSpec): Remedy {
  return { kind: "learningRate", value: USUAL_RATE[train.optimizer.type] };
}

/** Shorter gradients, where they are not clipped yet. */
export function clipped({ train }: RunSpec): Remedy[] {
  return train.regularization.clipNorm > 0 ? [] : [{ kind: "clip" }];
}
