//! A data set of the user's own: what was imported, judged as a whole and parted into images to
//! train on and images to test with.

use super::batches::{Stream, generator};
use super::dataset::{Dataset, Images};
use super::import::{ImageSet, SIDE, check_classes, classes_present};
use super::stats::SetStatistics;
use crate::error::{Error, ErrorCode, Result};
use crate::spec::{DatasetSpec, LIMITS, Range, plain};
use rand::seq::SliceRandom;

/// Bytes of an image.
const SIZE: usize = SIDE * SIDE;

impl Dataset {
    /// Makes a data set of imported images. Without test images of its own, a fifth of each class
    /// is drawn by `seed` and kept for testing: at least one image, but none of a class that has
    /// only one.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] where there are too few or too many images or classes, or the test
    /// images show a class that the training images do not know.
    pub fn own(train: ImageSet, test: Option<ImageSet>, seed: u64) -> Result<Self> {
        let mut train = whole("The training set", train)?;
        check_classes("The training set", train.class_names.len())?;
        check_classes("The training set", classes_present(&train.labels))?;
        let (test, split) = match test {
            Some(test) => (relabelled(whole("The test set", test)?, &train.class_names)?, ""),
            None => (split_off(&mut train, seed), ", a fifth of each class kept for testing"),
        };
        check_count("The training set", train.labels.len(), split, LIMITS.training_images)?;
        check_count("The test set", test.labels.len(), split, LIMITS.test_images)?;
        let ImageSet { class_names, labels, pixels } = train;
        let images = labels.iter().copied().zip(pixels.chunks_exact(SIZE));
        let figures = SetStatistics::of(images, SIZE, class_names.len());
        let [mean, deviation] = [figures.mean, figures.deviation].map(four_digits);
        let spec = DatasetSpec::Own {
            classes: class_names.len().into(),
            training_images: labels.len().into(),
            test_images: test.labels.len().into(),
            mean,
            deviation: deviation.max(LIMITS.pixel_deviation.min),
        };
        let (train, test) =
            (Images::whole(labels, pixels, SIZE), Images::whole(test.labels, test.pixels, SIZE));
        Ok(Self::of_parts(spec, class_names, train, test))
    }
}

impl DatasetSpec {
    /// Refuses a data set that a spec is not for.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::InvalidSpec`] where classes, images or the kind of set differ.
    pub fn check_loaded(self, loaded: Self) -> Result<()> {
        let mend = "Load the data set the spec was made for, or make the spec anew for this one.";
        let message = if self.classes() != loaded.classes() {
            let (asked, found) = (self.classes(), loaded.classes());
            format!("The spec is for {asked} classes and the data that is loaded has {found}. {mend}")
        } else if let (Self::Own { .. }, Self::Own { .. }) = (self, loaded) {
            let images = |spec: Self| [spec.training_images(), spec.test_images()];
            if images(self) == images(loaded) {
                return Ok(());
            }
            let ([train, test], [loaded_train, loaded_test]) =
                (images(self).map(count), images(loaded).map(count));
            format!(
                "The spec is for a data set of {train} training and {test} test images, and the one that is \
                 loaded has {loaded_train} and {loaded_test}. {mend}"
            )
        } else {
            match (self, loaded) {
                (Self::Mnist, Self::Own { .. }) => {
                    format!("The spec is for MNIST, and a data set of your own is loaded. {mend}")
                }
                (Self::Own { .. }, Self::Mnist) => {
                    format!("The spec is for a data set of your own, and MNIST is loaded. {mend}")
                }
                (Self::Mnist, Self::Mnist) | (Self::Own { .. }, Self::Own { .. }) => return Ok(()),
            }
        };
        Err(Error::new(ErrorCode::InvalidSpec, message))
    }
}

/// The set, if its parts belong together.
fn whole(name: &str, set: ImageSet) -> Result<ImageSet> {
    let (images, labels, classes) = (set.pixels.len() / SIZE, set.labels.len(), set.class_names.len());
    if images != labels || !set.pixels.len().is_multiple_of(SIZE) {
        return bad(format!("{name} has {labels} labels for {images} images. Each needs one."));
    }
    match set.labels.iter().find(|label| usize::from(**label) >= classes) {
        Some(label) => bad(format!("{name} has the label {label}, which is none of its {classes} classes.")),
        None => Ok(set),
    }
}

/// Test images with the labels of the training images' classes of the same names.
fn relabelled(mut test: ImageSet, class_names: &[String]) -> Result<ImageSet> {
    let known = |name: &String| class_names.iter().position(|class| class == name);
    let places: Vec<Option<usize>> = test.class_names.iter().map(known).collect();
    for label in &mut test.labels {
        let Some(place) = places[usize::from(*label)] else {
            let name = &test.class_names[usize::from(*label)];
            return bad(format!(
                "The test images show the class “{name}”, and no training image does. Add some, or leave it out."
            ));
        };
        *label = place as u8;
    }
    Ok(test)
}

/// Takes a fifth of each class out of the set, in the order of the set.
fn split_off(set: &mut ImageSet, seed: u64) -> ImageSet {
    let mut rng = generator(seed, Stream::TestPart);
    let mut is_test = vec![false; set.labels.len()];
    for class in 0..set.class_names.len() {
        let of_class = set.labels.iter().enumerate().filter(|(_, label)| usize::from(**label) == class);
        let mut members: Vec<usize> = of_class.map(|(index, _)| index).collect();
        let quota = match members.len() {
            0 | 1 => 0,
            // To the nearest whole image.
            images => ((images + 2) / 5).max(1),
        };
        members.partial_shuffle(&mut rng, quota).0.iter().for_each(|index| is_test[*index] = true);
    }
    let (mut labels, mut pixels) = (Vec::new(), Vec::new());
    let mut kept = 0;
    for (index, is_test) in is_test.iter().enumerate() {
        let image = index * SIZE..(index + 1) * SIZE;
        if *is_test {
            labels.push(set.labels[index]);
            pixels.extend_from_slice(&set.pixels[image]);
        } else {
            // In place: a second copy of a large set may not fit.
            set.labels[kept] = set.labels[index];
            set.pixels.copy_within(image, kept * SIZE);
            kept += 1;
        }
    }
    set.labels.truncate(kept);
    set.pixels.truncate(kept * SIZE);
    ImageSet { class_names: set.class_names.clone(), labels, pixels }
}

fn check_count(name: &str, images: usize, split: &str, range: Range) -> Result<()> {
    let (side, bound, mend) = match images as f64 {
        images if images < range.min => ("at least", range.min, "Bring more."),
        images if images > range.max => ("at most", range.max, "Use fewer."),
        _ => return Ok(()),
    };
    let (images, bound) = (count(images), plain(bound));
    bad(format!("{name} would have {images} images{split}. There must be {side} {bound}. {mend}"))
}

fn count(images: usize) -> String {
    plain(images as f64)
}

/// As MNIST's figures are usually given.
fn four_digits(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn bad<T>(message: String) -> Result<T> {
    Err(Error::new(ErrorCode::BadData, message))
}
