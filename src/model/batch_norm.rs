//! Batch normalisation as PyTorch counts it.

use super::Mode;
use crate::kernels;
use burn::nn::BatchNorm;
use burn::tensor::Tensor;
use burn::tensor::module::batch_norm;

/// Normalises each channel of `[batch, channels, ...]`: by the batch in [`Mode::Train`], whose
/// statistics the running ones then follow; by the running ones otherwise, and where the layer is
/// frozen. The mode decides, not the device: outside training a gradient may be asked for too.
///
/// Burn lets the running variance follow the batch's biased variance; here, as in PyTorch, it
/// follows the unbiased one, the estimate for images that are not in the batch.
pub fn forward<const D: usize>(norm: &BatchNorm, x: Tensor<D>, mode: &Mode) -> Tensor<D> {
    let (gamma, beta) = (norm.gamma.val(), norm.beta.val());
    if !(matches!(mode, Mode::Train(_)) && norm.training.is_enabled()) {
        let (mean, variance) = (norm.running_mean.value_sync(), norm.running_var.value_sync());
        return batch_norm(x, gamma, beta, mean, variance, norm.epsilon);
    }
    let dims = x.dims();
    let samples = (dims.iter().product::<usize>() / dims[1].max(1)) as f64;
    let unbiased = samples / (samples - 1.0).max(1.0);
    let result = kernels::batch_norm(x, gamma, beta, norm.epsilon);
    let follow = |running: Tensor<1>, batch: Tensor<1>, factor: f64| {
        (running * (1.0 - norm.momentum) + batch.detach() * (norm.momentum * factor)).detach()
    };
    norm.running_mean.update(follow(norm.running_mean.value_sync(), result.mean, 1.0));
    norm.running_var.update(follow(norm.running_var.value_sync(), result.variance, unbiased));
    result.output
}
