//! A step's batch in shares, for several threads: data-parallel training.
//!
//! For each step the leader hands the weights and some of the images to each helper, computes the gradients
//! of its own share meanwhile, and adds what comes back. The loss of a share is the sum over its images
//! divided by the size of the whole batch, so the sum of the gradients is that of the batch.
//!
//! Batch normalisation goes by the share's own statistics, and the running ones follow the leader's
//! share, as in PyTorch's `DataParallel`. Each share draws a dropout mask of its own.

use super::super::{gradients, step};
use super::{Answering, Helper, Team};
use crate::data::batches::{Batch, Stream, generator};
use crate::device::Opened;
use crate::error::Result;
use crate::model::{Mode, Network, describe, parameters};
use crate::spec::{LIMITS, LayerSpec, RunSpec};
use burn::optim::GradientsParams;
use burn::tensor::{Tensor, TensorData};
use std::rc::Rc;

/// Operations of a step, forward and back, that a share must have at least. On two cores, which the page draws
/// on too, two threads train 0.5 times as many images per second as one where a share has 20 million (the MLP
/// in batches of 64), 1.1 times with 100 million (`Fast 99`), 1.2 times with 800 million (the CNN); with nothing
/// to draw 0.9, 1.7 and 1.7 times.
const LEAST_WORK: f64 = 1e8;

/// Forward and backward pass by the forward pass alone: a layer has two gradients to compute, of its
/// input and of its weights.
const PASSES: f64 = 3.0;

/// Images of a share that batch normalisation goes by at least: as many as of a usual batch, so that a network learns as
/// well as in one thread.
const LEAST_NORMALISED: usize = 64;

/// What a helper is given for a step.
pub struct Share {
    /// Which of the batch's shares, from 1; the first, 0, is the leader's.
    pub index: usize,
    /// Steps trained before this one.
    pub step: usize,
    /// Images of all shares.
    pub batch_size: usize,
    /// All numbers of the network, in the order of [`parameters`]; one copy for all shares.
    pub weights: Rc<Vec<f32>>,
    /// `[images, channels * height * width]`, normalised.
    pub pixels: Vec<f32>,
    /// The class each image is trained as.
    pub labels: Vec<u8>,
}

impl Helper {
    /// The logits of a share, `[images, classes]`, and then the gradients of all parameters that learn, in
    /// the order of [`parameters`].
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where the weights are not those of such a
    /// network.
    pub fn answer(&self, share: &Share) -> Result<Vec<f32>> {
        let (training, dataset) = (self.device.training(), &self.spec.data.dataset);
        let network = parameters::write_flat(&self.network, &share.weights, &training)?;
        let images = share.labels.len();
        let pixels = step::images(share.pixels.clone(), images, dataset.image_shape(), &training);
        let targets = step::targets(&share.labels, dataset.classes(), &training);
        let stream = Stream::ShareDropout { share: share.index, step: share.step };
        let mut mode = Mode::Train(generator(self.spec.train.seed.get() as u64, stream));
        let logits = network.forward(pixels, &mut mode);
        let mut regularization = self.spec.train.regularization;
        // Penalties are of the weights and not of the images: they are the leader's.
        (regularization.l1, regularization.l2) = (0.0, 0.0);
        let rule = step::Rule { learning_rate: self.spec.train.learning_rate, regularization };
        let weight = images as f64 / share.batch_size as f64;
        let gradients = step::gradients(&network, logits.clone(), targets, &rule, weight);
        let mut answer = step::floats(logits.inner());
        gradients::append(&network, &gradients, &mut answer);
        Ok(answer)
    }
}

/// How many threads are to share the batches of a run, the leader included.
pub(super) fn threads(spec: &RunSpec, device: &Opened, processors: usize, pinned: Option<usize>) -> usize {
    if !device.has_helpers() {
        return 1;
    }
    let batch_size = spec.train.batch_size.get();
    let work = PASSES * describe(spec).flops_per_image * batch_size as f64;
    let wanted = pinned.unwrap_or_else(|| processors.min((work / LEAST_WORK) as usize));
    let least = if normalises(&spec.model.layers) { LEAST_NORMALISED } else { 1 };
    wanted.min(batch_size / least).clamp(1, LIMITS.threads.max as usize)
}

/// Whether images are normalised by others of their share.
fn normalises(layers: &[LayerSpec]) -> bool {
    layers.iter().any(|layer| match layer {
        LayerSpec::BatchNorm => true,
        LayerSpec::Residual { layers, .. } => normalises(layers),
        _ => false,
    })
}

/// Shares on their way, in the order of the batch.
pub struct SharesOut(Vec<(Share, Answering)>);

impl Team {
    /// Hands all but the leader's share of a batch to the helpers; returns that one, the batch's first.
    pub fn hand_out(&self, network: &Network, step: usize, batch: Batch) -> (Batch, SharesOut) {
        let Some(helpers) = self.sharers() else { return (batch, SharesOut(Vec::new())) };
        let Batch { mut pixels, mut labels } = batch;
        let batch_size = labels.len();
        let size = pixels.len() / batch_size.max(1);
        let shares = (1 + helpers.count()).min(batch_size).max(1);
        if shares == 1 {
            return (Batch { pixels, labels }, SharesOut(Vec::new()));
        }
        let weights = Rc::new(parameters::flat(network));
        // From the end, so that what is left is the leader's: no share is larger than that.
        let mut handed: Vec<_> = (1..shares)
            .rev()
            .map(|index| {
                let from = (batch_size * index).div_ceil(shares);
                let (pixels, labels) = (pixels.split_off(from * size), labels.split_off(from));
                let share = Share { index, step, batch_size, weights: weights.clone(), pixels, labels };
                let answering = helpers.hand(&share);
                (share, answering)
            })
            .collect();
        handed.reverse();
        (Batch { pixels, labels }, SharesOut(handed))
    }

    /// Waits for the helpers; returns gradients and logits of the whole batch from the leader's own. What a
    /// helper fails to answer is computed here; from then on there are none.
    ///
    /// # Errors
    ///
    /// None that a network of the run's spec brings about.
    pub async fn join(
        &mut self,
        handed: SharesOut,
        network: &Network,
        gradients: GradientsParams,
        logits: Tensor<2>,
        (spec, device): (&RunSpec, &Opened),
    ) -> Result<(GradientsParams, Tensor<2>)> {
        if handed.0.is_empty() {
            return Ok((gradients, logits));
        }
        let ([_, classes], on) = (logits.dims(), logits.device());
        let mut logits = step::floats(logits);
        let learned = gradients::count(network, &gradients);
        let mut others = Vec::new();
        for (share, answering) in handed.0 {
            let of_logits = share.labels.len() * classes;
            let answer = answering.await.filter(|answer| answer.len() == of_logits + learned);
            let answer = match answer {
                Some(answer) => answer,
                None => {
                    self.dismiss();
                    Helper::new(spec.clone(), device.clone()).answer(&share)?
                }
            };
            logits.extend_from_slice(&answer[..of_logits]);
            others.push((answer, of_logits));
        }
        let batch_size = logits.len() / classes.max(1);
        let logits = Tensor::from_data(TensorData::new(logits, [batch_size, classes]), &on);
        let others = others.iter().map(|(answer, of_logits)| &answer[*of_logits..]).collect();
        Ok((gradients::add(network, gradients, others), logits))
    }
}
