//! One training step, and what goes in and comes out of it.

use super::gradients;
use super::optimizer::Optimizer;
use crate::error::Result;
use crate::kernels;
use crate::model::shapes::Shape;
use crate::model::{Mode, Network, parameters};
use crate::spec::{Regularization, RunSpec};
use burn::Tensor;
use burn::optim::GradientsParams;
use burn::tensor::{Device, TensorData, Transaction};

/// Uploads normalised pixels: `[rows, channels, height, width]`; rows beyond the given are zero.
pub fn images(mut pixels: Vec<f32>, rows: usize, shape: Shape, device: &Device) -> Tensor<4> {
    let (channels, height, width) = match shape {
        Shape::Map { channels, height, width } => (channels, height, width),
        Shape::Flat { features } => (1, 1, features),
    };
    pixels.resize(rows * shape.size(), 0.0);
    Tensor::from_data(TensorData::new(pixels, [rows, channels, height, width]), device)
}

/// Uploads the classes of a batch, one-hot: `[batch, classes]`.
pub fn targets(labels: &[u8], classes: usize, device: &Device) -> Tensor<2> {
    let mut one_hot = vec![0.0f32; labels.len() * classes];
    for (row, label) in one_hot.chunks_mut(classes).zip(labels) {
        if let Some(target) = row.get_mut(usize::from(*label)) {
            *target = 1.0;
        }
    }
    Tensor::from_data(TensorData::new(one_hot, [labels.len(), classes]), device)
}

/// Spreads a share of each one-hot target evenly over all classes.
pub fn smooth(targets: Tensor<2>, share: f64) -> Tensor<2> {
    let [_, classes] = targets.dims();
    targets * (1.0 - share) + share / classes as f64
}

/// The network of a run before its first step, for a device that trains.
pub(super) fn network(spec: &RunSpec, device: &Device) -> Network {
    let input = spec.data.dataset.image_shape();
    let frozen: Vec<usize> = spec.train.frozen.iter().map(|layer| layer.get()).collect();
    Network::new(&spec.model, input, spec.train.seed.get() as u64, device).freeze(&frozen)
}

/// How a step learns, apart from its optimizer.
pub struct Rule {
    /// Step size.
    pub learning_rate: f64,
    /// Penalties, label smoothing, clipping.
    pub regularization: Regularization,
}

/// Trains on one batch; returns the updated network and the logits from before the update, without
/// waiting for the device.
pub fn train(
    network: Network,
    optimizer: &mut Optimizer,
    images: Tensor<4>,
    targets: Tensor<2>,
    rule: &Rule,
    mode: &mut Mode,
) -> (Network, Tensor<2>) {
    let logits = network.forward(images, mode);
    let gradients = gradients(&network, logits.clone(), targets, rule, 1.0);
    (update(network, optimizer, gradients, rule), logits.inner())
}

/// The gradients of the loss of a batch's logits, penalties included. Where the logits are of some images
/// of a batch only, `weight` is how large a part of it they are.
pub(super) fn gradients(
    network: &Network,
    logits: Tensor<2>,
    targets: Tensor<2>,
    rule: &Rule,
    weight: f64,
) -> GradientsParams {
    let Regularization { l1, l2, label_smoothing, .. } = rule.regularization;
    let targets = if label_smoothing > 0.0 { smooth(targets, label_smoothing) } else { targets };
    let mut loss = kernels::cross_entropy(logits, targets);
    if weight != 1.0 {
        loss = loss * weight;
    }
    if let Some(penalty) = network.penalty(l1, l2) {
        loss = loss + penalty;
    }
    GradientsParams::from_grads(loss.backward(), network)
}

/// The network after a step along its gradients, which are clipped first where the rule says so.
pub(super) fn update(
    network: Network,
    optimizer: &mut Optimizer,
    mut gradients: GradientsParams,
    rule: &Rule,
) -> Network {
    let longest = rule.regularization.clip_norm;
    if longest > 0.0 {
        gradients = gradients::clip_norm(&network, gradients, longest);
    }
    optimizer.step(rule.learning_rate, network, gradients)
}

/// Reads tensors of `[rows, classes]` back from the device, all at once.
///
/// # Errors
///
/// [`ErrorCode::DeviceLost`](crate::error::ErrorCode::DeviceLost) where the device does not give
/// them.
pub async fn read(tensors: Vec<Tensor<2>>) -> Result<Vec<Vec<f32>>> {
    let transaction = tensors.into_iter().fold(Transaction::default(), Transaction::register);
    Ok(parameters::read_back(transaction).await?.into_iter().map(|array| array.values).collect())
}

/// The numbers of a tensor on a processor, where reading neither waits nor fails.
pub(super) fn floats<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap_or_default()
}
