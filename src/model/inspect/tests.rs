//! What is inspected against what the network computes.

use super::*;
use crate::data::batches::{Stream, generator};
use crate::model::shapes::{self, Shape};
use crate::spec::{Activation, Initializer, LayerSpec, ModelSpec, Padding};
use burn::tensor::Device;
use pollster::block_on;

const INPUT: Shape = Shape::Map { channels: 2, height: 6, width: 5 };
const PIXELS: usize = 30;
const ROWS: usize = 4;
const CLASSES: usize = 3;

fn devices() -> [Device; 2] {
    #[expect(deprecated)]
    [Device::flex(), Device::ndarray()]
}

fn conv(filters: usize, kernel: usize, padding: Padding) -> LayerSpec {
    LayerSpec::Conv2d { filters: filters.into(), kernel: kernel.into(), stride: 1.into(), padding }
}

fn dense(units: usize) -> LayerSpec {
    LayerSpec::Dense { units: units.into() }
}

fn activation(function: Activation) -> LayerSpec {
    LayerSpec::Activation { function }
}

fn layers() -> Vec<LayerSpec> {
    vec![
        conv(4, 3, Padding::Same),
        LayerSpec::BatchNorm,
        // Computed the other way round where nothing is kept.
        activation(Activation::Relu),
        LayerSpec::MaxPool2d { size: 2.into(), stride: 2.into() },
        LayerSpec::Residual {
            layers: vec![activation(Activation::Silu), conv(5, 3, Padding::Same), LayerSpec::BatchNorm],
            projection: true,
        },
        LayerSpec::Dropout { rate: 0.5 },
        LayerSpec::Flatten,
        dense(6),
        LayerSpec::BatchNorm,
        LayerSpec::LayerNorm,
        dense(CLASSES),
    ]
}

fn images(seed: usize, device: &Device) -> Tensor<4> {
    let values: Vec<f32> =
        (0..ROWS * 2 * PIXELS).map(|i| ((i * i + 7 * i * seed + seed) % 23) as f32 / 11.0 - 1.0).collect();
    Tensor::from_data(TensorData::new(values, [ROWS, 2, 6, 5]), device)
}

/// Built to train, with running means that have moved.
fn network(layers: &[LayerSpec], device: &Device) -> Network {
    let training = device.clone().autodiff();
    let model = ModelSpec { layers: layers.to_vec(), initializer: Initializer::Pytorch };
    let network = Network::new(&model, INPUT, 3, &training);
    for seed in 1..4 {
        network.forward(images(seed, &training), &mut Mode::Train(generator(1, Stream::Dropout(seed))));
    }
    network
}

fn arrays(network: &Network) -> Vec<Array> {
    block_on(parameters::read(network)).expect("the processor answers")
}

/// The first row of what the network gives outside training.
fn logits(network: &Network, images: Tensor<4>) -> Vec<f32> {
    let logits = network.valid().forward(images, &mut Mode::Evaluate);
    let [_, count] = logits.dims();
    logits.slice([0..1, 0..count]).into_data().try_into_vec().expect("floats")
}

#[test]
fn activations_are_what_the_network_up_to_their_layer_gives() {
    for device in devices() {
        let (layers, images) = (layers(), images(9, &device));
        let network = network(&layers, &device);
        let saved = arrays(&network);
        let inspection = block_on(inspect(&network, images.clone(), None)).expect("the processor answers");
        let (shapes, _) = shapes::walk(&layers, INPUT);
        assert_eq!(inspection.layers.len(), layers.len());
        for (i, (activation, shape)) in inspection.layers.iter().zip(shapes).enumerate() {
            let model = ModelSpec { layers: layers[..=i].to_vec(), initializer: Initializer::Zeros };
            let cut = Network::new(&model, INPUT, 0, &device);
            let own = arrays(&cut).len();
            let cut = parameters::write(&cut, &saved[..own], &device).expect("the first arrays are its own");
            assert_eq!(activation.values, logits(&cut, images.clone()), "{device:?}, layer {i}");
            assert_eq!(activation.output_shape, shape.dims());
        }
        let logits = logits(&network, images);
        let sum: f32 = logits.iter().map(|logit| logit.exp()).sum();
        for (probability, logit) in inspection.probabilities.iter().zip(&logits) {
            assert!((probability - logit.exp() / sum).abs() < 1e-6, "{inspection:?}");
        }
        assert_eq!(inspection.class, metrics::predicted(&logits), "the predicted class is looked at");
    }
}

