//! What a run is: the network, the recipe and the data, as plain values.
//!
//! A [`RunSpec`] is what the page's controls, a URL or a spec file say. It may be wrong in any way
//! a person can be wrong; [`validate`] is the only place that decides, and it finds every problem
//! at once, each with the field it belongs to, so that the page can show it beside the control.
//! All limits and defaults live here and flow to the page through `www/src/generated`.

mod limits;
mod presets;
mod validate;

pub use limits::{LIMITS, Limits, Range, Scale};
pub use presets::Preset;
pub(crate) use validate::Checker;
pub use validate::{Problem, ProblemCode, validate, validate_changes};

use crate::model::shapes::Shape;
use serde::{Deserialize, Serialize};

/// A number that must be whole, exactly as it was given.
///
/// Kept as a float until [`validate`] has seen it, so that 12.5 units or `NaN` epochs become a
/// sentence beside the control instead of a parse error without an address.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Count(pub f64);

impl Count {
    /// The count as an integer; exact once [`validate`] has passed the spec that holds it.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for Count {
    fn from(value: usize) -> Self {
        Self(value as f64)
    }
}

/// Everything that defines a run. Two runs of equal spec on the same build give the same numbers
/// on the CPU.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RunSpec {
    /// The network.
    pub model: ModelSpec,
    /// How it is trained.
    pub train: TrainSpec,
    /// What it is trained on.
    pub data: DataSpec,
}

/// A network as the list of its layers, from the image to the logits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ModelSpec {
    /// In order of computation. The last one must be dense with one unit per class.
    pub layers: Vec<LayerSpec>,
}

/// One layer of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum LayerSpec {
    /// Fully connected: `[in] -> [units]`, with bias.
    Dense {
        /// Output features.
        units: Count,
    },
    /// 2-D convolution with bias: `[channels, height, width] -> [filters, height', width']`.
    Conv2d {
        /// Output channels.
        filters: Count,
        /// Side of the square kernel, in pixels.
        kernel: Count,
        /// Pixels between two applications of the kernel.
        stride: Count,
        /// What happens at the border.
        padding: Padding,
    },
    /// Maximum over square windows; no padding, an incomplete last window is dropped.
    MaxPool2d {
        /// Side of the window, in pixels.
        size: Count,
        /// Pixels between two windows.
        stride: Count,
    },
    /// Average over square windows; no padding, an incomplete last window is dropped.
    AvgPool2d {
        /// Side of the window, in pixels.
        size: Count,
        /// Pixels between two windows.
        stride: Count,
    },
    /// `[channels, height, width] -> [channels * height * width]`.
    Flatten,
    /// An element-wise non-linearity.
    Activation {
        /// Which one.
        function: Activation,
    },
}

/// How a convolution treats the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Padding {
    /// Zeros around the image, so that stride 1 keeps its size.
    Same,
    /// No padding: the image shrinks by `kernel - 1`.
    Valid,
}

/// Element-wise non-linearities, with the field's usual constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Activation {
    /// `max(0, x)`.
    Relu,
    /// `x` above zero, `0.01 x` below.
    LeakyRelu,
    /// `x` above zero, `exp(x) - 1` below.
    Elu,
    /// `x Φ(x)` with the exact normal distribution function.
    Gelu,
    /// `x sigmoid(x)`.
    Silu,
    /// `1 / (1 + exp(-x))`.
    Sigmoid,
    /// Hyperbolic tangent.
    Tanh,
}

/// The training recipe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrainSpec {
    /// Which rule turns gradients into updates.
    pub optimizer: OptimizerSpec,
    /// Step size of the optimizer.
    pub learning_rate: f64,
    /// Images per step.
    pub batch_size: Count,
    /// Passes over the training images.
    pub epochs: Count,
    /// Seeds the initial weights, the validation split and the shuffles.
    pub seed: Count,
}

/// The optimizer and its own parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum OptimizerSpec {
    /// Stochastic gradient descent; `momentum` 0 is the plain rule.
    Sgd {
        /// Share of the previous update that is kept, 0 up to but not 1.
        momentum: f64,
    },
    /// Adam (Kingma and Ba, 2015).
    Adam {
        /// Decay of the mean of gradients.
        beta1: f64,
        /// Decay of the mean of squared gradients.
        beta2: f64,
        /// Added to the denominator.
        epsilon: f64,
    },
}

/// What the network learns from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DataSpec {
    /// Which images.
    pub dataset: DatasetName,
    /// How many of the training images are held out for validation, the same share of each class.
    pub validation_images: Count,
    /// How pixels become numbers.
    pub normalization: Normalization,
}

/// The data sets that come with the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum DatasetName {
    /// Handwritten digits: 60,000 training and 10,000 test images of 28x28 grey pixels.
    Mnist,
}

impl DatasetName {
    /// How many classes it has.
    pub fn classes(self) -> usize {
        match self {
            Self::Mnist => 10,
        }
    }

    /// How many training images it has, before any are held out for validation.
    pub fn training_images(self) -> usize {
        match self {
            Self::Mnist => 60_000,
        }
    }

    /// The shape of an image: one grey channel.
    pub fn image_shape(self) -> Shape {
        match self {
            Self::Mnist => Shape::Map { channels: 1, height: 28, width: 28 },
        }
    }
}

/// How the bytes of an image become the network's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Normalization {
    /// Bytes as they are, 0 to 255.
    None,
    /// Divided by 255, so 0 to 1.
    Unit,
    /// Zero to one, then `(x - 0.5) / 0.5`, so -1 to 1.
    Half,
    /// Zero to one, then MNIST's own mean and standard deviation: `(x - 0.1307) / 0.3081`.
    MeanStd,
}

impl Normalization {
    /// `(scale, shift)` such that the input is `byte * scale + shift`.
    pub fn affine(self) -> (f32, f32) {
        let (mean, std) = match self {
            Self::None => return (1.0, 0.0),
            Self::Unit => (0.0, 1.0),
            Self::Half => (0.5, 0.5),
            Self::MeanStd => (0.1307, 0.3081),
        };
        (1.0 / (255.0 * std), -mean / std)
    }
}

/// What may change while a run goes on; absent fields stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Changes {
    /// Acts from the next step on.
    pub learning_rate: Option<f64>,
    /// May not be fewer than have been trained already.
    pub epochs: Option<Count>,
}
