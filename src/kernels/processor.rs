//! The kernels as operations of Burn's processor backend.

use super::conv2d::Convolution;
use super::dense::Dense;
use super::max_pool2d::Pooling;
use super::ops::{KernelGradients, Kernels};
use burn::backend::Flex;
use burn::backend::tensor::FloatTensor;
use burn::tensor::TensorData;
use std::borrow::Cow;
use std::sync::Arc;

pub(super) type Array = FloatTensor<Flex>;

/// The numbers of a tensor in order.
pub(super) fn numbers(array: &Array) -> Cow<'_, [f32]> {
    match array.as_slice() {
        Some(numbers) => Cow::Borrowed(numbers),
        None => Cow::Owned(array.to_contiguous().storage().to_vec()),
    }
}

pub(super) fn array<const D: usize>(numbers: Vec<f32>, shape: [usize; D]) -> Array {
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
}

impl KernelGradients for Flex {
    /// Where the largest numbers were.
    type Pooled = Arc<Vec<u32>>;

    fn dense_gradients(
        gradient: Array,
        input: Array,
        weight: Array,
        shape: Dense,
        [of_input, of_weight, of_bias]: [bool; 3],
    ) -> [Option<Array>; 3] {
        let Dense { batch, inputs, units } = shape;
        let gradient = numbers(&gradient);
        [
            of_input.then(|| array(shape.input_gradient(&gradient, &numbers(&weight)), [batch, inputs])),
            of_weight.then(|| array(shape.weight_gradient(&numbers(&input), &gradient), [inputs, units])),
            of_bias.then(|| array(shape.bias_gradient(&gradient), [units])),
        ]
    }

    fn convolution_gradients(
        gradient: Array,
        images: Array,
        weight: Array,
        shape: Convolution,
        [of_images, of_weight, of_bias]: [bool; 3],
    ) -> [Option<Array>; 3] {
        let gradient = numbers(&gradient);
        let sparse = shape.is_sparse(&gradient);
        let images_gradient = || {
            let weight = numbers(&weight);
            match sparse && shape.has_whole_lanes() {
                true => shape.image_gradient_of_sparse(&gradient, &weight),
                false => shape.image_gradient(&gradient, &weight),
            }
        };
        let weight_gradient = || {
            let images = numbers(&images);
            match sparse {
                true => shape.weight_gradient_of_sparse(&images, &gradient),
                false => shape.weight_gradient(&images, &gradient),
            }
        };
        [
            of_images.then(|| array(images_gradient(), shape.images())),
            of_weight.then(|| array(weight_gradient(), shape.weights())),
            of_bias.then(|| array(shape.bias_gradient(&gradient), [shape.filters])),
        ]
    }

    fn max_pooling_to_differentiate(maps: Array, shape: Pooling) -> (Array, Self::Pooled) {
        let (output, places) = shape.forward(&numbers(&maps));
        (array(output, shape.output()), Arc::new(places))
    }

    fn max_pooling_gradient(gradient: Array, places: Self::Pooled, shape: Pooling) -> Array {
        array(shape.gradient(&numbers(&gradient), &places), shape.maps())
    }
}
