// jax-js: forward pass, gradients and Adam compiled together, one call a step.
//
// Every array is handed over where it is used; `ref` keeps it for another use.

import {
  init,
  defaultDevice,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import type { Device } from "@jax-js/jax";
import installed from "../package.json";
import { ADAM, bound, type Batch, type Library, type Trainer } from "../page/trainer";
import type { Model } from "../protocol";

// Types, not interfaces: only so are they trees of arrays to jax-js.
type Layer = { weight: np.Array; bias: np.Array };
type State = {
  layers: Layer[];
  first: Layer[];
  second: Layer[];
  /** The powers of beta 1 and beta 2 so far. */
  powers: { first: np.Array; second: np.Array };
};

interface Network {
  shapes: { weight: number[]; bias: number[]; inputs: number }[];
  forward: (x: np.Array, layers: Layer[]) => np.Array;
}

const dense = (inputs: number, units: number) => ({
  weight: [inputs, units],
  bias: [units],
  inputs,
});
const conv = (channels: number, filters: number) => ({
  weight: [filters, channels, 3, 3],
  bias: [filters, 1, 1],
  inputs: 9 * channels,
});

const through = (x: np.Array, { weight, bias }: Layer) => np.dot(x, weight).add(bias);
const block = (x: np.Array, { weight, bias }: Layer) => {
  const filtered = nn.relu(lax.convGeneralDilated(x, weight, [1, 1], "SAME").add(bias));
  return lax.reduceWindow(filtered, np.max, [2, 2], [2, 2]);
};
const head: Network["forward"] = (x, [a, b, c]) =>
  through(nn.relu(through(nn.relu(through(x, a)), b)), c);

const NETWORKS: Record<Model, Network> = {
  MLP: { shapes: [dense(784, 128), dense(128, 64), dense(64, 10)], forward: head },
  CNN: {
    shapes: [conv(1, 32), conv(32, 64), dense(3136, 128), dense(128, 64), dense(64, 10)],
    forward: (x, [a, b, ...rest]) => {
      const images = x.reshape([-1, 1, 28, 28]);
      return head(block(block(images, a), b).reshape([-1, 3136]), rest);
    },
  },
};

/** Adam, as its paper has it. */
function adam({ layers, first, second, powers }: State, gradients: Layer[]): State {
  const { learningRate, beta1, beta2, epsilon } = ADAM;
  powers = { first: powers.first.mul(beta1), second: powers.second.mul(beta2) };
  const corrections = {
    first: np.array(1).sub(powers.first.ref),
    second: np.array(1).sub(powers.second.ref),
  };
  first = tree.map(
    (mean: np.Array, gradient: np.Array) => mean.mul(beta1).add(gradient.mul(1 - beta1)),
    first,
    tree.ref(gradients),
  );
  second = tree.map(
    (mean: np.Array, gradient: np.Array) => mean.mul(beta2).add(np.square(gradient).mul(1 - beta2)),
    second,
    gradients,
  );
  layers = tree.map(
    (values: np.Array, mean: np.Array, square: np.Array) => {
      const spread = np.sqrt(square.div(corrections.second.ref)).add(epsilon);
      return values.sub(mean.div(corrections.first.ref).mul(learningRate).div(spread));
    },
    layers,
    tree.ref(first),
    tree.ref(second),
  );
  tree.dispose(corrections);
  return { layers, first, second, powers };
}

function compile({ forward }: Network) {
  const crossEntropy = (layers: Layer[], x: np.Array, y: np.Array): np.Array => {
    const [rows] = y.shape;
    const logits = nn.logSoftmax(forward(x, layers));
    return logits
      .mul(nn.oneHot(y, 10))
      .sum()
      .mul(-1 / rows);
  };
  const step = jit((state: State, x: np.Array, y: np.Array): [np.Array, State] => {
    const [loss, gradients] = valueAndGrad(crossEntropy)(tree.ref(state.layers), x, y);
    return [loss, adam(state, gradients)];
  });
  const infer = jit((layers: Layer[], x: np.Array) => forward(x, layers));
  return { step, infer };
}

function begin({ shapes }: Network): State {
  const keys = random.split(random.key(1), 2 * shapes.length);
  const zeros = () =>
    shapes.map(({ weight, bias }) => ({ weight: np.zeros(weight), bias: np.zeros(bias) }));
  const state = {
    layers: shapes.map(({ weight, bias, inputs }, i) => {
      const range = { minval: -bound(inputs), maxval: bound(inputs) };
      return {
        weight: random.uniform(keys.ref.slice(2 * i), weight, range),
        bias: random.uniform(keys.ref.slice(2 * i + 1), bias, range),
      };
    }),
    first: zeros(),
    second: zeros(),
    powers: { first: np.array(1), second: np.array(1) },
  };
  keys.dispose();
  return state;
}

async function open(backend: string, model: Model): Promise<Trainer> {
  const device = backend as Device;
  if (!(await init(device)).includes(device)) {
    throw new Error(`The backend ${backend} does not start.`);
  }
  defaultDevice(device);
  const network = NETWORKS[model];
  const { step, infer } = compile(network);
  let state = begin(network);
  let last: np.Array | undefined;
  return {
    parameters: tree.leaves(state.layers).reduce((sum, { size }) => sum + size, 0),
    threads: backend === "wasm" && crossOriginIsolated ? navigator.hardwareConcurrency : 1,
    step({ images, labels }: Batch) {
      last?.dispose();
      const x = np.array(images, { shape: [labels.length, 784] });
      const y = np.array(labels, { shape: [labels.length], dtype: np.int32 });
      [last, state] = step(state, x, y);
    },
    async loss() {
      return (await last?.ref.data())?.[0] ?? NaN;
    },
    async logits(images) {
      const x = np.array(images, { shape: [images.length / 784, 784] });
      return (await infer(tree.ref(state.layers), x).data()) as Float32Array;
    },
  };
}

export const library: Library = {
  version: `jax-js ${installed.devDependencies["@jax-js/jax"]}`,
  open,
};
