//! Grid and random search: from one spec and the settings to sweep to a list of trials, each a
//! complete spec of its own.
//!
//! Searching is asking the same question with different settings: every trial trains as many
//! epochs on the same images, and who is best is decided by the validation images alone. A grid
//! asks every combination; random search (Bergstra and Bengio, 2012) asks as many as are paid for,
//! and so more different values of the settings that matter.

mod parameter;
mod result;
mod values;

pub use parameter::{Domain, ParameterValue, SearchParameter};
pub use result::{BestEpoch, TrialResult, rank};
pub use values::Values;

use super::{Checker, Count, LIMITS, Problem, ProblemCode, RunSpec};
use crate::data::batches::{Stream, generator};
use crate::model;
use crate::say::{Sentence, say};
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// How often random search draws in vain, all of it drawn before, until it gives up.
const DRAWS_IN_VAIN: usize = 10_000;

/// What is searched, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SearchSpec {
    /// What all trials have in common. Its number of epochs and its early stopping are ignored.
    pub base: RunSpec,
    /// The settings to sweep, each at most once.
    pub axes: Vec<Axis>,
    /// Which combinations are tried.
    pub strategy: Strategy,
    /// The budget: epochs that every trial trains.
    pub epochs_per_trial: Count,
}

/// One setting to sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SearchAxis"))]
pub struct Axis {
    /// Which one.
    pub parameter: SearchParameter,
    /// The values it takes.
    pub values: Values,
}

/// Which combinations of values are tried.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SearchStrategy"))]
pub enum Strategy {
    /// All of them, the last setting varying fastest.
    Grid,
    /// Some, drawn at random, no two the same.
    Random {
        /// How many.
        trials: Count,
        /// What draws them.
        seed: Count,
    },
}

/// One combination: a run to train.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SearchTrial"))]
pub struct Trial {
    /// The run.
    pub spec: RunSpec,
    /// What is its own, in the order of the settings.
    pub choices: Vec<Choice>,
    /// Trainable numbers of its network.
    pub parameters: f64,
    /// Multiplications and additions of one image's forward pass.
    pub flops_per_image: f64,
}

/// A setting and the value it has in a trial.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "TrialChoice"))]
pub struct Choice {
    /// Which setting.
    pub parameter: SearchParameter,
    /// Its value.
    pub value: ParameterValue,
}

/// The trials of a search. The same search always has the same.
///
/// # Errors
///
/// Every problem of the search itself, at `axes`, `strategy`, `epochsPerTrial` or `base`; where
/// there is none, the problems of the trials' specs, each with the choices that lead to it.
pub fn plan(search: &SearchSpec) -> Result<Vec<Trial>, Vec<Problem>> {
    let mut check = Checker::default();
    search.check(&mut check);
    if !check.problems.is_empty() {
        return Err(check.problems);
    }
    let combinations = match search.strategy {
        Strategy::Grid => grid(&search.axes),
        Strategy::Random { trials, seed } => {
            random(&search.axes, trials.get(), seed.get() as u64).map_err(|found| vec![too_few(found)])?
        }
    };
    let mut trials = Vec::new();
    let mut found: Vec<Fault> = Vec::new();
    for values in combinations {
        match search.trial(values) {
            Ok(trial) => trials.push(trial),
            // The same fault of many trials is told once.
            Err(faults) => faults.into_iter().for_each(|fault| {
                if !found.iter().any(|told| told.field == fault.field && told.message == fault.message) {
                    found.push(fault);
                }
            }),
        }
    }
    if found.is_empty() {
        return Ok(trials);
    }
    let problem = |Fault { field, code, message, choices }| {
        Problem::new(field, code, say!("With {choices}: {fault}", choices, fault = message))
    };
    Err(found.into_iter().map(problem).collect())
}

/// A problem of one trial.
struct Fault {
    field: String,
    code: ProblemCode,
    message: String,
    /// The trial's choices in words.
    choices: String,
}

impl SearchSpec {
    /// The base as every trial trains it.
    fn common(&self) -> RunSpec {
        let mut spec = self.base.clone();
        spec.train.epochs = self.epochs_per_trial;
        // A trial that stopped early would cost less than its rivals.
        spec.train.early_stopping = None;
        spec
    }

