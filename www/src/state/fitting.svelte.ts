/**
 * What the images at hand ask of a spec: as many outputs as they have classes, and no more images
 * held out than there are. The presets are for MNIST; for other images they are adapted.
 */

import type { DatasetSpec, Preset, RunSpec } from "../generated/core";
import { PRESETS } from "../generated/limits";
import { PRESET_NAMES } from "./properties";

/** The core's word on what a spec becomes for other images. */
export type Adapt = (spec: RunSpec, dataset: DatasetSpec) => Promise<RunSpec>;

/** Makes specs fit. */
export class Fitting {
  /** The images at hand, as a spec names them. */
  dataset = $state.raw<DatasetSpec>("mnist");
  /** The presets, for these images. */
  presets = $state.raw<Readonly<Record<Preset, RunSpec>>>(PRESETS);
  readonly #adapt: Adapt;

  constructor(adapt: Adapt) {
    this.#adapt = adapt;
  }

  /** Takes in that there are other images. */
  async use(dataset: DatasetSpec): Promise<void> {
    const adapted = await Promise.all(
      PRESET_NAMES.map(async (name) => [name, await this.#to(dataset, PRESETS[name])] as const),
    );
    this.presets = Object.fromEntries(adapted) as Record<Preset, RunSpec>;
    this.dataset = dataset;
  }

  /** The spec, for the images at hand; itself where it is for them already. */
  fit(spec: RunSpec): Promise<RunSpec> {
    return this.#to(this.dataset, spec);
  }

  /** The spec, for MNIST, which everyone has. */
  async share(spec: RunSpec): Promise<RunSpec> {
    return this.#to("mnist", spec);
  }

  async #to(dataset: DatasetSpec, spec: RunSpec): Promise<RunSpec> {
    return areSame(spec.data.dataset, dataset) ? spec : this.#adapt(spec, dataset);
  }
}

/** Whether two specs name the same images. */
export function areSame(a: DatasetSpec, b: DatasetSpec): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  const [x, y] = [a.own, b.own];
  return (Object.keys(x) as (keyof typeof x)[]).every((key) => x[key] === y[key]);
}
