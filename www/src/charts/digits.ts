/** The data sets' images as ink on paper, in the colours of the page: one or a grid on one canvas. */

/** Side of an image, in pixels, whatever the data set. */
export const SIDE = 28;

/** Grey values of an image. */
export const PIXELS = SIDE * SIDE;

/** How images are laid out. */
export interface Sheet {
  /** Images next to each other. */
  columns: number;
  /** Clear pixels between two images. */
  gap?: number;
  /** Rows and columns of an image. */
  side?: number;
}

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** What grey value 0 and 255 look like. */
export interface InkColors {
  paper: Rgb;
  ink: Rgb;
}

/** A picture as a canvas takes it: red, green, blue and opacity of each pixel. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * The picture of some images, row by row; between and after them it is clear.
 *
 * @param images grey values of one image after the other, 0 for paper to 255 for ink
 */
export function digitPicture(
  images: ArrayLike<number>,
  { columns, gap = 0, side = SIDE }: Sheet,
  { paper, ink }: InkColors,
): Picture {
  const size = side * side;
  const count = Math.floor(images.length / size);
  const across = Math.max(Math.min(columns, count), 1);
  const down = Math.max(Math.ceil(count / across), 1);
  const width = across * (side + gap) - gap;
  const height = down * (side + gap) - gap;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let pixel = 0; pixel < count * size; pixel += 1) {
    const image = Math.floor(pixel / size);
    const x = (image % across) * (side + gap) + (pixel % side);
    const y = Math.floor(image / across) * (side + gap) + Math.floor((pixel % size) / side);
    const share = (images[pixel] ?? 0) / 255;
    const at = 4 * (y * width + x);
    for (const channel of [0, 1, 2] as const) {
      data[at + channel] = paper[channel] + share * (ink[channel] - paper[channel]);
    }
    data[at + 3] = 255;
  }
  return { width, height, data };
}

/** Draws some images, one canvas pixel for each of theirs; the canvas takes their size. */
export function drawDigits(
  canvas: HTMLCanvasElement,
  images: ArrayLike<number>,
  sheet: Sheet,
  colors: InkColors,
): void {
  paint(canvas, digitPicture(images, sheet, colors));
}

/** Puts a picture onto a canvas, which takes its size. */
export function paint(canvas: HTMLCanvasElement, { width, height, data }: Picture): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
}

/** The page's colours of paper and ink at an element. */
export function inkColors(element: Element): InkColors {
  return { paper: pageColor(element, "--cell"), ink: pageColor(element, "--ink") };
}

/** A colour of the page at an element, by its name there. */
export function pageColor(element: Element, name: string): Rgb {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return [0, 0, 0];
  // However a colour is written, a canvas tells it as #rrggbb.
  context.fillStyle = getComputedStyle(element).getPropertyValue(name);
  const value = parseInt(context.fillStyle.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
