use super::predicted;
use crate::error::{Error, ErrorCode, Result};
use crate::say::{Sentence, in_digits, say};

/// How far from 1 the probabilities of one image may add up, for they were rounded to `f32`.
pub const SUM_TOLERANCE: f64 = 1e-3;

/// What a network says of images: `[images, classes]`, row by row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scores<'a> {
    /// What the last layer gives; softmax makes them probabilities.
    Logits(&'a [f32]),
    /// Not negative, and adding up to 1 within [`SUM_TOLERANCE`] for each image; taken as they are.
    Probabilities(&'a [f32]),
}

/// Scores and labels that fit each other, and the probabilities in `f64`.
///
/// What is decided within one image goes by the scores as they came, so that it agrees with what
/// was counted while training; what compares images goes by the probabilities.
pub(super) struct Scored<'a> {
    classes: usize,
    labels: &'a [u8],
    scores: &'a [f32],
    probabilities: Vec<f64>,
}

/// One image: its true class and what the network says of it, one number per class.
pub(super) struct Row<'a> {
    pub truth: usize,
    pub scores: &'a [f32],
    pub probabilities: &'a [f64],
}

impl<'a> Scored<'a> {
    /// Checks that there is one finite score for each image and class, and a class for each label.
    pub fn new(scores: Scores<'a>, labels: &'a [u8], classes: usize) -> Result<Self> {
        let (Scores::Logits(values) | Scores::Probabilities(values)) = scores;
        check_form(values, labels, classes)?;
        let probabilities = match scores {
            Scores::Logits(logits) => logits.chunks_exact(classes).flat_map(softmax).collect(),
            Scores::Probabilities(values) => {
                check_sums(values, classes)?;
                values.iter().copied().map(f64::from).collect()
            }
        };
        Ok(Self { classes, labels, scores: values, probabilities })
    }

    pub fn classes(&self) -> usize {
        self.classes
    }

    pub fn images(&self) -> usize {
        self.labels.len()
    }

    /// Image by image.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let scores = self.scores.chunks_exact(self.classes);
        let probabilities = self.probabilities.chunks_exact(self.classes);
        self.labels.iter().zip(scores.zip(probabilities)).map(|(label, (scores, probabilities))| Row {
            truth: usize::from(*label),
            scores,
            probabilities,
        })
    }

    /// Each image's probability of one class, and whether that is its true class.
    pub fn one_against_rest(&self, class: usize) -> Vec<(f64, bool)> {
        self.rows().map(|row| (row.probabilities[class], row.truth == class)).collect()
    }
}

impl Row<'_> {
    pub fn predicted(&self) -> usize {
        predicted(self.scores)
    }
}

fn check_form(values: &[f32], labels: &[u8], classes: usize) -> Result<()> {
    let images = labels.len();
    if images == 0 {
        let message = say!("There are no images to judge by. Load some, then ask again.");
        return Err(Error::new(ErrorCode::DataMissing, message));
    }
    if classes < 2 {
        return Err(bad(say!("At least 2 classes are needed to tell apart, not {classes}.", classes)));
    }
    if images.checked_mul(classes) != Some(values.len()) {
        return Err(bad(say!(
            "{images} images of {classes} classes need one score for each image and class, but there are {scores} \
             scores. Give as many labels as images and the classes of the network.",
            images,
            classes,
            scores = values.len()
        )));
    }
    if let Some((image, label)) = labels.iter().enumerate().find(|(_, label)| usize::from(**label) >= classes)
    {
        return Err(bad(say!(
            "Image {image} has the label {label}, but the network only knows the classes 0 to {last}. Use a \
             network with more classes or leave such images out.",
            image,
            label,
            last = classes - 1
        )));
    }
    if let Some(at) = values.iter().position(|value| !value.is_finite()) {
        let message = say!(
            "The network's score for image {image} is not a finite number: its weights have grown too large. \
             Lower the learning rate, then train again.",
            image = at / classes
        );
        return Err(Error::new(ErrorCode::Diverged, message));
    }
    Ok(())
}

fn check_sums(values: &[f32], classes: usize) -> Result<()> {
    for (image, row) in values.chunks_exact(classes).enumerate() {
        let sum: f64 = row.iter().copied().map(f64::from).sum();
        if row.iter().any(|value| *value < 0.0) || (sum - 1.0).abs() > SUM_TOLERANCE {
            return Err(bad(say!(
                "The scores of image {image} are no probabilities: they must not be negative and must add up to \
                 1, but add up to {sum}. Give logits as logits.",
                image,
                sum = in_digits(format_args!("{sum:.4}"))
            )));
        }
    }
    Ok(())
}

