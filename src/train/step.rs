//! One training step, and what goes in and comes out of it.

use crate::error::{Error, ErrorCode, Result};
use crate::model::Network;
use crate::model::shapes::Shape;
use burn::Tensor;
use burn::optim::{GradientsParams, ModuleOptimizer};
use burn::tensor::activation::log_softmax;
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

/// Mean cross-entropy of a batch: logits and one-hot targets `[batch, classes] -> [1]`.
pub fn cross_entropy(logits: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    let [batch, _] = targets.dims();
    (log_softmax(logits, 1) * targets).sum() / -(batch as f32)
}

/// Trains on one batch; returns the updated network and the logits from before the update, without
/// waiting for the device.
pub fn train(
    network: Network,
    optimizer: &mut ModuleOptimizer,
    images: Tensor<4>,
    targets: Tensor<2>,
    learning_rate: f64,
) -> (Network, Tensor<2>) {
    let logits = network.forward(images);
    let gradients = cross_entropy(logits.clone(), targets).backward();
    let gradients = GradientsParams::from_grads(gradients, &network);
    (optimizer.step(learning_rate, network, gradients), logits.inner())
}

/// Reads tensors of `[rows, classes]` back from the device, all at once.
///
/// # Errors
///
/// [`ErrorCode::DeviceLost`] where the device does not give them.
pub async fn read(tensors: Vec<Tensor<2>>) -> Result<Vec<Vec<f32>>> {
    let lost = |why: String| {
        Error::new(ErrorCode::DeviceLost, format!("The device stopped answering: {why}. Start a new run."))
    };
    let transaction = tensors.into_iter().fold(Transaction::default(), Transaction::register);
    let read = transaction.execute_async().await.map_err(|error| lost(format!("{error:?}")))?;
    read.into_iter()
        .map(|data| data.try_into_vec::<f32>().map_err(|error| lost(format!("{error:?}"))))
        .collect()
}
