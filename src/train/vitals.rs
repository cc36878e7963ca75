//! How the layers of a run fare: how large their weights are, how strongly they are pulled, how far
//! they move, and how many ReLUs never fire.
//!
//! A watched step is a step like any other, to the bit; it only keeps what would be thrown away.
//! That is read back in one go after the step, and counted on the host. A run watches the steps
//! after which it looks at images that it does not train on, a few of each epoch: to watch every
//! step would slow it down, and a chart needs no more.

use super::optimizer::Optimizer;
use super::step::{self, Rule};
use crate::error::Result;
use crate::metrics::Histogram;
use crate::model::{Mode, Network};
use burn::module::{ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;
use serde::Serialize;

/// How the layers of a run fared in one step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Vitals {
    /// Steps trained, this one included.
    pub step: usize,
    /// Norm of the gradient of all layers together, before it is clipped; NaN or infinite where the
    /// run diverges.
    pub gradient_norm: f64,
    /// The layers that learn something or are ReLUs, or hold such layers, in order.
    pub layers: Vec<LayerVitals>,
}

/// How one layer fared in one step. Weights are all numbers that it learns: biases, scales and
/// shifts too; those of the layers within a residual block, and its projection, are the block's.
///
/// Norms are Euclidean lengths of all these numbers as one vector. What would not be finite is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LayerVitals {
    /// The layer's index in the spec.
    pub layer: usize,
    /// Norm of the weights before the step; none where there are no weights.
    pub weight_norm: Option<f64>,
    /// Norm of the gradient, before it is clipped; none where nothing is learned.
    pub gradient_norm: Option<f64>,
    /// Norm of the weights' change in this step over their norm before it; around a thousandth in
    /// a network that learns well. None where there are no weights, or all are zero.
    pub update_ratio: Option<f64>,
    /// The weights before the step.
    pub weights: Option<Histogram>,
    /// The gradient, before it is clipped.
    pub gradients: Option<Histogram>,
    /// Share of the ReLU's units (features of a vector, channels of a map) that are zero for every
    /// image of the batch and all over it; none where there is no ReLU. No other activation dies. Where
    /// several threads share the batch, of the leader's share of it.
    pub dead_share: Option<f64>,
}

/// A watched step, still on the device.
pub struct Watched(Vec<WatchedLayer>);

/// A layer's tensors, each as one row.
struct WatchedLayer {
    before: Vec<Tensor<2>>,
    gradients: Vec<Tensor<2>>,
    after: Vec<Tensor<2>>,
    /// Of the ReLUs: the largest output of each unit.
    peaks: Vec<Tensor<2>>,
}

/// Trains on one batch as [`step::train`] does, and watches the layers; nothing is waited for.
pub fn train(
    network: Network,
    optimizer: &mut Optimizer,
    images: Tensor<4>,
    targets: Tensor<2>,
    rule: &Rule,
    mode: &mut Mode,
) -> (Network, Tensor<2>, Watched) {
    let (logits, peaks) = forward(&network, images, mode);
    let gradients = step::gradients(&network, logits.clone(), targets, rule, 1.0);
    let (network, watched) = update(network, optimizer, gradients, peaks, rule);
    (network, logits.inner(), watched)
}

/// The forward pass of a watched step: the logits, and for each layer the largest output of each unit of
/// its ReLUs.
pub(super) fn forward(
    network: &Network,
    images: Tensor<4>,
    mode: &mut Mode,
) -> (Tensor<2>, Vec<Vec<Tensor<2>>>) {
    let trace = network.trace(images, mode);
    let peaks = network.relu_peaks(&trace);
    (trace.logits, peaks)
}

