import { expect, test } from "vitest";

import type { LayerSpec, LayerSummary } from "../generated/core";
import { parseLayers } from "../state/layer-text";
import { drawNetwork, type Drawing, type Piece } from "./network-diagram";

const leaf = (outputShape: number[], inner: LayerSummary[] = []): LayerSummary => ({
  outputShape,
  parameters: 0,
  flops: 0,
  inner,
});

function draw(text: string, summaries: LayerSummary[], slot?: number): Drawing {
  const layers: LayerSpec[] = parseLayers(text) ?? [];
  return drawNetwork({ layers, summaries, image: [1, 28, 28] }, slot);
}

const CNN = draw("conv_32_3-relu-maxpool_2-conv_64_3-flatten-dense_10", [
  leaf([32, 28, 28]),
  leaf([32, 28, 28]),
  leaf([32, 14, 14]),
  leaf([64, 14, 14]),
  leaf([12544]),
  leaf([10]),
]);
const RESNET = draw("conv_8_3-residual_projected(conv_16_3_2-relu-conv_16_3)-flatten-dense_10", [
  leaf([8, 28, 28]),
  leaf([16, 14, 14], [leaf([16, 14, 14]), leaf([16, 14, 14]), leaf([16, 14, 14])]),
  leaf([3136]),
  leaf([10]),
]);

function nth({ pieces }: Drawing, at: number): Piece {
  const piece = pieces[at];
  if (!piece) throw new Error(`There is no piece ${at}.`);
  return piece;
}

test("maps are blocks, vectors bars, and what keeps the shape is a mark", () => {
  expect(CNN.pieces.map(({ form }) => form)).toEqual([
    "map",
    "map",
    "mark",
    "map",
    "map",
    "vector",
    "vector",
  ]);
});

test("fewer pixels are lower, more channels wider, fewer numbers lower", () => {
  const [image, conv, , pool, wider, flat, output] = CNN.pieces.map((_, i) => nth(CNN, i));
  expect(conv?.height).toBe(image?.height);
  expect(conv?.width).toBeGreaterThan(image?.width ?? NaN);
  expect(pool?.height).toBeLessThan(conv?.height ?? NaN);
  expect(pool?.width).toBe(conv?.width);
  expect(wider?.width).toBeGreaterThan(pool?.width ?? NaN);
  expect(output?.height).toBeLessThan(flat?.height ?? NaN);
});

test.each([
  ["a plain network", CNN],
  ["a network with a block", RESNET],
  [
    "a network with words",
    draw("flatten-dense_9-relu-dense_10", [leaf([784]), leaf([9]), leaf([9]), leaf([10])], 80),
  ],
])("%s: nothing overlaps, and all lies within the picture", (_, drawing) => {
  let edge = 0;
  for (const { x, width, height, depth } of drawing.pieces) {
    expect(x).toBeGreaterThanOrEqual(edge);
    edge = x + width + depth;
    expect(drawing.axis - height / 2 - depth).toBeGreaterThanOrEqual(0);
    expect(drawing.axis + height / 2).toBeLessThanOrEqual(drawing.height);
  }
  expect(edge).toBeLessThanOrEqual(drawing.width);
});

test("a skip connection spans its block, and rises above it", () => {
  const [arc] = RESNET.arcs;
  const inner = RESNET.pieces.filter(({ path }) => path.length === 2);
  const before = nth(RESNET, 1);
  const after = nth(
    RESNET,
    RESNET.pieces.findIndex(({ type }) => type === "flatten"),
  );
  expect(inner).toHaveLength(3);
  expect(arc).toMatchObject({ projected: true, path: [1] });
  expect(arc?.from).toBeGreaterThanOrEqual(before.x + before.width + before.depth);
  expect(arc?.from).toBeLessThan(inner[0]?.x ?? NaN);
  expect(arc?.to).toBeGreaterThan(inner.at(-1)?.x ?? NaN);
  expect(arc?.to).toBeLessThanOrEqual(after.x);
  for (const { height, depth } of inner) expect(arc?.rise).toBeGreaterThan(height / 2 + depth);
  expect(arc?.rise).toBeLessThan(RESNET.axis);
});

test("what gives nothing is drawn as unknown", () => {
  const drawing = draw("flatten-conv_8_3-dense_10", [leaf([784])]);
  expect(drawing.pieces.map(({ form }) => form)).toEqual(["map", "vector", "unknown", "unknown"]);
});

test("a block within a block has a higher arc around a lower one, an empty block has one too", () => {
  const map = [8, 28, 28];
  const { arcs } = draw("residual(residual(relu))-residual()", [
    leaf(map, [leaf(map, [leaf(map)])]),
    leaf(map),
  ]);
  expect(arcs.map(({ path }) => path.join("."))).toEqual(["0.0", "0", "1"]);
  expect(arcs[1]?.rise).toBeGreaterThan(arcs[0]?.rise ?? NaN);
  expect(arcs[2]?.to).toBeGreaterThan(arcs[2]?.from ?? NaN);
});

test("words find room below every piece that has a shape of its own", () => {
  const { pieces } = draw("flatten-relu-dense_10", [leaf([784]), leaf([784]), leaf([10])], 80);
  const centres = pieces.map(({ x, width, depth }) => x + (width + depth) / 2);
  for (let i = 1; i < centres.length; i++) {
    expect((centres[i] ?? NaN) - (centres[i - 1] ?? NaN)).toBeGreaterThan(80 * (5 / 6));
  }
});
