/**
 * Looks into the network with one image: what each layer makes of it, which pixels count, and the
 * weights of the layer that is looked at. Asked again whenever the network has changed.
 */

import { untrack } from "svelte";

import { PIXELS } from "../charts/digits";
import type { Filters, Inspection, LayerSpec } from "../generated/core";
import type { History } from "./history";
import { Inquiry } from "./inquiry.svelte";
import type { SelectedImage } from "./selection.svelte";
import type { Session } from "./session.svelte";

/** What was seen. */
export interface Look {
  /** The run it is of. */
  history: History;
  /** Steps trained at the time. */
  step: number;
  image: SelectedImage;
  layers: readonly LayerSpec[];
  inspection: Inspection;
}

/** The weights of a layer as they were. */
export interface LayerFilters {
  history: History;
  layer: number;
  /** None where the layer has no weights. */
  filters: Filters | null;
}

/** Looks into the network of a session. */
export class Inspector {
  /** The class whose pixels are looked for; none for the predicted one. */
  class = $state<number | undefined>();
  /** Position of the layer that is looked at. */
  layer = $state(0);

  readonly #session: Session;
  /** What is looked into as long as nothing is selected. */
  #first = $state.raw<SelectedImage | undefined>();
  #firstOf: number | undefined;
  readonly #looks = new Inquiry<Look>();
  readonly #filters = new Inquiry<LayerFilters>();
  readonly #images = new Inquiry<void>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** The image that is looked into. */
  get image(): SelectedImage | undefined {
    return this.#session.selection.image ?? this.#first;
  }

  /** The last look with the run in hand. */
  get look(): Look | undefined {
    const { answer } = this.#looks;
    return answer?.history === this.#session.run.record.history ? answer : undefined;
  }

  /** The weights of the layer that is looked at, once they are there. */
  get filters(): Filters | null | undefined {
    const { answer } = this.#filters;
    const isOfRun = answer?.history === this.#session.run.record.history;
    return isOfRun && answer.layer === this.layer ? answer.filters : undefined;
  }

  /** Why there is no newer look, as a sentence. */
  get failure(): string | undefined {
    return this.#images.failure ?? this.#looks.failure ?? this.#filters.failure;
  }

  /** Fetches the first test image, once there is one. For an effect. */
  followData(): void {
    const session = this.#session;
    const { version } = session.dataSet;
    // Images arrive in blocks; the first is the one that is waited for.
    const arrived = session.data.test.loaded > 0;
    untrack(() => {
      if (!arrived || this.#firstOf === version) return;
      this.#images.want([version, session.data.test.loaded], async () => {
        this.#first = await this.#testImage(0);
        this.#firstOf = version;
      });
    });
  }

  /** Looks with the network as it is now, where that has not been done. For an effect. */
  follow(): void {
    const { image, layer, class: of } = this;
    const { run } = this.#session;
    const { validation, test } = run.latest;
    // While it trains, the network is looked at as often as it is evaluated.
    const step = run.active ? Math.max(validation?.step ?? 0, test?.step ?? 0) : run.standing.step;
    if (!image || step === 0 || run.state === "failed") return;
    untrack(() => {
      const { history } = run.record;
      const layers = run.spec?.model.layers ?? [];
      this.#looks.want([history, step, image, of], async () => {
        const pixels = Float32Array.from(image.pixels);
        const inspection = await this.#session.ask("inspect", { pixels, class: of });
        return { history, step: run.standing.step, image, layers, inspection };
      });
      this.#filters.want([history, step, layer], async () => ({
        history,
        layer,
        filters: await this.#session.ask("filters", { layer }),
      }));
    });
  }

  /** Selects a test image by its place in the file. */
  async select(index: number): Promise<void> {
    const image = await this.#testImage(index);
    this.#session.selection.image = image;
  }

  async #testImage(index: number): Promise<SelectedImage> {
    const [labels, pixels] = await Promise.all([
      this.#session.ask("labels", { part: "test" }),
      this.#session.ask("images", { part: "test", indices: Uint32Array.of(index) }),
    ]);
    const label = labels[index];
    return {
      pixels: pixels.slice(0, PIXELS),
      source: { part: "test", index },
      ...(label !== undefined && { label }),
    };
  }
}
