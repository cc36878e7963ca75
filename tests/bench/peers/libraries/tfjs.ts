// TensorFlow.js: networks of plain operations, one `optimizer.minimize` a step.

import * as tf from "@tensorflow/tfjs";
import { getThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { ADAM, bound, type Batch, type Library, type Trainer } from "../page/trainer";
import type { Model } from "../protocol";

type Layer = (x: tf.Tensor) => tf.Tensor;

const drawn = (shape: number[], inputs: number) =>
  tf.variable(tf.randomUniform(shape, -bound(inputs), bound(inputs)));

const dense = (inputs: number, units: number): Layer => {
  const weight = drawn([inputs, units], inputs);
  const bias = drawn([units], inputs);
  return (x) => tf.add(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D), bias);
};

const conv = (channels: number, filters: number): Layer => {
  const weight = drawn([3, 3, channels, filters], 9 * channels);
  const bias = drawn([filters], 9 * channels);
  return (x) => tf.add(tf.conv2d(x as tf.Tensor4D, weight as tf.Tensor4D, 1, "same"), bias);
};

const relu: Layer = (x) => tf.relu(x);
const pool: Layer = (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid");
const reshape =
  (...shape: number[]): Layer =>
  (x) =>
    tf.reshape(x, shape);

const NETWORKS: Record<Model, () => Layer[]> = {
  MLP: () => [dense(784, 128), relu, dense(128, 64), relu, dense(64, 10)],
  CNN: () => [
    reshape(-1, 28, 28, 1),
    ...[conv(1, 32), relu, pool, conv(32, 64), relu, pool],
    reshape(-1, 3136),
    ...[dense(3136, 128), relu, dense(128, 64), relu, dense(64, 10)],
  ],
};

async function open(backend: string, model: Model): Promise<Trainer> {
  setWasmPaths({
    "tfjs-backend-wasm.wasm": plain,
    "tfjs-backend-wasm-simd.wasm": simd,
    "tfjs-backend-wasm-threaded-simd.wasm": threaded,
  });
  if (!(await tf.setBackend(backend))) throw new Error(`The backend ${backend} does not start.`);
  await tf.ready();
  const layers = NETWORKS[model]();
  // Before the optimizer adds its own.
  const variables = Object.values(tf.engine().registeredVariables);
  const forward: Layer = (x) => layers.reduce((value, layer) => layer(value), x);
  const { learningRate, beta1, beta2, epsilon } = ADAM;
  const optimizer = tf.train.adam(learningRate, beta1, beta2, epsilon);
  let last: tf.Scalar | undefined;
  return {
    parameters: variables.reduce((sum, { size }) => sum + size, 0),
    threads: backend === "wasm" && crossOriginIsolated ? getThreadsCount() : 1,
    step({ images, labels }: Batch) {
      last?.dispose();
      last = tf.tidy(() => {
        const x = tf.tensor2d(images, [labels.length, 784]);
        const y = tf.oneHot(tf.tensor1d(labels, "int32"), 10);
        const loss = () => tf.losses.softmaxCrossEntropy(y, forward(x)).asScalar();
        return optimizer.minimize(loss, true) ?? undefined;
      });
    },
    async loss() {
      return (await last?.data())?.[0] ?? NaN;
    },
    async logits(images) {
      const found = tf.tidy(() => forward(tf.tensor2d(images, [images.length / 784, 784])));
      const values = await found.data<"float32">();
      found.dispose();
      return values;
    },
  };
}

export const library: Library = { version: `TensorFlow.js ${tf.version_core}`, open };
