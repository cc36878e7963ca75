//! Images a person brings along: IDX files, a table of pixels, or pictures in folders.
//!
//! Think of a customs office: whatever comes in leaves as what MNIST is made of, 28 x 28 grey
//! pixels, light ink on black, with a class from 0 on; what cannot be made so is turned back with
//! the place of the fault. [`pair`] reads two IDX files and [`csv`] a table; [`zip`] lists an archive;
//! [`folder`] tells the classes of pictures by their folders; [`picture`] makes a decoded picture of
//! any size and colour into an image, and [`pictures`] gathers them.

pub mod csv;
pub mod folder;
pub mod pair;
pub mod picture;
pub mod pictures;
pub mod zip;

use crate::error::{Error, ErrorCode, Result};
use crate::say::{Sentence, say};
use std::collections::BTreeSet;

/// Rows and columns of an imported image.
pub const SIDE: usize = 28;

/// Fewest and most classes an imported set may have: 62 are the ten digits and both cases of the alphabet.
pub const CLASSES: std::ops::RangeInclusive<usize> = 2..=62;

/// Most images of an imported part, 235 MB: what a browser tab can hold beside a network.
pub const MOST_IMAGES: usize = 300_000;

/// A set of images ready for training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSet {
    /// What each class is called, from class 0 on.
    pub class_names: Vec<String>,
    /// The class of each image.
    pub labels: Vec<u8>,
    /// `count * SIDE * SIDE` grey values, image after image, row by row.
    pub pixels: Vec<u8>,
}

impl ImageSet {
    /// Exchanges rows and columns of every image. EMNIST's files have their images lying on their
    /// side so.
    pub fn transpose(&mut self) {
        for image in self.pixels.chunks_exact_mut(SIDE * SIDE) {
            for row in 0..SIDE {
                (0..row).for_each(|column| image.swap(row * SIDE + column, column * SIDE + row));
            }
        }
    }
}

/// An error about the file `name`.
fn bad<T>(name: impl std::fmt::Display, fault: Sentence) -> Result<T> {
    Err(Error::new(ErrorCode::BadData, fault.about(name)))
}

/// How many classes labels tell: one more than the largest. Classes between may be without images.
fn count_classes(name: &str, labels: &[u8]) -> Result<usize> {
    let classes = labels.iter().max().map_or(0, |last| usize::from(*last) + 1);
    check_classes(name, classes)?;
    check_classes(name, classes_present(labels))?;
    Ok(classes)
}

/// How many classes have images.
pub(super) fn classes_present(labels: &[u8]) -> usize {
    labels.iter().collect::<BTreeSet<_>>().len()
}

/// Names of classes that have none but their numbers.
fn numbers(classes: usize) -> Vec<String> {
    (0..classes).map(|class| class.to_string()).collect()
}

/// Refuses a set with too few or too many classes.
pub(super) fn check_classes(name: impl std::fmt::Display, classes: usize) -> Result<()> {
    let (fewest, most) = (CLASSES.start(), CLASSES.end());
    if classes < *fewest {
        let fault = match classes {
            1 => say!("it has only one class."),
            _ => say!("it has no class."),
        };
        return bad(name, fault.and(say!("There must be at least {fewest} to tell apart.", fewest)));
    }
    if classes > *most {
        return bad(name, say!("it has {classes} classes. At most {most} can be told apart.", classes, most));
    }
    Ok(())
}
