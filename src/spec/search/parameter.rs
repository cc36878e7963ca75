//! What a search can sweep, and how each of it gets into a spec.

use crate::say::{Sentence, in_digits, say};
use crate::spec::{
    Activation, Checker, Count, Decay, Initializer, LIMITS, LayerSpec, Normalization, OptimizerSpec,
    ProblemCode, Range, RunSpec,
};
use serde::{Deserialize, Serialize};

/// A setting that a search sweeps.
///
/// The order is that in which a trial's choices are made: a momentum is set after the optimizer it
/// belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum SearchParameter {
    /// Step size.
    LearningRate,
    /// Images per step.
    BatchSize,
    /// Which optimizer: the base's own parameters where it has the same one, else the usual ones.
    Optimizer,
    /// Momentum of SGD and RMSprop.
    Momentum,
    /// Decoupled weight decay of the optimizers that have it.
    WeightDecay,
    /// Which learning-rate schedule: the base's own where it is of the same kind, else the usual one.
    Schedule,
    /// Epochs of linear warm-up.
    WarmupEpochs,
    /// How weights are drawn: as in the base where it is of the same kind, else as usual.
    Initializer,
    /// The function of every activation layer.
    Activation,
    /// How pixels become numbers.
    Normalization,
    /// The rate of every dropout layer.
    Dropout,
    /// Penalty on absolute parameters.
    L1,
    /// Penalty on squared parameters.
    L2,
    /// Share of each target that is spread over all classes.
    LabelSmoothing,
    /// A factor on the units of every dense layer but the last.
    UnitsScale,
    /// A factor on the filters of every convolution.
    FiltersScale,
    /// At most so many training images of each class; 0 for all.
    ExamplesPerClass,
    /// The seed: how much of a result is luck?
    Seed,
}

/// The values a parameter can take.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "ParameterDomain"))]
pub enum Domain {
    /// Any number of a range.
    Numbers {
        /// The range.
        range: Range,
    },
    /// One of some names.
    Names {
        /// The names.
        names: Vec<String>,
    },
}

/// A value of a parameter: a number, or one of its names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ParameterValue {
    /// A number.
    Number(f64),
    /// A name.
    Name(String),
}

impl std::fmt::Display for ParameterValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{}", in_digits(number)),
            Self::Name(name) => write!(f, "{name}"),
        }
    }
}

impl SearchParameter {
    /// Every parameter, in the order the page lists them.
    pub const ALL: [Self; 18] = [
        Self::LearningRate,
        Self::BatchSize,
        Self::Optimizer,
        Self::Momentum,
        Self::WeightDecay,
        Self::Schedule,
        Self::WarmupEpochs,
        Self::Initializer,
        Self::Activation,
        Self::Normalization,
        Self::Dropout,
        Self::L1,
        Self::L2,
        Self::LabelSmoothing,
        Self::UnitsScale,
        Self::FiltersScale,
        Self::ExamplesPerClass,
        Self::Seed,
    ];

    /// What it is called in a sentence.
    pub fn name(self) -> Sentence {
        match self {
            Self::LearningRate => say!("learning rate"),
            Self::BatchSize => say!("batch size"),
            Self::Optimizer => say!("optimizer"),
            Self::Momentum => say!("momentum"),
            Self::WeightDecay => say!("weight decay"),
            Self::Schedule => say!("schedule"),
            Self::WarmupEpochs => say!("warm-up"),
            Self::Initializer => say!("initializer"),
            Self::Activation => say!("activation"),
            Self::Normalization => say!("normalization"),
            Self::Dropout => say!("dropout rate"),
            Self::L1 => say!("L1"),
            Self::L2 => say!("L2"),
            Self::LabelSmoothing => say!("label smoothing"),
            Self::UnitsScale => say!("units scale"),
            Self::FiltersScale => say!("filters scale"),
            Self::ExamplesPerClass => say!("examples per class"),
            Self::Seed => say!("seed"),
        }
    }

