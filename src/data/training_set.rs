//! What a run trains on: it follows from its spec and the labels alone, and can be looked at before
//! a step is trained.

use super::augment::{Augmenter, to_byte};
use super::batches::Holdout;
use super::dataset::{Dataset, Part};
use super::sabotage::{Sabotaged, sabotage};
use crate::error::{Error, ErrorCode, Result};
use crate::protocol::TrainingDistribution;
use crate::say::say;
use crate::spec::{DataSpec, RunSpec};

/// The training part of a run's data: what is held out, what is trained on, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingSet {
    /// Which images are trained on, sabotage considered, and which are held out.
    pub holdout: Holdout,
    /// The class each image of the part is trained as: its true one, but for sabotage.
    pub labels: Vec<u8>,
}

impl TrainingSet {
    /// Splits and spoils the training images as the spec says. Images added by hand are trained on
    /// and never held out; what is held out of the others does not depend on them.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::InvalidSpec`] where the spec is for another data set than this;
    /// [`ErrorCode::DataMissing`] where the labels have not been loaded. The spec must be free of
    /// problems.
    pub fn new(spec: &RunSpec, data: &Dataset) -> Result<Self> {
        spec.data.dataset.check_loaded(data.spec())?;
        let (train, test) = (data.part(Part::Train), data.part(Part::Test));
        if train.labels().is_empty() || test.labels().is_empty() {
            return Err(Error::new(
                ErrorCode::DataMissing,
                say!("The labels have not been loaded yet. Load them before a run is made."),
            ));
        }
        let (seed, classes) = (spec.train.seed.get() as u64, spec.data.dataset.classes());
        let validation = spec.data.validation_images.get();
        let mut holdout = Holdout::stratified(train.original_labels(), classes, validation, seed);
        holdout.train.extend(train.added());
        let Sabotaged { indices, labels } =
            sabotage(&spec.data.sabotage, train.labels(), &holdout.train, classes, seed);
        holdout.train = indices;
        Ok(Self { holdout, labels })
    }

    /// How many images of each class there are in it; `data` must be what it was made of.
    pub fn distribution(&self, data: &Dataset) -> TrainingDistribution {
        let truth = data.part(Part::Train).labels();
        let none = || vec![0; data.spec().classes()];
        let mut counts = TrainingDistribution { trained: none(), mislabelled: none(), validation: none() };
        let add = |counts: &mut Vec<u32>, label: Option<&u8>| {
            let count = label.and_then(|label| counts.get_mut(usize::from(*label)));
            count.into_iter().for_each(|count| *count += 1);
        };
        for index in &self.holdout.train {
            let (label, truth) = (self.labels.get(*index as usize), truth.get(*index as usize));
            add(&mut counts.trained, label);
            if label != truth {
                add(&mut counts.mislabelled, label);
            }
        }
        for index in &self.holdout.validation {
            add(&mut counts.validation, truth.get(*index as usize));
        }
        counts
    }
}

/// Some training images as an epoch, counted from 0, trains on them: augmented, as grey values from
/// 0 to 255 rounded to whole ones, `height * width` each.
///
/// # Errors
///
/// [`ErrorCode::InvalidSpec`] where the augmentation has problems; [`ErrorCode::DataMissing`] where
/// an image has not arrived or does not exist.
pub fn preview(spec: &DataSpec, data: &Dataset, indices: &[u32], epoch: usize, seed: u64) -> Result<Vec<u8>> {
    let problems = spec.augmentation.problems("data.augmentation");
    if !problems.is_empty() {
        return Err(Error::invalid(&problems));
    }
    let pixels = data.batch(Part::Train, indices)?;
    let Some(mut augmenter) = Augmenter::of(spec, seed) else { return Ok(pixels) };
    let size = spec.dataset.image_shape().size();
    let mut drawn = vec![0.0; size];
    let mut copies = Vec::with_capacity(pixels.len());
    for (index, pixels) in indices.iter().zip(pixels.chunks_exact(size)) {
        augmenter.augment(pixels, epoch, *index, &mut drawn);
        copies.extend(drawn.iter().copied().map(to_byte));
    }
    Ok(copies)
}
