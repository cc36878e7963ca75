//! Dense layers, convolution, max-pooling, batch normalisation, ReLU and the cross-entropy for the processor, where nearly
//! all the time of a network goes; and on the GPU the same but for batch normalisation, and the optimizers' steps.
//! They enter Burn as operations with backward passes of their own; on every other device Burn's operations do the same.

mod batch_norm;
mod conv2d;
mod dense;
mod fours;
#[cfg(feature = "webgpu")]
mod gpu;
mod lanes;
mod loss;
mod max_pool2d;
mod normalizing;
mod ops;
mod processor;
mod sparse;
mod terms;
mod tile;
mod winograd;

#[cfg(feature = "webgpu")]
pub use gpu::{UpdateProgram, updated};

use crate::device;
use batch_norm::Normalization;
use burn::backend::Dispatch;
use burn::nn::conv::Conv2d;
use burn::nn::pool::MaxPool2d;
use burn::nn::{Linear, PaddingConfig2d};
use burn::tensor::module::{BatchNormTrainOutput, batch_norm_train};
use burn::tensor::{Device, Tensor, activation};
use conv2d::Convolution;
use dense::Dense;
use loss::Losses;
use max_pool2d::Pooling;
use normalizing::Normalizing;
use ops::Kernels;

/// Where a window begins, how large it is, and how far apart two are; each as `[down, across]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    size: [usize; 2],
    stride: [usize; 2],
    /// How many rows and columns of zeros are before the first of the input.
    before: [usize; 2],
    /// How many windows there are.
    count: [usize; 2],
}

impl Window {
    /// The windows over an input of `[height, width]`; as many as without padding, or, padded, as many as
    /// the stride leaves of the input.
    fn over(input: [usize; 2], size: [usize; 2], stride: [usize; 2], padded: bool) -> Self {
        let mut window = Self { size, stride, before: [0; 2], count: [0; 2] };
        for axis in 0..2 {
            let (input, size, stride) = (input[axis], size[axis], stride[axis]);
            if padded {
                let count = input.div_ceil(stride);
                let span = (count.max(1) - 1) * stride + size;
                (window.count[axis], window.before[axis]) = (count, span.saturating_sub(input) / 2);
            } else {
                window.count[axis] = (input + stride).saturating_sub(size) / stride;
            }
        }
        window
    }

    /// How many rows or columns all windows together reach over.
    fn span(&self, axis: usize) -> usize {
        (self.count[axis].max(1) - 1) * self.stride[axis] + self.size[axis]
    }

    /// How many windows there are in all.
    fn len(&self) -> usize {
        self.count[0] * self.count[1]
    }
}

/// What a dense layer makes of images: `[batch, inputs] -> [batch, units]`.
pub fn dense(layer: &Linear, images: Tensor<2>) -> Tensor<2> {
    let Some(bias) = layer.bias.as_ref().filter(|_| run_on(&images.device())) else {
        return layer.forward(images);
    };
    let (weight, [batch, _]) = (layer.weight.val(), images.dims());
    let [inputs, units] = weight.dims();
    let (images, weight, bias) = (images.into_dispatch(), weight.into_dispatch(), bias.val().into_dispatch());
    Tensor::from_dispatch(Dispatch::dense(images, weight, bias, Dense { batch, inputs, units }))
}

/// What a convolutional layer makes of maps:
/// `[batch, channels, height, width] -> [batch, filters, height, width]`.
pub fn conv2d(layer: &Conv2d, maps: Tensor<4>) -> Tensor<4> {
    let padded = match layer.padding {
        PaddingConfig2d::Valid => false,
        PaddingConfig2d::Same => true,
        PaddingConfig2d::Explicit(..) => return layer.forward(maps),
    };
    let usual = (layer.dilation, layer.groups) == ([1, 1], 1);
    let Some(bias) = layer.bias.as_ref().filter(|_| usual && run_on(&maps.device())) else {
        return layer.forward(maps);
    };
    let [batch, channels, height, width] = maps.dims();
    let weight = layer.weight.val();
    let shape = Convolution {
        batch,
        channels,
        filters: weight.dims()[0],
        input: [height, width],
        window: Window::over([height, width], layer.kernel_size, layer.stride, padded),
    };
    if shape.window.len() == 0 {
        return layer.forward(maps);
    }
    let (maps, weight, bias) = (maps.into_dispatch(), weight.into_dispatch(), bias.val().into_dispatch());
    Tensor::from_dispatch(Dispatch::convolution(maps, weight, bias, shape))
}