    /// The field of a run's spec that it changes.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::LearningRate => "train.learningRate",
            Self::BatchSize => "train.batchSize",
            Self::Optimizer => "train.optimizer",
            Self::Momentum => "train.optimizer.momentum",
            Self::WeightDecay => "train.optimizer.weightDecay",
            Self::Schedule => "train.schedule.decay",
            Self::WarmupEpochs => "train.schedule.warmupEpochs",
            Self::Initializer => "model.initializer",
            Self::Activation | Self::Dropout | Self::UnitsScale | Self::FiltersScale => "model.layers",
            Self::Normalization => "data.normalization",
            Self::L1 => "train.regularization.l1",
            Self::L2 => "train.regularization.l2",
            Self::LabelSmoothing => "train.regularization.labelSmoothing",
            Self::ExamplesPerClass => "data.sabotage.examplesPerClass",
            Self::Seed => "train.seed",
        }
    }

    /// The values it can take.
    pub fn domain(self) -> Domain {
        let names = |names| Domain::Names { names };
        let range = match self {
            Self::Optimizer => return names(tags(&OptimizerSpec::usual())),
            Self::Schedule => return names(tags(&Decay::usual())),
            Self::Initializer => return names(tags(&Initializer::usual())),
            Self::Activation => return names(tags(&Activation::ALL)),
            Self::Normalization => return names(tags(&Normalization::ALL)),
            Self::LearningRate => LIMITS.learning_rate,
            Self::BatchSize => LIMITS.batch_size,
            Self::Momentum => LIMITS.momentum,
            Self::WeightDecay => LIMITS.weight_decay,
            Self::WarmupEpochs => LIMITS.warmup_epochs,
            Self::Dropout => LIMITS.dropout,
            Self::L1 | Self::L2 => LIMITS.penalty,
            Self::LabelSmoothing => LIMITS.label_smoothing,
            Self::UnitsScale | Self::FiltersScale => LIMITS.width_scale,
            Self::ExamplesPerClass => LIMITS.sabotage.examples_per_class,
            Self::Seed => LIMITS.seed,
        };
        Domain::Numbers { range }
    }

    /// Adds what is wrong with a value of a list.
    pub(super) fn check(self, field: &str, value: &ParameterValue, check: &mut Checker) {
        let name = self.name();
        match (self.domain(), value) {
            (Domain::Numbers { range }, ParameterValue::Number(number)) => {
                check.number(field, say!("The {setting}", setting = name), *number, range);
            }
            (Domain::Numbers { .. }, ParameterValue::Name(word)) => {
                let message =
                    say!("The {setting} is a number, not “{word}”. Give numbers.", setting = name, word);
                check.add(field, ProblemCode::Malformed, message);
            }
            (Domain::Names { names }, value) => {
                if !matches!(value, ParameterValue::Name(word) if names.contains(word)) {
                    let message = say!(
                        "There is no {setting} “{value}”. Choose among {names}.",
                        setting = name,
                        value,
                        names = names.join(", ")
                    );
                    check.add(field, ProblemCode::Malformed, message);
                }
            }
        }
    }

    /// Puts a value into a spec, which the validator judges afterwards.
    ///
    /// # Errors
    ///
    /// What the spec lacks, and how to mend it, where there is nothing the value could be put into.
    pub(super) fn set(self, spec: &mut RunSpec, value: &ParameterValue) -> Result<(), Sentence> {
        let (number, name) = match value {
            ParameterValue::Number(number) => (*number, ""),
            ParameterValue::Name(name) => (f64::NAN, name.as_str()),
        };
        let RunSpec { model, train, data } = spec;
        let nameless = || say!("There is no such name. Choose one that is listed.");
        match self {
            Self::LearningRate => train.learning_rate = number,
            Self::BatchSize => train.batch_size = Count(number),
            Self::Seed => train.seed = Count(number),
            Self::WarmupEpochs => train.schedule.warmup_epochs = number,
            Self::L1 => train.regularization.l1 = number,
            Self::L2 => train.regularization.l2 = number,
            Self::LabelSmoothing => train.regularization.label_smoothing = number,
            Self::ExamplesPerClass => data.sabotage.examples_per_class = Count(number),
            Self::Optimizer => {
                train.optimizer =
                    named(name, &train.optimizer, OptimizerSpec::usual().into()).ok_or_else(nameless)?;
            }
            Self::Schedule => {
                let decay = &mut train.schedule.decay;
                *decay = named(name, decay, Decay::usual().into()).ok_or_else(nameless)?;
            }
            Self::Initializer => {
                model.initializer =
                    named(name, &model.initializer, Initializer::usual().into()).ok_or_else(nameless)?;
            }
            Self::Normalization => {
                data.normalization =
                    named(name, &data.normalization, Normalization::ALL.into()).ok_or_else(nameless)?;
            }
            Self::Momentum => match &mut train.optimizer {
                OptimizerSpec::Sgd { momentum, .. } | OptimizerSpec::RmsProp { momentum, .. } => {
                    *momentum = number;
                }
                _ => {
                    return Err(say!("This optimizer has no momentum to set. Choose SGD or RMSprop for it."));
                }
            },
            Self::WeightDecay => match &mut train.optimizer {
                OptimizerSpec::AdamW { weight_decay, .. } | OptimizerSpec::Lion { weight_decay, .. } => {
                    *weight_decay = number;
                }
                _ => {
                    return Err(say!(
                        "This optimizer has no weight decay. Choose AdamW or Lion for it, or sweep L2."
                    ));
                }
            },
            Self::Activation => {
                let chosen = named(name, &Activation::Relu, Activation::ALL.into()).ok_or_else(nameless)?;
                let changed = change(&mut model.layers, &mut |layer| {
                    let LayerSpec::Activation { function } = layer else { return false };
                    *function = chosen;
                    true
                });
                return changed
                    .then_some(())
                    .ok_or_else(|| say!("The network has no activation layer. Add one first."));
            }
            Self::Dropout => {
                let changed = change(&mut model.layers, &mut |layer| {
                    let LayerSpec::Dropout { rate } = layer else { return false };
                    *rate = number;
                    true
                });
                return changed
                    .then_some(())
                    .ok_or_else(|| say!("The network has no dropout layer. Add one first."));
            }
            Self::UnitsScale => {
                let hidden = model.layers.split_last_mut().map(|(_, hidden)| hidden).unwrap_or_default();
                let changed = change(hidden, &mut |layer| {
                    let LayerSpec::Dense { units } = layer else { return false };
                    *units = scaled(*units, number);
                    true
                });
                return changed
                    .then_some(())
                    .ok_or_else(|| say!("The network has no hidden dense layer. Add one first."));
            }
            Self::FiltersScale => {
                let changed = change(&mut model.layers, &mut |layer| {
                    let LayerSpec::Conv2d { filters, .. } = layer else { return false };
                    *filters = scaled(*filters, number);
                    true
                });
                return changed
                    .then_some(())
                    .ok_or_else(|| say!("The network has no convolution. Add one first."));
            }
        }
        Ok(())
    }
}

/// Applies a change to every layer, those within residual blocks too; returns whether one was
/// changed.
fn change(layers: &mut [LayerSpec], apply: &mut dyn FnMut(&mut LayerSpec) -> bool) -> bool {
    let mut changed = false;
    for layer in layers {
        changed |= apply(layer);
        if let LayerSpec::Residual { layers, .. } = layer {
            changed |= change(layers, apply);
        }
    }
    changed
}

/// A scaled number of units or filters: whole, and at least one.
fn scaled(count: Count, factor: f64) -> Count {
    Count((count.0 * factor).round().max(1.0))
}

/// What each value is called where it crosses to the page: its own name or its type's.
fn tags<T: Serialize>(values: &[T]) -> Vec<String> {
    values.iter().filter_map(tag).collect()
}

fn tag<T: Serialize>(value: &T) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    value.get("type").unwrap_or(&value).as_str().map(String::from)
}

/// The value of a name: the present one where it is called so, else one of the usual.
fn named<T: Serialize + Clone>(name: &str, present: &T, usual: Vec<T>) -> Option<T> {
    std::iter::once(present.clone()).chain(usual).find(|value| tag(value).as_deref() == Some(name))
}
