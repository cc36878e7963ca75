//! The images of a run, which arrive shard by shard while training already goes on.

use super::idx::Idx;
use super::stats::SetStatistics;
use crate::error::{Error, ErrorCode, Result};
use crate::protocol::DataReport;
use crate::say::{Sentence, plain, say};
use crate::spec::DatasetSpec;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Most images that can be added by hand.
pub const MOST_ADDED: usize = 10_000;

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

/// Images and labels of one part. All labels come first; then the images, in order, in shards;
/// then those that are added by hand.
#[derive(Debug, Default)]
pub struct Images {
    /// Of the images the part came with, then of those that were added.
    labels: Vec<u8>,
    pixels: Vec<u8>,
    /// Apart from the others, so that the first one does not move them all.
    added: Vec<u8>,
    image_size: usize,
}

impl Images {
    /// A part that is there at once.
    pub(super) fn whole(labels: Vec<u8>, pixels: Vec<u8>, image_size: usize) -> Self {
        Self { labels, pixels, added: Vec::new(), image_size }
    }

    /// The class of each image, those that were added last; complete once loaded at all.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The class of each image the part came with.
    pub fn original_labels(&self) -> &[u8] {
        &self.labels[..self.added().start as usize]
    }

    /// The indices of the images that were added by hand.
    pub fn added(&self) -> Range<u32> {
        let end = self.labels.len();
        (end - self.count(&self.added)) as u32..end as u32
    }

    /// How many images have arrived.
    pub fn ready(&self) -> usize {
        self.count(&self.pixels) + self.count(&self.added)
    }

    /// The pixels of one image that has arrived, row by row.
    pub fn pixels(&self, index: usize) -> Option<&[u8]> {
        if index >= self.ready() {
            return None;
        }
        let (pixels, index) = match index.checked_sub(self.count(&self.pixels)) {
            None => (&self.pixels, index),
            Some(index) => (&self.added, index),
        };
        pixels.get(index * self.image_size..(index + 1) * self.image_size)
    }

    fn count(&self, pixels: &[u8]) -> usize {
        pixels.len().checked_div(self.image_size).unwrap_or(0)
    }
}

/// All images of a run.
#[derive(Debug)]
pub struct Dataset {
    spec: DatasetSpec,
    class_names: Vec<String>,
    train: Images,
    test: Images,
}

impl Dataset {
    /// MNIST without its images, which are to be loaded. For a set of the user's own there is
    /// [`Dataset::own`].
    pub fn mnist() -> Self {
        let spec = DatasetSpec::Mnist;
        let class_names = (0..spec.classes()).map(|class| class.to_string()).collect();
        Self { spec, class_names, train: Images::default(), test: Images::default() }
    }

    pub(super) fn of_parts(spec: DatasetSpec, class_names: Vec<String>, train: Images, test: Images) -> Self {
        Self { spec, class_names, train, test }
    }

    /// What a spec says that is for these images.
    pub fn spec(&self) -> DatasetSpec {
        self.spec
    }

    /// What each class is called, from class 0 on.
    pub fn class_names(&self) -> &[String] {
        &self.class_names
    }

