//! ReLU and the cross-entropy, with their gradients.

use super::{Array, empty, launch, launch_each, words};
use crate::kernels::loss::{LossGradients, Losses};
use burn::backend::TensorMetadata;
use burn::backend::wgpu::{CubeBackend, into_contiguous};

const RELU: &str = include_str!("relu.wgsl");
const RELU_GRADIENT: &str = include_str!("relu_gradient.wgsl");
const CROSS_ENTROPY: &str = include_str!("cross_entropy.wgsl");
const CROSS_ENTROPY_GRADIENT: &str = include_str!("cross_entropy_gradient.wgsl");

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
        launch_each(RELU, size, &[&input, &output], &[]);
        output
    }

    fn mean_cross_entropy(logits: Array, targets: Array) -> Array {
        let [logits, targets] = [logits, targets].map(into_contiguous);
        let loss = empty(&logits, [1]);
        launch(CROSS_ENTROPY, 1, &[&logits, &targets, &loss], &rows_and_classes(&logits));
        loss
    }
}

impl LossGradients for CubeBackend {
    fn rectified_gradient(gradient: Array, output: Array) -> Array {
        let (gradient, size) = (into_contiguous(gradient), output.shape().num_elements());
        let of_input = alike(&output);
        launch_each(RELU_GRADIENT, size, &[&output, &gradient, &of_input], &[]);
        of_input
    }

    fn mean_cross_entropy_gradient(gradient: Array, logits: Array, targets: Array) -> Array {
        let [gradient, logits, targets] = [gradient, logits, targets].map(into_contiguous);
        let (of_logits, shape) = (alike(&logits), rows_and_classes(&logits));
        let arrays = [&logits, &targets, &gradient, &of_logits];
        launch(CROSS_ENTROPY_GRADIENT, shape[0] as usize, &arrays, &shape);
        of_logits
    }
}
