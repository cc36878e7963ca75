/**
 * Texts on a canvas. To shape a text costs more than all else that a chart draws, and a chart
 * says the same few many times a second: so each is drawn once, as a picture of its own.
 */

/** How a text looks. */
export interface LabelStyle {
  /** Size of the font, in pixels of the page. */
  size: number;
  color: string;
  /** Colour of the rim around it, where it may lie on curves. */
  rim?: string;
}

/** Which point of a text is where it is put. */
export interface Anchor {
  align: "left" | "center" | "right";
  baseline: "top" | "middle" | "bottom";
}

/** A text as a picture, in pixels of the canvas. */
interface Stamp {
  picture: HTMLCanvasElement;
  /** Of the text alone. */
  width: number;
  height: number;
}

/** Pictures are made anew beyond this many: a long run comes by ever new numbers. */
const MOST_STAMPS = 300;

/** Width of the rim, in pixels of the page. */
const RIM = 1.5;

/** The texts of one font. */
export class Labels {
  readonly #family: string;
  readonly #stamps = new Map<string, Stamp>();

  constructor(family: string) {
    this.#family = family;
  }

  /** Forgets the pictures: the font has come, and they were made with another one. */
  forget(): void {
    this.#stamps.clear();
  }

  /** The width of a text on a canvas with `ratio` pixels to one of the page. */
  width(text: string, style: LabelStyle, ratio: number): number {
    return this.#stamp(text, style, ratio).width;
  }

  /** Draws a text with one of its points at (x, y). */
  draw(
    ctx: CanvasRenderingContext2D,
    text: string,
    at: { x: number; y: number } & Anchor,
    style: LabelStyle,
    ratio: number,
  ): void {
    if (text === "") return;
    const { picture, width, height } = this.#stamp(text, style, ratio);
    const left = at.x - { left: 0, center: width / 2, right: width }[at.align];
    const top = at.y - { top: 0, middle: height / 2, bottom: height }[at.baseline];
    const margin = (picture.width - width) / 2;
    // On whole pixels, where letters are sharp.
    ctx.drawImage(picture, Math.round(left - margin), Math.round(top - margin));
  }

  #stamp(text: string, style: LabelStyle, ratio: number): Stamp {
    const { size, color, rim = "" } = style;
    const key = [size * ratio, color, rim, text].join("|");
    let stamp = this.#stamps.get(key);
    if (!stamp) {
      if (this.#stamps.size >= MOST_STAMPS) this.forget();
      stamp = this.#make(text, style, ratio);
      this.#stamps.set(key, stamp);
    }
    return stamp;
  }

  #make(text: string, { size, color, rim }: LabelStyle, ratio: number): Stamp {
    const picture = document.createElement("canvas");
    const ctx = picture.getContext("2d");
    const height = Math.ceil(size * ratio);
    if (!ctx) return { picture, width: 0, height };
    const font = `${size * ratio}px ${this.#family}`;
    ctx.font = font;
    const width = Math.ceil(ctx.measureText(text).width);
    const margin = Math.ceil((RIM + 1) * ratio);
    picture.width = width + 2 * margin;
    // Letters that reach below the line have room in the margin.
    picture.height = height + 2 * margin;
    // A canvas that is resized forgets its font.
    ctx.font = font;
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 2 * RIM * ratio;
    const middle = margin + height / 2;
    if (rim) {
      ctx.strokeStyle = rim;
      ctx.strokeText(text, margin, middle);
    }
    ctx.fillStyle = color;
    ctx.fillText(text, margin, middle);
    return { picture, width, height };
  }
}
