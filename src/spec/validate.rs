//! The only validator: every problem of a spec, in words, each with the field it belongs to.

use super::{
    Changes, Count, Decay, LIMITS, LayerSpec, OptimizerSpec, Range, Regularization, RunSpec, ScheduleSpec,
    dataset,
};
use crate::model::shapes;
use crate::say::{Sentence, plain, say};
use serde::Serialize;

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ProblemCode {
    /// Not of the spec's form: an unknown key, a missing value, a word where a number belongs.
    Malformed,
    /// Not a finite number.
    NotANumber,
    /// A fraction where only whole numbers make sense.
    NotWhole,
    /// Outside its range.
    OutOfRange,
    /// A layer does not fit the output of the one before it.
    ShapeMismatch,
    /// The network does not end in one unit per class.
    OutputLayer,
    /// The whole needs more memory or parameters than a browser tab can hold.
    TooLarge,
}

/// One thing that is wrong with a spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Problem {
    /// Path of the value it is about, such as `train.learningRate` or `model.layers.2.kernel`.
    pub field: String,
    /// What kind of problem it is.
    pub code: ProblemCode,
    /// What is wrong and how to mend it, in the language of the page.
    pub message: String,
}

impl Problem {
    /// Makes a problem from its three parts.
    pub fn new(field: impl Into<String>, code: ProblemCode, sentence: Sentence) -> Self {
        Self { field: field.into(), code, message: sentence.into() }
    }
}

/// Collects the problems of the numbers of a spec.
#[derive(Default)]
pub(crate) struct Checker {
    pub problems: Vec<Problem>,
}

impl Checker {
    /// Checks a whole number; `name` starts its sentence.
    pub fn count(&mut self, field: &str, name: Sentence, value: Count, range: Range) {
        self.number(field, name, value.0, range);
    }

    /// Checks a number; `name` starts its sentence.
    pub fn number(&mut self, field: &str, name: Sentence, value: f64, range: Range) {
        use ProblemCode::{NotANumber, NotWhole, OutOfRange};
        let (code, fault) = if !value.is_finite() {
            (NotANumber, say!("{name} is not a number.", name))
        } else if range.whole && value.fract() != 0.0 {
            (NotWhole, say!("{name} is {value}, not a whole number.", name, value = plain(value)))
        } else if value < range.min {
            (OutOfRange, say!("{name} is {value}, which is too small.", name, value = plain(value)))
        } else if value > range.max {
            (OutOfRange, say!("{name} is {value}, which is too large.", name, value = plain(value)))
        } else {
            return;
        };
        let (min, max) = (plain(range.min), plain(range.max));
        let mend = match range.whole {
            true => say!("Use a whole number from {min} to {max}.", min, max),
            false => say!("Use a number from {min} to {max}.", min, max),
        };
        self.add(field, code, fault.and(mend));
    }

    fn adam(&mut self, beta1: f64, beta2: f64, epsilon: f64) {
        self.number("train.optimizer.beta1", say!("Beta 1"), beta1, LIMITS.beta);
        self.number("train.optimizer.beta2", say!("Beta 2"), beta2, LIMITS.beta);
        self.number("train.optimizer.epsilon", say!("Epsilon"), epsilon, LIMITS.epsilon);
    }

    fn schedule(&mut self, schedule: &ScheduleSpec, epochs: Count) {
        let warmup = schedule.warmup_epochs;
        self.number("train.schedule.warmupEpochs", say!("Warm-up"), warmup, LIMITS.warmup_epochs);
        if warmup >= epochs.0 && warmup > 0.0 && epochs.0 >= 1.0 && warmup <= LIMITS.warmup_epochs.max {
            let message = say!(
                "The warm-up takes {warmup} epochs, and the run is over after {epochs}. Shorten the warm-up or \
                 train longer.",
                warmup = plain(warmup),
                epochs = plain(epochs.0)
            );
            self.add("train.schedule.warmupEpochs", ProblemCode::OutOfRange, message);
        }
        let factor_field = "train.schedule.decay.factor";
        match schedule.decay {
            Decay::Constant | Decay::Cosine => {}
            Decay::Step { every, factor } => {
                let field = "train.schedule.decay.every";
                self.count(field, say!("Epochs between two falls"), every, LIMITS.decay_every);
                self.number(factor_field, say!("Factor"), factor, LIMITS.decay_factor);
                if every.0 >= epochs.0 && every.0 <= LIMITS.decay_every.max && epochs.0 > 1.0 {
                    let message = say!(
                        "The learning rate would first fall after {every} epochs, when the run of {epochs} is \
                         over. Let it fall more often, train longer, or choose a constant rate.",
                        every = plain(every.0),
                        epochs = plain(epochs.0)
                    );
                    self.add(field, ProblemCode::OutOfRange, message);
                }
            }
            Decay::Exponential { factor } => {
                self.number(factor_field, say!("Factor"), factor, LIMITS.decay_factor);
            }
            Decay::OneCycle { rise } => {
                self.number("train.schedule.decay.rise", say!("Share of the rise"), rise, LIMITS.rise);
            }
            Decay::OnPlateau { factor, patience } => {
                self.number(factor_field, say!("Factor"), factor, LIMITS.decay_factor);
                let field = "train.schedule.decay.patience";
                self.count(field, say!("Patience"), patience, LIMITS.patience);
                if patience.0 >= epochs.0 && patience.0 <= LIMITS.patience.max && epochs.0 > 1.0 {
                    let message = say!(
                        "The learning rate would wait {patience} epochs for an improvement, and the run is over \
                         after {epochs}. Wait for fewer, train longer, or choose a constant rate.",
                        patience = plain(patience.0),
                        epochs = plain(epochs.0)
                    );
                    self.add(field, ProblemCode::OutOfRange, message);
                }
            }
        }
    }

