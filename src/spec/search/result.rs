//! What is kept of the trials of a search, and which was best.

use super::Trial;
use crate::protocol::{Evaluation, Split};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What one trial came to, and what it cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct TrialResult {
    /// Which trial of the plan, from 0.
    pub trial: usize,
    /// Its best epoch; absent where it failed before one was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<BestEpoch>,
    /// Trainable numbers of its network.
    pub parameters: f64,
    /// Multiplications and additions of one image's forward pass.
    pub flops_per_image: f64,
    /// How long it took.
    pub seconds: f64,
}

/// The epoch of a trial after which most validation images were classified correctly. The test
/// images take no part: a choice made by them would make their accuracy too good.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BestEpoch {
    /// Share of the validation images classified correctly.
    pub accuracy: f64,
    /// Mean cross-entropy of the validation images, in nats.
    pub loss: f64,
    /// Which epoch, from 1.
    pub epoch: usize,
}

impl TrialResult {
    /// Sums up a trial from the evaluations of its run. Only those of all validation images count;
    /// of equally accurate ones the smaller loss, then the earlier.
    pub fn new(index: usize, trial: &Trial, evaluations: &[Evaluation], seconds: f64) -> Self {
        let validations = || evaluations.iter().filter(|evaluation| evaluation.split == Split::Validation);
        let all = trial.spec.data.validation_images.get();
        let best = validations()
            .filter(|evaluation| evaluation.images >= all)
            .min_by(|a, b| b.accuracy.total_cmp(&a.accuracy).then_with(|| a.loss.total_cmp(&b.loss)));
        Self {
            trial: index,
            best: best.map(|Evaluation { accuracy, loss, epoch, .. }| BestEpoch {
                accuracy: *accuracy,
                loss: *loss,
                epoch: *epoch,
            }),
            parameters: trial.parameters,
            flops_per_image: trial.flops_per_image,
            seconds,
        }
    }
}

/// Orders results, the most accurate first; of equally accurate ones the network with fewer
/// parameters, then the smaller loss, then the earlier trial. Trials without a result come last.
pub fn rank(results: &mut [TrialResult]) {
    results.sort_by(|a, b| {
        let by_accuracy = match (&a.best, &b.best) {
            (Some(a), Some(b)) => b.accuracy.total_cmp(&a.accuracy),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let loss = |result: &TrialResult| result.best.map_or(f64::INFINITY, |best| best.loss);
        by_accuracy
            .then_with(|| a.parameters.total_cmp(&b.parameters))
            .then_with(|| loss(a).total_cmp(&loss(b)))
            .then_with(|| -> Ordering { a.trial.cmp(&b.trial) })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(trial: usize, accuracy: Option<f64>, parameters: f64, loss: f64) -> TrialResult {
        let best = accuracy.map(|accuracy| BestEpoch { accuracy, loss, epoch: 1 });
        TrialResult { trial, best, parameters, flops_per_image: 1.0, seconds: 1.0 }
    }

    #[test]
    fn the_most_accurate_comes_first_and_of_equals_the_smaller() {
        let mut results = vec![
            result(0, Some(0.9), 100.0, 0.1),
            result(1, None, 1.0, 0.0),
            result(2, Some(0.95), 500.0, 0.3),
            result(3, Some(0.95), 200.0, 0.3),
            result(4, Some(0.95), 200.0, 0.2),
            result(5, Some(0.95), 200.0, 0.2),
            result(6, Some(0.0), 9.0, f64::NAN),
        ];
        rank(&mut results);
        let order: Vec<usize> = results.iter().map(|result| result.trial).collect();
        assert_eq!(order, [4, 5, 3, 2, 0, 6, 1]);
    }

    #[test]
    fn the_best_epoch_is_one_of_all_validation_images() {
        let mut spec = crate::spec::Preset::Mlp.spec();
        spec.data.validation_images = 100.into();
        let trial = Trial { spec, choices: Vec::new(), parameters: 5.0, flops_per_image: 10.0 };
        let look = |split, images, epoch, accuracy, loss| Evaluation {
            split,
            step: 1,
            epoch,
            images,
            loss,
            accuracy,
            confusion: Vec::new(),
        };
        let evaluations = [
            look(Split::Validation, 10, 1, 1.0, 0.0),
            look(Split::Validation, 100, 1, 0.8, 0.5),
            look(Split::Test, 100, 1, 0.99, 0.1),
            look(Split::Validation, 100, 2, 0.9, 0.4),
            look(Split::Validation, 100, 3, 0.9, 0.3),
            look(Split::Validation, 100, 4, 0.9, 0.3),
            look(Split::Validation, 100, 5, 0.7, 0.2),
        ];
        let result = TrialResult::new(7, &trial, &evaluations, 2.0);
        assert_eq!(result.best, Some(BestEpoch { accuracy: 0.9, loss: 0.3, epoch: 3 }));
        assert_eq!((result.trial, result.parameters, result.flops_per_image), (7, 5.0, 10.0));
        assert_eq!(TrialResult::new(0, &trial, &evaluations[..1], 2.0).best, None, "no epoch was over");
    }
}
