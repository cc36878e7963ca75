//! How the kernels enter Burn: as operations of its processor backend, with their gradients.

use super::batch_norm::{self, Normalization};
use super::conv2d::Convolution;
use super::dense::Dense;
use super::max_pool2d::Pooling;
use burn::backend::TensorMetadata;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, backend_extension};
use burn::tensor::TensorData;
use std::borrow::Cow;
use std::sync::Arc;

/// The operations that the kernels replace.
#[backend_extension(Flex, Autodiff)]
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

    /// The mean and the biased variance of each channel, `[2, channels]`: as numbers, not as something that
    /// has a gradient.
    fn moments(input: FloatTensor<Self>, shape: Normalization) -> FloatTensor<Self>;

    /// Normalises by the moments of the input, whose gradient considers them.
    fn normalization(
        input: FloatTensor<Self>,
        moments: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        shape: Normalization,
    ) -> FloatTensor<Self>;
}

type Array = FloatTensor<Flex>;

/// The numbers of a tensor in order.
fn numbers(array: &Array) -> Cow<'_, [f32]> {
    match array.as_slice() {
        Some(numbers) => Cow::Borrowed(numbers),
        None => Cow::Owned(array.to_contiguous().storage().to_vec()),
    }
}

fn array<const D: usize>(numbers: Vec<f32>, shape: [usize; D]) -> Array {
    Array::from_data(TensorData::new(numbers, shape))
}

impl Kernels for Flex {
    fn dense(input: Array, weight: Array, bias: Array, shape: Dense) -> Array {
        let output = shape.forward(&numbers(&input), &numbers(&weight), &numbers(&bias));
        array(output, [shape.batch, shape.units])
    }

    fn convolution(images: Array, weight: Array, bias: Array, shape: Convolution) -> Array {
        array(shape.forward(&numbers(&images), &numbers(&weight), &numbers(&bias)), shape.output())
    }

    fn max_pooling(maps: Array, shape: Pooling) -> Array {
        array(shape.forward(&numbers(&maps)).0, shape.output())
    }

    fn moments(input: Array, shape: Normalization) -> Array {
        array(shape.moments(&numbers(&input)), [2, shape.channels])
    }

    fn normalization(input: Array, moments: Array, gamma: Array, beta: Array, shape: Normalization) -> Array {
        let dims = input.shape();
        let [moments, gamma, beta] = [&moments, &gamma, &beta].map(numbers);
        let output = shape.forward(&numbers(&input), &moments, &gamma, &beta);
        Array::from_data(TensorData::new(output, dims))
    }
}

#[derive(Debug)]
struct DenseGradient;

impl Backward<Flex, 3> for DenseGradient {
    /// The input, the weight, the shapes.
    type State = (Array, Array, Dense);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Flex>(&ops.node);
        let gradient = numbers(&gradient);
        let (input, weight, shape) = ops.state;
        let [of_input, of_weight, of_bias] = ops.parents;
        let Dense { batch, inputs, units } = shape;
        if let Some(node) = of_input {
            let input = shape.input_gradient(&gradient, &numbers(&weight));
            grads.register::<Flex>(node.id, array(input, [batch, inputs]));
        }
        if let Some(node) = of_weight {
            let weight = shape.weight_gradient(&numbers(&input), &gradient);
            grads.register::<Flex>(node.id, array(weight, [inputs, units]));
        }
        if let Some(node) = of_bias {
            grads.register::<Flex>(node.id, array(shape.bias_gradient(&gradient), [units]));
        }
    }
}

#[derive(Debug)]
struct ConvolutionGradient;

