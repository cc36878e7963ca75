/** Draws one measure over the steps: what it is given, where it is told, and nothing else. */

import uPlot from "uplot";

import { percentTick, tick, whole } from "../state/format";
import { strings } from "../strings";
import type { CurveTable, Measure } from "./curve-table";

/** What a chart is told when it is made; to change any of it, make another. */
export interface CurveChartOptions {
  measure: Measure;
  logarithmic: boolean;
  /** Hears of the step under the pointer, or of none. */
  onhover: (hovered: Hovered | undefined) => void;
}

/** A step under the pointer. */
export interface Hovered {
  step: number;
  /** Pixels from the chart's left edge. */
  left: number;
}

/** What is drawn. */
export interface CurveDrawing {
  table: CurveTable;
  scale: [low: number, high: number];
  stepsPerEpoch: number;
}

/** A chart on the page. */
export interface CurveChart {
  draw(drawing: CurveDrawing): void;
  resize(width: number, height: number): void;
  destroy(): void;
}

/** Charts with this key share one crosshair. */
const CROSSHAIR = "curves";

/** The axis is no shorter than this, so that the first steps are not stretched over all of it. */
const FEWEST_STEPS = 10;

/** Pixels that an epoch needs for its mark to be told from the next. */
const MARK_SPACING = 14;
const MARK_LABEL_SPACING = 56;

/** Distances between two labelled steps: there are no half steps. */
const STEP_INCREMENTS = Array.from({ length: 7 }, (_, i) => [
  10 ** i,
  2 * 10 ** i,
  5 * 10 ** i,
]).flat();

/** The page's colours, read where the chart stands, so that both themes are served. */
function palette(target: HTMLElement) {
  const style = getComputedStyle(target);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: color("--ink-soft"),
    line: color("--line"),
    mark: color("--line-strong"),
    surface: color("--surface"),
    raw: color("--raw"),
    rawDense: color("--raw-dense"),
    training: color("--ember-bright"),
    validation: color("--validation"),
    test: color("--test"),
    font: `11px ${color("--sans")}`,
  };
}

/** Puts a chart into `target`. */
export function curveChart(target: HTMLElement, options: CurveChartOptions): CurveChart {
  const colors = palette(target);
  let drawing: CurveDrawing = {
    table: { columns: [[], [], [], [], []], range: [Infinity, -Infinity] },
    scale: [0, 1],
    stepsPerEpoch: 0,
  };

  const valueTick = options.measure === "accuracy" ? percentTick : tick;
  const axis = { stroke: colors.text, font: colors.font };
  const grid = { stroke: colors.line, width: 1 };
  const ticks = { show: false };
  const points = (size: number, fill: string, stroke: string) => ({
    show: true,
    size,
    fill,
    stroke,
    width: 1.5,
  });

  /** Strokes that cover each other add up, so many of them are drawn fainter than few. */
  const rawStroke = ({ data: [steps], width }: uPlot) =>
    steps.length > width ? colors.rawDense : colors.raw;

  const plot = new uPlot(
    {
      width: target.clientWidth,
      height: target.clientHeight,
      padding: [16, 10, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: CROSSHAIR, scales: ["x", null] },
        drag: { x: false, y: false, setScale: false },
        points: { show: false },
        y: false,
      },
      scales: {
        x: { time: false, range: (_, __, last) => [0, Math.max(last || 0, FEWEST_STEPS)] },
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enum of scales exists in its types only.
        y: { distr: options.logarithmic ? 3 : 1, range: () => drawing.scale },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          ticks,
          size: 20,
          gap: 3,
          space: 70,
          incrs: STEP_INCREMENTS,
          values: (_, values) => values.map(whole),
        },
        {
          ...axis,
          grid,
          ticks,
          gap: 6,
          size: 50,
          space: 36,
          values: (_, values) => values.map((value) => label(value, options.logarithmic)),
        },
      ],
      series: [
        {},
        { stroke: rawStroke, width: 1, spanGaps: true, points: { show: false } },
        { stroke: colors.training, width: 2, spanGaps: true, points: { show: false } },
        {
          stroke: colors.validation,
          width: 1.5,
          spanGaps: true,
          points: points(5, colors.validation, colors.validation),
        },
        { stroke: colors.test, paths: () => null, points: points(9, colors.surface, colors.test) },
      ],
      hooks: {
        drawAxes: [(self) => drawEpochs(self, drawing.stepsPerEpoch, colors)],
        setCursor: [
          (self) => {
            const { idx } = self.cursor;
            const step = typeof idx === "number" ? self.data[0][idx] : undefined;
            if (step === undefined) options.onhover(undefined);
            else options.onhover({ step, left: self.valToPos(step, "x") + self.over.offsetLeft });
          },
        ],
      },
    },
    drawing.table.columns,
    target,
  );

  /** On a logarithmic axis only some of the many ticks have room for a label. */
  function label(value: number, logarithmic: boolean): string {
    if (logarithmic && !/^[125]/.test((value * 1e9).toPrecision(1))) return "";
    return valueTick(value);
  }

  return {
    draw(next) {
      drawing = next;
      plot.setData(next.table.columns);
    },
    resize(width, height) {
      if (width !== plot.width || height !== plot.height) plot.setSize({ width, height });
    },
    destroy: () => plot.destroy(),
  };
}

/** Marks where each epoch ends, as far as there is room. */
function drawEpochs(plot: uPlot, stepsPerEpoch: number, colors: ReturnType<typeof palette>): void {
  const last = plot.scales["x"]?.max ?? 0;
  if (stepsPerEpoch <= 0 || last <= stepsPerEpoch) return;
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const spacing = (stepsPerEpoch / last) * (bbox.width / ratio);
  const every = Math.ceil(MARK_SPACING / spacing);
  const everyLabel = Math.ceil(MARK_LABEL_SPACING / (spacing * every)) * every;
  ctx.save();
  ctx.strokeStyle = colors.mark;
  ctx.fillStyle = colors.text;
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  ctx.font = colors.font.replace("11px", `${10 * ratio}px`);
  ctx.textAlign = "right";
  ctx.textBaseline = "bottom";
  for (let epoch = every; epoch * stepsPerEpoch <= last; epoch += every) {
    const x = Math.round(plot.valToPos(epoch * stepsPerEpoch, "x", true)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (epoch % everyLabel === 0) {
      ctx.fillText(strings.curves.epoch(epoch), x, bbox.top - 2 * ratio);
    }
  }
  ctx.restore();
}
