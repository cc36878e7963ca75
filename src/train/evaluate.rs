//! When a run is evaluated, on how many images, and how it is done in slices.
//!
//! The policy is counted in images, not in seconds, so that the same seed gives the same numbers on
//! a fast and on a slow machine. A forward pass costs about a third of a training step, so an
//! evaluation of `n` images costs `n / 3` trained ones; [`COST`] bounds it.

use super::passes::{HandedOut, Judged, Passes, rows};
use super::team::Team;
use crate::data::Dataset;
use crate::data::batches::{BLOCK, Holdout};
use crate::error::Result;
use crate::metrics::{self, Confusion};
use crate::model::{Network, describe};
use crate::protocol::{Evaluation, Split};
use crate::spec::RunSpec;
use burn::tensor::Device;
use serde::{Deserialize, Serialize};

/// Share of the training cost since the last evaluation that a validation may cost.
const COST: f64 = 1.0 / 8.0;

/// Forward passes that cost as much as training on one image.
pub const FORWARDS_PER_TRAINED: f64 = 3.0;

/// Grey values that an evaluator is handed at once, at most: all test images of MNIST.
const MOST_HANDED_OUT: usize = 8_000_000;

/// Operations that it is handed at once, at most: a fifth of a second of a processor's.
const MOST_WORK: f64 = 5e9;

/// Validations of an epoch, as shares of its steps. The first epoch is watched from its start,
/// where learning is fastest; the whole epoch's end is always among them.
const FIRST_EPOCH: [f64; 9] =
    [1.0 / 128.0, 1.0 / 64.0, 1.0 / 32.0, 1.0 / 16.0, 1.0 / 8.0, 0.25, 0.5, 0.75, 1.0];
const LATER_EPOCHS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// What is to be evaluated after a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    pub split: Split,
    /// How many images, from the start of the split.
    pub images: usize,
}

/// The evaluations due after `step_in_epoch` (from 1) of `steps_per_epoch`; `epoch` from 0.
pub fn due(
    holdout: &Holdout,
    test_images: usize,
    epoch: usize,
    step_in_epoch: usize,
    steps_per_epoch: usize,
    batch_size: usize,
) -> Vec<Plan> {
    let shares: &[f64] = if epoch == 0 { &FIRST_EPOCH } else { &LATER_EPOCHS };
    let at = |share: &f64| (share * steps_per_epoch as f64).round().max(1.0) as usize;
    if !shares.iter().any(|share| at(share) == step_in_epoch) {
        return Vec::new();
    }
    if step_in_epoch == steps_per_epoch {
        let whole = |split, images| Plan { split, images };
        return vec![whole(Split::Validation, holdout.validation.len()), whole(Split::Test, test_images)];
    }
    // In a short epoch several shares come to the same step.
    let before = shares.iter().map(at).filter(|at| *at < step_in_epoch).max().unwrap_or(0);
    let trained = (step_in_epoch - before) * batch_size;
    let affordable = (trained as f64 * FORWARDS_PER_TRAINED * COST) as usize;
    let arrived = if epoch == 0 {
        // Only images of the blocks that training has reached, so that it waits for no other.
        let reached = (step_in_epoch * batch_size).min(holdout.train.len()).max(1) - 1;
        let end = (holdout.train[reached] as usize / BLOCK + 1) * BLOCK;
        holdout.validation.partition_point(|index| (*index as usize) < end)
    } else {
        holdout.validation.len()
    };
    vec![Plan { split: Split::Validation, images: affordable.min(arrived).max(1) }]
}

/// An evaluation in hand.
#[derive(Debug)]
pub struct Evaluating {
    split: Split,
    step: usize,
    epoch: usize,
    passes: Passes,
    tally: Tally,
}

/// What was counted so far.
#[derive(Debug)]
struct Tally {
    loss: f64,
    confusion: Confusion,
}

impl Tally {
    fn count(&mut self, (label, logits): Judged) {
        self.loss += metrics::cross_entropy(logits, label);
        self.confusion.add(usize::from(label), metrics::predicted(logits));
    }
}

impl Evaluating {
    /// Starts an evaluation of the network as it is now.
    pub fn new(
        plan: Plan,
        holdout: &Holdout,
        network: Network,
        spec: &RunSpec,
        step: usize,
        epoch: usize,
    ) -> Self {
        let indices = images(plan.split, holdout, plan.images);
        let rows = rows(spec.train.batch_size.get());
        let tally = Tally { loss: 0.0, confusion: Confusion::new(spec.data.dataset.classes()) };
        let passes = Passes::new(network, plan.split, indices, rows);
        Self { split: plan.split, step, epoch, passes, tally }
    }

    /// What it was asked to look at.
    pub fn plan(&self) -> Plan {
        Plan { split: self.split, images: self.passes.indices().len() }
    }

    /// Whether the next slice's images have arrived.
    pub fn can_go_on(&self, data: &Dataset) -> bool {
        self.passes.can_go_on(data)
    }

