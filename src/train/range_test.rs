//! The learning-rate range test (Smith, 2017): train a throw-away network while the rate grows, and
//! see where the loss falls and where it bursts.
//!
//! Think of turning a tap up slowly. Too small a rate does nothing, too large a one undoes what was
//! learnt; a good one lies where the loss falls fastest, well before it rises again.

use super::session::Session;
use crate::data::Dataset;
use crate::device::Opened;
use crate::error::Result;
use crate::protocol::{RunState, float32_array};
use crate::spec::{Changes, Decay, LIMITS, RunSpec, ScheduleSpec};
use serde::Serialize;
use web_time::{Duration, Instant};

/// Steps of a test that nothing ends before.
pub const STEPS: usize = 120;

/// The factor from one step's rate to the next: the 120 steps span the limits of the rate.
const GROWTH: f64 = 1.145;

/// The share of the former mean that the smoothed loss keeps. fastai's 0.98 looks back over 50
/// steps, half a test: what it shows then lags behind by three powers of ten of the rate.
const SMOOTHING: f64 = 0.9;

/// The test ends once the smoothed loss is so many times its best (fastai's bound).
const BURST: f64 = 4.0;

/// Steps on either side that the slope at a step is fitted to, for a single batch's loss is luck.
const SLOPE_REACH: usize = 5;

/// A fall of the smoothed loss by a smaller share of its start is taken for luck.
const LEAST_FALL: f64 = 0.02;

/// What a range test has found. The vectors are of equal length, one number per step.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct RangeTestProgress {
    /// Learning rate of each step, growing by a constant factor.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub rates: Vec<f32>,
    /// Cross-entropy of each step's batch before its update, in nats.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub losses: Vec<f32>,
    /// The losses' exponential moving mean, corrected for its start from nothing.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub smoothed: Vec<f32>,
    /// Whether the test is over: all steps trained, or the loss has burst.
    pub done: bool,
    /// The rate at which the smoothed loss falls fastest per factor of the rate; absent until the
    /// test is over, and where the loss never fell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<f64>,
    /// The other rule of thumb: a tenth of the rate at which the smoothed loss is smallest. Absent
    /// where the suggestion is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenth_of_minimum: Option<f64>,
    /// The test waits for images that have not been loaded.
    pub waiting_for_data: bool,
}

/// A range test in hand: a run of its own, which nothing is kept of but the losses.
pub struct RangeTest {
    session: Session,
    rates: Vec<f64>,
    losses: Vec<f64>,
    smoothed: Vec<f64>,
    done: bool,
}

impl RangeTest {
    /// Prepares a test of a spec that is free of problems. Its schedule and its learning rate are
    /// ignored; all else is as in a run of the spec, the order of the images too.
    ///
    /// # Errors
    ///
    /// Those of [`Session::new`].
    pub fn new(mut spec: RunSpec, data: &Dataset, device: Opened) -> Result<Self> {
        spec.train.schedule = ScheduleSpec { warmup_epochs: 0.0, decay: Decay::Constant };
        spec.train.early_stopping = None;
        // An epoch has at least one step.
        spec.train.epochs = STEPS.into();
        let session = Session::new(spec, data, device)?;
        Ok(Self { session, rates: Vec::new(), losses: Vec::new(), smoothed: Vec::new(), done: false })
    }

    /// Trains for about `budget`, at least one step, until the test is over or images are needed
    /// that have not been loaded. Returns all that has been found so far.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`](crate::error::ErrorCode::DeviceLost) where the device does not answer.
    pub async fn advance(&mut self, data: &Dataset, budget: Duration) -> Result<RangeTestProgress> {
        let start = Instant::now();
        let mut waiting = false;
        while !self.done && !waiting {
            waiting = !self.step(data).await?;
            if start.elapsed() >= budget {
                break;
            }
        }
        Ok(self.progress(waiting))
    }

    /// One step at its rate; returns whether its images had arrived.
    async fn step(&mut self, data: &Dataset) -> Result<bool> {
        let rate = rate(self.rates.len());
        self.session.update(Changes { learning_rate: Some(rate), epochs: None })?;
        self.session.skip_evaluations();
        let progress = self.session.advance(data, Duration::ZERO, 1).await?;
        let Some(loss) = progress.losses.first() else { return Ok(false) };
        if progress.state == RunState::Failed {
            self.done = true;
        } else {
            self.record(rate, f64::from(*loss));
        }
        Ok(true)
    }

    fn record(&mut self, rate: f64, loss: f64) {
        self.rates.push(rate);
        self.losses.push(loss);
        self.smoothed = smooth(&self.losses);
        let best = self.smoothed.iter().copied().fold(f64::INFINITY, f64::min);
        let burst = self.smoothed.last().is_some_and(|last| *last > BURST * best);
        self.done = burst || self.losses.len() == STEPS;
    }

    fn progress(&self, waiting_for_data: bool) -> RangeTestProgress {
        let array = |values: &[f64]| values.iter().map(|value| *value as f32).collect();
        let found = if self.done { suggest(&self.smoothed) } else { None };
        RangeTestProgress {
            rates: array(&self.rates),
            losses: array(&self.losses),
            smoothed: array(&self.smoothed),
            done: self.done,
            suggestion: found.map(|(steepest, _)| rate(steepest)),
            tenth_of_minimum: found.map(|(_, minimum)| rate(minimum) / 10.0),
            waiting_for_data,
        }
    }
}

