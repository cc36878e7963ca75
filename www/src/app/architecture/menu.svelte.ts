/** The one menu of the editor: what it holds at the moment, and the menus there are. */

import type { LayerSpec } from "../../generated/core";
import { after, neighbourGap, type Path } from "../../state/layers";
import { strings } from "../../strings";
import type { ArchitectureEditor } from "./editor.svelte";

/** One line of a menu. */
export interface MenuItem {
  label: string;
  /** One sentence. */
  help?: string;
  /** The keys that do the same. */
  keys?: string;
  disabled?: boolean;
  /** It opens another menu. */
  leadsOn?: boolean;
  act: () => void;
}

/** What a menu shows, and beside which element. */
export interface MenuContent {
  anchor: HTMLElement;
  label: string;
  items: readonly MenuItem[];
}

/** The menu. */
export class LayerMenu {
  content = $state.raw<MenuContent | undefined>();

  /** Opens a menu in place of the one that is open. */
  open(content: MenuContent): void {
    this.content = content;
  }

  /** Closes it. */
  close(): void {
    this.content = undefined;
  }
}

const words = strings.architecture;
const TYPES = Object.keys(words.layers) as LayerSpec["type"][];

/** Opens the menu of all layers, to put one into a gap; where no gap is given, where it belongs. */
export function openAddMenu(
  editor: ArchitectureEditor,
  anchor: HTMLElement,
  label: string,
  gap?: Path,
): void {
  editor.menu.open({
    anchor,
    label,
    items: TYPES.map((type) => ({
      label: words.layers[type],
      help: words.about[type],
      act: () => void editor.add(type, gap),
    })),
  });
}

/** Opens the menu of a card. */
export function openCardMenu(editor: ArchitectureEditor, anchor: HTMLElement, path: Path): void {
  const entry = editor.entry(path);
  if (!entry) return;
  const { layers } = editor.stack;
  const { menu } = words;
  const shift = (towards: "up" | "down", label: string, keys: string): MenuItem => ({
    label,
    keys,
    disabled: !neighbourGap(layers, path, towards),
    act: () => void editor.shift(path, towards),
  });
  const add = (label: string, name: string, gap: Path): MenuItem => ({
    label,
    leadsOn: true,
    act: () => openAddMenu(editor, anchor, name, gap),
  });
  const { name, layer } = entry;
  editor.menu.open({
    anchor,
    label: words.actions(name),
    items: [
      shift("up", menu.up, menu.upKey),
      shift("down", menu.down, menu.downKey),
      { label: menu.duplicate, act: () => void editor.duplicate(path) },
      add(menu.before, words.addBefore(name), path),
      add(menu.after, words.addAfter(name), after(path)),
      ...(layer.type === "residual"
        ? [add(menu.inside, words.addInside(name), [...path, layer.layers.length])]
        : []),
    ],
  });
}
