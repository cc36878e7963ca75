/** The image that was picked somewhere on the page, for other panels to look into. */

import type { Split } from "../generated/core";

/** Where an image is from: a file of the data set, with its index there, or a person's hand. */
export type ImageSource = { part: Split | "training"; index: number } | "drawn";

/** An image to look into. */
export interface SelectedImage {
  /** `[784]` grey values, 0 to 255, ink light. */
  pixels: Uint8Array;
  /** Its true class, where that is known. */
  label?: number;
  source: ImageSource;
}

/** The selection of a page. */
export class Selection {
  image = $state.raw<SelectedImage | undefined>();

  /** Whether the image of this source is the one selected. */
  has(part: Split | "training", index: number): boolean {
    const source = this.image?.source;
    return typeof source === "object" && source.part === part && source.index === index;
  }
}
