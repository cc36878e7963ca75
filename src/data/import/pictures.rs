//! Pictures of a folder or an archive, decoded one by one elsewhere, become a set of images.
//!
//! The order in which they come does not matter: each has its place, and light and dark are
//! decided once all are there.

use super::folder::{self, Entry, Folder};
use super::picture::{self, Grey, Polarity};
use super::{ImageSet, SIDE, bad};
use crate::data::Part;
use crate::error::Result;
use crate::say::say;

const SIZE: usize = SIDE * SIDE;

/// A set that is being put together.
#[derive(Debug, Clone)]
pub struct PictureSet {
    name: String,
    folder: Folder,
    /// Of the pictures, not of all files.
    paths: Vec<String>,
    pixels: Vec<u8>,
    /// The brightness of each picture's border, once it is there.
    borders: Vec<Option<u8>>,
}

impl PictureSet {
    /// Sorts out the paths of a folder or archive called `name`; see [`folder::sort`].
    ///
    /// # Errors
    ///
    /// As [`folder::sort`]: there is no picture, one lies in no folder, or there are too few or too
    /// many classes or pictures.
    pub fn new<P: AsRef<str>>(name: &str, paths: &[P]) -> Result<Self> {
        let folder = folder::sort(name, paths)?;
        let path = |entry: &Entry| paths.get(entry.path).map_or("", AsRef::as_ref).to_string();
        let (paths, borders) = (folder.entries.iter().map(path).collect(), vec![None; folder.entries.len()]);
        Ok(Self { name: name.into(), folder, paths, pixels: Vec::new(), borders })
    }

    /// The places, in the list of all paths, of those to decode and [`add`](PictureSet::add).
    pub fn wanted(&self) -> impl Iterator<Item = usize> {
        self.folder.entries.iter().map(|entry| entry.path)
    }

    /// What each class is called, from class 0 on.
    pub fn class_names(&self) -> &[String] {
        &self.folder.class_names
    }

    /// Takes the decoded picture of a path: red, green, blue and opacity of each pixel, row by row.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where that path is none of those
    /// wanted, or the picture is empty, too large, or of other values than its pixels take.
    pub fn add(&mut self, path: usize, width: usize, height: usize, rgba: &[u8]) -> Result<()> {
        let Ok(place) = self.folder.entries.binary_search_by_key(&path, |entry| entry.path) else {
            return bad(&self.name, say!("file {path} is none of its pictures.", path));
        };
        let picture = Grey::from_rgba(&format!("{}: {}", self.name, self.paths[place]), width, height, rgba)?;
        if self.pixels.is_empty() {
            self.pixels = vec![0; self.paths.len() * SIZE];
        }
        self.pixels[place * SIZE..][..SIZE].copy_from_slice(picture.fit(SIDE).pixels());
        self.borders[place] = Some(picture.border());
        Ok(())
    }

    /// The training images and, where a folder says which they are, the test images. Where there
    /// are only test images, they are trained on.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where a picture has not been added.
    pub fn finish(mut self, polarity: Polarity) -> Result<(ImageSet, Option<ImageSet>)> {
        let borders: Vec<u8> = self.borders.iter().flatten().copied().collect();
        if let Some(missing) = self.borders.iter().position(Option::is_none) {
            let fault = match self.borders.len() - borders.len() - 1 {
                0 => say!("the picture could not be read."),
                others => say!("the picture could not be read, nor could {others} others.", others),
            };
            let fault = fault.and(say!("Take it out, or save it as PNG."));
            return bad(&self.name, fault.about(&self.paths[missing]));
        }
        if polarity.inverts(&borders) {
            picture::invert(&mut self.pixels);
        }
        let is_test = |entry: &&Entry| entry.part == Some(Part::Test);
        let tests = self.folder.entries.iter().filter(is_test).count();
        if tests == 0 || tests == self.folder.entries.len() {
            let labels = self.folder.entries.iter().map(|entry| entry.label).collect();
            return Ok((
                ImageSet { class_names: self.folder.class_names, labels, pixels: self.pixels },
                None,
            ));
        }
        let empty = || ImageSet {
            class_names: self.folder.class_names.clone(),
            labels: Vec::new(),
            pixels: Vec::new(),
        };
        let (mut train, mut test) = (empty(), empty());
        for (entry, pixels) in self.folder.entries.iter().zip(self.pixels.chunks_exact(SIZE)) {
            let set = if is_test(&entry) { &mut test } else { &mut train };
            set.labels.push(entry.label);
            set.pixels.extend_from_slice(pixels);
        }
        Ok((train, Some(test)))
    }
}
