//! Does a device compute what the processor computes?
//!
//! Shader errors are only logged by the browser, so a GPU that cannot run a program gives zeros or
//! rubbish instead of an error. One training step of a small network through a convolution, a
//! pooling and two dense layers tells: the logits before it check the forward pass, those after it
//! the gradients.

use crate::data::batches::{self, Stream};
use crate::error::{Error, ErrorCode, Result};
use crate::model::shapes::Shape;
use crate::model::{Mode, Network};
use crate::say::{in_digits, say};
use crate::spec::{Activation, Initializer, LayerSpec, ModelSpec, OptimizerSpec, Padding, Regularization};
use crate::train::{Optimizer, step};
use burn::module::Module;
use burn::tensor::Device;

const INPUT: Shape = Shape::Map { channels: 1, height: 8, width: 8 };
const BATCH: usize = 8;
const CLASSES: usize = 10;

/// Largest difference of two logits, in units of the largest logit, that rounding explains.
const TOLERANCE: f32 = 1e-3;

/// Compares a device with one that is trusted.
///
/// # Errors
///
/// [`ErrorCode::SelfTestFailed`] where they differ, [`ErrorCode::DeviceLost`] where the device does
/// not answer.
pub async fn compare(device: &Device, trusted: &Device) -> Result<()> {
    let expected = logits(trusted).await?;
    let found = logits(device).await?;
    let largest = expected.iter().fold(0.0f32, |largest, logit| largest.max(logit.abs()));
    let difference = expected
        .iter()
        .zip(&found)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, |a: f32, b| if b > a || b.is_nan() { b } else { a });
    if found.len() == expected.len() && difference <= TOLERANCE * largest {
        return Ok(());
    }
    let message = say!(
        "WebGPU does not compute what the processor does (a difference of {difference} on the self-test). Update \
         the browser or the graphics driver, or choose the CPU.",
        difference = in_digits(format_args!("{difference:.1e}"))
    );
    Err(Error::new(ErrorCode::SelfTestFailed, message))
}

/// The logits of a fixed batch before and after one step of training, one after the other.
async fn logits(device: &Device) -> Result<Vec<f32>> {
    let layers = [
        LayerSpec::Conv2d { filters: 4.into(), kernel: 3.into(), stride: 1.into(), padding: Padding::Same },
        LayerSpec::Activation { function: Activation::Relu },
        LayerSpec::MaxPool2d { size: 2.into(), stride: 2.into() },
        LayerSpec::Flatten,
        LayerSpec::Dense { units: 16.into() },
        LayerSpec::Activation { function: Activation::Relu },
        LayerSpec::Dense { units: CLASSES.into() },
    ];
    let training = device.clone().autodiff();
    let model = ModelSpec { layers: layers.to_vec(), initializer: Initializer::Pytorch };
    let network = Network::new(&model, INPUT, 1, &training);
    // Any fixed picture with no symmetry will do.
    let pixels: Vec<f32> =
        (0..BATCH * INPUT.size()).map(|i| ((i * i + 3 * i) % 17) as f32 / 8.0 - 1.0).collect();
    let labels: Vec<u8> = (0..BATCH as u8).collect();
    let spec = OptimizerSpec::Sgd { momentum: 0.0, nesterov: false };
    let mut optimizer = Optimizer::new(&spec, &training);
    let rule = step::Rule { learning_rate: 0.5, regularization: Regularization::default() };
    let images = step::images(pixels.clone(), BATCH, INPUT, &training);
    let targets = step::targets(&labels, CLASSES, &training);
    let mut mode = Mode::Train(batches::generator(0, Stream::Dropout(0)));
    let (network, before) = step::train(network, &mut optimizer, images, targets, &rule, &mut mode);
    let after = network.valid().forward(step::images(pixels, BATCH, INPUT, device), &mut Mode::Evaluate);
    Ok(step::read(vec![before, after]).await?.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_an_independent_implementation_and_the_step_matters() {
        let flex = Device::flex();
        #[expect(deprecated)]
        let ndarray = Device::ndarray();
        pollster::block_on(compare(&ndarray, &flex)).expect("ndarray computes the same");
        let logits = pollster::block_on(logits(&flex)).expect("the processor answers");
        let (before, after) = logits.split_at(logits.len() / 2);
        let moved = before.iter().zip(after).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(moved > 100.0 * TOLERANCE, "a wrong gradient would not be seen: {moved}");
    }
}