    fn check(&self, check: &mut Checker) {
        check.count("epochsPerTrial", say!("Epochs per trial"), self.epochs_per_trial, LIMITS.epochs);
        if self.axes.is_empty() {
            let message = say!("Nothing is swept. Choose at least one setting and its values.");
            check.add("axes", ProblemCode::Malformed, message);
        }
        for (i, Axis { parameter, values }) in self.axes.iter().enumerate() {
            if self.axes.iter().take(i).any(|axis| axis.parameter == *parameter) {
                let message = say!(
                    "The {setting} is swept already. Give all its values at once.",
                    setting = parameter.name()
                );
                check.add(&format!("axes.{i}.parameter"), ProblemCode::Malformed, message);
            }
            values.check(&format!("axes.{i}.values"), *parameter, check);
        }
        if let Strategy::Random { trials, seed } = self.strategy {
            check.count("strategy.trials", say!("The number of trials"), trials, LIMITS.trials);
            check.count("strategy.seed", say!("Seed"), seed, LIMITS.seed);
        }
        if !check.problems.is_empty() {
            return;
        }
        match self.strategy {
            Strategy::Grid => {
                let combinations: f64 =
                    self.axes.iter().map(|axis| axis.values.points(axis.parameter).len() as f64).product();
                if combinations > LIMITS.trials.max {
                    let message = say!(
                        "The grid has {combinations} combinations, and at most {most} are tried. Use fewer \
                         values, or a random search.",
                        combinations,
                        most = LIMITS.trials.max
                    );
                    check.add("axes", ProblemCode::TooLarge, message);
                }
            }
            Strategy::Random { trials, .. } => {
                let combinations: f64 =
                    self.axes.iter().map(|axis| axis.values.different(axis.parameter)).product();
                if trials.0 > combinations {
                    check.problems.push(too_few(combinations as usize));
                }
            }
        }
        let base = model::describe(&self.common()).problems;
        check.problems.extend(base.into_iter().map(|Problem { field, code, message }| {
            // The one field of it that is not taken from there.
            let field =
                if field == "train.epochs" { "epochsPerTrial".into() } else { format!("base.{field}") };
            Problem { field, code, message }
        }));
    }

    /// The trial with these values, one per axis.
    fn trial(&self, values: Vec<ParameterValue>) -> Result<Trial, Vec<Fault>> {
        let parameters = self.axes.iter().map(|axis| axis.parameter);
        let choices: Vec<Choice> =
            parameters.zip(values).map(|(parameter, value)| Choice { parameter, value }).collect();
        let words: Vec<String> =
            choices.iter().map(|choice| format!("{} {}", choice.parameter.name(), choice.value)).collect();
        let words = words.join(", ");
        let fault =
            |field: String, code, message: String| Fault { field, code, message, choices: words.clone() };
        let mut spec = self.common();
        let mut in_order: Vec<(usize, &Choice)> = choices.iter().enumerate().collect();
        in_order.sort_by_key(|(_, choice)| choice.parameter);
        for (axis, choice) in in_order {
            let set = choice.parameter.set(&mut spec, &choice.value);
            set.map_err(|lack: Sentence| {
                vec![fault(format!("axes.{axis}.parameter"), ProblemCode::Malformed, lack.into())]
            })?;
        }
        let description = model::describe(&spec);
        if description.problems.is_empty() {
            let (parameters, flops_per_image) = (description.parameters, description.flops_per_image);
            return Ok(Trial { spec, choices, parameters, flops_per_image });
        }
        let at = |field: &str| {
            let axis = self.axes.iter().position(|axis| field.starts_with(axis.parameter.field()));
            axis.map_or_else(|| "axes".into(), |axis| format!("axes.{axis}.values"))
        };
        let faults = description.problems.into_iter();
        Err(faults.map(|problem| fault(at(&problem.field), problem.code, problem.message)).collect())
    }
}

/// All combinations, the last axis varying fastest.
fn grid(axes: &[Axis]) -> Vec<Vec<ParameterValue>> {
    axes.iter().fold(vec![Vec::new()], |combinations, axis| {
        let points = axis.values.points(axis.parameter);
        let with_each = |combination: &Vec<ParameterValue>| -> Vec<Vec<ParameterValue>> {
            let with = |point: &ParameterValue| combination.iter().chain([point]).cloned().collect();
            points.iter().map(with).collect()
        };
        combinations.iter().flat_map(with_each).collect()
    })
}

/// So many combinations, no two the same; or how many were found, where there are not so many.
fn random(axes: &[Axis], trials: usize, seed: u64) -> Result<Vec<Vec<ParameterValue>>, usize> {
    let mut rng = generator(seed, Stream::Search);
    let mut found: Vec<Vec<ParameterValue>> = Vec::new();
    let mut in_vain = 0;
    while found.len() < trials {
        let combination: Vec<ParameterValue> =
            axes.iter().map(|axis| axis.values.draw(axis.parameter, rng.random())).collect();
        if found.contains(&combination) {
            in_vain += 1;
            if in_vain == DRAWS_IN_VAIN {
                return Err(found.len());
            }
        } else {
            found.push(combination);
        }
    }
    Ok(found)
}

fn too_few(combinations: usize) -> Problem {
    let message = say!(
        "There are only {combinations} different combinations. Ask for no more trials than that, or give more \
         values.",
        combinations
    );
    Problem::new("strategy.trials", ProblemCode::OutOfRange, message)
}
