//! What can be seen of a network's layers while it computes: the output of each, and how far its
//! ReLUs rise; and what each has learned.

use super::Network;
use super::network::{Layer, Mode, Signal};
use crate::spec::Activation;
use burn::module::{Module, ModuleVisitor};
use burn::tensor::Tensor;

/// One forward pass with nothing thrown away.
pub(crate) struct Trace {
    /// One for each layer of the spec, in order.
    pub(crate) outputs: Vec<Output>,
    /// `[batch, classes]`, what [`Network::forward`] gives.
    pub(crate) logits: Tensor<2>,
}

/// What a layer gives for a batch.
pub(crate) struct Output {
    pub(super) signal: Signal,
    /// Of the layers within a residual block; none for any other layer.
    inner: Vec<Output>,
}

impl Network {
    /// Computes as [`forward`](Self::forward) does, to the bit, and keeps the output of every layer.
    pub(crate) fn trace(&self, images: Tensor<4>, mode: &mut Mode) -> Trace {
        let outputs = trace(&self.layers, Signal::Map(images.clone()), mode);
        let last = outputs.last().map_or(Signal::Map(images), |last| last.signal.clone());
        Trace { outputs, logits: last.flat() }
    }

    /// For each layer the peaks of its ReLUs, none for most: of every unit (a feature of a vector,
    /// a channel of a map) the largest output of the batch, `[1, units]`, away from training. A
    /// unit without a peak above zero is dead for this batch.
    pub(crate) fn relu_peaks(&self, trace: &Trace) -> Vec<Vec<Tensor<2>>> {
        let of_layer = |(layer, output)| {
            let mut peaks = Vec::new();
            relu_peaks(layer, output, &mut peaks);
            peaks
        };
        self.layers.iter().zip(&trace.outputs).map(of_layer).collect()
    }

    /// Shows a visitor made for each layer what that layer learns, and returns them all: weights,
    /// biases, scales and shifts, but no running means.
    pub(crate) fn visit_layers<V: ModuleVisitor>(&self, visitor: impl Fn() -> V) -> Vec<V> {
        let visited = |layer| {
            let mut visitor = visitor();
            visit(layer, &mut visitor);
            visitor
        };
        self.layers.iter().map(visited).collect()
    }
}

fn trace(layers: &[Layer], mut signal: Signal, mode: &mut Mode) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(layers.len());
    for layer in layers {
        let output = layer.trace(signal, mode);
        signal = output.signal.clone();
        outputs.push(output);
    }
    outputs
}

impl Layer {
    fn trace(&self, input: Signal, mode: &mut Mode) -> Output {
        let Self::Residual(block) = self else {
            return Output { signal: self.forward(input, mode), inner: Vec::new() };
        };
        let skip = block.skip(input.clone());
        let inner = trace(&block.layers, input.clone(), mode);
        let through = inner.last().map_or(input, |last| last.signal.clone());
        Output { signal: through.plus(skip), inner }
    }
}

fn relu_peaks(layer: &Layer, output: &Output, peaks: &mut Vec<Tensor<2>>) {
    match layer {
        Layer::Activation(elementwise) if elementwise.function == Activation::Relu => {
            peaks.push(output.signal.peaks());
        }
        Layer::Residual(block) => {
            for (layer, output) in block.layers.iter().zip(&output.inner) {
                relu_peaks(layer, output, peaks);
            }
        }
        _ => {}
    }
}

fn visit(layer: &Layer, visitor: &mut impl ModuleVisitor) {
    match layer {
        Layer::Dense(linear) => linear.visit(visitor),
        Layer::Conv2d(conv) => conv.visit(visitor),
        Layer::BatchNorm(norm) => {
            norm.gamma.visit(visitor);
            norm.beta.visit(visitor);
        }
        Layer::LayerNorm(norm) => norm.visit(visitor),
        Layer::Residual(block) => {
            block.layers.iter().for_each(|layer| visit(layer, visitor));
            block.projection.visit(visitor);
        }
        Layer::MaxPool2d(_)
        | Layer::AvgPool2d(_)
        | Layer::GlobalAvgPool(_)
        | Layer::Flatten(_)
        | Layer::Dropout(_)
        | Layer::Activation(_) => {}
    }
}

impl Signal {
    /// The largest number of each feature or channel, over images and positions: `[1, units]`.
    fn peaks(&self) -> Tensor<2> {
        match self.clone() {
            Self::Map(maps) => {
                let [images, channels, height, width] = maps.dims();
                let peaks = maps.inner().reshape([images, channels, height * width]).max_dim(2);
                peaks.reshape([images, channels]).max_dim(0)
            }
            Self::Flat(features) => features.inner().max_dim(0),
        }
    }
}
