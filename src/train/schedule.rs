//! The learning rate over a run, as a factor of the rate that the learner sets.
//!
//! A factor, not a rate: the learner may move the rate while the run goes on, and the schedule goes
//! on from where it is.

use crate::spec::{Decay, ScheduleSpec};
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// `OneCycleLR`'s `div_factor`: the rate rises from `1 / 25` of its peak.
const CYCLE_START: f64 = 1.0 / 25.0;

/// `OneCycleLR`'s `final_div_factor`: it ends at `1 / 10,000` of where it started.
const CYCLE_END: f64 = CYCLE_START / 1e4;

/// The factor of one step. `step` counts from 0, `falls` how often a plateau has been met.
///
/// Per epoch, [`Decay::Step`] is PyTorch's `StepLR` and [`Decay::Exponential`] its `ExponentialLR`;
/// per step, [`Decay::Cosine`] is `CosineAnnealingLR` with `T_max` the steps after the warm-up, and
/// [`Decay::OneCycle`] is `OneCycleLR`.
pub fn factor(spec: &ScheduleSpec, step: usize, steps_per_epoch: usize, epochs: usize, falls: u32) -> f64 {
    let per_epoch = steps_per_epoch.max(1) as f64;
    let warmup = spec.warmup_epochs * per_epoch;
    let step = step as f64;
    if step < warmup {
        return (step + 1.0) / (warmup + 1.0);
    }
    let step = step - warmup;
    let total = (epochs as f64 * per_epoch - warmup).max(1.0);
    match spec.decay {
        Decay::Constant => 1.0,
        Decay::Step { every, factor } => factor.powf((step / per_epoch / every.0).floor()),
        Decay::Exponential { factor } => factor.powf(step / per_epoch),
        Decay::Cosine => half_cosine(1.0, 0.0, step / total),
        Decay::OneCycle { rise } => {
            let peak = rise * total - 1.0;
            if step <= peak {
                // A rise of one step is at its end where it starts.
                let share = if peak > 0.0 { step / peak } else { 1.0 };
                half_cosine(CYCLE_START, 1.0, share)
            } else {
                half_cosine(1.0, CYCLE_END, (step - peak) / (total - 1.0 - peak))
            }
        }
        Decay::OnPlateau { factor, .. } => factor.powi(falls as i32),
    }
}

/// From `start` to `end` along half a cosine, at `share` of the way.
fn half_cosine(start: f64, end: f64, share: f64) -> f64 {
    end + (start - end) * (1.0 + (PI * share.clamp(0.0, 1.0)).cos()) / 2.0
}

/// At most `points` factors of a whole run, evenly spaced over its steps, to draw the schedule
/// before it is run. What depends on the run itself, a plateau, is drawn as if it never came.
pub fn preview(spec: &ScheduleSpec, steps_per_epoch: usize, epochs: usize, points: usize) -> Vec<f32> {
    let steps = steps_per_epoch * epochs;
    let count = points.min(steps);
    (0..count)
        .map(|i| {
            let step = if count > 1 { i * (steps - 1) / (count - 1) } else { 0 };
            factor(spec, step, steps_per_epoch, epochs, 0) as f32
        })
        .collect()
}

/// Watches a loss for improvement: for plateaus of the schedule and for early stopping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Patience {
    best: f64,
    since: usize,
    patience: usize,
}

impl Patience {
    /// Improvements smaller than this share of the best loss do not count (PyTorch's
    /// `ReduceLROnPlateau` has the same default).
    const THRESHOLD: f64 = 1e-4;

    /// Puts up with `patience` epochs without improvement.
    pub fn new(patience: usize) -> Self {
        Self { best: f64::INFINITY, since: 0, patience }
    }

