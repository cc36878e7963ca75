//! Training that counts for nothing: a throw-away network of a run's shapes on made-up images.
//!
//! Think of a rehearsal before the house is full. It needs no data, leaves the run alone, and shows
//! two things: that a GPU has all its programs compiled, and how fast a device is with this very network.

use super::optimizer::Optimizer;
use super::pace::Pace;
use super::step::{self, Rule};
use super::{passes, vitals};
use crate::data::batches::{self, Stream};
use crate::device::Opened;
use crate::error::Result;
use crate::model::{Mode, Network};
use crate::spec::RunSpec;
use burn::module::Module;
use burn::tensor::Tensor;
use web_time::{Duration, Instant};

/// A throw-away network in training.
pub struct Rehearsal<'a> {
    spec: &'a RunSpec,
    device: &'a Opened,
    /// Only absent inside a step, which takes it by value.
    network: Option<Network>,
    optimizer: Optimizer,
    rule: Rule,
    mode: Mode,
    /// Normalised numbers of a batch.
    pixels: Vec<f32>,
}

impl<'a> Rehearsal<'a> {
    /// Of runs of this spec, which must be free of problems.
    pub fn new(spec: &'a RunSpec, device: &'a Opened) -> Self {
        let shape = spec.data.dataset.image_shape();
        let training = device.training();
        let batch_size = spec.train.batch_size.get();
        Self {
            spec,
            device,
            network: Some(Network::new(&spec.model, shape, 0, &training)),
            optimizer: Optimizer::new(&spec.train.optimizer, &training),
            rule: Rule { learning_rate: spec.train.learning_rate, regularization: spec.train.regularization },
            mode: Mode::Train(batches::generator(0, Stream::Dropout(0))),
            // Of no meaning, but not blank: kernels pass over zeros.
            pixels: (0..batch_size * shape.size()).map(|i| (i % 23) as f32 / 11.0 - 1.0).collect(),
        }
    }

    /// Has the device compile all programs that training and evaluating need.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`](crate::error::ErrorCode::DeviceLost) where the device does not answer.
    pub async fn warm_up(&mut self) -> Result<()> {
        let (inference, shape) = (self.device.inference(), self.spec.data.dataset.image_shape());
        let rows = passes::rows(self.spec.train.batch_size.get());
        // The second round takes the paths that differ once the optimizer has a state.
        for _ in 0..2 {
            step::read(self.step().into_iter().collect()).await?;
            let images = step::images(Vec::new(), rows, shape, &inference);
            let evaluated =
                self.network.as_ref().map(|network| network.valid().forward(images, &mut Mode::Evaluate));
            step::read(evaluated.into_iter().collect()).await?;
        }
        let (images, targets) = self.batch();
        if let Some(network) = self.network.take() {
            let Self { optimizer, rule, mode, .. } = self;
            let (network, _, watched) = vitals::train(network, optimizer, images, targets, rule, mode);
            watched.read(0).await?;
            self.network = Some(network);
        }
        Ok(())
    }

    /// How many images per second this device trains on, found in about `budget`; programs are compiled
    /// before that. At least one step is waited for, however long it takes.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`](crate::error::ErrorCode::DeviceLost) where the device does not answer.
    pub async fn images_per_second(mut self, budget: Duration) -> Result<f64> {
        if self.device.compiles() {
            self.warm_up().await?;
        }
        let batch_size = self.spec.train.batch_size.get();
        let (begun, mut pace) = (Instant::now(), Pace::default());
        while pace.images_per_second() == 0.0 || begun.elapsed() < budget {
            let at_once = pace.at_once(batch_size, self.device.steps_in_flight());
            let from = Instant::now();
            let last = (0..at_once).filter_map(|_| self.step()).last();
            step::read(last.into_iter().collect()).await?;
            pace.add(at_once * batch_size, from.elapsed());
        }
        Ok(pace.images_per_second())
    }

    /// Trains one step; returns its logits without waiting for the device.
    fn step(&mut self) -> Option<Tensor<2>> {
        let (images, targets) = self.batch();
        let network = self.network.take()?;
        let Self { optimizer, rule, mode, .. } = self;
        let (network, logits) = step::train(network, optimizer, images, targets, rule, mode);
        self.network = Some(network);
        Some(logits)
    }

    /// The images, uploaded as a run uploads each of its batches, and their classes.
    fn batch(&self) -> (Tensor<4>, Tensor<2>) {
        let (training, dataset) = (self.device.training(), &self.spec.data.dataset);
        let batch_size = self.spec.train.batch_size.get();
        let labels: Vec<u8> = (0..batch_size).map(|row| (row % dataset.classes()) as u8).collect();
        (
            step::images(self.pixels.clone(), batch_size, dataset.image_shape(), &training),
            step::targets(&labels, dataset.classes(), &training),
        )
    }
}