fn bad(message: Sentence) -> Error {
    Error::new(ErrorCode::BadData, message)
}

/// The probabilities that the logits of one image stand for: `exp(x) / sum(exp(x))`, shifted by
/// the largest logit so that nothing overflows.
pub fn softmax(logits: &[f32]) -> Vec<f64> {
    let largest = logits.iter().copied().map(f64::from).fold(f64::NEG_INFINITY, f64::max);
    let exponentials: Vec<f64> = logits.iter().map(|logit| (f64::from(*logit) - largest).exp()).collect();
    let sum: f64 = exponentials.iter().sum();
    exponentials.into_iter().map(|exponential| exponential / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(scores: Scores, labels: &[u8], classes: usize) -> Error {
        Scored::new(scores, labels, classes).err().expect("it is refused")
    }

    #[test]
    fn what_does_not_fit_is_refused_in_words() {
        use ErrorCode::{BadData, DataMissing, Diverged};
        use Scores::{Logits, Probabilities};
        let cases: [(Scores, &[u8], usize, ErrorCode, &str); 13] = [
            (Logits(&[]), &[], 10, DataMissing, "There are no images"),
            (Probabilities(&[]), &[], 0, DataMissing, "There are no images"),
            (Logits(&[0.0, 1.0]), &[0, 1], 1, BadData, "At least 2 classes are needed to tell apart, not 1."),
            (Logits(&[0.0; 5]), &[0, 1], 2, BadData, "2 images of 2 classes need one score for each"),
            (Logits(&[0.0; 4]), &[0], 2, BadData, "but there are 4 scores"),
            (Logits(&[0.0; 4]), &[0; 4], usize::MAX, BadData, "but there are 4 scores"),
            (Logits(&[0.0; 4]), &[1, 2], 2, BadData, "Image 1 has the label 2, but"),
            (Logits(&[0.0, 1.0, f32::NAN, 0.0]), &[0, 1], 2, Diverged, "score for image 1 is not a finite"),
            (Logits(&[0.0, f32::INFINITY, 0.0, 0.0]), &[0, 1], 2, Diverged, "score for image 0 is not"),
            (Probabilities(&[0.5, 0.5, f32::NAN, 0.5]), &[0, 1], 2, Diverged, "image 1 is not a finite"),
            (Probabilities(&[0.5, 0.5, 0.5, 0.6]), &[0, 1], 2, BadData, "image 1 are no probabilities"),
            (Probabilities(&[0.5, 0.4]), &[0], 2, BadData, "add up to 0.9000. Give logits as logits."),
            (Probabilities(&[1.5, -0.5]), &[0], 2, BadData, "image 0 are no probabilities"),
        ];
        for (scores, labels, classes, code, words) in cases {
            let error = refusal(scores, labels, classes);
            assert_eq!(error.code, code, "{scores:?}");
            assert!(error.message.contains(words), "{words:?} is not in {:?}", error.message);
        }
    }

    #[test]
    fn softmax_neither_overflows_nor_underflows_to_nothing() {
        let cases: [(&[f32], &[f64]); 4] = [
            (&[f32::MAX, f32::MIN], &[1.0, 0.0]),
            (&[-1e30, -1e30], &[0.5, 0.5]),
            (&[1000.0, 1000.0, 0.0], &[0.5, 0.5, 0.0]),
            (&[0.0, 1.0], &[0.268_941_421_369_995_1, 0.731_058_578_630_004_9]),
        ];
        for (logits, expected) in cases {
            for (probability, expected) in softmax(logits).iter().zip(expected) {
                assert!((probability - expected).abs() < 1e-15, "{logits:?}: {probability}");
            }
        }
    }

    #[test]
    fn probabilities_are_taken_as_they_are() {
        let values = [0.25f32, 0.750_5, 0.1, 0.9];
        let scored = Scored::new(Scores::Probabilities(&values), &[1, 0], 2).expect("they are sound");
        assert_eq!(scored.one_against_rest(1), [(f64::from(0.750_5f32), true), (f64::from(0.9f32), false)]);
    }
}
