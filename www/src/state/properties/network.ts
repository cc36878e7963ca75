/** The network: its layers, and how their weights are drawn. */

import { INITIALIZERS, LIMITS } from "../../generated/limits";
import { strings } from "../../strings";
import { formatLayers, parseLayers } from "../layer-text";
import { choice, list, number, numberOf } from "./kinds";

/** The layers as one line of text. Where one has a number that is none, nothing can be read back. */
export const layers = list("layers", "model.layers", {
  read(spec) {
    const text = formatLayers(spec.model.layers);
    return text.includes("NaN") ? undefined : text;
  },
  write(spec, text) {
    const layers = parseLayers(text);
    return layers && { ...spec, model: { ...spec.model, layers } };
  },
  show: () => undefined,
});

const initializer = choice(
  "init",
  "model.initializer",
  strings.initializers,
  (spec) => spec.model.initializer.type,
  (spec, type) =>
    spec.model.initializer.type === type
      ? spec
      : { ...spec, model: { ...spec.model, initializer: INITIALIZERS[type] } },
);

const initialStd = number({
  param: "std",
  field: "model.initializer.std",
  range: LIMITS.initialStd,
  get: (spec) => numberOf(spec.model.initializer, "std"),
  set: (spec, std) =>
    spec.model.initializer.type === "normal"
      ? { ...spec, model: { ...spec.model, initializer: { type: "normal", std } } }
      : spec,
});

/** How the first weights are drawn. */
export const initialization = [initializer, initialStd];