#[test]
fn saliency_is_the_slope_of_the_logit() {
    const WIDTH: f32 = 4e-3;
    for device in devices() {
        let network = network(&layers(), &device);
        let image = images(9, &device);
        let pixels: Vec<f32> = image.clone().into_data().try_into_vec().expect("floats");
        let moved = |at: usize, by: f32| {
            let mut pixels = pixels.clone();
            pixels[at] += by;
            logits(&network, Tensor::from_data(TensorData::new(pixels, image.dims()), &device))
        };
        let slopes: Vec<Vec<f32>> = (0..2 * PIXELS)
            .map(|at| {
                let (above, below) = (moved(at, WIDTH), moved(at, -WIDTH));
                above.iter().zip(below).map(|(above, below)| (above - below) / (2.0 * WIDTH)).collect()
            })
            .collect();
        for class in 0..CLASSES {
            let found = block_on(inspect(&network, image.clone(), Some(class))).expect("there is the class");
            let slopes: Vec<f32> = slopes.iter().map(|of_pixel| of_pixel[class].abs()).collect();
            let (first, second) = slopes.split_at(PIXELS);
            let expected: Vec<f32> = first.iter().zip(second).map(|(a, b)| a.max(*b)).collect();
            let steepest = expected.iter().copied().fold(0.0, f32::max);
            assert!(steepest > 0.01, "{expected:?}");
            assert_eq!((found.class, found.saliency.len()), (class, PIXELS));
            for (at, (found, expected)) in found.saliency.iter().zip(&expected).enumerate() {
                let off = (found - expected).abs() / steepest;
                assert!(off < 5e-3, "{device:?}, class {class}, pixel {at}: {found}, not {expected}");
            }
        }
    }
}

#[test]
fn looking_changes_nothing() {
    for device in devices() {
        let network = network(&layers(), &device);
        let before = arrays(&network);
        let look = || block_on(inspect(&network, images(9, &device), None)).expect("the processor answers");
        let first = look();
        assert_eq!(look(), first);
        assert_eq!(arrays(&network), before, "running means stay");
        let training = device.clone().autodiff();
        let on_training = network.forward(images(9, &training), &mut Mode::Evaluate);
        let on_training: Vec<f32> = on_training.into_data().try_into_vec().expect("floats");
        assert_eq!(arrays(&network), before, "evaluation moves nothing where gradients are kept either");
        assert_eq!(on_training[..CLASSES], logits(&network, images(9, &device)));
    }
}

#[test]
fn a_class_that_is_not_there_is_refused() {
    let device = Device::flex();
    let network = network(&layers(), &device);
    let error = block_on(inspect(&network, images(1, &device), Some(CLASSES))).expect_err("one too many");
    assert_eq!(error.code, ErrorCode::BadData);
    assert!(error.message.contains("no class 3: choose one from 0 to 2"), "{error}");
}

fn filters_of(network: &Network, layer: usize) -> Option<Filters> {
    block_on(filters(network, layer)).expect("the processor answers")
}

/// A layer that sees the whole image at once gives the products of its filters with the image.
#[test]
fn filters_lie_as_the_image_does() {
    let [channels, height, width, units] = [2, 2, 2, 3];
    let input = Shape::Map { channels, height, width };
    let cases: [(&[LayerSpec], &[usize]); 2] = [
        (&[conv(units, height, Padding::Valid)], &[units, channels, height, width]),
        (&[LayerSpec::Flatten, dense(units)], &[units, channels * height * width]),
    ];
    for device in devices() {
        for (layers, shape) in cases {
            let model = ModelSpec { layers: layers.to_vec(), initializer: Initializer::Pytorch };
            let network = Network::new(&model, input, 5, &device.clone().autodiff());
            let found = filters_of(&network, layers.len() - 1).expect("it has weights");
            assert_eq!((&found.shape[..], found.values.len()), (shape, shape.iter().product()));
            let image: Vec<f32> = (0..input.size()).map(|i| (i * i) as f32).collect();
            let tensor = TensorData::new(image.clone(), [1, channels, height, width]);
            let sums = logits(&network, Tensor::from_data(tensor, &device));
            let bias = &arrays(&network)[1].values;
            for (unit, filter) in found.values.chunks(input.size()).enumerate() {
                let product: f32 = filter.iter().zip(&image).map(|(weight, pixel)| weight * pixel).sum();
                assert!((product + bias[unit] - sums[unit]).abs() < 1e-4, "{layers:?}, unit {unit}");
            }
        }
    }
}

#[test]
fn a_block_shows_its_first_weights_and_a_layer_without_any_nothing() {
    let network = network(&layers(), &Device::flex());
    let shapes: Vec<_> =
        (0..=layers().len()).map(|layer| filters_of(&network, layer).map(|filters| filters.shape)).collect();
    let mut expected = vec![None; layers().len() + 1];
    expected[0] = Some(vec![4, 2, 3, 3]);
    expected[4] = Some(vec![5, 4, 3, 3]);
    expected[7] = Some(vec![6, 30]);
    expected[10] = Some(vec![CLASSES, 6]);
    assert_eq!(shapes, expected, "the last is no layer at all");
}

#[test]
fn filters_are_the_weights_as_they_were_written() {
    let layers = [LayerSpec::Flatten, dense(2)];
    let model = ModelSpec { layers: layers.to_vec(), initializer: Initializer::Zeros };
    let device = Device::flex();
    let network = Network::new(&model, Shape::Map { channels: 1, height: 1, width: 3 }, 0, &device);
    // Dense weights are `[inputs, units]`: pixel 1 weighs 1 for unit 0 and 10 for unit 1, and so on.
    let weights = Array { shape: vec![3, 2], values: vec![1.0, 10.0, 2.0, 20.0, 3.0, 30.0] };
    let bias = Array { shape: vec![2], values: vec![0.0; 2] };
    let network = parameters::write(&network, &[weights, bias], &device).expect("they fit");
    let filters = filters_of(&network, 1).expect("it has weights");
    assert_eq!(filters.values, [1.0, 2.0, 3.0, 10.0, 20.0, 30.0]);
}
