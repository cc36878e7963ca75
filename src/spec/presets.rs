//! Named starting points.

use super::{
    Activation, DataSpec, DatasetName, Decay, Initializer, LayerSpec, ModelSpec, Normalization,
    OptimizerSpec, Padding, Regularization, RunSpec, ScheduleSpec, TrainSpec,
};
use crate::data::augment::AugmentSpec;
use crate::data::sabotage::SabotageSpec;
use serde::{Deserialize, Serialize};

/// A complete spec with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Preset {
    /// 784-128-64-10 with ReLU.
    #[serde(rename = "MLP")]
    Mlp,
    /// Two 3x3 convolutions, each with ReLU and pooling, then dense 128-64-10.
    #[serde(rename = "CNN")]
    Cnn,
}

impl Preset {
    /// In the order the page lists them.
    pub const ALL: [Self; 2] = [Self::Mlp, Self::Cnn];

    /// The spec the name stands for.
    pub fn spec(self) -> RunSpec {
        let layers = match self {
            Self::Mlp => vec![flatten(), dense(128), relu(), dense(64), relu(), dense(10)],
            Self::Cnn => vec![
                conv(32),
                relu(),
                max_pool(),
                conv(64),
                relu(),
                max_pool(),
                flatten(),
                dense(128),
                relu(),
                dense(64),
                relu(),
                dense(10),
            ],
        };
        RunSpec {
            model: ModelSpec { layers, initializer: Initializer::Pytorch },
            train: TrainSpec {
                optimizer: OptimizerSpec::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
                learning_rate: 1e-3,
                batch_size: 64.into(),
                epochs: match self {
                    Self::Mlp => 10.into(),
                    Self::Cnn => 5.into(),
                },
                seed: 1.into(),
                schedule: ScheduleSpec { warmup_epochs: 0.0, decay: Decay::Constant },
                regularization: Regularization::default(),
                early_stopping: None,
            },
            data: DataSpec {
                dataset: DatasetName::Mnist,
                validation_images: 5000.into(),
                normalization: Normalization::MeanStd,
                augmentation: AugmentSpec::default(),
                sabotage: SabotageSpec::default(),
            },
        }
    }
}

impl OptimizerSpec {
    /// Every optimizer with its usual parameters, in the order the page lists them.
    pub fn usual() -> [Self; 5] {
        let (beta1, beta2, epsilon) = (0.9, 0.999, 1e-8);
        [
            Self::Adam { beta1, beta2, epsilon },
            Self::AdamW { beta1, beta2, epsilon, weight_decay: 0.01 },
            Self::Sgd { momentum: 0.9, nesterov: false },
            Self::RmsProp { alpha: 0.99, momentum: 0.0, epsilon },
            Self::Adagrad { epsilon: 1e-10 },
        ]
    }
}

impl Decay {
    /// Every schedule with its usual parameters, in the order the page lists them.
    pub fn usual() -> [Self; 6] {
        [
            Self::Constant,
            Self::Cosine,
            Self::OneCycle { rise: 0.3 },
            Self::Step { every: 1.into(), factor: 0.5 },
            Self::Exponential { factor: 0.7 },
            Self::OnPlateau { factor: 0.1, patience: 1.into() },
        ]
    }
}

impl Initializer {
    /// Every initializer with its usual parameters, in the order the page lists them.
    pub fn usual() -> [Self; 7] {
        [
            Self::Pytorch,
            Self::KaimingUniform,
            Self::KaimingNormal,
            Self::XavierUniform,
            Self::XavierNormal,
            Self::Normal { std: 0.05 },
            Self::Zeros,
        ]
    }
}

fn dense(units: usize) -> LayerSpec {
    LayerSpec::Dense { units: units.into() }
}

fn conv(filters: usize) -> LayerSpec {
    LayerSpec::Conv2d { filters: filters.into(), kernel: 3.into(), stride: 1.into(), padding: Padding::Same }
}

fn max_pool() -> LayerSpec {
    LayerSpec::MaxPool2d { size: 2.into(), stride: 2.into() }
}

fn relu() -> LayerSpec {
    LayerSpec::Activation { function: Activation::Relu }
}

fn flatten() -> LayerSpec {
    LayerSpec::Flatten
}
