//! Initial weights, drawn by the core's own generator, so that a seed gives the same network on
//! every device.

use burn::tensor::{Device, Tensor, TensorData};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// Draws initial weights, layer after layer.
pub struct Initializer {
    rng: Pcg64Mcg,
}

impl Initializer {
    /// A generator for the whole network.
    pub fn new(seed: u64) -> Self {
        Self { rng: Pcg64Mcg::seed_from_u64(seed) }
    }

    /// PyTorch's default for weights and biases of dense and convolution layers: uniform within
    /// `±1 / sqrt(fan_in)` (`torch.nn.Linear.reset_parameters`, where Kaiming's bound with slope
    /// `sqrt(5)` comes to the same).
    pub fn uniform<const D: usize>(
        &mut self,
        shape: [usize; D],
        fan_in: usize,
        device: &Device,
    ) -> Tensor<D> {
        let bound = 1.0 / (fan_in as f32).sqrt();
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count).map(|_| self.rng.random_range(-bound..=bound)).collect();
        Tensor::from_data(TensorData::new(values, shape), device)
    }
}
