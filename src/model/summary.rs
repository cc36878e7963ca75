//! What a network is and costs, computed from its spec alone.

use super::shapes::{self, Shape};
use crate::protocol::{Description, LayerSummary};
use crate::spec::{LIMITS, LayerSpec, Problem, ProblemCode, RunSpec, validate};

/// Bytes of a number on every device.
const F32: f64 = 4.0;

/// Copies of every parameter that training holds: the weight, its gradient and, with Adam, two
/// running means.
const COPIES: f64 = 4.0;

/// Says everything about a spec that can be said without a device: its problems, the shapes between
/// its layers, and what it costs.
pub fn describe(spec: &RunSpec) -> Description {
    let mut problems = validate(spec);
    let mut shape = spec.data.dataset.image_shape();
    let mut activations = shape.size() as f64;
    let mut layers = Vec::new();
    if !problems.iter().any(is_layer_number) {
        for (layer, next) in spec.model.layers.iter().zip(shapes::walk(&spec.model.layers, shape).0) {
            layers.push(LayerSummary {
                output_shape: next.dims(),
                parameters: parameters(layer, shape),
                flops: flops(layer, shape, next),
            });
            activations += next.size() as f64;
            shape = next;
        }
    }
    let total = |of: fn(&LayerSummary) -> f64| layers.iter().map(of).sum::<f64>();
    let parameters = total(|layer| layer.parameters);
    // Each activation is held once for the backward pass and once as its gradient.
    let memory_bytes = F32 * (COPIES * parameters + 2.0 * activations * spec.train.batch_size.0);
    if parameters > LIMITS.parameters.max {
        let message = format!(
            "The network has {:.0} million parameters; a browser tab holds {:.0} million. Use fewer \
             units or filters.",
            parameters / 1e6,
            LIMITS.parameters.max / 1e6
        );
        problems.push(Problem::new("model.layers", ProblemCode::TooLarge, message));
    } else if memory_bytes > LIMITS.memory_bytes.max {
        let message = format!(
            "A training step needs about {:.1} GB; a browser tab holds {:.1} GB. Use a smaller batch, \
             or fewer units or filters.",
            memory_bytes / 1e9,
            LIMITS.memory_bytes.max / 1e9
        );
        problems.push(Problem::new("train.batchSize", ProblemCode::TooLarge, message));
    }
    Description { problems, flops_per_image: total(|layer| layer.flops), layers, parameters, memory_bytes }
}

/// Whether the problem is a layer's own number, so that no shapes can be computed.
fn is_layer_number(problem: &Problem) -> bool {
    let misplaced = [ProblemCode::ShapeMismatch, ProblemCode::OutputLayer];
    problem.field.starts_with("model.layers") && !misplaced.contains(&problem.code)
}

/// Trainable numbers of a layer, biases included.
fn parameters(layer: &LayerSpec, input: Shape) -> f64 {
    match (layer, input) {
        (LayerSpec::Dense { units }, _) => (input.size() as f64 + 1.0) * units.0,
        (LayerSpec::Conv2d { filters, kernel, .. }, Shape::Map { channels, .. }) => {
            (kernel.0 * kernel.0 * channels as f64 + 1.0) * filters.0
        }
        _ => 0.0,
    }
}

/// Multiplications and additions of one image's forward pass; biases and borders are not counted
/// apart.
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
        (LayerSpec::Activation { .. }, _) => outputs,
        _ => 0.0,
    }
}
