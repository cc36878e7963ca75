//! Which images a run is for: those that come with the page, or a set of the user's own.
//!
//! Of an own set the spec says only its measures. The images themselves are loaded beside it, and a
//! run is refused where the two do not belong together.

use super::{Checker, Count, DataSpec, LIMITS, LayerSpec, Normalization, ProblemCode, Range, RunSpec};
use crate::model::shapes::Shape;
use crate::say::{plain, say};
use serde::{Deserialize, Serialize};

/// Mean and standard deviation of MNIST's training pixels, with white as 1.
const MNIST_PIXELS: (f64, f64) = (0.1307, 0.3081);

/// The images a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum DatasetSpec {
    /// Handwritten digits: 60,000 training and 10,000 test images of 28x28 grey pixels.
    Mnist,
    /// A set of the user's own, scaled to 28x28 grey pixels.
    Own {
        /// How many classes it has.
        classes: Count,
        /// How many training images it has, before any are held out for validation.
        training_images: Count,
        /// How many test images it has.
        test_images: Count,
        /// Mean of the training images' pixels, with white as 1.
        mean: f64,
        /// Standard deviation of the training images' pixels, with white as 1.
        deviation: f64,
    },
}

impl DatasetSpec {
    /// Where fault is found with the number of classes.
    pub(crate) const CLASSES_FIELD: &str = "data.dataset.own.classes";

    /// How many classes it has; within its limits, so that a wrong number of an own set can be
    /// judged like any other.
    pub fn classes(self) -> usize {
        match self {
            Self::Mnist => 10,
            Self::Own { classes, .. } => within(classes, LIMITS.classes),
        }
    }

    /// How many training images it has, before any are held out for validation and without those
    /// that are added by hand; within its limits.
    pub fn training_images(self) -> usize {
        match self {
            Self::Mnist => 60_000,
            Self::Own { training_images, .. } => within(training_images, LIMITS.training_images),
        }
    }

    /// How many test images it has; within its limits.
    pub fn test_images(self) -> usize {
        match self {
            Self::Mnist => 10_000,
            Self::Own { test_images, .. } => within(test_images, LIMITS.test_images),
        }
    }

    /// The shape of an image: one grey channel.
    pub fn image_shape(self) -> Shape {
        match self {
            Self::Mnist | Self::Own { .. } => Shape::Map { channels: 1, height: 28, width: 28 },
        }
    }

    /// Mean and standard deviation of its training images' pixels, with white as 1.
    pub fn pixels(self) -> (f64, f64) {
        match self {
            Self::Mnist => MNIST_PIXELS,
            Self::Own { mean, deviation, .. } => (mean, deviation),
        }
    }
}

impl DataSpec {
    /// `(scale, shift)` such that the network's input is `byte * scale + shift`.
    pub fn affine(&self) -> (f32, f32) {
        let (mean, deviation) = match self.normalization {
            Normalization::None => return (1.0, 0.0),
            Normalization::Unit => (0.0, 1.0),
            Normalization::Half => (0.5, 0.5),
            Normalization::MeanStd => {
                let (mean, deviation) = self.dataset.pixels();
                (mean as f32, deviation as f32)
            }
        };
        (1.0 / (255.0 * deviation), -mean / deviation)
    }
}

impl RunSpec {
    /// The same recipe for another data set: the last dense layer gets one unit per class, the same
    /// share of the images is held out, and a batch that is larger than what is left shrinks to it.
    #[must_use]
    pub fn adapted_to(mut self, dataset: DatasetSpec) -> Self {
        let share = self.data.validation_images.0 / self.data.dataset.training_images() as f64;
        let images = dataset.training_images();
        let held_out = Count((share * images as f64).round());
        let most =
            Range { max: LIMITS.validation_images.max.min(images as f64 - 1.0), ..LIMITS.validation_images };
        self.data.validation_images = within(held_out, most).into();
        let left = images - self.data.validation_images.get();
        self.train.batch_size = Count(self.train.batch_size.0.min(left as f64));
        if let Some(LayerSpec::Dense { units }) = self.model.layers.last_mut() {
            *units = dataset.classes().into();
        }
        self.data.dataset = dataset;
        self
    }
}

/// Adds the problems of the data set's own numbers and of what they leave to train on.
pub(super) fn check(spec: &RunSpec, check: &mut Checker) {
    let data = &spec.data;
    let before = check.problems.len();
    if let DatasetSpec::Own { classes, training_images, test_images, mean, deviation } = data.dataset {
        check.count(DatasetSpec::CLASSES_FIELD, say!("The number of classes"), classes, LIMITS.classes);
        let (field, limits) = ("data.dataset.own.trainingImages", LIMITS.training_images);
        check.count(field, say!("The number of training images"), training_images, limits);
        let (field, limits) = ("data.dataset.own.testImages", LIMITS.test_images);
        check.count(field, say!("The number of test images"), test_images, limits);
        check.number("data.dataset.own.mean", say!("The mean of the pixels"), mean, LIMITS.pixel_mean);
        let (field, limits) = ("data.dataset.own.deviation", LIMITS.pixel_deviation);
        check.number(field, say!("The standard deviation of the pixels"), deviation, limits);
    }
    let (field, range) = ("data.validationImages", LIMITS.validation_images);
    check.count(field, say!("Validation images"), data.validation_images, range);
    if check.problems.len() > before {
        return;
    }
    let (images, held_out) = (data.dataset.training_images(), data.validation_images.get());
    let batch_size = spec.train.batch_size;
    if held_out >= images {
        let message = say!(
            "All {images} training images would be held out for validation. Hold out fewer, so that some are \
             left to train on.",
            images = plain(images as f64)
        );
        check.add(field, ProblemCode::OutOfRange, message);
    } else if batch_size.0 > (images - held_out) as f64 && batch_size.0 <= LIMITS.batch_size.max {
        let message = say!(
            "The batch of {batch} is larger than the {left} images that are left to train on. Use a smaller \
             batch, or hold out fewer images.",
            batch = plain(batch_size.0),
            left = plain((images - held_out) as f64)
        );
        check.add("train.batchSize", ProblemCode::OutOfRange, message);
    }
}

/// A count as an integer within its limits; the smallest for what is not a number.
fn within(count: Count, range: Range) -> usize {
    count.0.max(range.min).min(range.max) as usize
}
