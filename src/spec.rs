//! What a run is: the network, the recipe and the data, as plain values.
//!
//! A [`RunSpec`] is what the page's controls, a URL or a spec file say. It may be wrong in any way
//! a person can be wrong; [`validate`] is the only place that decides, and it finds every problem
//! at once, each with the field it belongs to, so that the page can show it beside the control.
//! All limits and defaults live here and flow to the page through `www/src/generated`.

mod dataset;
mod limits;
mod presets;
pub mod search;
mod validate;

pub use dataset::DatasetSpec;
pub use limits::{LIMITS, Limits, Range, Scale};
pub use presets::Preset;
pub(crate) use validate::Checker;
pub use validate::{Problem, ProblemCode, validate, validate_changes};

use crate::data::augment::AugmentSpec;
use crate::data::sabotage::SabotageSpec;
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

/// Everything that defines a run. On the CPU two runs of equal spec give the same numbers: on the same build,
/// and, with relaxed SIMD, on processors that round alike; in as many threads.
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
    /// How the weights are drawn before training.
    pub initializer: Initializer,
}

/// How initial weights are drawn. `fan_in` and `fan_out` count a weight's inputs and outputs, a
/// convolution's kernel area included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Initializer {
    /// PyTorch's default for dense layers and convolutions: uniform within `±1 / sqrt(fan_in)`,
    /// the biases too. With every other initializer biases start at zero.
    Pytorch,
    /// Uniform within `±sqrt(6 / fan_in)` (He et al., 2015), made for ReLU.
    KaimingUniform,
    /// Normal with standard deviation `sqrt(2 / fan_in)` (He et al., 2015), made for ReLU.
    KaimingNormal,
    /// Uniform within `±sqrt(6 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
    XavierUniform,
    /// Normal with standard deviation `sqrt(2 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
    XavierNormal,
    /// All zero: no unit differs from its neighbour, and none ever will.
    Zeros,
    /// Normal with one standard deviation for every layer.
    Normal {
        /// The standard deviation.
        std: f64,
    },
}

/// One layer of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
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
    /// Average over the whole map: `[channels, height, width] -> [channels]`.
    GlobalAvgPool,
    /// `[channels, height, width] -> [channels * height * width]`.
    Flatten,
    /// Batch normalisation (Ioffe and Szegedy, 2015) over each channel of a map or each feature of
    /// a vector, with learned scale and shift; epsilon 1e-5, running means with momentum 0.1.
    BatchNorm,
    /// Layer normalisation (Ba et al., 2016) over all numbers of one image, with learned scale and
    /// shift; epsilon 1e-5.
    LayerNorm,
    /// While training, sets a random share of the numbers to zero and scales up the others.
    Dropout {
        /// The share, 0 up to but not 1.
        rate: f64,
    },
    /// Adds its input to what its inner layers make of it (He et al., 2016).
    Residual {
        /// Between the two ends of the skip connection; no activation follows the sum by itself.
        layers: Vec<LayerSpec>,
        /// Bring the input to the inner layers' output shape by a 1x1 convolution where they
        /// differ.
        projection: bool,
    },
    /// An element-wise non-linearity.
    Activation {
        /// Which one.
        function: Activation,
    },
}

impl LayerSpec {
    /// Whether it has numbers that training changes.
    pub fn has_weights(&self) -> bool {
        match self {
            Self::Dense { .. } | Self::Conv2d { .. } | Self::BatchNorm | Self::LayerNorm => true,
            Self::Residual { layers, .. } => layers.iter().any(Self::has_weights),
            Self::MaxPool2d { .. }
            | Self::AvgPool2d { .. }
            | Self::GlobalAvgPool
            | Self::Flatten
            | Self::Dropout { .. }
            | Self::Activation { .. } => false,
        }
    }
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
    /// Seeds the initial weights, the validation split, the shuffles and dropout.
    pub seed: Count,
    /// How the learning rate changes over the run.
    pub schedule: ScheduleSpec,
    /// What keeps the weights small and the outputs humble.
    pub regularization: Regularization,
    /// Layers that stay as they are, by their index: for a run that starts from another's weights.
    pub frozen: Vec<Count>,
    /// When to stop before all epochs are trained, if at all.
    pub early_stopping: Option<EarlyStopping>,
}

