//! ReLU and the cross-entropy, which Burn would put together from several operations each.

use super::{Array, empty, launch, words};
use burn::backend::TensorMetadata;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::wgpu::{CubeBackend, into_contiguous};
use burn::backend::{Autodiff, Backend, backend_extension};

const RELU: &str = include_str!("relu.wgsl");
const RELU_GRADIENT: &str = include_str!("relu_gradient.wgsl");
const CROSS_ENTROPY: &str = include_str!("cross_entropy.wgsl");
const CROSS_ENTROPY_GRADIENT: &str = include_str!("cross_entropy_gradient.wgsl");

/// Operations that are worth a program on the GPU.
#[backend_extension(Cube, Autodiff)]
pub trait Losses: Backend {
    /// ReLU of numbers of any shape.
    fn rectified(input: FloatTensor<Self>) -> FloatTensor<Self>;

    /// The mean cross-entropy of logits and target distributions, each `[batch, classes]`: `[1]`.
    fn mean_cross_entropy(logits: FloatTensor<Self>, targets: FloatTensor<Self>) -> FloatTensor<Self>;
}

fn alike(array: &Array) -> Array {
    let mut alike = empty(array, [array.shape().num_elements()]);
    alike.meta = array.meta.clone();
    alike
}

fn rows_and_classes(logits: &Array) -> [u32; 2] {
    let shape = logits.shape();
    words([shape[0], shape[1]])
}

impl Losses for CubeBackend {
    fn rectified(input: Array) -> Array {
        let input = into_contiguous(input);
        let (output, size) = (alike(&input), input.shape().num_elements());
        launch(RELU, size, &[&input, &output], &words([size, 0]));
        output
    }

    fn mean_cross_entropy(logits: Array, targets: Array) -> Array {
        let [logits, targets] = [logits, targets].map(into_contiguous);
        let loss = empty(&logits, [1]);
        launch(CROSS_ENTROPY, 1, &[&logits, &targets, &loss], &rows_and_classes(&logits));
        loss
    }
}

#[derive(Debug)]
struct ReluGradient;

impl Backward<CubeBackend, 1> for ReluGradient {
    /// The output.
    type State = Array;

    fn backward(self, ops: Ops<Array, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = into_contiguous(grads.consume::<CubeBackend>(&ops.node));
        if let [Some(node)] = ops.parents {
            let (output, size) = (ops.state, gradient.shape().num_elements());
            let of_input = alike(&output);
            launch(RELU_GRADIENT, size, &[&output, &gradient, &of_input], &words([size, 0]));
            grads.register::<CubeBackend>(node.id, of_input);
        }
    }
}

#[derive(Debug)]
struct CrossEntropyGradient;

impl Backward<CubeBackend, 1> for CrossEntropyGradient {
    /// Logits and targets.
    type State = [Array; 2];

    fn backward(self, ops: Ops<[Array; 2], 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = into_contiguous(grads.consume::<CubeBackend>(&ops.node));
        if let [Some(node)] = ops.parents {
            let [logits, targets] = ops.state.map(into_contiguous);
            let (of_logits, shape) = (alike(&logits), rows_and_classes(&logits));
            let arrays = [&logits, &targets, &gradient, &of_logits];
            launch(CROSS_ENTROPY_GRADIENT, shape[0] as usize, &arrays, &shape);
            grads.register::<CubeBackend>(node.id, of_logits);
        }
    }
}

impl<C: CheckpointStrategy> Losses for Autodiff<CubeBackend, C> {
    fn rectified(input: FloatTensor<Self>) -> FloatTensor<Self> {
        let parents = [input.node()];
        let output = CubeBackend::rectified(input.into_primitive());
        match ReluGradient.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish(output.clone(), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }

    fn mean_cross_entropy(logits: FloatTensor<Self>, targets: FloatTensor<Self>) -> FloatTensor<Self> {
        let parents = [logits.node()];
        let [logits, targets] = [logits, targets].map(FloatTensor::<Self>::into_primitive);
        let loss = CubeBackend::mean_cross_entropy(logits.clone(), targets.clone());
        match CrossEntropyGradient.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish([logits, targets], loss),
            OpsKind::UnTracked(prep) => prep.finish(loss),
        }
    }
}
