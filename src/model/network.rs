//! A network built from its spec: one Burn module per layer.

use super::batch_norm;
use super::init::{Fan, Initializer};
use super::shapes::{self, Shape};
use crate::kernels;
use crate::spec::{Activation, LayerSpec, ModelSpec, Padding};
use burn::module::{Module, ModuleVisitor, Param};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::{AvgPool2d, AvgPool2dConfig, MaxPool2d, MaxPool2dConfig};
use burn::nn::{BatchNorm, BatchNormConfig, Initializer as BurnInitializer, Linear, PaddingConfig2d};
use burn::tensor::{Device, Tensor, TensorData, activation};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;
use std::f64::consts::FRAC_1_SQRT_2;

/// Added to variances by both normalisations, as in PyTorch.
const EPSILON: f64 = 1e-5;

/// A network: its layers in order of computation.
#[derive(Module, Debug)]
pub struct Network {
    pub(super) layers: Vec<Layer>,
}

/// One layer, ready to compute.
#[derive(Module, Debug)]
pub(super) enum Layer {
    Dense(Linear),
    Conv2d(Conv2d),
    MaxPool2d(MaxPool2d),
    AvgPool2d(AvgPool2d),
    GlobalAvgPool(GlobalAvgPool),
    Flatten(Flatten),
    BatchNorm(BatchNorm),
    LayerNorm(LayerNorm),
    Dropout(Dropout),
    Activation(Elementwise),
    Residual(Residual),
}

/// `[batch, channels, height, width] -> [batch, channels]`.
#[derive(Module, Debug)]
pub(super) struct GlobalAvgPool {}

/// `[batch, channels, height, width] -> [batch, channels * height * width]`.
#[derive(Module, Debug)]
pub(super) struct Flatten {}

/// Normalises all numbers of an image; scale and shift have the shape of the image.
#[derive(Module, Debug)]
pub(super) struct LayerNorm {
    /// `[features]`, in the order of the flattened map.
    gamma: Param<Tensor<1>>,
    beta: Param<Tensor<1>>,
}

/// Sets numbers to zero while training.
#[derive(Module, Debug)]
pub(super) struct Dropout {
    rate: f64,
}

/// An activation function, the same on every number.
#[derive(Module, Debug)]
pub(super) struct Elementwise {
    #[module(skip)]
    pub(super) function: Activation,
}

/// Inner layers and what their input takes to be added to their output.
#[derive(Module, Debug)]
pub(super) struct Residual {
    pub(super) layers: Vec<Layer>,
    pub(super) projection: Option<Conv2d>,
}

/// What flows between two layers.
#[derive(Clone)]
pub(super) enum Signal {
    /// `[batch, channels, height, width]`.
    Map(Tensor<4>),
    /// `[batch, features]`.
    Flat(Tensor<2>),
}

/// What a forward pass is for.
pub enum Mode {
    /// Nothing is left to chance and nothing is changed: dropout lets all through, batch
    /// normalisation goes by its running statistics. Gradients may be asked for all the same.
    Evaluate,
    /// Dropout draws from this generator; batch normalisation goes by the batch, and its running
    /// statistics follow.
    Train(Pcg64Mcg),
}

impl Network {
    /// Builds the layers and draws their initial weights. The spec must be free of problems; a
    /// layer that does not fit ends the network there.
    pub fn new(model: &ModelSpec, input: Shape, seed: u64, device: &Device) -> Self {
        let mut initializer = Initializer::new(model.initializer, seed);
        Self { layers: build(&model.layers, input, &mut initializer, device) }
    }

    /// The logits of a batch: `[batch, channels, height, width] -> [batch, classes]`.
    pub fn forward(&self, images: Tensor<4>, mode: &mut Mode) -> Tensor<2> {
        through(&self.layers, Signal::Map(images), mode).flat()
    }

