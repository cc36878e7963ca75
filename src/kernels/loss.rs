//! ReLU and the cross-entropy, which Burn would put together from several operations each.

use super::ops::register;
use super::processor::{Array, array, numbers};
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, TensorMetadata, backend_extension};
use burn::tensor::TensorData;

/// What stands behind the layers.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Autodiff)]
pub trait Losses: Backend {
    /// ReLU of numbers of any shape.
    fn rectified(input: FloatTensor<Self>) -> FloatTensor<Self>;

    /// The mean cross-entropy of logits and target distributions, each `[batch, classes]`: `[1]`.
    fn mean_cross_entropy(logits: FloatTensor<Self>, targets: FloatTensor<Self>) -> FloatTensor<Self>;
}

/// The gradients of these, from that of their output.
pub trait LossGradients: Losses {
    /// Of the input of ReLU.
    fn rectified_gradient(gradient: FloatTensor<Self>, output: FloatTensor<Self>) -> FloatTensor<Self>;

    /// Of the logits.
    fn mean_cross_entropy_gradient(
        gradient: FloatTensor<Self>,
        logits: FloatTensor<Self>,
        targets: FloatTensor<Self>,
    ) -> FloatTensor<Self>;
}

impl Losses for Flex {
    fn rectified(input: Array) -> Array {
        // Written so that what is no number stays it.
        let output: Vec<f32> = numbers(&input).iter().map(|x| if *x < 0.0 { 0.0 } else { *x }).collect();
        Array::from_data(TensorData::new(output, input.shape()))
    }

    fn mean_cross_entropy(logits: Array, targets: Array) -> Array {
        let [batch, classes] = logits.shape().dims();
        let (logits, targets) = (numbers(&logits), numbers(&targets));
        let rows = logits.chunks_exact(classes).zip(targets.chunks_exact(classes));
        let sum: f32 = rows
            .map(|(logits, targets)| {
                let (most, sum) = most_and_sum(logits);
                logits.iter().zip(targets).map(|(x, target)| target * (sum.ln() - (x - most))).sum::<f32>()
            })
            .sum();
        array(vec![sum / batch as f32], [1])
    }
}

impl LossGradients for Flex {
    fn rectified_gradient(gradient: Array, output: Array) -> Array {
        let (values, of_output) = (numbers(&output), numbers(&gradient));
        let pairs = values.iter().zip(&*of_output);
        // Neither does what is no number hold up a gradient.
        let of_input: Vec<f32> =
            pairs.map(|(x, of_output)| if *x <= 0.0 { 0.0 } else { *of_output }).collect();
        Array::from_data(TensorData::new(of_input, output.shape()))
    }

    fn mean_cross_entropy_gradient(gradient: Array, logits: Array, targets: Array) -> Array {
        let [batch, classes] = logits.shape().dims();
        let factor = numbers(&gradient).first().copied().unwrap_or_default() / batch as f32;
        let (logits, targets) = (numbers(&logits), numbers(&targets));
        let mut of_logits = Vec::with_capacity(logits.len());
        for (logits, targets) in logits.chunks_exact(classes).zip(targets.chunks_exact(classes)) {
            let ((most, sum), total) = (most_and_sum(logits), targets.iter().sum::<f32>());
            let gradient = |(x, target): (&f32, &f32)| factor * (total * (x - most).exp() / sum - target);
            of_logits.extend(logits.iter().zip(targets).map(gradient));
        }
        array(of_logits, [batch, classes])
    }
}

/// The largest logit, and the sum of the exponentials of what they all are less it: as large numbers are taken off first,
/// little is lost to rounding.
fn most_and_sum(logits: &[f32]) -> (f32, f32) {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    (most, logits.iter().map(|x| (x - most).exp()).sum())
}

#[derive(Debug)]
struct ReluGradient;

impl<B: LossGradients> Backward<B, 1> for ReluGradient {
    /// The output.
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let parents = ops.parents.map(|node| node.map(|node| node.id));
        register::<B, 1>(grads, parents, [Some(B::rectified_gradient(gradient, ops.state))]);
    }
}

#[derive(Debug)]
struct CrossEntropyGradient;

impl<B: LossGradients> Backward<B, 1> for CrossEntropyGradient {
    /// Logits and targets.
    type State = (FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let parents = ops.parents.map(|node| node.map(|node| node.id));
        let (logits, targets) = ops.state;
        let of_logits = B::mean_cross_entropy_gradient(gradient, logits, targets);
        register::<B, 1>(grads, parents, [Some(of_logits)]);
    }
}

impl<B: LossGradients, C: CheckpointStrategy> Losses for Autodiff<B, C> {
    fn rectified(input: FloatTensor<Self>) -> FloatTensor<Self> {
        let parents = [input.node()];
        let output = B::rectified(input.into_primitive());
        match Backward::<B, 1>::prepare::<C>(ReluGradient, parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish(output.clone(), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }

    fn mean_cross_entropy(logits: FloatTensor<Self>, targets: FloatTensor<Self>) -> FloatTensor<Self> {
        let parents = [logits.node()];
        let [logits, targets] = [logits, targets].map(FloatTensor::<Self>::into_primitive);
        let loss = B::mean_cross_entropy(logits.clone(), targets.clone());
        match Backward::<B, 1>::prepare::<C>(CrossEntropyGradient, parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((logits, targets), loss),
            OpsKind::UnTracked(prep) => prep.finish(loss),
        }
    }
}
