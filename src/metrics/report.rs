use super::calibration::{Binning, Calibration};
use super::confusion::{ConfusedPair, Confusion};
use super::curve;
use super::scores::{Scored, Scores};
use crate::error::Result;
use crate::protocol::uint32_array;
use serde::Serialize;

/// Everything that scores and labels say about a network.
///
/// All classes count, also those without an image or never predicted: their precision, recall and F1
/// are 0 where they would be 0 / 0 (scikit-learn's `labels=range(classes), zero_division=0`).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Report {
    /// Images looked at: the sum of `confusion`.
    pub images: usize,
    /// Share classified correctly.
    pub accuracy: f64,
    /// Share whose true class is among the two with the largest scores; of equal scores the lower
    /// class goes first, as it does for the prediction. 1 where there are two classes.
    pub top_two_accuracy: f64,
    /// Mean of `-ln(probability of the true class)`, in nats, the probability held within
    /// 2⁻⁵² of 0 and 1, so that no image costs more than 36.
    pub log_loss: f64,
    /// Mean of the classes' areas under the ROC curve, those left out that have none; absent where
    /// no class has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub roc_auc: Option<f64>,
    /// Class by class.
    pub classes: Vec<ClassReport>,
    /// Mean over the classes, each counting the same.
    pub macro_average: Average,
    /// Mean over the classes, each counting as often as it has images.
    pub weighted_average: Average,
    /// How far the confidence can be believed.
    pub calibration: Calibration,
    /// Counts, `[classes, classes]` row by row: row = true class, column = predicted class.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub confusion: Vec<u32>,
    /// Pairs of classes that were confused, the most frequent first; of equally frequent ones the
    /// lower true class, then the lower predicted class.
    pub most_confused: Vec<ConfusedPair>,
}

/// How well one class is told from the rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClassReport {
    /// Of the images taken for this class, the share that belongs to it; 0 where there are none.
    pub precision: f64,
    /// Of the images of this class, the share taken for it; 0 where there are none.
    pub recall: f64,
    /// Harmonic mean of precision and recall; 0 where both are.
    pub f1: f64,
    /// Images of this class.
    pub support: usize,
    /// Area under the ROC curve of this class against the rest: how likely one of its images gets a
    /// larger probability of it than another image does, an equal one counting half. Absent where
    /// there is no image of the class, or none of the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub roc_auc: Option<f64>,
}

/// Precision, recall and F1, averaged over the classes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Average {
    /// Mean precision.
    pub precision: f64,
    /// Mean recall.
    pub recall: f64,
    /// Mean of the F1 values, not the F1 of the means.
    pub f1: f64,
}

/// Judges what a network says of images against their labels.
///
/// `scores` is `[images, classes]` row by row, `labels` is `[images]`.
///
/// # Errors
///
/// [`DataMissing`](crate::error::ErrorCode::DataMissing) without an image,
/// [`Diverged`](crate::error::ErrorCode::Diverged) where a score is not finite, and
/// [`BadData`](crate::error::ErrorCode::BadData) where scores, labels and classes do not fit each
/// other, or what is given as probabilities is none.
pub fn report(scores: Scores, labels: &[u8], classes: usize) -> Result<Report> {
    let scored = Scored::new(scores, labels, classes)?;
    let mut confusion = Confusion::new(classes);
    let mut binning = Binning::default();
    let mut in_top_two = 0usize;
    let mut log_loss = 0.0;
    for row in scored.rows() {
        let predicted = row.predicted();
        confusion.add(row.truth, predicted);
        binning.add(row.probabilities[predicted], predicted == row.truth);
        in_top_two += usize::from(curve::in_top(2, &row));
        log_loss += curve::log_loss(&row);
    }
    let classes: Vec<ClassReport> =
        (0..scored.classes()).map(|class| class_report(class, &confusion, &scored)).collect();
    let of_all = |sum: f64| sum / scored.images() as f64;
    Ok(Report {
        images: scored.images(),
        accuracy: of_all(confusion.correct() as f64),
        top_two_accuracy: of_all(in_top_two as f64),
        log_loss: of_all(log_loss),
        roc_auc: mean(classes.iter().filter_map(|class| class.roc_auc)),
        macro_average: average(&classes, |_| 1.0),
        weighted_average: average(&classes, |class| class.support as f64),
        classes,
        calibration: binning.result(),
        most_confused: confusion.most_confused(),
        confusion: confusion.into_counts(),
    })
}

fn class_report(class: usize, confusion: &Confusion, scored: &Scored) -> ClassReport {
    let correct = confusion.count(class, class);
    let support = confusion.support(class);
    let predicted = confusion.predicted(class);
    ClassReport {
        precision: share(correct, predicted),
        recall: share(correct, support),
        f1: share(2 * correct, support + predicted),
        support,
        roc_auc: curve::roc_auc(scored.one_against_rest(class)),
    }
}