    /// Keeps the layers with these indices as they are: their numbers get no gradient, and batch
    /// normalisation goes by its running statistics.
    pub fn freeze(self, frozen: &[usize]) -> Self {
        let freeze = |(i, layer): (usize, Layer)| if frozen.contains(&i) { layer.freeze() } else { layer };
        Self { layers: self.layers.into_iter().enumerate().map(freeze).collect() }
    }

    /// How many of the arrays of [`parameters`](super::parameters) belong to the first layers.
    pub fn arrays_of_first(&self, layers: usize) -> usize {
        let mut count = Count(0);
        self.layers.iter().take(layers).for_each(|layer| layer.visit(&mut count));
        count.0
    }

    /// `[1]`: `l1` times the sum of absolute parameters plus `l2` times half the sum of their
    /// squares, or none where both are zero. Scales, shifts and biases count like weights, as in
    /// PyTorch's `weight_decay`.
    pub fn penalty(&self, l1: f64, l2: f64) -> Option<Tensor<1>> {
        if l1 == 0.0 && l2 == 0.0 {
            return None;
        }
        let mut penalty = Penalty { l1, l2, sum: None };
        self.visit(&mut penalty);
        penalty.sum
    }
}

fn build(layers: &[LayerSpec], input: Shape, initializer: &mut Initializer, device: &Device) -> Vec<Layer> {
    let outputs = shapes::walk(layers, input).0;
    let inputs = std::iter::once(input).chain(outputs.iter().copied());
    layers
        .iter()
        .zip(inputs.zip(&outputs))
        .map(|(layer, (input, output))| Layer::new(layer, input, *output, initializer, device))
        .collect()
}

fn through(layers: &[Layer], signal: Signal, mode: &mut Mode) -> Signal {
    let mut layers = layers.iter().peekable();
    let mut signal = signal;
    while let Some(layer) = layers.next() {
        // ReLU and max-pooling commute: ReLU is monotone, and has no slope where the largest number of a window
        // is not positive. Pooled first, ReLU has fewer numbers to work on. Only where pooling hands on what is
        // no number: a loss that explodes must be seen.
        if layer.is_relu()
            && kernels::run_on(&signal.device())
            && let Some(pool) = layers.next_if(|next| matches!(next, Layer::MaxPool2d(_)))
        {
            signal = pool.forward(signal, mode);
        }
        signal = layer.forward(signal, mode);
    }
    signal
}

impl Layer {
    fn new(layer: &LayerSpec, input: Shape, output: Shape, init: &mut Initializer, device: &Device) -> Self {
        match layer {
            LayerSpec::Dense { units } => {
                let (inputs, units) = (input.size(), units.get());
                let fan = Fan { input: inputs, output: units };
                Self::Dense(Linear {
                    weight: init.weight([inputs, units], fan, device),
                    bias: Some(init.bias(units, fan, device)),
                })
            }
            LayerSpec::Conv2d { filters, kernel, stride, padding } => {
                let channels = [input.channels(), filters.get()];
                Self::Conv2d(conv2d(channels, kernel.get(), stride.get(), *padding, init, device))
            }
            LayerSpec::MaxPool2d { size, stride } => {
                Self::MaxPool2d(MaxPool2dConfig::new([size.get(); 2]).with_strides([stride.get(); 2]).init())
            }
            LayerSpec::AvgPool2d { size, stride } => {
                Self::AvgPool2d(AvgPool2dConfig::new([size.get(); 2]).with_strides([stride.get(); 2]).init())
            }
            LayerSpec::GlobalAvgPool => Self::GlobalAvgPool(GlobalAvgPool {}),
            LayerSpec::Flatten => Self::Flatten(Flatten {}),
            LayerSpec::BatchNorm => {
                Self::BatchNorm(BatchNormConfig::new(input.channels()).with_epsilon(EPSILON).init(device))
            }
            LayerSpec::LayerNorm => Self::LayerNorm(LayerNorm {
                gamma: Param::from_tensor(Tensor::ones([input.size()], device)),
                beta: Param::from_tensor(Tensor::zeros([input.size()], device)),
            }),
            LayerSpec::Dropout { rate } => Self::Dropout(Dropout { rate: *rate }),
            LayerSpec::Activation { function } => Self::Activation(Elementwise { function: *function }),
            LayerSpec::Residual { layers, .. } => {
                let stride = shapes::projection_stride(input, output).filter(|_| input != output);
                let channels = [input.channels(), output.channels()];
                Self::Residual(Residual {
                    layers: build(layers, input, init, device),
                    projection: stride
                        .map(|stride| conv2d(channels, 1, stride, Padding::Valid, init, device)),
                })
            }
        }
    }