/// The rate of a step, from 0.
fn rate(step: usize) -> f64 {
    LIMITS.learning_rate.min * GROWTH.powi(step as i32)
}

/// The exponential moving mean of the losses up to each, divided by the sum of its weights (Kingma
/// and Ba, 2015; as fastai's learning-rate finder does).
fn smooth(losses: &[f64]) -> Vec<f64> {
    let (mut mean, mut left) = (0.0, 1.0);
    losses
        .iter()
        .map(|loss| {
            mean = SMOOTHING * mean + (1.0 - SMOOTHING) * loss;
            left *= SMOOTHING;
            mean / (1.0 - left)
        })
        .collect()
}

/// The steps at which the smoothed loss falls fastest and is smallest, where it falls at all.
fn suggest(smoothed: &[f64]) -> Option<(usize, usize)> {
    let by_value = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
    let (minimum, least) = smoothed.iter().copied().enumerate().min_by(by_value)?;
    let start = smoothed.iter().take(minimum + 1).copied().fold(f64::NEG_INFINITY, f64::max);
    if least > start * (1.0 - LEAST_FALL) {
        return None;
    }
    // Before that, a mean of few losses moves by luck.
    let first = SLOPE_REACH.min(minimum);
    let falls = (first..=minimum).map(|step| (step, slope(smoothed, step)));
    falls.min_by(by_value).map(|(steepest, _)| (steepest, minimum))
}

/// The slope of the line that fits the values around a step best (least squares), per step; all
/// steps are the same factor of the rate apart.
fn slope(values: &[f64], step: usize) -> f64 {
    let from = step.saturating_sub(SLOPE_REACH);
    let around: Vec<f64> = values.iter().skip(from).take(step + SLOPE_REACH + 1 - from).copied().collect();
    let middle = (around.len() as f64 - 1.0) / 2.0;
    let at = |i: usize| i as f64 - middle;
    let squares: f64 = (0..around.len()).map(|i| at(i) * at(i)).sum();
    around.iter().enumerate().map(|(i, value)| at(i) * value).sum::<f64>() / squares.max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rates_span_their_limits_by_equal_factors() {
        assert_eq!(rate(0), LIMITS.learning_rate.min);
        let last = rate(STEPS - 1);
        assert!(last > LIMITS.learning_rate.max / GROWTH && last <= LIMITS.learning_rate.max, "{last}");
        for step in 1..STEPS {
            assert!((rate(step) / rate(step - 1) / GROWTH - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn smoothing_starts_without_a_bias_and_follows_slowly() {
        assert!(smooth(&[]).is_empty());
        let same = smooth(&[2.5; 50]);
        assert!(same.iter().all(|mean| (mean - 2.5).abs() < 1e-12), "{same:?}");
        // By hand: 0.1 * 0.9 * 1 + 0.1 * 4, over the weights 0.1 * 0.9 + 0.1.
        let two = smooth(&[1.0, 4.0]);
        assert!((two[1] - 0.49 / 0.19).abs() < 1e-12, "{two:?}");
        let step: Vec<f64> = (0..100).map(|i| if i < 50 { 1.0 } else { 0.0 }).collect();
        let followed = smooth(&step);
        assert!((followed[56] - 0.9f64.powi(7)).abs() < 0.01, "{}", followed[56]);
    }

    #[test]
    fn a_slope_is_that_of_the_line_through_its_surroundings() {
        let line: Vec<f64> = (0..30).map(|i| 3.0 - 0.25 * f64::from(i)).collect();
        for step in [0, 1, 15, 28, 29] {
            assert!((slope(&line, step) + 0.25).abs() < 1e-12, "at {step}");
        }
        let spike: Vec<f64> = (0..11).map(|i| if i == 5 { 9.0 } else { 1.0 }).collect();
        assert_eq!(slope(&spike, 5), 0.0, "one batch's luck does not tilt it");
        assert_eq!(slope(&[1.0], 0), 0.0);
    }

    #[test]
    fn the_suggestion_is_where_the_loss_falls_fastest() {
        // Falls around step 60, least at 90, then bursts.
        let curve: Vec<f64> = (0..110)
            .map(|i| {
                let fall = 2.3 / (1.0 + (f64::from(i - 60) / 6.0).exp());
                fall + if i > 90 { 0.05 * f64::from(i - 90).powi(2) } else { 0.0 }
            })
            .collect();
        assert_eq!(suggest(&curve), Some((60, 90)));
    }

    #[test]
    fn a_loss_that_never_falls_suggests_nothing() {
        let rising: Vec<f64> = (0..50).map(|i| 2.3 + 0.1 * f64::from(i)).collect();
        let flat: Vec<f64> = (0..50).map(|i| 2.3 + 0.01 * f64::from(i % 2)).collect();
        assert_eq!([suggest(&rising), suggest(&flat), suggest(&[])], [None; 3]);
    }
}