/// The learning rate over a run, as factors of [`TrainSpec::learning_rate`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScheduleSpec {
    /// Epochs over which the rate first rises linearly from zero; may be a fraction.
    pub warmup_epochs: f64,
    /// What follows.
    pub decay: Decay,
}

/// How the learning rate falls.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Decay {
    /// Not at all.
    Constant,
    /// Multiplied by `factor` after every so many epochs.
    Step {
        /// Epochs between two falls.
        every: Count,
        /// What is left at each.
        factor: f64,
    },
    /// Multiplied by `factor` after every epoch, smoothly within it.
    Exponential {
        /// What is left after an epoch.
        factor: f64,
    },
    /// Half a cosine from the full rate down to zero at the end of the run (Loshchilov and Hutter,
    /// 2017, without restarts).
    Cosine,
    /// Up from 1/25 of the rate and down to 1/250,000 of it, both along half a cosine (Smith and
    /// Topin, 2018, in the form and with the defaults of PyTorch's `OneCycleLR`).
    OneCycle {
        /// Share of the run that the rise takes.
        rise: f64,
    },
    /// Multiplied by `factor` once the validation loss at the end of an epoch has not improved for
    /// `patience` epochs.
    OnPlateau {
        /// What is left.
        factor: f64,
        /// Epochs without improvement that are put up with.
        patience: Count,
    },
}

/// What is added to the loss, or to the targets, to keep the network from learning by heart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Regularization {
    /// Times the sum of absolute parameters, added to the loss.
    pub l1: f64,
    /// Times half the sum of squared parameters, added to the loss.
    pub l2: f64,
    /// Share of each target that is spread evenly over all classes (Szegedy et al., 2016).
    pub label_smoothing: f64,
    /// Longest Euclidean length of all gradients together; 0 for no limit.
    pub clip_norm: f64,
}

/// Stopping once the validation loss no longer falls, and going back to the best weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EarlyStopping {
    /// Epochs without improvement that are put up with.
    pub patience: Count,
}

/// The optimizer and its own parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum OptimizerSpec {
    /// Stochastic gradient descent; `momentum` 0 is the plain rule.
    Sgd {
        /// Share of the previous update that is kept, 0 up to but not 1.
        momentum: f64,
        /// Look ahead along the momentum before the gradient is used (Nesterov).
        nesterov: bool,
    },
    /// RMSprop (Tieleman and Hinton, 2012), not centred.
    RmsProp {
        /// Decay of the mean of squared gradients.
        alpha: f64,
        /// Share of the previous update that is kept.
        momentum: f64,
        /// Added to the denominator.
        epsilon: f64,
    },
    /// Adagrad (Duchi et al., 2011), without decay of the learning rate.
    Adagrad {
        /// Added to the denominator.
        epsilon: f64,
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
    /// Adam with decoupled weight decay (Loshchilov and Hutter, 2019).
    AdamW {
        /// Decay of the mean of gradients.
        beta1: f64,
        /// Decay of the mean of squared gradients.
        beta2: f64,
        /// Added to the denominator.
        epsilon: f64,
        /// Share of each weight that is taken away per unit of learning rate.
        weight_decay: f64,
    },
    /// Lion (Chen et al., 2023): steps of one size, by the sign of the mean of gradients.
    Lion {
        /// Weight of the mean of gradients against the newest one, for the step.
        beta1: f64,
        /// Decay of the mean of gradients.
        beta2: f64,
        /// Share of each weight that is taken away per unit of learning rate.
        weight_decay: f64,
    },
}

/// What the network learns from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DataSpec {
    /// Which images.
    pub dataset: DatasetSpec,
    /// How many of the training images are held out for validation, the same share of each class.
    pub validation_images: Count,
    /// How pixels become numbers.
    pub normalization: Normalization,
    /// How training images are distorted, anew in every epoch.
    pub augmentation: AugmentSpec,
    /// How the training set is spoiled, to see what bad data does.
    pub sabotage: SabotageSpec,
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
    /// Zero to one, then the data set's own mean and standard deviation: `(x - 0.1307) / 0.3081` for
    /// MNIST.
    MeanStd,
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
