/**
 * What the controls say: a spec, edited as a whole and judged by the core. What may change while a
 * run goes on is brought to the run in hand; all else waits for the next one.
 */

import type {
  Changes,
  DatasetSpec,
  Description,
  Preset,
  Problem,
  RunSpec,
} from "../generated/core";
import { PRESETS } from "../generated/limits";
import { asTrainerError } from "../trainer/trainer";
import { Fitting, type Adapt } from "./fitting.svelte";
import { ESSENTIALS, GROUPS } from "./groups";
import { networkFields } from "./layer-fields";
import { placeProblems } from "./problems";
import * as properties from "./properties";
import { Typing } from "./typing";

/** What the editor needs of the session. */
export interface EditorSetting {
  /** The core's word on a spec. */
  describe(spec: RunSpec): Promise<Description>;
  adapt: Adapt;
  /** The spec of the run in hand, changes included, where there is one that can be changed. */
  changeable(): RunSpec | undefined;
  /** Changes the run in hand. */
  change(changes: Changes): Promise<void>;
}

/** The spec of a page, and what is thought of it. */
export class SpecEditor {
  /** May be wrong in any way. Replaced, never changed in place. */
  spec = $state.raw<RunSpec>(PRESETS.MLP);
  /** The preset it was last made from. */
  preset = $state<Preset>("MLP");
  /** Counts the times that the whole spec was replaced: what one wants to go back from. */
  leaps = $state(0);
  /** What the core says of the spec; of the former one until it has looked. */
  description = $state.raw<Description | undefined>();
  /** Numbers that are half-typed. */
  readonly typing = new Typing();
  /** The spec as it can be shared: for MNIST, whatever the images at hand. */
  #shareable = $state.raw<RunSpec>(PRESETS.MLP);
  readonly #fitting: Fitting;

  /** What the run in hand refused of a change, beside what `describe` finds. */
  #liveProblems = $state.raw<Problem[]>([]);
  readonly #setting: EditorSetting;
  /** The question that the core is being asked about the spec; resolves with its answer. */
  #described: Promise<void> | undefined;
  #describeAgain = false;
  /** What was set by hand and may act on the run in hand. */
  #touched: properties.NumberProperty[] = [];

  constructor(preset: Preset, spec: RunSpec, setting: EditorSetting) {
    this.preset = preset;
    this.spec = spec;
    this.#setting = setting;
    this.#fitting = new Fitting(setting.adapt);
  }

  /** The preset that the spec equals; none once it was edited. */
  readonly matchingPreset = $derived.by(() =>
    properties.presetOf(this.spec, this.#fitting.presets),
  );

  /** What is set otherwise than in the preset that the spec was made from. */
  readonly ownSettings = $derived.by(() =>
    properties.changes(this.#fitting.presets[this.preset], this.spec),
  );

  /** The spec for who has not the images at hand. */
  get shareable(): RunSpec {
    return this.#fitting.dataset === "mnist" ? this.spec : this.#shareable;
  }

  /** What keeps the spec from being trained. */
  readonly problems = $derived(this.description?.problems ?? []);

  /** Every problem by the control that shows it. */
  readonly placed = $derived.by(() => {
    const { layers } = this.spec.model;
    const settings = [...ESSENTIALS, ...Object.values(GROUPS).flat()];
    return placeProblems(
      [...this.problems, ...this.#liveProblems],
      [
        ...settings.filter((property) => property.has(this.spec)).map(({ field }) => field),
        ...networkFields(layers),
        "model",
      ],
    );
  });

  /** Replaces the spec by a preset. */
  usePreset(preset: Preset): void {
    this.use(preset, this.#fitting.presets[preset]);
  }

  /** Makes the spec fit other images, from now on. */
  async fitTo(dataset: DatasetSpec): Promise<void> {
    const preset = this.matchingPreset;
    await this.#fitting.use(dataset);
    if (preset) this.show(preset, this.#fitting.presets[preset]);
    await this.describe();
  }

  /** Replaces the spec by one that was made from a preset, to be gone back from. */
  use(preset: Preset, spec: RunSpec): void {
    this.leaps += 1;
    this.show(preset, spec);
  }

  /** Replaces the spec, as by an address that one came back to. */
  show(preset: Preset, spec: RunSpec): void {
    this.typing.settle();
    this.preset = preset;
    this.#touched = [];
    this.edit(spec);
  }

  /** Replaces the spec; the run in hand stays as it is. */
  edit(spec: RunSpec): void {
    this.spec = spec;
    this.#liveProblems = [];
    void this.describe();
  }

  /** Sets a number. A change that can act on the run in hand does so at once. */
  setNumber(property: properties.NumberProperty, value: number): void {
    if (property.live) this.#touched.push(property);
    this.edit(property.set(this.spec, value));
  }

  /** Forgets what a run refused: there is another one. */
  forgetRefusals(): void {
    this.#liveProblems = [];
  }

  /** Resolves once everything that was typed or set counts: judged, and brought to the run. */
  async settled(): Promise<void> {
    this.typing.settle();
    await this.#described;
  }

  /** Asks the core about the spec: one question at a time, the last one always. */
  describe(): Promise<void> {
    this.#describeAgain = true;
    this.#described ??= this.#ask();
    return this.#described;
  }

  async #ask(): Promise<void> {
    while (this.#describeAgain) {
      this.#describeAgain = false;
      try {
        await this.#fit();
        this.description = await this.#setting.describe(this.spec);
        await this.#changeRun();
      } catch {
        // The worker ended under the question; the next one that starts is asked again.
      }
    }
    this.#described = undefined;
  }

  /** Makes the spec fit the images at hand, wherever it came from. */
  async #fit(): Promise<void> {
    const before = this.spec;
    const fitting = await this.#fitting.fit(before);
    if (this.spec === before) this.spec = fitting;
    if (this.#fitting.dataset === "mnist") return;
    const preset = this.matchingPreset;
    this.#shareable = preset ? PRESETS[preset] : await this.#fitting.share(fitting);
  }

  /** Brings to the run what may change mid-run and was set by hand, each by itself. */
  async #changeRun(): Promise<void> {
    const touched = this.#touched;
    this.#touched = [];
    for (const property of touched) {
      const run = this.#setting.changeable();
      const { field } = property;
      const value = property.get(this.spec);
      const sound = !this.problems.some((problem) => problem.field === field);
      if (!run || !sound || value === undefined || value === property.get(run)) continue;
      const changes: Changes =
        property === properties.epochs ? { epochs: value } : { learningRate: value };
      try {
        await this.#setting.change(changes);
      } catch (error) {
        const { message } = asTrainerError(error);
        this.#liveProblems = [...this.#liveProblems, { field, code: "out_of_range", message }];
      }
    }
  }
}
