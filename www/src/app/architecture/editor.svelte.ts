/**
 * What can be done to a network by hand: each edit, what is said of it, where the focus goes, and
 * the way back from a removal.
 */

import { tick } from "svelte";

import type { LayerSpec, LayerSummary, Problem } from "../../generated/core";
import { cardFields, layerFields } from "../../state/layer-fields";
import {
  outline,
  pathKey,
  shapeBefore,
  summaryAt,
  type OutlineLayer,
} from "../../state/layer-outline";
import {
  after,
  duplicate,
  insert,
  layersIn,
  move,
  neighbourGap,
  remove,
  replace,
  setFrozen,
  stackOf,
  withStack,
  type Path,
  type Stack,
} from "../../state/layers";
import { isMended, mends, type Mend } from "../../state/mends";
import type { Session } from "../../state/session.svelte";
import { addConv, addDense, usualGap, usualLayer } from "../../state/usual-layers";
import { strings } from "../../strings";
import { LayerDrag } from "./drag.svelte";
import { LayerMenu } from "./menu.svelte";

/** A removed layer, as long as nothing else was done since. */
interface Removal {
  path: Path;
  name: string;
  before: Stack;
  /** The layers as the removal left them. */
  left: readonly LayerSpec[];
}

const words = strings.architecture;
/** A map smaller than this has nothing left to pool. */
const POOLABLE = 4;

/** The editor of the network of a session. */
export class ArchitectureEditor {
  /** What was last done, for those who do not see it. */
  said = $state("");
  /** Which problem which edit mends. */
  #offers = $state.raw<readonly { problem: Problem; mend: Mend }[]>([]);
  readonly drag = new LayerDrag();
  readonly menu = new LayerMenu();
  /** The element that holds the cards. */
  root: HTMLElement | undefined;