    /// What there is, for the page to tell.
    pub fn report(&self) -> DataReport {
        DataReport {
            dataset: self.spec,
            class_names: self.class_names.clone(),
            training_images: self.train.ready(),
            test_images: self.test.ready(),
            added_images: self.train.added().len(),
        }
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
            return bad(say!("it holds images where labels were expected.").about(name));
        };
        let classes = self.spec.classes();
        if let Some(label) = labels.iter().find(|label| usize::from(**label) >= classes) {
            let last = classes - 1;
            return bad(
                say!("it holds the label {label}; the classes are 0 to {last}.", label, last).about(name)
            );
        }
        let images = self.part_mut(part);
        if images.ready() == 0 {
            images.labels = labels.to_vec();
        } else if images.original_labels() != labels {
            return bad(say!("its labels differ from those loaded already. Reload the page.").about(name));
        }
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
            return bad(say!("it holds labels where images were expected.").about(name));
        };
        let wanted = self.spec.image_shape();
        let size = height * width;
        if wanted.dims() != [1, height, width] {
            let fault = say!("its images are {height} x {width}, not {wanted}.", height, width, wanted);
            return bad(fault.about(name));
        }
        let images = self.part_mut(part);
        let end = images.ready() + pixels.len() / size;
        let labels = images.original_labels().len();
        if end > labels {
            let fault =
                say!("with it there are {images} images, but only {labels} labels.", images = end, labels);
            return bad(fault.about(name));
        }
        if images.pixels.is_empty() {
            // Once, so that shards are appended without moving the earlier ones.
            images.pixels.reserve_exact(labels * size);
        }
        images.image_size = size;
        images.pixels.extend_from_slice(pixels);
        Ok(())
    }

    /// Adds an image of `height * width` grey values, light ink on black, to the training images.
    /// Runs made from now on train on it; it is never held out for validation.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DataMissing`] while training images are still to arrive; [`ErrorCode::BadData`]
    /// where the image has another size, there is no such class, or [`MOST_ADDED`] were added.
    pub fn add_example(&mut self, pixels: &[u8], label: u8) -> Result<()> {
        let (size, classes) = (self.spec.image_shape().size(), self.spec.classes());
        let images = &mut self.train;
        let (arrived, all) = (images.ready(), images.labels.len());
        if all == 0 || arrived < all {
            let all = all.max(self.spec.training_images());
            let message = say!(
                "The training images are still arriving: {arrived} of {all} are here. Wait for the last, then add \
                 yours.",
                arrived = plain(arrived as f64),
                all = plain(all as f64)
            );
            return Err(Error::new(ErrorCode::DataMissing, message));
        }
        if pixels.len() != size {
            return bad(say!(
                "The new image: it has {pixels} pixels instead of {size}.",
                pixels = pixels.len(),
                size
            ));
        }
        if usize::from(label) >= classes {
            let last = classes - 1;
            return bad(say!(
                "The new image: its class is {label}; the classes are 0 to {last}.",
                label,
                last
            ));
        }
        if images.added().len() >= MOST_ADDED {
            return bad(say!(
                "The new image: {most} have been added, and more cannot be.",
                most = MOST_ADDED
            ));
        }
        images.added.extend_from_slice(pixels);
        images.labels.push(label);
        Ok(())
    }

    /// The pixels of some images, one after the other, each row by row.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DataMissing`] where one of them has not arrived or does not exist.
    pub fn batch(&self, part: Part, indices: &[u32]) -> Result<Vec<u8>> {
        let images = self.part(part);
        let mut batch = Vec::new();
        for index in indices {
            let Some(pixels) = images.pixels(*index as usize) else {
                let ready = images.ready();
                let message = say!(
                    "Image {index} is not here: {ready} have arrived. Wait, or ask for another.",
                    index,
                    ready
                );
                return Err(Error::new(ErrorCode::DataMissing, message));
            };
            batch.extend_from_slice(pixels);
        }
        Ok(batch)
    }

    /// Class distribution, mean image and the like of the images of a part that have arrived.
    pub fn statistics(&self, part: Part) -> SetStatistics {
        let images = self.part(part);
        let arrived = images.labels.iter().enumerate();
        let arrived = arrived.filter_map(|(index, label)| Some((*label, images.pixels(index)?)));
        SetStatistics::of(arrived, self.spec.image_shape().size(), self.spec.classes())
    }

    fn part_mut(&mut self, part: Part) -> &mut Images {
        match part {
            Part::Train => &mut self.train,
            Part::Test => &mut self.test,
        }
    }
}

fn bad<T>(fault: Sentence) -> Result<T> {
    Err(Error::new(ErrorCode::BadData, fault))
}
