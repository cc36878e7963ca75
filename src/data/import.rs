//! Images a person brings along: a table of pixels, or pictures in folders.
//!
//! Think of a customs office: whatever comes in leaves as what MNIST is made of, 28 x 28 grey
//! pixels, light ink on black, with a class from 0 on; what cannot be made so is turned back with
//! the place of the fault. [`csv`] reads a table; [`zip`] lists an archive; [`folder`] tells the
//! classes of pictures by their folders; [`picture`] makes a decoded picture of any size and colour
//! into an image.

pub mod csv;
pub mod folder;
pub mod picture;
pub mod zip;

use crate::error::{Error, ErrorCode, Result};

/// Rows and columns of an imported image.
pub const SIDE: usize = 28;

/// Fewest and most classes an imported set may have: 62 are the ten digits and both cases of the alphabet.
pub const CLASSES: std::ops::RangeInclusive<usize> = 2..=62;

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

/// An error about the file `name`, or about one of its parts where `place` is not empty.
fn bad<T>(name: &str, place: &str, fault: impl std::fmt::Display) -> Result<T> {
    let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
    Err(Error::new(ErrorCode::BadData, format!("{name}: {place}{fault}")))
}

/// Refuses a set with too few or too many classes.
fn check_classes(name: &str, classes: usize) -> Result<()> {
    let (fewest, most) = (CLASSES.start(), CLASSES.end());
    if classes < *fewest {
        let found = if classes == 1 { "only one class" } else { "no class" };
        return bad(name, "", format!("it has {found}. There must be at least {fewest} to tell apart."));
    }
    if classes > *most {
        return bad(name, "", format!("it has {classes} classes. At most {most} can be told apart."));
    }
    Ok(())
}
