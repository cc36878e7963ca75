//! The images of a run, which arrive shard by shard while training already goes on.

use super::idx::Idx;
use crate::error::{Error, ErrorCode, Result};
use crate::spec::DatasetName;
use serde::{Deserialize, Serialize};

/// The two parts a data set comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Part {
    /// Split into training and validation images.
    Train,
    /// Never trained on.
    Test,
}

/// Images and labels of one part. All labels come first; then the images, in order, in shards.
#[derive(Debug, Default)]
pub struct Images {
    labels: Vec<u8>,
    pixels: Vec<u8>,
    image_size: usize,
}

impl Images {
    /// The class of each image; complete once loaded at all.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// How many images have arrived.
    pub fn ready(&self) -> usize {
        self.pixels.len().checked_div(self.image_size).unwrap_or(0)
    }

    /// The pixels of one image that has arrived, row by row.
    pub fn pixels(&self, index: usize) -> Option<&[u8]> {
        self.pixels.get(index * self.image_size..(index + 1) * self.image_size)
    }
}

/// All images of a run.
#[derive(Debug)]
pub struct Dataset {
    name: DatasetName,
    train: Images,
    test: Images,
}

impl Dataset {
    /// An empty data set, to be loaded.
    pub fn new(name: DatasetName) -> Self {
        Self { name, train: Images::default(), test: Images::default() }
    }

    /// Which data set it is.
    pub fn name(&self) -> DatasetName {
        self.name
    }

    /// One part.
    pub fn part(&self, part: Part) -> &Images {
        match part {
            Part::Train => &self.train,
            Part::Test => &self.test,
        }
    }

    /// Loads the labels of a part from an IDX file, before its images.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] where the file is faulty or holds a class the data set does not have;
    /// what was loaded before stays.
    pub fn load_labels(&mut self, part: Part, name: &str, bytes: &[u8]) -> Result<()> {
        let Idx::Labels(labels) = Idx::read(name, bytes)? else {
            return bad(name, "it holds images where labels were expected.");
        };
        let classes = self.name.classes();
        if let Some(label) = labels.iter().find(|label| usize::from(**label) >= classes) {
            let last = classes - 1;
            return bad(name, &format!("it holds the label {label}; the classes are 0 to {last}."));
        }
        let images = self.part_mut(part);
        if images.ready() > 0 && images.labels != labels {
            return bad(name, "its labels differ from those loaded already. Reload the page.");
        }
        images.labels = labels.to_vec();
        Ok(())
    }

    /// Appends the next shard of a part's images from an IDX file.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] where the file is faulty, its images have another size, or they are
    /// more than the labels; what was loaded before stays.
    pub fn load_images(&mut self, part: Part, name: &str, bytes: &[u8]) -> Result<()> {
        let Idx::Images { height, width, pixels } = Idx::read(name, bytes)? else {
            return bad(name, "it holds labels where images were expected.");
        };
        let wanted = self.name.image_shape();
        let size = height * width;
        if wanted.dims() != [1, height, width] {
            return bad(name, &format!("its images are {height} x {width}, not {wanted}."));
        }
        let images = self.part_mut(part);
        let end = images.ready() + pixels.len() / size;
        if end > images.labels.len() {
            let labels = images.labels.len();
            return bad(name, &format!("with it there are {end} images, but only {labels} labels."));
        }
        if images.pixels.is_empty() {
            // Once, so that shards are appended without moving the earlier ones.
            images.pixels.reserve_exact(images.labels.len() * size);
        }
        images.image_size = size;
        images.pixels.extend_from_slice(pixels);
        Ok(())
    }

    fn part_mut(&mut self, part: Part) -> &mut Images {
        match part {
            Part::Train => &mut self.train,
            Part::Test => &mut self.test,
        }
    }
}

fn bad<T>(name: &str, fault: &str) -> Result<T> {
    Err(Error::new(ErrorCode::BadData, format!("{name}: {fault}")))
}