    fn frozen(&mut self, frozen: &[Count], layers: &[LayerSpec]) {
        let fault = |layer: Count| {
            if layer.0.fract() != 0.0 || !(0.0..layers.len() as f64).contains(&layer.0) {
                return Some(say!(
                    "There is no layer {layer} to freeze. Freeze one of the {layers}.",
                    layer = plain(layer.0),
                    layers = layers.len()
                ));
            }
            None
        };
        for (i, layer) in frozen.iter().enumerate().take(layers.len() + 1) {
            if let Some(message) = fault(*layer) {
                self.add(&format!("train.frozen.{i}"), ProblemCode::OutOfRange, message);
            }
        }
        let stays = |i: usize| frozen.iter().any(|layer| layer.0 == i as f64);
        let learns = |layer: &LayerSpec| layer.has_weights();
        if !frozen.is_empty() && !layers.iter().enumerate().any(|(i, layer)| learns(layer) && !stays(i)) {
            let message = say!(
                "Every layer with weights is frozen, so that nothing is left to learn. Let at least one go free."
            );
            self.add("train.frozen", ProblemCode::OutOfRange, message);
        }
    }

    fn learning_rate(&mut self, value: f64) {
        self.number("train.learningRate", say!("Learning rate"), value, LIMITS.learning_rate);
    }

    fn epochs(&mut self, value: Count) {
        self.count("train.epochs", say!("Epochs"), value, LIMITS.epochs);
    }

    /// Adds a problem.
    pub fn add(&mut self, field: &str, code: ProblemCode, sentence: Sentence) {
        self.problems.push(Problem::new(field, code, sentence));
    }
}

/// Every problem of a spec; none means that it can be trained.
pub fn validate(spec: &RunSpec) -> Vec<Problem> {
    let mut check = Checker::default();
    let train = &spec.train;
    check.learning_rate(train.learning_rate);
    check.count("train.batchSize", say!("Batch size"), train.batch_size, LIMITS.batch_size);
    check.epochs(train.epochs);
    check.count("train.seed", say!("Seed"), train.seed, LIMITS.seed);
    match train.optimizer {
        OptimizerSpec::Sgd { momentum, .. } => {
            check.number("train.optimizer.momentum", say!("Momentum"), momentum, LIMITS.momentum);
        }
        OptimizerSpec::RmsProp { alpha, momentum, epsilon } => {
            check.number("train.optimizer.alpha", say!("Alpha"), alpha, LIMITS.beta);
            check.number("train.optimizer.momentum", say!("Momentum"), momentum, LIMITS.momentum);
            check.number("train.optimizer.epsilon", say!("Epsilon"), epsilon, LIMITS.epsilon);
        }
        OptimizerSpec::Adagrad { epsilon } => {
            check.number("train.optimizer.epsilon", say!("Epsilon"), epsilon, LIMITS.epsilon);
        }
        OptimizerSpec::Adam { beta1, beta2, epsilon } => check.adam(beta1, beta2, epsilon),
        OptimizerSpec::AdamW { beta1, beta2, epsilon, weight_decay } => {
            check.adam(beta1, beta2, epsilon);
            check.number(
                "train.optimizer.weightDecay",
                say!("Weight decay"),
                weight_decay,
                LIMITS.weight_decay,
            );
        }
        OptimizerSpec::Lion { beta1, beta2, weight_decay } => {
            check.number("train.optimizer.beta1", say!("Beta 1"), beta1, LIMITS.beta);
            check.number("train.optimizer.beta2", say!("Beta 2"), beta2, LIMITS.beta);
            check.number(
                "train.optimizer.weightDecay",
                say!("Weight decay"),
                weight_decay,
                LIMITS.weight_decay,
            );
        }
    }
    check.schedule(&train.schedule, train.epochs);
    let Regularization { l1, l2, label_smoothing, clip_norm } = train.regularization;
    check.number("train.regularization.l1", say!("L1"), l1, LIMITS.penalty);
    check.number("train.regularization.l2", say!("L2"), l2, LIMITS.penalty);
    check.number(
        "train.regularization.labelSmoothing",
        say!("Label smoothing"),
        label_smoothing,
        LIMITS.label_smoothing,
    );
    check.number("train.regularization.clipNorm", say!("Longest gradient"), clip_norm, LIMITS.clip_norm);
    check.frozen(&train.frozen, &spec.model.layers);
    if let Some(stopping) = train.early_stopping {
        check.count("train.earlyStopping.patience", say!("Patience"), stopping.patience, LIMITS.patience);
    }
    dataset::check(spec, &mut check);
    check.problems.extend(spec.data.augmentation.problems("data.augmentation"));
    check.problems.extend(spec.data.sabotage.problems("data.sabotage", spec.data.dataset.classes()));
    shapes::check(spec, &mut check);
    check.problems
}

/// Every problem of changes to a run that goes on.
pub fn validate_changes(changes: &Changes) -> Vec<Problem> {
    let mut check = Checker::default();
    if let Some(rate) = changes.learning_rate {
        check.learning_rate(rate);
    }
    if let Some(epochs) = changes.epochs {
        check.epochs(epochs);
    }
    check.problems
}