/// As [`step::update`], watched; `peaks` are those of [`forward`].
pub(super) fn update(
    network: Network,
    optimizer: &mut Optimizer,
    gradients: GradientsParams,
    peaks: Vec<Vec<Tensor<2>>>,
    rule: &Rule,
) -> (Network, Watched) {
    let before = network.visit_layers(|| Learned::new(Some(&gradients)));
    let before: Vec<_> = before.into_iter().map(|layer| (layer.weights, layer.gradients)).collect();
    let network = step::update(network, optimizer, gradients, rule);
    let after = network.visit_layers(|| Learned::new(None)).into_iter().map(|layer| layer.weights);
    let layers = before.into_iter().zip(after).zip(peaks);
    let watched =
        layers.map(|(((before, gradients), after), peaks)| WatchedLayer { before, gradients, after, peaks });
    (network, Watched(watched.collect()))
}

impl Watched {
    /// Reads the step back from the device and counts. `step` is the number of steps trained.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`](crate::error::ErrorCode::DeviceLost) where the device does not
    /// answer.
    pub async fn read(self, step: usize) -> Result<Vitals> {
        let mut tensors = Vec::new();
        let mut counts = Vec::new();
        for WatchedLayer { before, gradients, after, peaks } in self.0 {
            counts.push([before.len(), gradients.len(), after.len(), peaks.len()]);
            tensors.extend([before, gradients, after, peaks].into_iter().flatten());
        }
        let mut read = step::read(tensors).await?.into_iter();
        let mut layers = Vec::new();
        let mut squares = 0.0;
        for (layer, counts) in counts.into_iter().enumerate() {
            let [before, gradients, after, peaks] = counts.map(|count| read.by_ref().take(count).collect());
            squares += square_sum(&gradients);
            layers.extend(LayerVitals::of(layer, &before, &gradients, &after, &peaks));
        }
        Ok(Vitals { step, gradient_norm: squares.sqrt(), layers })
    }
}

type Arrays = Vec<Vec<f32>>;

impl LayerVitals {
    /// None of a layer without weights and ReLUs.
    fn of(layer: usize, before: &Arrays, gradients: &Arrays, after: &Arrays, peaks: &Arrays) -> Option<Self> {
        if before.is_empty() && peaks.is_empty() {
            return None;
        }
        let norm = |arrays: &Arrays| (!arrays.is_empty()).then(|| square_sum(arrays).sqrt());
        let weight_norm = norm(before).filter(|norm| norm.is_finite());
        let change = |(before, after): (&f32, &f32)| (f64::from(*after) - f64::from(*before)).powi(2);
        let update: f64 = before.iter().flatten().zip(after.iter().flatten()).map(change).sum();
        let update_ratio = weight_norm.filter(|norm| *norm > 0.0).map(|norm| update.sqrt() / norm);
        let units = peaks.iter().map(Vec::len).sum::<usize>();
        let dead = peaks.iter().flatten().filter(|peak| **peak <= 0.0).count();
        Some(Self {
            layer,
            weight_norm,
            gradient_norm: norm(gradients).filter(|norm| norm.is_finite()),
            update_ratio: update_ratio.filter(|ratio| ratio.is_finite()),
            weights: Histogram::of(before),
            gradients: Histogram::of(gradients),
            dead_share: (units > 0).then(|| dead as f64 / units as f64),
        })
    }
}

fn square_sum(arrays: &Arrays) -> f64 {
    arrays.iter().flatten().map(|number| f64::from(*number).powi(2)).sum()
}

/// Gathers what a layer has learned, and its gradients where there are any.
struct Learned<'a> {
    from: Option<&'a GradientsParams>,
    weights: Vec<Tensor<2>>,
    gradients: Vec<Tensor<2>>,
}

impl<'a> Learned<'a> {
    fn new(from: Option<&'a GradientsParams>) -> Self {
        Self { from, weights: Vec::new(), gradients: Vec::new() }
    }
}

impl ModuleVisitor for Learned<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.weights.push(row(param.val().inner()));
        self.gradients.extend(self.from.and_then(|from| from.get::<D>(param.id)).map(row));
    }
}

fn row<const D: usize>(tensor: Tensor<D>) -> Tensor<2> {
    let size = tensor.shape().num_elements();
    tensor.reshape([1, size])
}

#[cfg(test)]
mod tests;