    /// Takes the loss of another epoch; returns whether it is the best so far, and whether patience
    /// has run out. Counting starts anew then.
    pub fn observe(&mut self, loss: f64) -> (bool, bool) {
        let improved = loss < self.best * (1.0 - Self::THRESHOLD);
        if improved {
            self.best = loss;
            self.since = 0;
            return (true, false);
        }
        self.since += 1;
        let out = self.since > self.patience;
        if out {
            self.since = 0;
        }
        (false, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(decay: Decay, warmup_epochs: f64) -> Vec<f64> {
        let spec = ScheduleSpec { warmup_epochs, decay };
        (0..40).map(|step| factor(&spec, step, 10, 4, 0)).collect()
    }

    #[test]
    fn schedules_have_the_shape_they_are_named_for() {
        assert!(factors(Decay::Constant, 0.0).iter().all(|f| *f == 1.0));
        let step = factors(Decay::Step { every: 2.into(), factor: 0.1 }, 0.0);
        assert_eq!((step[0], step[19], step[20], step[39]), (1.0, 1.0, 0.1, 0.1));
        let exponential = factors(Decay::Exponential { factor: 0.5 }, 0.0);
        assert_eq!((exponential[0], exponential[10], exponential[20]), (1.0, 0.5, 0.25));
        let cosine = factors(Decay::Cosine, 0.0);
        assert!(cosine.windows(2).all(|pair| pair[1] < pair[0]) && cosine[39] < 0.01);
        assert!((cosine[20] - 0.5).abs() < 1e-12);
        let cycle = factors(Decay::OneCycle { rise: 0.25 }, 0.0);
        let peak = cycle.iter().position(|f| *f == 1.0);
        assert_eq!(peak, Some(9));
        assert!((cycle[0] - CYCLE_START).abs() < 1e-12);
        assert!((cycle[39] - CYCLE_END).abs() < 1e-12);
    }

    #[test]
    fn no_factor_is_no_number_however_short_the_run() {
        for (steps, tenths) in (1..=20).flat_map(|steps| (1..10).map(move |tenths| (steps, tenths))) {
            let decay = Decay::OneCycle { rise: f64::from(tenths) / 10.0 };
            let all = preview(&ScheduleSpec { warmup_epochs: 0.0, decay }, steps, 1, steps);
            assert!(all.iter().all(|factor| *factor > 0.0 && *factor <= 1.0), "{steps}, {tenths}: {all:?}");
        }
    }

    #[test]
    fn warm_up_rises_in_equal_steps_and_then_hands_over() {
        let warm = factors(Decay::Constant, 0.5);
        for (i, factor) in warm.iter().take(5).enumerate() {
            assert!((factor - (i + 1) as f64 / 6.0).abs() < 1e-12);
        }
        assert!(warm[5..].iter().all(|f| *f == 1.0));
        assert_eq!(factors(Decay::Cosine, 1.0)[10], 1.0, "the cosine starts after the warm-up");
    }

    #[test]
    fn a_preview_spans_the_run() {
        let spec = ScheduleSpec { warmup_epochs: 0.0, decay: Decay::Exponential { factor: 0.5 } };
        for (points, expected) in [(5, 5), (1000, 40), (1, 1)] {
            assert_eq!(preview(&spec, 10, 4, points).len(), expected);
        }
        let all = preview(&spec, 10, 4, 5);
        assert_eq!((all[0], all[4]), (1.0, 0.5f64.powf(3.9) as f32));
    }

    #[test]
    fn patience_runs_out_after_its_epochs_and_starts_anew() {
        let mut patience = Patience::new(1);
        let losses = [1.0, 0.5, 0.6, 0.6, 0.6, 0.6, 0.4, 0.39999];
        let seen: Vec<(bool, bool)> = losses.map(|loss| patience.observe(loss)).to_vec();
        let (better, worse, out) = ((true, false), (false, false), (false, true));
        assert_eq!(seen, [better, better, worse, out, worse, out, better, worse]);
        assert_eq!(Patience::new(0).observe(f64::NAN), (false, true), "no number is no improvement");
    }
}
