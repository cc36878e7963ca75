//! Every range a value of a spec may lie in. The page draws its sliders from these same constants.

use crate::data::augment::{AUGMENT_LIMITS, AugmentLimits};
use crate::data::corrupt::SEVERITY;
use crate::data::import::{CLASSES, MOST_IMAGES};
use crate::data::sabotage::{SABOTAGE_LIMITS, SabotageLimits};
use serde::{Deserialize, Serialize};

/// How a slider spreads a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal factors.
    Log,
}

/// The inclusive range of one value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Range {
    /// Smallest allowed value.
    pub min: f64,
    /// Largest allowed value.
    pub max: f64,
    /// Where the slider starts, although smaller values can be typed.
    pub slider_min: f64,
    /// Where the slider ends, although larger values can be typed.
    pub slider_max: f64,
    /// How a slider spreads the range.
    pub scale: Scale,
    /// Whether only whole numbers make sense.
    pub whole: bool,
}

const fn whole(min: f64, max: f64, slider_max: f64, scale: Scale) -> Range {
    Range { min, max, slider_min: min, slider_max, scale, whole: true }
}

const fn real(min: f64, max: f64, slider_min: f64, slider_max: f64, scale: Scale) -> Range {
    Range { min, max, slider_min, slider_max, scale, whole: false }
}

/// The table of all limits.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Limits {
    /// Number of layers.
    pub layers: Range,
    /// Units of a dense layer.
    pub units: Range,
    /// Filters of a convolution.
    pub filters: Range,
    /// Side of a convolution's kernel.
    pub kernel: Range,
    /// Side of a pooling window.
    pub pool: Range,
    /// Stride of a convolution or a pooling window.
    pub stride: Range,
    /// Trainable numbers in the whole network.
    pub parameters: Range,
    /// Estimated bytes a training step holds.
    pub memory_bytes: Range,
    /// Learning rate.
    pub learning_rate: Range,
    /// Images per step.
    pub batch_size: Range,
    /// Passes over the training images.
    pub epochs: Range,
    /// Threads that share a batch.
    pub threads: Range,
    /// Random seed.
    pub seed: Range,
    /// Momentum of SGD and RMSprop.
    pub momentum: Range,
    /// A decay of running means, as in Adam and RMSprop.
    pub beta: Range,
    /// The number added to a denominator.
    pub epsilon: Range,
    /// Decoupled weight decay.
    pub weight_decay: Range,
    /// Rate of dropout.
    pub dropout: Range,
    /// Standard deviation of initial weights.
    pub initial_std: Range,
    /// Epochs of linear warm-up.
    pub warmup_epochs: Range,
    /// What is left of the learning rate at a fall.
    pub decay_factor: Range,
    /// Epochs between two falls of the learning rate.
    pub decay_every: Range,
    /// Share of a one-cycle schedule that the rise takes.
    pub rise: Range,
    /// Epochs without improvement that are put up with.
    pub patience: Range,
    /// Either penalty on the parameters.
    pub penalty: Range,
    /// Label smoothing.
    pub label_smoothing: Range,
    /// Longest gradient.
    pub clip_norm: Range,
    /// Classes of an own data set.
    pub classes: Range,
    /// Training images of an own data set.
    pub training_images: Range,
    /// Test images of an own data set.
    pub test_images: Range,
    /// Mean of all pixels, with white as 1.
    pub pixel_mean: Range,
    /// Standard deviation of all pixels, with white as 1.
    pub pixel_deviation: Range,
    /// Images held out for validation.
    pub validation_images: Range,
    /// Trials of a search.
    pub trials: Range,
    /// Values of a range on the grid of a search.
    pub search_values: Range,
    /// Factor by which a search scales units or filters.
    pub width_scale: Range,
    /// Severity of a corruption.
    pub severity: Range,
    /// Distortions of training images.
    pub augmentation: AugmentLimits,
    /// Spoiling of the training set.
    pub sabotage: SabotageLimits,
}

/// The limits of every spec.
///
/// Units, filters, parameters and memory are bounded by what a phone's browser tab can hold; the
/// rest by what makes sense.
pub const LIMITS: Limits = Limits {
    layers: whole(1.0, 40.0, 40.0, Scale::Linear),
    units: whole(1.0, 4096.0, 1024.0, Scale::Log),
    filters: whole(1.0, 256.0, 128.0, Scale::Log),
    kernel: whole(1.0, 11.0, 7.0, Scale::Linear),
    pool: whole(1.0, 8.0, 4.0, Scale::Linear),
    stride: whole(1.0, 8.0, 4.0, Scale::Linear),
    parameters: whole(0.0, 2e7, 2e7, Scale::Log),
    memory_bytes: whole(0.0, 1.5e9, 1.5e9, Scale::Log),
    learning_rate: real(1e-6, 10.0, 1e-5, 1.0, Scale::Log),
    batch_size: whole(1.0, 1024.0, 512.0, Scale::Log),
    epochs: whole(1.0, 1000.0, 50.0, Scale::Log),
    threads: whole(1.0, 8.0, 8.0, Scale::Linear),
    seed: whole(0.0, 4_294_967_295.0, 100.0, Scale::Linear),
    momentum: real(0.0, 0.999, 0.0, 0.99, Scale::Linear),
    beta: real(0.0, 0.9999, 0.5, 0.9999, Scale::Linear),
    epsilon: real(1e-12, 1e-1, 1e-10, 1e-2, Scale::Log),
    weight_decay: real(0.0, 10.0, 0.0, 0.5, Scale::Linear),
    dropout: real(0.0, 0.95, 0.0, 0.9, Scale::Linear),
    initial_std: real(1e-6, 10.0, 1e-4, 1.0, Scale::Log),
    warmup_epochs: real(0.0, 1000.0, 0.0, 10.0, Scale::Linear),
    decay_factor: real(1e-3, 1.0, 0.01, 1.0, Scale::Linear),
    decay_every: whole(1.0, 1000.0, 20.0, Scale::Linear),
    rise: real(0.01, 0.99, 0.05, 0.95, Scale::Linear),
    patience: whole(0.0, 1000.0, 20.0, Scale::Linear),
    penalty: real(0.0, 10.0, 0.0, 0.1, Scale::Linear),
    label_smoothing: real(0.0, 0.9, 0.0, 0.5, Scale::Linear),
    clip_norm: real(0.0, 1e6, 0.0, 10.0, Scale::Linear),
    classes: whole(*CLASSES.start() as f64, *CLASSES.end() as f64, *CLASSES.end() as f64, Scale::Linear),
    training_images: whole(10.0, MOST_IMAGES as f64, MOST_IMAGES as f64, Scale::Log),
    test_images: whole(1.0, MOST_IMAGES as f64, MOST_IMAGES as f64, Scale::Log),
    pixel_mean: real(0.0, 1.0, 0.0, 1.0, Scale::Linear),
    // No set of bytes deviates by more than a half, and one that hardly does would be divided by nothing.
    pixel_deviation: real(0.01, 0.5, 0.01, 0.5, Scale::Linear),
    validation_images: Range { min: 1.0, ..whole(100.0, 20_000.0, 20_000.0, Scale::Linear) },
    trials: whole(1.0, 64.0, 64.0, Scale::Log),
    search_values: whole(2.0, 64.0, 12.0, Scale::Linear),
    width_scale: real(1.0 / 64.0, 64.0, 0.125, 8.0, Scale::Log),
    severity: SEVERITY,
    augmentation: AUGMENT_LIMITS,
    sabotage: SABOTAGE_LIMITS,
};
