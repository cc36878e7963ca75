//! What a network is and costs, computed from its spec alone.

use super::shapes::{self, Shape};
use crate::protocol::{Description, LayerSummary};
use crate::say::{in_digits, say};
use crate::spec::{LIMITS, LayerSpec, Problem, ProblemCode, RunSpec, validate};
use crate::train::schedule;

/// Steps of a run whose learning rate is told.
const SCHEDULE_POINTS: usize = 200;

/// Bytes of a number on every device.
const F32: f64 = 4.0;

/// Copies of every parameter that training holds: the weight, its gradient and, with Adam, two
/// running means.
const COPIES: f64 = 4.0;

/// Says everything about a spec that can be said without a device: its problems, the shapes between
/// its layers, and what it costs.
pub fn describe(spec: &RunSpec) -> Description {
    let mut problems = validate(spec);
    let input = spec.data.dataset.image_shape();
    let layers = match problems.iter().any(is_layer_number) {
        true => Vec::new(),
        false => summarize(&spec.model.layers, input),
    };
    let activations = input.size() as f64 + activations(&layers);
    let total = |of: fn(&LayerSummary) -> f64| layers.iter().map(of).sum::<f64>();
    let parameters = total(|layer| layer.parameters);
    // Each activation is held once for the backward pass and once as its gradient.
    let memory_bytes = F32 * (COPIES * parameters + 2.0 * activations * spec.train.batch_size.0);
    if parameters > LIMITS.parameters.max {
        let millions = |count: f64| format!("{:.0}", count / 1e6);
        let message = say!(
            "The network has {millions} million parameters; a browser tab holds {most} million. Use fewer units \
             or filters.",
            millions = millions(parameters),
            most = millions(LIMITS.parameters.max)
        );
        problems.push(Problem::new("model.layers", ProblemCode::TooLarge, message));
    } else if memory_bytes > LIMITS.memory_bytes.max {
        let gigabytes = |bytes: f64| in_digits(format_args!("{:.1}", bytes / 1e9));
        let message = say!(
            "A training step needs about {gigabytes} GB; a browser tab holds {most} GB. Use a smaller batch, or \
             fewer units or filters.",
            gigabytes = gigabytes(memory_bytes),
            most = gigabytes(LIMITS.memory_bytes.max)
        );
        problems.push(Problem::new("train.batchSize", ProblemCode::TooLarge, message));
    }
    let learning_rates = if problems.is_empty() { learning_rates(spec) } else { Vec::new() };
    let flops_per_image = total(|layer| layer.flops);
    Description { problems, flops_per_image, layers, parameters, learning_rates, memory_bytes }
}

/// The schedule of a sound spec, as it goes where no plateau is met.
fn learning_rates(spec: &RunSpec) -> Vec<f32> {
    let RunSpec { train, data, .. } = spec;
    let images = data.dataset.training_images().saturating_sub(data.validation_images.get());
    let steps = (images / train.batch_size.get()).max(1);
    let factors = schedule::preview(&train.schedule, steps, train.epochs.get(), SCHEDULE_POINTS);
    factors.into_iter().map(|factor| (f64::from(factor) * train.learning_rate) as f32).collect()
}

/// Whether the problem is a layer's own number, so that no shapes can be computed.
fn is_layer_number(problem: &Problem) -> bool {
    let misplaced = [ProblemCode::ShapeMismatch, ProblemCode::OutputLayer];
    problem.field.starts_with("model.layers") && !misplaced.contains(&problem.code)
}

/// One summary per layer, up to the first that does not fit.
fn summarize(layers: &[LayerSpec], input: Shape) -> Vec<LayerSummary> {
    let (outputs, _) = shapes::walk(layers, input);
    let inputs = std::iter::once(input).chain(outputs.iter().copied());
    layers
        .iter()
        .zip(inputs.zip(&outputs))
        .map(|(layer, (input, output))| {
            let inner = match layer {
                LayerSpec::Residual { layers, .. } => summarize(layers, input),
                _ => Vec::new(),
            };
            let of_inner = |of: fn(&LayerSummary) -> f64| inner.iter().map(of).sum::<f64>();
            LayerSummary {
                output_shape: output.dims(),
                parameters: parameters(layer, input, *output) + of_inner(|layer| layer.parameters),
                flops: flops(layer, input, *output) + of_inner(|layer| layer.flops),
                inner,
            }
        })
        .collect()
}

/// Numbers that one image leaves behind each layer, for the backward pass.
fn activations(layers: &[LayerSummary]) -> f64 {
    let size = |layer: &LayerSummary| layer.output_shape.iter().product::<usize>() as f64;
    layers.iter().map(|layer| size(layer) + activations(&layer.inner)).sum()
}

/// Trainable numbers of a layer's own, biases included.
fn parameters(layer: &LayerSpec, input: Shape, output: Shape) -> f64 {
    match (layer, input) {
        (LayerSpec::Dense { units }, _) => (input.size() as f64 + 1.0) * units.0,
        (LayerSpec::Conv2d { filters, kernel, .. }, Shape::Map { channels, .. }) => {
            (kernel.0 * kernel.0 * channels as f64 + 1.0) * filters.0
        }
        (LayerSpec::BatchNorm, _) => 2.0 * input.channels() as f64,
        (LayerSpec::LayerNorm, _) => 2.0 * input.size() as f64,
        (LayerSpec::Residual { .. }, _) if input != output => {
            (input.channels() as f64 + 1.0) * output.channels() as f64
        }
        _ => 0.0,
    }
}

/// Multiplications and additions of one image's forward pass through a layer itself; biases and
/// borders are not counted apart.
fn flops(layer: &LayerSpec, input: Shape, output: Shape) -> f64 {
    let outputs = output.size() as f64;
    match (layer, input) {
        (LayerSpec::Dense { .. }, _) => 2.0 * input.size() as f64 * outputs,
        (LayerSpec::Conv2d { kernel, .. }, Shape::Map { channels, .. }) => {
            2.0 * kernel.0 * kernel.0 * channels as f64 * outputs
        }
        (LayerSpec::MaxPool2d { size, .. } | LayerSpec::AvgPool2d { size, .. }, _) => {
            size.0 * size.0 * outputs
        }
        (LayerSpec::GlobalAvgPool, _) => input.size() as f64,
        (LayerSpec::Activation { .. }, _) => outputs,
        (LayerSpec::BatchNorm, _) => 2.0 * outputs,
        (LayerSpec::LayerNorm, _) => 8.0 * outputs,
        (LayerSpec::Residual { .. }, _) => {
            let projection = if input == output { 0.0 } else { 2.0 * input.channels() as f64 };
            (1.0 + projection) * outputs
        }
        _ => 0.0,
    }
}
