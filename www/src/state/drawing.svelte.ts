/** What the person drew, and what the network sees of it. */

import { dependOn } from "./depend-on";
import { preprocess, type Steps } from "./preprocess";
import { blank, paintImage, paintLine, RASTER_SIDE, type Dab } from "./raster";

/** What a drawing is made of: each can be taken back. */
type Mark =
  | { kind: "stroke"; dabs: Dab[] }
  /** A ready image in place of all before. */
  | { kind: "image"; image: LoadedImage }
  | { kind: "clear" };

/** An image of the data set, to be drawn over. */
export interface LoadedImage {
  /** 784 grey values. */
  pixels: Uint8Array;
  label: number;
  /** What its class is called. */
  name: string;
  /** Among the test images. */
  index: number;
}

/** Widths of the brush, in pixels of the drawing: a tenth of them is a pixel of the image. */
export const BRUSH = { min: 8, max: 48, usual: 22 };

/** The drawing of a page. */
export class Drawing {
  /** What is done to the drawing before the network sees it. */
  steps = $state.raw<Steps>({ crop: true, scale: true, centre: true });
  /** How wide the brush is. */
  brush = $state(BRUSH.usual);
  /** The grey values, which change in place. */
  readonly raster = blank();

  #marks = $state.raw<readonly Mark[]>([]);
  /** Counts the changes of the raster. */
  #version = $state(0);

  /** Whether there is nothing to see. */
  readonly isEmpty = $derived.by(() => {
    dependOn(this.#version);
    return !this.raster.some((ink) => ink > 0);
  });

  /** What the network sees: 784 grey values. */
  readonly seen = $derived.by(() => {
    dependOn(this.#version);
    return preprocess({ width: RASTER_SIDE, height: RASTER_SIDE, pixels: this.raster }, this.steps);
  });

  /** Changes whenever the drawing does. */
  get version(): number {
    return this.#version;
  }

  /** Whether there is something to take back. */
  get canUndo(): boolean {
    return this.#marks.length > 0;
  }

  /** The image that was loaded, as long as nothing was drawn over it. */
  get untouched(): LoadedImage | undefined {
    const last = this.#marks.at(-1);
    return last?.kind === "image" ? last.image : undefined;
  }

  /** Sets the pen down. */
  begin(dab: Dab): void {
    this.#marks = [...this.#marks, { kind: "stroke", dabs: [dab] }];
    this.#paint(dab, dab);
  }

  /** Moves the pen on. */
  move(to: Dab): void {
    const stroke = this.#marks.at(-1);
    if (stroke?.kind !== "stroke") return;
    const from = stroke.dabs.at(-1) ?? to;
    // A stroke grows in place: it is not a new mark.
    stroke.dabs.push(to);
    this.#paint(from, to);
  }

  /** Puts an image in place of the drawing. */
  load(image: LoadedImage): void {
    this.#add({ kind: "image", image });
  }

  /** Takes away everything. */
  clear(): void {
    if (!this.isEmpty) this.#add({ kind: "clear" });
  }

  /** Takes back the last stroke, or whatever was done last. */
  undo(): void {
    this.#marks = this.#marks.slice(0, -1);
    this.#repaint();
  }

  #add(mark: Mark): void {
    this.#marks = [...this.#marks, mark];
    this.#repaint();
  }

  #paint(from: Dab, to: Dab): void {
    paintLine(this.raster, from, to);
    this.#version += 1;
  }

  #repaint(): void {
    this.raster.fill(0);
    const ground = this.#marks.findLastIndex(({ kind }) => kind !== "stroke");
    for (const mark of this.#marks.slice(Math.max(ground, 0))) {
      if (mark.kind === "image") paintImage(this.raster, mark.image.pixels);
      if (mark.kind !== "stroke") continue;
      mark.dabs.forEach((dab, i) => paintLine(this.raster, mark.dabs[i - 1] ?? dab, dab));
    }
    this.#version += 1;
  }
}
