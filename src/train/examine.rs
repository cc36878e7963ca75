//! A close look at the validation or the test images, as they are or corrupted: every image with
//! what the network says of it, and every metric of the whole.
//!
//! An examination keeps the network as it was when it began and goes on in slices, so that the run
//! may train on in between. It sees true labels only, whatever sabotage did to the training set.

use super::pace::Pace;
use super::passes::{Passes, part, rows};
use crate::data::Dataset;
use crate::data::corrupt::{self, Corrupter, Corruption, SEVERITY};
use crate::device::Opened;
use crate::error::{Error, ErrorCode, Result};
use crate::metrics::{self, Report, Scores};
use crate::model::Network;
use crate::model::shapes::Shape;
use crate::protocol::{Split, float32_array, uint8_array, uint32_array};
use crate::say::say;
use crate::spec::{Checker, Count, Problem, RunSpec};
use serde::{Deserialize, Serialize};
use web_time::{Duration, Instant};

/// Which images are examined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ExamineRequest {
    /// All images of this split.
    pub split: Split,
    /// How they are spoiled, if at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corruption: Option<CorruptionSpec>,
}

/// One way to spoil images. A copy is the same for every run, whatever its seed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CorruptionSpec {
    /// Which way.
    pub kind: Corruption,
    /// How much: 0 leaves images as they are, 5 makes them hard to read even for a person.
    pub severity: Count,
}

impl ExamineRequest {
    /// Every problem of a request; none means that it can be examined.
    pub fn problems(&self) -> Vec<Problem> {
        let mut check = Checker::default();
        if let Some(corruption) = self.corruption {
            check.count("corruption.severity", say!("Severity"), corruption.severity, SEVERITY);
        }
        check.problems
    }
}

/// What an examination found. The vectors hold one entry per image, in the order of the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Examination {
    /// What was asked for.
    pub request: ExamineRequest,
    /// Steps trained when it began.
    pub step: usize,
    /// Mean cross-entropy, in nats, as in an evaluation: no image's loss is bounded.
    pub loss: f64,
    /// Every metric.
    pub report: Report,
    /// Where each image is in the file of its part, from 0: validation images among the training
    /// images.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub indices: Vec<u32>,
    /// True classes.
    #[serde(serialize_with = "uint8_array")]
    #[cfg_attr(test, ts(type = "Uint8Array"))]
    pub labels: Vec<u8>,
    /// Predicted classes.
    #[serde(serialize_with = "uint8_array")]
    #[cfg_attr(test, ts(type = "Uint8Array"))]
    pub predicted: Vec<u8>,
    /// Cross-entropy of each image, in nats.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub losses: Vec<f32>,
    /// Class probabilities, `[images, classes]` row by row.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub probabilities: Vec<f32>,
}

/// An examination in hand.
#[derive(Debug)]
pub struct Examining {
    request: ExamineRequest,
    step: usize,
    spec: RunSpec,
    device: Opened,
    passes: Passes,
    copier: Copier,
    labels: Vec<u8>,
    /// `[images, classes]` so far.
    logits: Vec<f32>,
    pace: Pace,
}

impl Examining {
    /// Prepares to examine these images with a network that is not trained on. The request must be
    /// free of problems.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DataMissing`] where not all images have arrived.
    pub(super) fn new(
        request: ExamineRequest,
        network: Network,
        indices: Vec<u32>,
        step: usize,
        (spec, device, data): (&RunSpec, &Opened, &Dataset),
    ) -> Result<Self> {
        let rows = rows(spec.train.batch_size.get());
        let passes = Passes::new(network, request.split, indices, rows);
        if !passes.can_finish(data) {
            return Err(not_loaded(request.split, data));
        }
        Ok(Self {
            request,
            step,
            copier: Copier::new(&request, spec.data.dataset.image_shape()),
            spec: spec.clone(),
            device: device.clone(),
            passes,
            labels: Vec::new(),
            logits: Vec::new(),
            pace: Pace::default(),
        })
    }

    /// Examines for about `budget`, at least one slice; returns the result once all images are done.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DataMissing`] where images have been taken away since it began,
    /// [`ErrorCode::Diverged`] where the network's outputs are not finite numbers,
    /// [`ErrorCode::DeviceLost`] where the device does not answer.
    pub async fn go_on(&mut self, data: &Dataset, budget: Duration) -> Result<Option<Examination>> {
        let start = Instant::now();
        while !self.passes.is_done() {
            if !self.passes.can_go_on(data) {
                return Err(not_loaded(self.request.split, data));
            }
            self.slice(data).await?;
            if start.elapsed() >= budget {
                break;
            }
        }
        if self.passes.is_done() { self.result().map(Some) } else { Ok(None) }
    }

