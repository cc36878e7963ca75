//! Batch normalisation as an operation of Burn's processor backend, with its gradient. On a GPU it is Burn's own.

use super::batch_norm::Normalization;
use super::ops::register;
use super::processor::{Array, array, numbers};
use burn::backend::TensorMetadata;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, backend_extension};
use burn::tensor::TensorData;

/// The two halves of batch normalisation.
#[backend_extension(Flex, Autodiff)]
pub trait Normalizing: Backend {
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

impl Normalizing for Flex {
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
struct NormalizationGradient;

impl Backward<Flex, 3> for NormalizationGradient {
    /// The input, its moments, the scale, the shapes.
    type State = (Array, Array, Array, Normalization);

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<Flex>(&ops.node);
        let (input, moments, gamma, shape) = ops.state;
        let (values, gradient) = (numbers(&input), numbers(&gradient));
        let (moments, gamma) = (numbers(&moments), numbers(&gamma));
        let sums = shape.sums(&values, &moments, &gradient);
        let parents = ops.parents.map(|node| node.map(|node| node.id));
        let of_input = parents[0].is_some().then(|| {
            let numbers = shape.gradient(&values, &moments, &gamma, &gradient, &sums);
            Array::from_data(TensorData::new(numbers, input.shape()))
        });
        let [of_gamma, of_beta] = [sums.gamma, sums.beta].map(|sums| Some(array(sums, [shape.channels])));
        register::<Flex, 3>(grads, parents, [of_input, of_gamma, of_beta]);
    }
}

impl<C: CheckpointStrategy> Normalizing for Autodiff<Flex, C> {
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