    /// Whether all images have arrived.
    pub fn can_finish(&self, data: &Dataset) -> bool {
        self.passes.can_finish(data)
    }

    /// Evaluates up to `slices` forward passes in each thread and reads them back together; returns the result
    /// once all images are done.
    pub async fn go_on(
        &mut self,
        data: &Dataset,
        spec: &RunSpec,
        slices: usize,
        device: &Device,
        team: &mut Team,
    ) -> Result<Option<Evaluation>> {
        let tally = &mut self.tally;
        let count = |judged: Judged| tally.count(judged);
        self.passes.go_on_together(data, spec, slices, device, team, count).await?;
        Ok(self.passes.is_done().then(|| self.result()))
    }

    /// Hands the next images to the team's evaluator; none where none is left.
    pub fn hand_out(&mut self, data: &Dataset, spec: &RunSpec, team: &Team) -> Option<HandedOut> {
        let by_size = MOST_HANDED_OUT / spec.data.dataset.image_shape().size().max(1);
        let by_work = (MOST_WORK / describe(spec).flops_per_image.max(1.0)) as usize;
        let passes = by_size.min(by_work) / rows(spec.train.batch_size.get());
        self.passes.hand_out(data, passes.max(1), team, 1)
    }

    /// Waits for what was handed out; returns the result once all images are done.
    pub async fn take_back(
        &mut self,
        handed: HandedOut,
        data: &Dataset,
        spec: &RunSpec,
        device: &Device,
        team: &mut Team,
    ) -> Result<Option<Evaluation>> {
        let tally = &mut self.tally;
        let count = |judged: Judged| tally.count(judged);
        self.passes.take_back(handed, data, spec, device, team, count).await?;
        Ok(self.passes.is_done().then(|| self.result()))
    }

    fn result(&self) -> Evaluation {
        let Tally { loss, confusion } = &self.tally;
        let images = confusion.total();
        let of_all = |sum: f64| sum / images.max(1) as f64;
        Evaluation {
            split: self.split,
            step: self.step,
            epoch: self.epoch,
            images,
            loss: of_all(*loss),
            accuracy: of_all(confusion.correct() as f64),
            confusion: confusion.clone().into_counts(),
        }
    }
}

/// The first `count` images of a split, by their index in the file.
pub fn images(split: Split, holdout: &Holdout, count: usize) -> Vec<u32> {
    match split {
        Split::Validation => holdout.validation.iter().take(count).copied().collect(),
        Split::Test => (0..count as u32).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mnist_like() -> Holdout {
        let (validation, train) = (0..60_000).partition(|i| i % 12 == 0);
        Holdout { train, validation }
    }

    fn plans(epoch: usize) -> Vec<(usize, Vec<Plan>)> {
        let holdout = mnist_like();
        (1..=859)
            .map(|step| (step, due(&holdout, 10_000, epoch, step, 859, 64)))
            .filter(|(_, plans)| !plans.is_empty())
            .collect()
    }

    #[test]
    fn every_epoch_ends_with_all_validation_and_all_test_images() {
        for epoch in [0, 1, 7] {
            let (step, last) = plans(epoch).pop().expect("an epoch is evaluated");
            let whole = |split, images| Plan { split, images };
            assert_eq!(step, 859);
            assert_eq!(last, [whole(Split::Validation, 5000), whole(Split::Test, 10_000)]);
        }
    }

    #[test]
    fn validation_costs_its_share_of_training_if_there_are_images() {
        let holdout = mnist_like();
        for (epoch, steps_per_epoch) in [0, 1].into_iter().flat_map(|epoch| (1..120).map(move |n| (epoch, n)))
        {
            // As long an epoch in batches of any size.
            let batch_size = holdout.train.len() / steps_per_epoch;
            let mut before = 0;
            for step in 1..steps_per_epoch {
                let plans = due(&holdout, 10_000, epoch, step, steps_per_epoch, batch_size);
                let Some(Plan { images, .. }) = plans.first() else { continue };
                let affordable = (step - before) * batch_size * 3 / 8;
                // The first block has arrived in any case.
                let arrived = if epoch == 0 { BLOCK / 12 } else { holdout.validation.len() };
                let what = format!("epoch {epoch}, step {step} of {steps_per_epoch}");
                assert!((affordable.min(arrived)..=affordable).contains(images), "{what}: {images}");
                before = step;
            }
        }
    }

    #[test]
    fn the_first_epoch_is_watched_early_and_waits_for_no_later_block() {
        let early = plans(0);
        assert!(early[0].0 <= 7, "{early:?}");
        for (step, plans) in early.iter().filter(|(step, _)| *step < 859) {
            let trained_to = step * 64 * 60_000 / 55_000;
            let last_validated = (plans[0].images - 1) * 12;
            assert!(last_validated / BLOCK <= trained_to / BLOCK, "step {step}: {plans:?}");
        }
    }

    #[test]
    fn a_run_of_one_step_an_epoch_is_evaluated_once() {
        let plans = due(&mnist_like(), 10, 0, 1, 1, 1024);
        assert_eq!(plans.len(), 2);
    }
}