  readonly #session: Session;
  #removal = $state.raw<Removal | undefined>();
  /** Counts the times that mends were asked for. */
  #asked = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The layers and which of them are frozen. */
  get stack(): Stack {
    return stackOf(this.#session.spec);
  }

  /** Every layer with its name, from top to bottom. */
  readonly outline = $derived.by(() => outline(this.#session.spec.model.layers));

  /** What the core says of the layers, as far as they fit. */
  readonly summaries = $derived.by(
    (): readonly LayerSummary[] => this.#session.description?.layers ?? [],
  );

  /** The totals of the network, where every layer of it fits. */
  readonly totals = $derived.by(() => {
    const { description, spec } = this.#session;
    return description?.layers.length === spec.model.layers.length ? description : undefined;
  });

  /** The last removal, where it can still be undone. */
  readonly removal = $derived.by(() =>
    this.#removal?.left === this.#session.spec.model.layers ? this.#removal : undefined,
  );

  /** A layer and its name. */
  entry(path: Path): OutlineLayer | undefined {
    const key = pathKey(path);
    return this.outline.find((entry) => pathKey(entry.path) === key);
  }

  /** What the core says of a layer. */
  summary(path: Path): LayerSummary | undefined {
    return summaryAt(this.summaries, path);
  }

  /** Whether something is wrong with a layer itself. */
  isWrong(path: Path): boolean {
    const entry = this.entry(path);
    const fields = entry ? cardFields(path, entry.layer) : [];
    return fields.some((field) => this.problems(field).length > 0);
  }

  /** The problems that are shown at a field. */
  problems(field: string): readonly Problem[] {
    return this.#session.placed.get(field) ?? [];
  }

  /** The edits that mend these problems. */
  mends(problems: readonly Problem[]): Mend[] {
    return problems.flatMap((one) => {
      const offer = this.#offers.find(({ problem }) => problem === one);
      return offer ? [offer.mend] : [];
    });
  }

  /** Where half-typed numbers wait. */
  get typing() {
    return this.#session.typing;
  }

  /** Replaces a layer by one of other numbers. */
  set(path: Path, layer: LayerSpec): void {
    this.#apply(replace(this.stack, path, layer));
  }

  /** Freezes a layer of the outer list, or lets it learn. */
  freeze(at: number, frozen: boolean): void {
    this.#apply(setFrozen(this.#settled(), at, frozen));
  }

  /** Puts a layer of this type, with its usual parameters, into a gap. */
  async add(type: LayerSpec["type"], into?: Path): Promise<void> {
    const stack = this.#settled();
    const gap = into ?? usualGap(stack.layers, type);
    const layer = usualLayer(type, shapeBefore(this.summaries, gap));
    this.#apply(insert(stack, gap, layer));
    this.#say(gap, words.said.added);
    await this.focus(gap, layerFields(layer)[0]?.key);
  }

  /** Adds a convolution with what usually follows it. */
  addConv(): void {
    const stack = this.#settled();
    const gap = usualGap(stack.layers, "conv2d");
    const side = shapeBefore(this.summaries, gap)?.[2] ?? 0;
    this.#apply(addConv(stack, side >= POOLABLE));
    this.#say(gap, words.said.added);
  }

  /** Adds a hidden dense layer with its activation. */
  addDense(): void {
    const stack = this.#settled();
    const gap = usualGap(stack.layers, "dense");
    this.#apply(addDense(stack));
    this.#say(gap, words.said.added);
  }

  /** Puts a copy of a layer after it. */
  async duplicate(path: Path): Promise<void> {
    const copy = after(path);
    this.#apply(duplicate(this.#settled(), path));
    this.#say(copy, words.said.added);
    await this.focus(copy);
  }

  /** Takes a layer away; it can be put back. */
  async remove(path: Path): Promise<void> {
    const before = this.#settled();
    const name = this.entry(path)?.name ?? "";
    this.#apply(remove(before, path));
    this.#removal = { path, name, before, left: this.#session.spec.model.layers };
    this.said = words.said.removed(name);
    await tick();
    this.root?.querySelector<HTMLElement>("[data-undo]")?.focus();
  }

  /** Puts the removed layer back. */
  async undo(): Promise<void> {
    const { removal } = this;
    if (!removal) return;
    this.#apply(removal.before);
    this.said = words.said.restored(removal.name);
    await this.focus(removal.path);
  }

  /** Moves a layer by one place. The control within it that has the focus keeps it. */
  async shift(path: Path, towards: "up" | "down", part?: string): Promise<void> {
    const gap = neighbourGap(this.stack.layers, path, towards);
    if (gap) await this.move(path, gap, part);
    else this.said = words.said.stays(this.entry(path)?.name ?? "");
  }

  /** Moves a layer into a gap. */
  async move(from: Path, gap: Path, part?: string): Promise<void> {
    const name = this.entry(from)?.name ?? "";
    const { stack, path } = move(this.#settled(), from, gap);
    this.#apply(stack);
    this.#say(path, (now, place) =>
      now === name ? words.said.moved(name, place) : words.said.renamed(name, place, now),
    );
    await this.focus(path, part);
  }

  /** Does what mends a problem. */
  async mend(mend: Mend): Promise<void> {
    if (mend.removes) {
      await this.remove(mend.at);
      return;
    }
    this.#apply(mend.apply(this.#settled()));
    this.said = words.said.mended(mend.label);
    await this.focus(mend.at);
  }

  /** Looks for a mend of each problem: the first edit of those proposed that the core confirms. */
  async offerMends(): Promise<void> {
    const { spec, description } = this.#session;
    const asked = ++this.#asked;
    const offers = [];
    if (description) {
      const before = { stack: stackOf(spec), description };
      for (const problem of description.problems) {
        for (const mend of mends(problem, spec, description.layers)) {
          const stack = mend.apply(before.stack);
          const judged = await this.#session.judge(withStack(spec, stack));
          if (asked !== this.#asked) return;
          if (!judged || !isMended(problem, before, { stack, description: judged })) continue;
          offers.push({ problem, mend });
          break;
        }
      }
    }
    this.#offers = offers;
  }

  /** Puts the focus on a control of a layer's card. */
  async focus(path: Path, part = "handle"): Promise<void> {
    await tick();
    const card = this.root?.querySelector(`[data-layer="${pathKey(path)}"]`);
    const control = card?.querySelector<HTMLElement>(
      `[data-part="${part}"] :is(input, select), button[data-part="${part}"]`,
    );
    control?.focus();
  }

  /** The stack, with everything in it that was typed. */
  #settled(): Stack {
    this.#session.typing.settle();
    return this.stack;
  }

  #apply(stack: Stack): void {
    this.#session.edit(withStack(this.#session.spec, stack));
  }

  /** Says what was done to the layer that is at a path now, and which place that is. */
  #say(path: Path, said: (name: string, place: string) => string): void {
    const block = path.slice(0, -1);
    const at = (path.at(-1) ?? 0) + 1;
    const count = layersIn(this.stack.layers, block).length;
    const within = block.length > 0 ? this.entry(block)?.name : undefined;
    const place = within ? words.placeWithin(at, count, within) : words.place(at, count);
    this.said = said(this.entry(path)?.name ?? "", place);
  }
}
