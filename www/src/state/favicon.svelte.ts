import { drawRing } from "../charts/progress-ring";

/** A tab's icon is small: more often would be work that nobody sees. */
const REDRAW_MS = 1000;
const SIZE = 32;
/** Steps of the ring: the least turn that shows at this size. */
const TURNS = 64;

/**
 * Shows in the icon of the browser's tab how much is done, as a share; nothing done is the page's
 * own icon. To be called while a component is set up.
 */
export function progressIcon(done: () => number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const context = document.createElement("canvas").getContext("2d");
  if (!link || !context) return;
  const own = { href: link.href, type: link.type };
  context.canvas.width = SIZE;
  context.canvas.height = SIZE;
  let shown = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const turns = $derived(Math.ceil(TURNS * Math.min(done(), 1)));

  function draw(): void {
    timer = undefined;
    if (!link || !context || shown === turns) return;
    shown = turns;
    if (turns === 0) {
      Object.assign(link, own);
      return;
    }
    const colour = (name: string) => getComputedStyle(document.body).getPropertyValue(name);
    drawRing(context, SIZE, turns / TURNS, {
      done: colour("--ember-bright"),
      left: colour("--line-strong"),
    });
    Object.assign(link, { href: context.canvas.toDataURL("image/png"), type: "image/png" });
  }

  $effect(() => {
    if (turns !== shown) timer ??= setTimeout(draw, REDRAW_MS);
  });
  $effect(() => () => clearTimeout(timer));
}
