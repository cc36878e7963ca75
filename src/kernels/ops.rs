//! How the kernels enter Burn: as operations of its backends, with their gradients.

use super::conv2d::Convolution;
use super::dense::Dense;
use super::max_pool2d::Pooling;
use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, backend_extension};
use std::fmt::Debug;

/// The operations that the kernels replace.
#[backend_extension(Flex, Cube: cfg(feature = "webgpu"), Autodiff)]
pub trait Kernels: Backend {
    /// The product with a weight of `[inputs, units]`, and a bias.
    fn dense(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        shape: Dense,
    ) -> FloatTensor<Self>;

    /// Cross-correlation with a bias, as in a convolutional layer.
    fn convolution(
        images: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        shape: Convolution,
    ) -> FloatTensor<Self>;

    /// The largest number of each window.
    fn max_pooling(maps: FloatTensor<Self>, shape: Pooling) -> FloatTensor<Self>;
}

/// The gradients of these operations, from that of their output.
pub trait KernelGradients: Kernels {
    /// What the gradient of max-pooling is made from.
    type Pooled: Clone + Send + Debug + 'static;

    /// Of the input, the weight and the bias, as far as they are asked for.
    fn dense_gradients(
        gradient: FloatTensor<Self>,
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        shape: Dense,
        asked: [bool; 3],
    ) -> [Option<FloatTensor<Self>>; 3];

    /// Of the images, the weight and the bias, as far as they are asked for.
    fn convolution_gradients(
        gradient: FloatTensor<Self>,
        images: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        shape: Convolution,
        asked: [bool; 3],
    ) -> [Option<FloatTensor<Self>>; 3];

    /// Max-pooling, and what its gradient is made from.
    fn max_pooling_to_differentiate(
        maps: FloatTensor<Self>,
        shape: Pooling,
    ) -> (FloatTensor<Self>, Self::Pooled);

    /// Of the maps.
    fn max_pooling_gradient(
        gradient: FloatTensor<Self>,
        pooled: Self::Pooled,
        shape: Pooling,
    ) -> FloatTensor<Self>;
}

#[derive(Debug)]
struct DenseGradient;

impl<B: KernelGradients> Backward<B, 3> for DenseGradient {
    /// The input, the weight, the shapes.
    type State = (FloatTensor<B>, FloatTensor<B>, Dense);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let parents = ops.parents.map(|node| node.map(|node| node.id));
        let (input, weight, shape) = ops.state;
        let asked = parents.map(|node| node.is_some());
        register::<B, 3>(grads, parents, B::dense_gradients(gradient, input, weight, shape, asked));
    }
}

#[derive(Debug)]
struct ConvolutionGradient;

impl<B: KernelGradients> Backward<B, 3> for ConvolutionGradient {
    /// The images, the weight, the shapes.
    type State = (FloatTensor<B>, FloatTensor<B>, Convolution);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let parents = ops.parents.map(|node| node.map(|node| node.id));
        let (images, weight, shape) = ops.state;
        let asked = parents.map(|node| node.is_some());
        register::<B, 3>(grads, parents, B::convolution_gradients(gradient, images, weight, shape, asked));
    }
}

#[derive(Debug)]
struct PoolingGradient;

impl<B: KernelGradients> Backward<B, 1> for PoolingGradient {
    type State = (B::Pooled, Pooling);

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        let (pooled, shape) = ops.state;
        if let [Some(node)] = ops.parents {
            grads.register::<B>(node.id, B::max_pooling_gradient(gradient, pooled, shape));
        }
    }
}

/// Hands each parent its gradient.
pub(super) fn register<B: Backend, const N: usize>(
    grads: &mut Gradients,
    parents: [Option<NodeId>; N],
    gradients: [Option<FloatTensor<B>>; N],
) {
    for (node, gradient) in parents.into_iter().zip(gradients) {
        if let (Some(node), Some(gradient)) = (node, gradient) {
            grads.register::<B>(node, gradient);
        }
    }
}

impl<B: KernelGradients, C: CheckpointStrategy> Kernels for Autodiff<B, C> {
    fn dense(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        shape: Dense,
    ) -> FloatTensor<Self> {
        let parents = [input.node(), weight.node(), bias.node()];
        let (input, weight) = (input.into_primitive(), weight.into_primitive());
        let output = B::dense(input.clone(), weight.clone(), bias.into_primitive(), shape);
        match Backward::<B, 3>::prepare::<C>(DenseGradient, parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((input, weight, shape), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }

    fn convolution(
        images: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        shape: Convolution,
    ) -> FloatTensor<Self> {
        let parents = [images.node(), weight.node(), bias.node()];
        let (images, weight) = (images.into_primitive(), weight.into_primitive());
        let output = B::convolution(images.clone(), weight.clone(), bias.into_primitive(), shape);
        match Backward::<B, 3>::prepare::<C>(ConvolutionGradient, parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((images, weight, shape), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }

    fn max_pooling(maps: FloatTensor<Self>, shape: Pooling) -> FloatTensor<Self> {
        let parents = [maps.node()];
        let (output, pooled) = B::max_pooling_to_differentiate(maps.into_primitive(), shape);
        match Backward::<B, 1>::prepare::<C>(PoolingGradient, parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((pooled, shape), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }
}
