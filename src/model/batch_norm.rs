//! Batch normalisation as PyTorch counts it.

use burn::nn::BatchNorm;
use burn::tensor::Tensor;
use burn::tensor::module::batch_norm_train;

/// Normalises each channel of `[batch, channels, ...]`: by the batch while training, by the running
/// means otherwise.
///
/// Burn lets the running variance follow the batch's biased variance; here, as in PyTorch, it
/// follows the unbiased one, the estimate for images that are not in the batch.
pub fn forward<const D: usize>(norm: &BatchNorm, x: Tensor<D>) -> Tensor<D> {
    if !(x.device().is_autodiff() && norm.training.is_enabled()) {
        return norm.forward(x);
    }
    let dims = x.dims();
    let samples = (dims.iter().product::<usize>() / dims[1].max(1)) as f64;
    let unbiased = samples / (samples - 1.0).max(1.0);
    let result = batch_norm_train(x, norm.gamma.val(), norm.beta.val(), norm.epsilon);
    let follow = |running: Tensor<1>, batch: Tensor<1>, factor: f64| {
        (running * (1.0 - norm.momentum) + batch.detach() * (norm.momentum * factor)).detach()
    };
    norm.running_mean.update(follow(norm.running_mean.value_sync(), result.mean, 1.0));
    norm.running_var.update(follow(norm.running_var.value_sync(), result.variance, unbiased));
    result.output
}