/// What a max-pooling layer makes of maps:
/// `[batch, channels, height, width] -> [batch, channels, height, width]`.
pub fn max_pool2d(layer: &MaxPool2d, maps: Tensor<4>) -> Tensor<4> {
    let usual = layer.padding == PaddingConfig2d::Valid && layer.dilation == [1, 1] && !layer.ceil_mode;
    if !(usual && run_on(&maps.device())) {
        return layer.forward(maps);
    }
    let [batch, channels, height, width] = maps.dims();
    let shape = Pooling {
        batch,
        channels,
        input: [height, width],
        window: Window::over([height, width], layer.kernel_size, layer.stride, false),
    };
    if shape.window.len() == 0 {
        return layer.forward(maps);
    }
    Tensor::from_dispatch(Dispatch::max_pooling(maps.into_dispatch(), shape))
}

/// Normalises each channel of `[batch, channels, ...]` by its mean and variance, which come with it, `[channels]` each:
/// on the processor as numbers that have no gradient.
pub fn batch_norm<const D: usize>(
    x: Tensor<D>,
    gamma: Tensor<1>,
    beta: Tensor<1>,
    epsilon: f64,
) -> BatchNormTrainOutput<D> {
    if !is_flex(&x.device()) {
        return batch_norm_train(x, gamma, beta, epsilon);
    }
    let dims = x.dims();
    let (batch, channels) = (dims[0], dims[1]);
    let shape = Normalization { batch, channels, size: dims[2..].iter().product(), epsilon };
    let moments = Dispatch::moments(x.clone().into_dispatch(), shape);
    let of_batch = Tensor::<2>::from_dispatch(moments.clone());
    let [gamma, beta] = [gamma, beta].map(Tensor::into_dispatch);
    BatchNormTrainOutput {
        output: Tensor::from_dispatch(Dispatch::normalization(
            x.into_dispatch(),
            moments,
            gamma,
            beta,
            shape,
        )),
        mean: of_batch.clone().narrow(0, 0, 1).flatten(0, 1),
        variance: of_batch.narrow(0, 1, 1).flatten(0, 1),
    }
}

/// What is negative becomes zero: numbers of any shape.
pub fn relu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    if run_on(&x.device()) {
        return Tensor::from_dispatch(Dispatch::rectified(x.into_dispatch()));
    }
    activation::relu(x)
}

/// The hyperbolic tangent, of numbers of any shape.
pub fn tanh<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    // A GPU may take powers of e for it, which overflow far from zero; there it is one to the last bit.
    let near = if is_gpu(&x.device()) { x.clamp(-15.0, 15.0) } else { x };
    activation::tanh(near)
}

/// Mean cross-entropy of a batch: logits and target distributions `[batch, classes] -> [1]`.
pub fn cross_entropy(logits: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    if run_on(&logits.device()) {
        let (logits, targets) = (logits.into_dispatch(), targets.into_dispatch());
        return Tensor::from_dispatch(Dispatch::mean_cross_entropy(logits, targets));
    }
    let [batch, _] = targets.dims();
    (activation::log_softmax(logits, 1) * targets).sum() / -(batch as f32)
}

/// Whether these kernels compute the layers of a device.
pub fn run_on(device: &Device) -> bool {
    is_flex(device) || is_gpu(device)
}

fn is_flex(device: &Device) -> bool {
    device.clone().inner() == Device::flex()
}

fn is_gpu(device: &Device) -> bool {
    cfg!(feature = "webgpu") && !device::is_processor(device)
}