    /// The share of the images that is done.
    pub fn share(&self) -> f64 {
        self.passes.done() as f64 / self.passes.indices().len().max(1) as f64
    }

    /// As many forward passes as are handed over together.
    async fn slice(&mut self, data: &Dataset) -> Result<()> {
        let (start, done) = (Instant::now(), self.passes.done());
        let rows = rows(self.spec.train.batch_size.get());
        let most = self.pace.at_once(rows, self.device.steps_in_flight());
        let copier = &mut self.copier;
        let draw = |pixels: &[u8], index: u32, out: &mut [f32]| {
            let copy = copier.copy(pixels, index);
            out.iter_mut().zip(copy).for_each(|(out, pixel)| *out = f32::from(*pixel));
        };
        let (labels, all) = (&mut self.labels, &mut self.logits);
        let keep = |(label, logits): (u8, &[f32])| {
            labels.push(label);
            all.extend(logits);
        };
        self.passes.go_on(data, &self.spec, most, &self.device.inference(), draw, keep).await?;
        self.pace.add(self.passes.done() - done, start.elapsed());
        Ok(())
    }

    fn result(&self) -> Result<Examination> {
        let classes = self.spec.data.dataset.classes();
        let images = || self.logits.chunks(classes).zip(&self.labels);
        let losses: Vec<f64> =
            images().map(|(logits, label)| metrics::cross_entropy(logits, *label)).collect();
        Ok(Examination {
            request: self.request,
            step: self.step,
            loss: losses.iter().sum::<f64>() / losses.len().max(1) as f64,
            report: metrics::report(Scores::Logits(&self.logits), &self.labels, classes)?,
            indices: self.passes.indices().to_vec(),
            labels: self.labels.clone(),
            predicted: images().map(|(logits, _)| metrics::predicted(logits) as u8).collect(),
            losses: losses.into_iter().map(|loss| loss as f32).collect(),
            probabilities: images()
                .flat_map(|(logits, _)| metrics::softmax(logits))
                .map(|probability| probability as f32)
                .collect(),
        })
    }
}

/// Images as an examination shows them to the network: `[indices, height * width]` grey values.
///
/// # Errors
///
/// [`ErrorCode::DataMissing`] where one of them has not arrived or does not exist.
pub fn shown(data: &Dataset, request: &ExamineRequest, indices: &[u32]) -> Result<Vec<u8>> {
    let shape = data.spec().image_shape();
    let mut pixels = data.batch(part(request.split), indices)?;
    let mut copier = Copier::new(request, shape);
    for (pixels, index) in pixels.chunks_mut(shape.size()).zip(indices) {
        let copy = copier.copy(pixels, *index).to_vec();
        pixels.copy_from_slice(&copy);
    }
    Ok(pixels)
}

/// Makes the copies that are shown to the network; without a corruption they are the images.
#[derive(Debug)]
struct Copier {
    corrupter: Option<Corrupter>,
    copy: Vec<u8>,
}

impl Copier {
    fn new(request: &ExamineRequest, shape: Shape) -> Self {
        let corrupter = match (request.corruption, shape) {
            (Some(CorruptionSpec { kind, severity }), Shape::Map { height, width, .. }) => {
                Some(Corrupter::new(kind, severity.get(), width, height, corrupt::SEED))
            }
            _ => None,
        };
        Self { corrupter, copy: vec![0; shape.size()] }
    }

    fn copy<'a>(&'a mut self, pixels: &'a [u8], index: u32) -> &'a [u8] {
        let Some(corrupter) = &mut self.corrupter else { return pixels };
        corrupter.apply(pixels, index, &mut self.copy);
        &self.copy
    }
}

fn not_loaded(split: Split, data: &Dataset) -> Error {
    let images = data.part(part(split));
    let (ready, all) = (images.ready(), images.labels().len());
    let message = match split {
        Split::Validation => say!(
            "Only {ready} of the {all} training images, among which the validation images are, have been loaded. \
             Wait for the rest, then try again.",
            ready,
            all
        ),
        Split::Test => say!(
            "Only {ready} of the {all} test images have been loaded. Wait for the rest, then try again.",
            ready,
            all
        ),
    };
    Error::new(ErrorCode::DataMissing, message)
}
