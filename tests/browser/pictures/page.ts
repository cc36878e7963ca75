// Fixed data, drawn by the page's own draw functions: what pictures.spec.ts takes pictures of.

import "../../../www/src/styles/tokens.css";
import "../../../www/src/styles/base.css";
import "uplot/dist/uPlot.min.css";

import { mount } from "svelte";

import MatrixTable from "../../../www/src/app/confusion/MatrixTable.svelte";
import { curveChart } from "../../../www/src/charts/curve-chart";
import { curveDrawing } from "../../../www/src/charts/curve-drawing";
import { earlierLine } from "../../../www/src/charts/earlier-lines";
import { differenceRows, matrixRows, type Cell } from "../../../www/src/charts/matrix";
import type { Evaluation, Split } from "../../../www/src/generated/core";
import type { Axis, Measure } from "../../../www/src/state/curve-view.svelte";
import { History } from "../../../www/src/state/history";
import { recordOf } from "../../../www/src/state/run-record";
import { Smoothed } from "../../../www/src/state/smoother";

/** Numbers from 0 to 1 that look random and are the same everywhere. */
function noise(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function evaluation(split: Split, step: number, loss: number): Evaluation {
  const confusion = new Uint32Array(100);
  return { split, step, epoch: 1, images: 5000, loss, accuracy: 1 - loss / 2.5, confusion };
}

/** A run whose loss falls to `floor`, with all that a run can have. */
function run(steps: number, stepsPerEpoch: number, floor: number): History {
  const history = new History();
  const next = noise(7);
  const lossAt = (step: number) => floor + 2 * Math.exp((-6 * step) / steps);
  const losses = Float32Array.from({ length: steps }, (_, i) => lossAt(i) * (0.6 + 0.8 * next()));
  const looks = Array.from({ length: 8 }, (_, i) => Math.round(((i + 1) * steps) / 8));
  history.add(
    {
      state: "running",
      epoch: 1,
      epochs: 4,
      step: steps,
      stepsPerEpoch,
      losses,
      accuracies: losses.map((loss) => 1 - loss / 2.5),
      learningRates: losses.map((_, i) => (i < steps / 2 ? 0.01 : 0.002)),
      vitals: looks.map((step) => ({ step, gradientNorm: 1 + 3 * next(), layers: [] })),
      threads: 1,
      imagesPerSecond: 0,
      waitingForData: false,
    },
    steps / 20,
  );
  for (const step of looks) {
    // The last ones are worse again: the best is not the last.
    const worse = step > 0.7 * steps ? 0.1 : 0;
    history.addEvaluation(evaluation("validation", step, lossAt(step) + 0.05 + worse));
    if (step % stepsPerEpoch === 0) {
      history.addEvaluation(evaluation("test", step, lossAt(step) + 0.12));
    }
  }
  return history;
}

interface ChartPicture {
  measure: Measure;
  history: History;
  axis?: Axis;
  toggled?: boolean;
  behind?: History[];
  pointedAt?: number;
  /** The step under the crosshair. */
  hovered?: number;
}

/** A run whose learning rate was changed half way. */
function changedRun(): History {
  const history = run(160, 40, 0.15);
  history.marks = [{ step: 80, changes: { learningRate: 0.002 } }];
  return history;
}

const CHARTS: Record<string, ChartPicture> = {
  "loss-of-a-run": { measure: "loss", history: run(160, 40, 0.15), hovered: 100 },
  "accuracy-before-others": {
    measure: "accuracy",
    history: run(120, 40, 0.3),
    axis: "epoch",
    toggled: true,
    behind: [run(160, 40, 0.05), run(80, 40, 0.6)],
    pointedAt: 1,
  },
  "loss-of-100000-steps": {
    measure: "loss",
    history: run(100_000, 1000, 0.02),
    axis: "seconds",
    toggled: true,
  },
  "learning-rate-changed": { measure: "learningRate", history: changedRun() },
  "gradient-norm": { measure: "gradientNorm", history: run(160, 40, 0.15) },
  nothing: { measure: "accuracy", history: new History() },
};

function drawChart(host: HTMLElement, picture: ChartPicture): void {
  const { measure, history, axis = "step", toggled = false, behind = [], pointedAt } = picture;
  const score = measure === "loss" || measure === "accuracy" ? measure : undefined;
  const look = { axis, smoothing: 0.9 };
  const { drawing } = curveDrawing({
    history,
    measure,
    smoothed: score && new Smoothed(history[score].raw, look.smoothing),
    earlier: behind.map((each, i) => earlierLine(i + 1, recordOf(each), measure, look)),
    pointedAt,
    axis,
    toggled,
    width: host.clientWidth,
  });
  const chart = curveChart(host, {
    measure,
    axis,
    logarithmic: toggled && measure !== "accuracy",
    namesChanges: true,
    onhover: () => undefined,
  });
  chart.draw(drawing);
  // uPlot draws at the end of the task that told it to, and has no scales before.
  requestAnimationFrame(() => chart.point(picture.hovered));
}

/** Counts of a network that is mostly right, and takes some classes for their neighbours. */
function counts(seed: number, wrong: number): Uint32Array {
  const next = noise(seed);
  return Uint32Array.from({ length: 100 }, (_, cell) => {
    const [actual, predicted] = [Math.floor(cell / 10), cell % 10];
    if (actual === predicted) return Math.round(500 * (1 - wrong * next()));
    return Math.round((wrong * 80 * next() ** 3) / Math.abs(actual - predicted));
  });
}

const [before, after] = [counts(3, 0.6), counts(5, 0.3)];
const MATRICES: Record<string, Cell[][]> = {
  matrix: matrixRows(before, 10),
  "matrix-errors": matrixRows(before, 10, true),
  "matrix-difference": differenceRows(after, before, 10),
};

function drawMatrix(host: HTMLElement, rows: Cell[][]): void {
  mount(MatrixTable, {
    target: host,
    props: {
      rows,
      names: rows.map((_, i) => String(i)),
      text: ({ count }: Cell) => String(count),
      labelledby: "",
      describedby: "",
      about: "",
      split: "validation",
      images: 5000,
      step: 1,
      at: { actual: 0, predicted: 0 },
      onpoint: () => undefined,
      onmove: () => undefined,
      onopen: () => undefined,
    },
  });
}

/** A place for a picture, by whose id it is found. */
function place(name: string, width: number, height: number): HTMLElement {
  const host = document.createElement("div");
  host.id = name;
  host.style.cssText = `width: ${width}px; height: ${height}px; background: var(--surface)`;
  document.body.append(host);
  return host;
}

// Fonts differ from machine to machine: no picture has a letter in it.
CanvasRenderingContext2D.prototype.fillText = () => undefined;
CanvasRenderingContext2D.prototype.strokeText = () => undefined;
document.head.insertAdjacentHTML(
  "beforeend",
  "<style>#app, table, table * { color: transparent !important }</style>",
);

for (const [name, picture] of Object.entries(CHARTS)) {
  drawChart(place(name, 420, name === "gradient-norm" ? 120 : 220), picture);
}
for (const [name, rows] of Object.entries(MATRICES)) drawMatrix(place(name, 320, 320), rows);
requestAnimationFrame(() => (document.body.dataset.drawn = "all"));
