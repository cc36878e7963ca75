//! How good a network is: what it says of images, held against the truth, counted on the host in
//! `f64`.
//!
//! Training needs two numbers a step, from [`cross_entropy`] and [`predicted`]. Everything else that
//! a course teaches is in [`report()`], one look at all scores of a part of the data. Where
//! scikit-learn has the same metric the numbers agree (`tests/metrics.rs`).

mod calibration;
mod confusion;
mod cross_entropy;
mod curve;
mod histogram;
mod report;
mod scores;

pub use calibration::{BINS, Calibration, CalibrationBin};
pub use confusion::{ConfusedPair, Confusion};
pub use cross_entropy::cross_entropy;
pub use histogram::{HISTOGRAM_BINS, Histogram};
pub use report::{Average, ClassReport, Report, report};
pub use scores::{SUM_TOLERANCE, Scores, softmax};

/// The class with the largest logit; of equal logits the lower class.
pub fn predicted(logits: &[f32]) -> usize {
    let mut best = 0;
    for (class, logit) in logits.iter().enumerate() {
        if *logit > logits[best] {
            best = class;
        }
    }
    best
}
