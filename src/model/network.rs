//! A network built from its spec: one Burn module per layer.

use super::init::Initializer;
use super::shapes::{self, Shape};
use crate::spec::{Activation, LayerSpec, Padding};
use burn::module::{Module, Param};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::{AvgPool2d, AvgPool2dConfig, MaxPool2d, MaxPool2dConfig};
use burn::nn::{Initializer as BurnInitializer, Linear, PaddingConfig2d};
use burn::tensor::{Device, Tensor, activation};

/// A network: its layers in order of computation.
#[derive(Module, Debug)]
pub struct Network {
    layers: Vec<Layer>,
}

/// One layer, ready to compute.
#[derive(Module, Debug)]
enum Layer {
    Dense(Linear),
    Conv2d(Conv2d),
    MaxPool2d(MaxPool2d),
    AvgPool2d(AvgPool2d),
    Flatten(Flatten),
    Activation(Elementwise),
}

/// `[batch, channels, height, width] -> [batch, channels * height * width]`.
#[derive(Module, Debug)]
struct Flatten {}

/// An activation function, the same on every number.
#[derive(Module, Debug)]
struct Elementwise {
    #[module(skip)]
    function: Activation,
}

/// What flows between two layers.
enum Signal {
    /// `[batch, channels, height, width]`.
    Map(Tensor<4>),
    /// `[batch, features]`.
    Flat(Tensor<2>),
}

impl Network {
    /// Builds the layers and draws their initial weights. The spec must be free of problems; a
    /// layer that does not fit ends the network there.
    pub fn new(layers: &[LayerSpec], input: Shape, seed: u64, device: &Device) -> Self {
        let mut initializer = Initializer::new(seed);
        let inputs = std::iter::once(input).chain(shapes::walk(layers, input).0);
        let layers = layers
            .iter()
            .zip(inputs)
            .map(|(layer, input)| Layer::new(layer, input, &mut initializer, device))
            .collect();
        Self { layers }
    }

    /// The logits of a batch: `[batch, channels, height, width] -> [batch, classes]`.
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        let logits = self.layers.iter().fold(Signal::Map(images), |signal, layer| layer.forward(signal));
        logits.flat()
    }
}

impl Layer {
    fn new(layer: &LayerSpec, input: Shape, init: &mut Initializer, device: &Device) -> Self {
        match layer {
            LayerSpec::Dense { units } => {
                let (fan_in, units) = (input.size(), units.get());
                Self::Dense(Linear {
                    weight: Param::from_tensor(init.uniform([fan_in, units], fan_in, device)),
                    bias: Some(Param::from_tensor(init.uniform([units], fan_in, device))),
                })
            }
            LayerSpec::Conv2d { filters, kernel, stride, padding } => {
                let channels = match input {
                    Shape::Map { channels, .. } => channels,
                    Shape::Flat { features } => features,
                };
                let (filters, kernel, stride) = (filters.get(), kernel.get(), stride.get());
                let fan_in = channels * kernel * kernel;
                let config = Conv2dConfig::new([channels, filters], [kernel, kernel])
                    .with_stride([stride, stride])
                    .with_padding(match padding {
                        Padding::Same => PaddingConfig2d::Same,
                        Padding::Valid => PaddingConfig2d::Valid,
                    })
                    .with_initializer(BurnInitializer::Zeros);
                let mut conv = config.init(device);
                let shape = [filters, channels, kernel, kernel];
                conv.weight = Param::from_tensor(init.uniform(shape, fan_in, device));
                conv.bias = Some(Param::from_tensor(init.uniform([filters], fan_in, device)));
                Self::Conv2d(conv)
            }
            LayerSpec::MaxPool2d { size, stride } => {
                Self::MaxPool2d(MaxPool2dConfig::new([size.get(); 2]).with_strides([stride.get(); 2]).init())
            }
            LayerSpec::AvgPool2d { size, stride } => {
                Self::AvgPool2d(AvgPool2dConfig::new([size.get(); 2]).with_strides([stride.get(); 2]).init())
            }
            LayerSpec::Flatten => Self::Flatten(Flatten {}),
            LayerSpec::Activation { function } => Self::Activation(Elementwise { function: *function }),
        }
    }

    fn forward(&self, signal: Signal) -> Signal {
        match self {
            Self::Dense(linear) => Signal::Flat(linear.forward(signal.flat())),
            Self::Conv2d(conv) => signal.on_map(|maps| conv.forward(maps)),
            Self::MaxPool2d(pool) => signal.on_map(|maps| pool.forward(maps)),
            Self::AvgPool2d(pool) => signal.on_map(|maps| pool.forward(maps)),
            Self::Flatten(_) => Signal::Flat(signal.flat()),
            Self::Activation(function) => match signal {
                Signal::Map(maps) => Signal::Map(function.forward(maps)),
                Signal::Flat(features) => Signal::Flat(function.forward(features)),
            },
        }
    }
}

impl Signal {
    fn flat(self) -> Tensor<2> {
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
}

impl Elementwise {
    fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        match self.function {
            Activation::Relu => activation::relu(x),
            Activation::LeakyRelu => activation::leaky_relu(x, 0.01),
            Activation::Elu => activation::elu(x, 1.0),
            Activation::Gelu => activation::gelu(x),
            Activation::Silu => activation::silu(x),
            Activation::Sigmoid => activation::sigmoid(x),
            Activation::Tanh => activation::tanh(x),
        }
    }
}