/// `part / whole`, and 0 for 0 / 0.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The mean of each number, a class counting as much as its weight.
fn average(classes: &[ClassReport], weight: impl Fn(&ClassReport) -> f64) -> Average {
    let weights: f64 = classes.iter().map(&weight).sum();
    let mean_of = |value: fn(&ClassReport) -> f64| {
        classes.iter().map(|class| weight(class) * value(class)).sum::<f64>() / weights
    };
    Average {
        precision: mean_of(|class| class.precision),
        recall: mean_of(|class| class.recall),
        f1: mean_of(|class| class.f1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    /// One probability row per image with `0.75` on what is predicted and `0.25` beside it.
    fn judged(images: &[(u8, usize)], classes: usize) -> Report {
        let mut probabilities = vec![0.0; images.len() * classes];
        for (row, (_, predicted)) in probabilities.chunks_mut(classes).zip(images) {
            row[*predicted] = 0.75;
            row[(predicted + 1) % classes] = 0.25;
        }
        let labels: Vec<u8> = images.iter().map(|(label, _)| *label).collect();
        report(Scores::Probabilities(&probabilities), &labels, classes).expect("it is sound")
    }

    #[test]
    fn precision_looks_down_the_column_and_recall_along_the_row() {
        // Class 0: four images, one found, and one more taken for it.
        let report = judged(&[(0, 0), (0, 1), (0, 1), (0, 1), (1, 0)], 2);
        let class = &report.classes[0];
        assert_eq!((class.precision, class.recall, class.support), (0.5, 0.25, 4));
        assert_eq!(class.f1, 2.0 * 0.5 * 0.25 / (0.5 + 0.25));
        assert_eq!((report.images, report.accuracy, report.top_two_accuracy), (5, 0.2, 1.0));
        assert_eq!(report.confusion, [1, 3, 1, 0]);
        // Class 1 is never found, so only the first class adds to the means.
        assert_eq!((report.macro_average.precision, report.macro_average.recall), (0.25, 0.125));
        assert_eq!((report.weighted_average.precision, report.weighted_average.recall), (0.4, 0.2));
    }

    #[test]
    fn a_class_that_is_nowhere_counts_as_zero_and_has_no_area() {
        let report = judged(&[(0, 0), (1, 1), (1, 1)], 3);
        let nowhere = ClassReport { precision: 0.0, recall: 0.0, f1: 0.0, support: 0, roc_auc: None };
        assert_eq!(report.classes[2], nowhere);
        assert_eq!(report.macro_average.f1, 2.0 / 3.0);
        assert_eq!(report.weighted_average.f1, 1.0);
        assert_eq!(report.roc_auc, Some(1.0), "the mean of the two classes that have one");
    }

    #[test]
    fn images_of_one_class_only_have_no_area_at_all() {
        let report = judged(&[(1, 1), (1, 0)], 3);
        assert!(report.classes.iter().all(|class| class.roc_auc.is_none()));
        assert_eq!(report.roc_auc, None);
        let json = serde_json::to_string(&report).expect("a report is plain values");
        assert!(!json.contains("rocAuc") && !json.contains("null"), "what is absent is not sent: {json}");
    }

    #[test]
    fn nothing_to_judge_is_said_in_words() {
        let cases: [(Scores, &[u8], ErrorCode); 3] = [
            (Scores::Logits(&[]), &[], ErrorCode::DataMissing),
            (Scores::Logits(&[f32::NAN, 0.0]), &[0], ErrorCode::Diverged),
            (Scores::Probabilities(&[f32::NAN, f32::NAN]), &[0], ErrorCode::Diverged),
        ];
        for (scores, labels, code) in cases {
            let error = report(scores, labels, 2).expect_err("there is nothing to judge");
            assert_eq!(error.code, code);
        }
    }

    #[test]
    fn logits_and_the_probabilities_they_stand_for_say_the_same() {
        let labels = [0, 1, 2, 2];
        let logits = [2.0, 1.0, 0.0, 0.5, 0.5, 0.0, 1.0, -1.0, 0.25, -3.0, 0.0, 3.0f32];
        let probabilities: Vec<f32> = logits
            .chunks(3)
            .flat_map(|row| {
                let sum: f32 = row.iter().map(|logit| logit.exp()).sum();
                row.iter().map(move |logit| logit.exp() / sum)
            })
            .collect();
        let of_logits = report(Scores::Logits(&logits), &labels, 3).expect("they are sound");
        let of_probabilities = report(Scores::Probabilities(&probabilities), &labels, 3).expect("sound too");
        assert_eq!(of_logits.confusion, of_probabilities.confusion);
        assert_eq!(of_logits.roc_auc, of_probabilities.roc_auc);
        assert!((of_logits.log_loss - of_probabilities.log_loss).abs() < 1e-6);
        assert!((of_logits.calibration.error - of_probabilities.calibration.error).abs() < 1e-6);
    }
}
