//! A data set of the user's own: what was imported, judged as a whole and parted into images to
//! train on and images to test with.

use super::batches::{Stream, generator};
use super::dataset::{Dataset, Images, Part};
use super::import::{ImageSet, SIDE, check_classes, classes_present};
use super::stats::SetStatistics;
use crate::error::{Error, ErrorCode, Result};
use crate::say::{Sentence, plain, say};
use crate::spec::{DatasetSpec, LIMITS, Range};
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
        let mut train = whole(Part::Train, train)?;
        check_classes(name(Part::Train), train.class_names.len())?;
        check_classes(name(Part::Train), classes_present(&train.labels))?;
        let is_split = test.is_none();
        let test = match test {
            Some(test) => relabelled(whole(Part::Test, test)?, &train.class_names)?,
            None => split_off(&mut train, seed),
        };
        check_count(Part::Train, train.labels.len(), is_split, LIMITS.training_images)?;
        check_count(Part::Test, test.labels.len(), is_split, LIMITS.test_images)?;
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
        let message = if self.classes() != loaded.classes() {
            say!(
                "The spec is for {asked} classes and the data that is loaded has {found}.",
                asked = self.classes(),
                found = loaded.classes()
            )
        } else if let (Self::Own { .. }, Self::Own { .. }) = (self, loaded) {
            let images = |spec: Self| [spec.training_images(), spec.test_images()];
            if images(self) == images(loaded) {
                return Ok(());
            }
            let ([train, test], [loaded_train, loaded_test]) =
                (images(self).map(count), images(loaded).map(count));
            say!(
                "The spec is for a data set of {train} training and {test} test images, and the one that is \
                 loaded has {loaded_train} and {loaded_test}.",
                train,
                test,
                loaded_train,
                loaded_test
            )
        } else {
            match (self, loaded) {
                (Self::Mnist, Self::Own { .. }) => {
                    say!("The spec is for MNIST, and a data set of your own is loaded.")
                }
                (Self::Own { .. }, Self::Mnist) => {
                    say!("The spec is for a data set of your own, and MNIST is loaded.")
                }
                (Self::Mnist, Self::Mnist) | (Self::Own { .. }, Self::Own { .. }) => return Ok(()),
            }
        };
        let mend = say!("Load the data set the spec was made for, or make the spec anew for this one.");
        Err(Error::new(ErrorCode::InvalidSpec, message.and(mend)))
    }
}

/// The set, if its parts belong together.
fn whole(part: Part, set: ImageSet) -> Result<ImageSet> {
    let (images, labels, classes) = (set.pixels.len() / SIZE, set.labels.len(), set.class_names.len());
    if images != labels || !set.pixels.len().is_multiple_of(SIZE) {
        let fault = say!(
            "{set} has {labels} labels for {images} images. Each needs one.",
            set = name(part),
            labels,
            images
        );
        return bad(part, fault);
    }
    match set.labels.iter().find(|label| usize::from(**label) >= classes) {
        Some(label) => {
            let set = name(part);
            let fault = say!(
                "{set} has the label {label}, which is none of its {classes} classes.",
                set,
                label,
                classes
            );
            bad(part, fault)
        }
        None => Ok(set),
    }
}

/// Test images with the labels of the training images' classes of the same names.
fn relabelled(mut test: ImageSet, class_names: &[String]) -> Result<ImageSet> {
    let known = |name: &String| class_names.iter().position(|class| class == name);
    let places: Vec<Option<usize>> = test.class_names.iter().map(known).collect();
    for label in &mut test.labels {
        let Some(place) = places[usize::from(*label)] else {
            let class = &test.class_names[usize::from(*label)];
            let fault = say!(
                "The test images show the class “{class}”, and no training image does. Add some, or leave it out.",
                class
            );
            return bad(Part::Test, fault);
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

fn check_count(part: Part, images: usize, is_split: bool, range: Range) -> Result<()> {
    let mend = match images as f64 {
        images if images < range.min => {
            say!("There must be at least {least}. Bring more.", least = plain(range.min))
        }
        images if images > range.max => {
            say!("There must be at most {most}. Use fewer.", most = plain(range.max))
        }
        _ => return Ok(()),
    };
    let (set, images) = (name(part), count(images));
    let fault = match is_split {
        true => {
            say!("{set} would have {images} images, a fifth of each class kept for testing.", set, images)
        }
        false => say!("{set} would have {images} images.", set, images),
    };
    bad(part, fault.and(mend))
}

fn name(part: Part) -> Sentence {
    match part {
        Part::Train => say!("The training set"),
        Part::Test => say!("The test set"),
    }
}

fn count(images: usize) -> String {
    plain(images as f64)
}

/// As MNIST's figures are usually given.
fn four_digits(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn bad<T>(part: Part, fault: Sentence) -> Result<T> {
    Err(Error { part: Some(part), ..Error::new(ErrorCode::BadData, fault) })
}