    fn is_relu(&self) -> bool {
        matches!(self, Self::Activation(Elementwise { function: Activation::Relu }))
    }

    pub(super) fn forward(&self, signal: Signal, mode: &mut Mode) -> Signal {
        match self {
            Self::Dense(linear) => Signal::Flat(kernels::dense(linear, signal.flat())),
            Self::Conv2d(conv) => signal.on_map(|maps| kernels::conv2d(conv, maps)),
            Self::MaxPool2d(pool) => signal.on_map(|maps| kernels::max_pool2d(pool, maps)),
            Self::AvgPool2d(pool) => signal.on_map(|maps| pool.forward(maps)),
            Self::GlobalAvgPool(_) => match signal {
                Signal::Map(maps) => Signal::Flat(maps.mean_dim(3).mean_dim(2).flatten(1, 3)),
                flat @ Signal::Flat(_) => flat,
            },
            Self::Flatten(_) => Signal::Flat(signal.flat()),
            Self::BatchNorm(norm) => match signal {
                Signal::Map(maps) => Signal::Map(batch_norm::forward(norm, maps, mode)),
                Signal::Flat(features) => Signal::Flat(batch_norm::forward(norm, features, mode)),
            },
            Self::LayerNorm(norm) => norm.forward(signal),
            Self::Dropout(dropout) => dropout.forward(signal, mode),
            Self::Activation(function) => match signal {
                Signal::Map(maps) => Signal::Map(function.forward(maps)),
                Signal::Flat(features) => Signal::Flat(function.forward(features)),
            },
            Self::Residual(block) => block.forward(signal, mode),
        }
    }
}

fn conv2d(
    channels: [usize; 2],
    kernel: usize,
    stride: usize,
    padding: Padding,
    init: &mut Initializer,
    device: &Device,
) -> Conv2d {
    let [input, filters] = channels;
    let area = kernel * kernel;
    let fan = Fan { input: input * area, output: filters * area };
    let config = Conv2dConfig::new(channels, [kernel, kernel])
        .with_stride([stride, stride])
        .with_padding(match padding {
            Padding::Same => PaddingConfig2d::Same,
            Padding::Valid => PaddingConfig2d::Valid,
        })
        // Drawn below, by our own generator.
        .with_initializer(BurnInitializer::Zeros);
    let mut conv = config.init(device);
    conv.weight = init.weight([filters, input, kernel, kernel], fan, device);
    conv.bias = Some(init.bias(filters, fan, device));
    conv
}

impl Signal {
    fn device(&self) -> Device {
        match self {
            Self::Map(maps) => maps.device(),
            Self::Flat(features) => features.device(),
        }
    }

    pub(super) fn flat(self) -> Tensor<2> {
        match self {
            Self::Map(maps) => maps.flatten(1, 3),
            Self::Flat(features) => features,
        }
    }

    fn on_map(self, function: impl FnOnce(Tensor<4>) -> Tensor<4>) -> Self {
        match self {
            Self::Map(maps) => Self::Map(function(maps)),
            // A spec without problems has no image layer behind a flatten layer.
            flat @ Self::Flat(_) => flat,
        }
    }

