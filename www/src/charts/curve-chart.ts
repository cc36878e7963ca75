/** A chart of one measure over a run: what it is given, where it is told, and nothing else. */

import uPlot from "uplot";

import type { Axis, Measure } from "../state/curve-view.svelte";
import { percentTick, tick } from "../state/format";
import { DIVISIONS, type EpochMark } from "./curve-axis";
import {
  drawBest,
  drawChanges,
  drawEarlier,
  drawEarlierNumbers,
  drawEpochs,
  type ChangeMark,
  type LabelledPoint,
  type LayerColors,
  type Plane,
} from "./curve-layers";
import type { Span } from "./curve-scale";
import type { CurveTable } from "./curve-table";
import type { EarlierLine } from "./earlier-lines";
import { Labels } from "./labels";

/** What a chart is told when it is made; to change any of it, make another. */
export interface CurveChartOptions {
  measure: Measure;
  axis: Axis;
  logarithmic: boolean;
  /** Whether changes mid-run are named, not only marked. */
  namesChanges: boolean;
  /** Hears of the row under the pointer, or of none. */
  onhover: (row: number | undefined) => void;
}

/** What is drawn. */
export interface CurveDrawing {
  table: Pick<CurveTable, "columns" | "dots">;
  scale: Span;
  /** Where the run in hand and the earlier ones end on the x axis. */
  last: number;
  epochs: readonly EpochMark[];
  changes: readonly ChangeMark[];
  earlier: readonly EarlierLine[];
  /** The earlier run that stands out. */
  pointedAt: number | undefined;
  best: LabelledPoint | undefined;
}

/** A chart on the page. */
export interface CurveChart {
  draw(drawing: CurveDrawing): void;
  /** Moves the crosshair to a place on the x axis, or takes it away. */
  point(x: number | undefined): void;
  /** Pixels from the chart's left edge to a place on the x axis. */
  left(x: number): number;
  resize(width: number, height: number): void;
  /** Takes notice that a font has arrived; shown with the next drawing. */
  renewFont(): void;
  destroy(): void;
}

const EMPTY: CurveDrawing = {
  table: { columns: [[], [], [], [], []], dots: { smooth: false, validation: true } },
  // Above zero, which a logarithmic axis does not have.
  scale: [0.1, 1],
  last: 0,
  epochs: [],
  changes: [],
  earlier: [],
  pointedAt: undefined,
  best: undefined,
};

/** Of the labels of the axes, and between them and the axes, in pixels of a page of usual type. */
const TICK_SIZE = 11;
const TICK_GAP = 6;

/** How much larger than usual the page's type is: large on a large screen, and where one wants it. */
const typeScale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Where uPlot takes the crosshair for gone. */
const AWAY = -10;

/** The page's colours, read where the chart stands, so that both themes are served. */
function palette(target: HTMLElement) {
  const style = getComputedStyle(target);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const layers: LayerColors = {
    text: color("--ink-soft"),
    surface: color("--surface"),
    epoch: color("--line-strong"),
    change: color("--ink-faint"),
    earlier: color("--earlier"),
    pointedAt: color("--ink"),
    best: color("--validation"),
  };
  return {
    layers,
    family: color("--sans"),
    grid: color("--line"),
    raw: color("--raw"),
    rawDense: color("--raw-dense"),
    training: color("--ember-bright"),
    validation: color("--validation"),
    test: color("--test"),
  };
}