impl Backward<Flex, 3> for ConvolutionGradient {
    /// The images, the weight, the shapes.
    type State = (Array, Array, Convolution);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Flex>(&ops.node);
        let gradient = numbers(&gradient);
        let (images, weight, shape) = ops.state;
        let sparse = shape.is_sparse(&gradient);
        let [of_images, of_weight, of_bias] = ops.parents;
        let Convolution { batch, channels, filters, input: [height, width], window } = shape;
        if let Some(node) = of_images {
            let weight = numbers(&weight);
            let images = match sparse {
                true => shape.image_gradient_of_sparse(&gradient, &weight),
                false => shape.image_gradient(&gradient, &weight),
            };
            grads.register::<Flex>(node.id, array(images, [batch, channels, height, width]));
        }
        if let Some(node) = of_weight {
            let images = numbers(&images);
            let weight = match sparse {
                true => shape.weight_gradient_of_sparse(&images, &gradient),
                false => shape.weight_gradient(&images, &gradient),
            };
            let [height, width] = window.size;
            grads.register::<Flex>(node.id, array(weight, [filters, channels, height, width]));
        }
        if let Some(node) = of_bias {
            grads.register::<Flex>(node.id, array(shape.bias_gradient(&gradient), [filters]));
        }
    }
}

#[derive(Debug)]
struct PoolingGradient;

impl Backward<Flex, 1> for PoolingGradient {
    /// Where the largest numbers were, the shapes.
    type State = (Arc<Vec<u32>>, Pooling);

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Flex>(&ops.node);
        let (places, shape) = ops.state;
        let Pooling { batch, channels, input: [height, width], .. } = shape;
        if let [Some(node)] = ops.parents {
            let maps = shape.gradient(&numbers(&gradient), &places);
            grads.register::<Flex>(node.id, array(maps, [batch, channels, height, width]));
        }
    }
}

#[derive(Debug)]
struct NormalizationGradient;

impl Backward<Flex, 3> for NormalizationGradient {
    /// The input, its moments, the scale, the shapes.
    type State = (Array, Array, Array, Normalization);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Flex>(&ops.node);
        let (input, moments, gamma, shape) = ops.state;
        let batch_norm::Gradients { input: of_input, gamma: of_gamma, beta: of_beta } =
            shape.gradients(&numbers(&input), &numbers(&moments), &numbers(&gamma), &numbers(&gradient));
        let [input_node, gamma_node, beta_node] = ops.parents;
        if let Some(node) = input_node {
            let of_input = Array::from_data(TensorData::new(of_input, input.shape()));
            grads.register::<Flex>(node.id, of_input);
        }
        for (node, numbers) in [(gamma_node, of_gamma), (beta_node, of_beta)] {
            if let Some(node) = node {
                grads.register::<Flex>(node.id, array(numbers, [shape.channels]));
            }
        }
    }
}

impl<C: CheckpointStrategy> Kernels for Autodiff<Flex, C> {
    fn dense(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        shape: Dense,
    ) -> FloatTensor<Self> {
        let parents = [input.node(), weight.node(), bias.node()];
        let (input, weight) = (input.into_primitive(), weight.into_primitive());
        let output = Flex::dense(input.clone(), weight.clone(), bias.into_primitive(), shape);
        match DenseGradient.prepare::<C>(parents).compute_bound().stateful() {
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
        let output = Flex::convolution(images.clone(), weight.clone(), bias.into_primitive(), shape);
        match ConvolutionGradient.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((images, weight, shape), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }

    fn max_pooling(maps: FloatTensor<Self>, shape: Pooling) -> FloatTensor<Self> {
        let parents = [maps.node()];
        let (output, places) = shape.forward(&numbers(&maps.into_primitive()));
        let output = array(output, shape.output());
        match PoolingGradient.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((Arc::new(places), shape), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }

    fn moments(input: FloatTensor<Self>, shape: Normalization) -> FloatTensor<Self> {
        FloatTensor::<Self>::new(Flex::moments(input.into_primitive(), shape))
    }

    fn normalization(
        input: FloatTensor<Self>,
        moments: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        shape: Normalization,
    ) -> FloatTensor<Self> {
        let parents = [input.node(), gamma.node(), beta.node()];
        let (input, moments, gamma) =
            (input.into_primitive(), moments.into_primitive(), gamma.into_primitive());
        let beta = beta.into_primitive();
        let output = Flex::normalization(input.clone(), moments.clone(), gamma.clone(), beta, shape);
        match NormalizationGradient.prepare::<C>(parents).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish((input, moments, gamma, shape), output),
            OpsKind::UnTracked(prep) => prep.finish(output),
        }
    }
}
