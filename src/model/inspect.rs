//! What a network sees in one image: the output of every layer, the class probabilities, and which
//! pixels they hang on; and the filters it sees with.

use super::network::{Layer, Mode, Signal};
use super::parameters::{self, Array};
use super::{Network, trace};
use crate::error::{Error, ErrorCode, Result};
use crate::metrics;
use crate::protocol::float32_array;
use crate::say::say;
use burn::module::Module;
use burn::tensor::{Tensor, TensorData, Transaction, activation};
use serde::Serialize;

/// What a network sees in one image.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Inspection {
    /// What each layer of the spec gives; a residual block counts as one.
    pub layers: Vec<LayerActivation>,
    /// `[classes]`, adding up to 1.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub probabilities: Vec<f32>,
    /// The class that `saliency` is of.
    pub class: usize,
    /// `[height * width]`: how strongly each pixel moves the logit of `class`, as the magnitude of
    /// the logit's gradient by the normalised pixel (Simonyan et al., 2013), the largest of its
    /// channels.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub saliency: Vec<f32>,
}

/// What one layer gives for one image.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LayerActivation {
    /// `[features]` or `[channels, height, width]`.
    pub output_shape: Vec<usize>,
    /// As many as the shape multiplies to, channel by channel and row by row.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub values: Vec<f32>,
}

/// The weights of one layer, those of each filter or unit next to each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Filters {
    /// `[filters, channels, kernel, kernel]` of a convolution, `[units, inputs]` of a dense layer.
    pub shape: Vec<usize>,
    /// As many as the shape multiplies to. The inputs of a dense layer behind a flatten layer are
    /// in the order of the map: channel by channel and row by row.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub values: Vec<f32>,
}

/// Looks at the first of `images`, `[rows, channels, height, width]`, normalised; further rows only
/// give the device a shape it knows. Saliency is of `class`, or of the predicted one. The network
/// stays as it is, and works as it does outside training.
///
/// # Errors
///
/// [`ErrorCode::BadData`] where there is no such class; [`ErrorCode::DeviceLost`] where the device
/// does not answer.
pub async fn inspect(network: &Network, images: Tensor<4>, class: Option<usize>) -> Result<Inspection> {
    // Beside a network that does not train, only the pixels get gradients.
    let images = images.autodiff().require_grad();
    let trace = network.valid().trace(images.clone(), &mut Mode::Evaluate);
    let logits = trace.logits;
    let [rows, classes] = logits.dims();
    if let Some(class) = class.filter(|class| *class >= classes) {
        let last = classes.saturating_sub(1);
        let message = say!("There is no class {class}: choose one from 0 to {last}.", class, last);
        return Err(Error::new(ErrorCode::BadData, message));
    }
    let probabilities = activation::softmax(logits.clone().inner(), 1).slice([0..1, 0..classes]);
    let tensors = trace.outputs.into_iter().fold(Transaction::default(), trace::Output::register_first);
    let mut read = parameters::read_back(tensors.register(probabilities)).await?;
    let probabilities = read.pop().map(|array| array.values).unwrap_or_default();
    let layers = read
        .into_iter()
        .map(|Array { shape, values }| LayerActivation { output_shape: shape[1..].to_vec(), values })
        .collect();
    let class = class.unwrap_or_else(|| metrics::predicted(&probabilities));
    let saliency = saliency(&images, logits, rows, class).await?;
    Ok(Inspection { layers, probabilities, class, saliency })
}

/// Magnitudes of the gradient of one logit of the first image by its pixels.
async fn saliency(images: &Tensor<4>, logits: Tensor<2>, rows: usize, class: usize) -> Result<Vec<f32>> {
    let [_, channels, height, width] = images.dims();
    let classes = logits.dims()[1];
    let mut chosen = vec![0.0f32; rows * classes];
    chosen[class] = 1.0;
    let chosen = Tensor::from_data(TensorData::new(chosen, [rows, classes]), &logits.device());
    let gradients = (logits * chosen).sum().backward();
    let Some(gradient) = images.grad(&gradients) else { return Ok(vec![0.0; height * width]) };
    let gradient = gradient.slice([0..1, 0..channels, 0..height, 0..width]).abs().max_dim(1);
    let read = parameters::read_back(Transaction::default().register(gradient)).await?;
    Ok(read.into_iter().next().map(|array| array.values).unwrap_or_default())
}

impl trace::Output {
    /// Asks for the output of the first image, `[1, ...]`.
    fn register_first(tensors: Transaction, output: Self) -> Transaction {
        match output.signal {
            Signal::Map(maps) => {
                let [_, channels, height, width] = maps.dims();
                tensors.register(maps.inner().slice([0..1, 0..channels, 0..height, 0..width]))
            }
            Signal::Flat(features) => {
                let [_, count] = features.dims();
                tensors.register(features.inner().slice([0..1, 0..count]))
            }
        }
    }
}

/// The weights of the layer with this index in the spec, of a residual block those of its first
/// layer that has any; none where there are no weights, or no such layer.
///
/// # Errors
///
/// [`ErrorCode::DeviceLost`] where the device does not answer.
pub async fn filters(network: &Network, layer: usize) -> Result<Option<Filters>> {
    let Some(weights) = network.layers.get(layer).and_then(register_weights) else { return Ok(None) };
    let read = parameters::read_back(weights).await?.into_iter().next();
    Ok(read.map(|Array { shape, values }| Filters { shape, values }))
}

fn register_weights(layer: &Layer) -> Option<Transaction> {
    let register = Transaction::default();
    match layer {
        Layer::Dense(linear) => Some(register.register(linear.weight.val().inner().transpose())),
        Layer::Conv2d(conv) => Some(register.register(conv.weight.val().inner())),
        Layer::Residual(block) => block.layers.iter().find_map(register_weights),
        Layer::MaxPool2d(_)
        | Layer::AvgPool2d(_)
        | Layer::GlobalAvgPool(_)
        | Layer::Flatten(_)
        | Layer::BatchNorm(_)
        | Layer::LayerNorm(_)
        | Layer::Dropout(_)
        | Layer::Activation(_) => None,
    }
}

#[cfg(test)]
mod tests;