/** Puts a chart into `target`. */
export function curveChart(target: HTMLElement, options: CurveChartOptions): CurveChart {
  const colors = palette(target);
  const { layers } = colors;
  const division = DIVISIONS[options.axis];
  let drawing = EMPTY;
  /** Whether the pointer is here, so that the crosshair follows it and not the page. */
  let pointed = false;
  let scale = typeScale();

  const valueTick = options.measure === "accuracy" ? percentTick : tick;
  /** Where labels stand on the two axes, and what they say; uPlot draws none itself. */
  const ticks: Record<"x" | "y", { value: number; label: string }[]> = { x: [], y: [] };
  const labels = new Labels(colors.family);
  const axis = (of: "x" | "y", label: (value: number | null) => string) => ({
    ticks: { show: false },
    values: (_: uPlot, splits: (number | null)[]) => {
      ticks[of] = splits.map((value) => ({ value: value ?? NaN, label: label(value) }));
      return splits.map(() => null);
    },
  });
  const points = (show: () => boolean, size: number, fill: string, stroke: string) => ({
    show,
    size,
    fill,
    stroke,
    width: 1.5,
  });

  /** Strokes that cover each other add up, so many of them are drawn fainter than few. */
  const rawStroke = ({ data: [rows], width }: uPlot) =>
    rows.length > width ? colors.rawDense : colors.raw;

  /** On a logarithmic axis only some of the many ticks have room for a label; uPlot drops others. */
  const valueLabel = (value: number | null) => {
    if (value === null) return "";
    const [digit] = value.toExponential();
    const round = Math.abs(value / Number(value.toPrecision(1)) - 1) < 1e-6;
    const named = !options.logarithmic || (round && /[125]/.test(digit ?? ""));
    return named ? valueTick(value) : "";
  };

  const plane = (self: uPlot): Plane => ({
    ctx: self.ctx,
    x: (value) => self.valToPos(value, "x", true),
    y: (value) => self.valToPos(value, "y", true),
    ...self.bbox,
    ratio: devicePixelRatio * scale,
    labels,
  });

  /** Names the places of both axes. */
  function drawTicks({ ctx, x, y, left, top, height, ratio }: Plane): void {
    const style = { size: TICK_SIZE, color: layers.text };
    const below = { y: top + height + TICK_GAP * ratio, align: "center", baseline: "top" } as const;
    const beside = { x: left - TICK_GAP * ratio, align: "right", baseline: "middle" } as const;
    for (const { value, label } of ticks.x) {
      labels.draw(ctx, label, { x: x(value), ...below }, style, ratio);
    }
    for (const { value, label } of ticks.y) {
      labels.draw(ctx, label, { y: y(value), ...beside }, style, ratio);
    }
  }

  const plot = new uPlot(
    {
      width: target.clientWidth,
      height: target.clientHeight,
      // Room for half of the last label on the right, and for the names of epochs.
      padding: [() => 16 * scale, () => 22 * scale, 0, 0],
      legend: { show: false },
      cursor: {
        drag: { x: false, y: false, setScale: false },
        points: { show: false },
        y: false,
      },
      scales: {
        x: { time: false, range: () => [0, Math.max(drawing.last, division.shortest)] },
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enum of scales exists in its types only.
        y: { distr: options.logarithmic ? 3 : 1, range: () => drawing.scale },
      },
      axes: [
        {
          ...axis("x", (value) => (value === null ? "" : division.label(value))),
          grid: { show: false },
          size: () => 22 * scale,
          space: () => 70 * scale,
          incrs: division.increments,
        },
        {
          ...axis("y", valueLabel),
          grid: { stroke: colors.grid, width: 1 },
          size: () => 50 * scale,
          space: () => 32 * scale,
        },
      ],
      series: [
        {},
        { stroke: rawStroke, width: 1, spanGaps: true, points: { show: false } },
        {
          stroke: colors.training,
          width: 2,
          spanGaps: true,
          points: points(() => drawing.table.dots.smooth, 4, colors.training, colors.training),
        },
        {
          stroke: colors.validation,
          width: 1.5,
          spanGaps: true,
          points: points(
            () => drawing.table.dots.validation,
            5,
            colors.validation,
            colors.validation,
          ),
        },
        {
          stroke: colors.test,
          paths: () => null,
          points: points(() => true, 9, layers.surface, colors.test),
        },
      ],
      hooks: {
        drawAxes: [
          (self) => {
            drawTicks(plane(self));
            drawEpochs(plane(self), drawing.epochs, layers);
            drawEarlier(plane(self), drawing.earlier, drawing.pointedAt, layers);
          },
        ],
        draw: [
          (self) => {
            const { changes, earlier, pointedAt, best } = drawing;
            const names = drawChanges(plane(self), changes, options.namesChanges, layers);
            drawEarlierNumbers(plane(self), earlier, pointedAt, layers);
            if (best) drawBest(plane(self), best, names, layers);
          },
        ],
        setCursor: [
          ({ cursor: { idx } }) => {
            if (pointed) options.onhover(typeof idx === "number" ? idx : undefined);
          },
        ],
      },
    },
    EMPTY.table.columns,
    target,
  );

  plot.over.addEventListener("pointerenter", () => (pointed = true));
  plot.over.addEventListener("pointerleave", () => {
    pointed = false;
    options.onhover(undefined);
  });

  return {
    draw(next) {
      drawing = next;
      plot.setData(next.table.columns);
    },
    point(x) {
      if (pointed) return;
      const left = x === undefined ? AWAY : plot.valToPos(x, "x");
      plot.setCursor({ left, top: x === undefined ? AWAY : 0 }, false);
    },
    left: (x) => plot.valToPos(x, "x") + plot.over.offsetLeft,
    resize(width, height) {
      scale = typeScale();
      if (width !== plot.width || height !== plot.height) plot.setSize({ width, height });
    },
    renewFont: () => labels.forget(),
    destroy: () => plot.destroy(),
  };
}