    /// Applies a function to the flattened signal and gives it back its shape.
    fn on_flat(self, function: impl FnOnce(Tensor<2>) -> Tensor<2>) -> Self {
        match self {
            Self::Map(maps) => {
                let dims = maps.dims();
                Self::Map(function(maps.flatten(1, 3)).reshape(dims))
            }
            Self::Flat(features) => Self::Flat(function(features)),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Map(a), Self::Map(b)) => Self::Map(a + b),
            (a, b) => Self::Flat(a.flat() + b.flat()),
        }
    }
}

impl LayerNorm {
    fn forward(&self, signal: Signal) -> Signal {
        signal.on_flat(|x| {
            let centred = x.clone() - x.mean_dim(1);
            let variance = (centred.clone() * centred.clone()).mean_dim(1);
            let normal = centred / (variance + EPSILON).sqrt();
            normal * self.gamma.val().unsqueeze() + self.beta.val().unsqueeze()
        })
    }
}

impl Dropout {
    fn forward(&self, signal: Signal, mode: &mut Mode) -> Signal {
        let Mode::Train(rng) = mode else { return signal };
        if self.rate == 0.0 {
            return signal;
        }
        signal.on_flat(|x| {
            let dims = x.dims();
            let kept = (1.0 / (1.0 - self.rate)) as f32;
            // Drawn by the core, so that a seed gives the same masks on every device.
            let mask: Vec<f32> =
                (0..dims[0] * dims[1]).map(|_| if rng.random_bool(self.rate) { 0.0 } else { kept }).collect();
            x.clone() * Tensor::from_data(TensorData::new(mask, dims), &x.device())
        })
    }
}

impl Residual {
    fn forward(&self, signal: Signal, mode: &mut Mode) -> Signal {
        let skip = self.skip(signal.clone());
        through(&self.layers, signal, mode).plus(skip)
    }

    /// What the input is added to the inner layers' output as.
    pub(super) fn skip(&self, signal: Signal) -> Signal {
        match &self.projection {
            Some(projection) => signal.on_map(|maps| kernels::conv2d(projection, maps)),
            None => signal,
        }
    }
}

impl Elementwise {
    fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        match self.function {
            Activation::Relu => kernels::relu(x),
            Activation::LeakyRelu => activation::leaky_relu(x, 0.01),
            Activation::Elu => activation::elu(x, 1.0),
            Activation::Gelu => gelu(x),
            Activation::Silu => activation::silu(x),
            Activation::Sigmoid => activation::sigmoid(x),
            Activation::Tanh => kernels::tanh(x),
        }
    }
}

/// `x Φ(x)`. Burn's own has the slope of its tanh approximation on most devices, which is off in the
/// fourth digit; written out, the slope is that of the function itself.
fn gelu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let twice_phi = (x.clone() * FRAC_1_SQRT_2).erf() + 1.0;
    x * twice_phi * 0.5
}

struct Count(usize);

impl ModuleVisitor for Count {
    fn visit_float<const D: usize>(&mut self, _: &Param<Tensor<D>>) {
        self.0 += 1;
    }
}

/// Sums the penalty over all parameters.
struct Penalty {
    l1: f64,
    l2: f64,
    sum: Option<Tensor<1>>,
}

impl ModuleVisitor for Penalty {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        // Running means of batch normalisation are visited too, but are nothing to keep small.
        if !param.is_require_grad() {
            return;
        }
        let weight = param.val();
        let mut terms = self.sum.take();
        let mut add = |term: Tensor<1>| {
            terms = Some(match terms.take() {
                Some(sum) => sum + term,
                None => term,
            });
        };
        if self.l1 > 0.0 {
            add(weight.clone().abs().sum() * self.l1);
        }
        if self.l2 > 0.0 {
            add((weight.clone() * weight).sum() * (self.l2 / 2.0));
        }
        self.sum = terms;
    }
}
