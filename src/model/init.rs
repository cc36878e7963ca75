//! Initial weights, drawn by the core's own generator, so that a seed gives the same network on
//! every device.

use crate::spec;
use burn::module::Param;
use burn::tensor::{Device, Tensor, TensorData};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use std::f64::consts::TAU;

/// Draws initial weights, layer after layer.
pub struct Initializer {
    rule: spec::Initializer,
    rng: Pcg64Mcg,
}

/// How many numbers a weight reads and how many read it, a convolution's kernel area included.
#[derive(Debug, Clone, Copy)]
pub struct Fan {
    /// Inputs of one output.
    pub input: usize,
    /// Outputs of one input.
    pub output: usize,
}

impl Initializer {
    /// A generator for the whole network.
    pub fn new(rule: spec::Initializer, seed: u64) -> Self {
        Self { rule, rng: Pcg64Mcg::seed_from_u64(seed) }
    }

    /// The weights of a dense layer or a convolution.
    pub fn weight<const D: usize>(
        &mut self,
        shape: [usize; D],
        fan: Fan,
        device: &Device,
    ) -> Param<Tensor<D>> {
        let (input, both) = (fan.input as f64, (fan.input + fan.output) as f64);
        match self.rule {
            spec::Initializer::Pytorch => self.uniform(shape, input.recip().sqrt(), device),
            spec::Initializer::KaimingUniform => self.uniform(shape, (6.0 / input).sqrt(), device),
            spec::Initializer::KaimingNormal => self.normal(shape, (2.0 / input).sqrt(), device),
            spec::Initializer::XavierUniform => self.uniform(shape, (6.0 / both).sqrt(), device),
            spec::Initializer::XavierNormal => self.normal(shape, (2.0 / both).sqrt(), device),
            spec::Initializer::Zeros => self.draw(shape, device, |_| 0.0),
            spec::Initializer::Normal { std } => self.normal(shape, std, device),
        }
    }

    /// The biases of a dense layer or a convolution.
    pub fn bias(&mut self, units: usize, fan: Fan, device: &Device) -> Param<Tensor<1>> {
        match self.rule {
            spec::Initializer::Pytorch => self.uniform([units], (fan.input as f64).recip().sqrt(), device),
            _ => self.draw([units], device, |_| 0.0),
        }
    }

    fn uniform<const D: usize>(
        &mut self,
        shape: [usize; D],
        bound: f64,
        device: &Device,
    ) -> Param<Tensor<D>> {
        let bound = bound as f32;
        self.draw(shape, device, |rng| rng.random_range(-bound..=bound))
    }

    /// Box and Muller's method, one number of each pair: plain, and the same on every machine.
    fn normal<const D: usize>(&mut self, shape: [usize; D], std: f64, device: &Device) -> Param<Tensor<D>> {
        self.draw(shape, device, |rng| {
            let (radius, angle): (f64, f64) = (1.0 - rng.random::<f64>(), rng.random::<f64>());
            (std * (-2.0 * radius.ln()).sqrt() * (TAU * angle).cos()) as f32
        })
    }

    fn draw<const D: usize>(
        &mut self,
        shape: [usize; D],
        device: &Device,
        mut number: impl FnMut(&mut Pcg64Mcg) -> f32,
    ) -> Param<Tensor<D>> {
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count).map(|_| number(&mut self.rng)).collect();
        Param::from_tensor(Tensor::from_data(TensorData::new(values, shape), device))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Initializer as Rule;

    #[test]
    fn every_rule_has_its_spread() {
        let fan = Fan { input: 300, output: 100 };
        let cases = [
            (Rule::Pytorch, 1.0 / 900.0, true),
            (Rule::KaimingUniform, 2.0 / 300.0, true),
            (Rule::KaimingNormal, 2.0 / 300.0, false),
            (Rule::XavierUniform, 2.0 / 400.0, true),
            (Rule::XavierNormal, 2.0 / 400.0, false),
            (Rule::Zeros, 0.0, true),
            (Rule::Normal { std: 0.05 }, 0.0025, false),
        ];
        for (rule, variance, bounded) in cases {
            let weights = |seed| {
                let tensor = Initializer::new(rule, seed).weight([300, 100], fan, &Device::flex()).val();
                tensor.into_data().try_into_vec::<f32>().expect("floats")
            };
            let drawn: Vec<f64> = weights(1).into_iter().map(f64::from).collect();
            let count = drawn.len() as f64;
            let mean = drawn.iter().sum::<f64>() / count;
            let found = drawn.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / count;
            assert!(
                (found - variance).abs() <= 0.03 * variance,
                "{rule:?}: variance {found}, not {variance}"
            );
            assert!(mean.abs() <= 0.03 * variance.sqrt(), "{rule:?}: mean {mean}");
            let largest = drawn.iter().fold(0.0f64, |most, w| most.max(w.abs()));
            assert_eq!(largest <= (3.0 * variance).sqrt() + 1e-7, bounded, "{rule:?}: {largest}");
            assert_eq!(weights(7), weights(7));
        }
    }

    #[test]
    fn biases_start_at_zero_but_for_pytorch() {
        let fan = Fan { input: 4, output: 4 };
        for (rule, zero) in
            [(Rule::Pytorch, false), (Rule::KaimingNormal, true), (Rule::Normal { std: 1.0 }, true)]
        {
            let bias = Initializer::new(rule, 1).bias(8, fan, &Device::flex()).val();
            let bias = bias.into_data().try_into_vec::<f32>().expect("floats");
            assert_eq!(bias.iter().all(|b| *b == 0.0), zero, "{rule:?}");
        }
    }
}
