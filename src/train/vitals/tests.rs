//! Vitals against numbers that can be counted by hand, and a watched step against one that is not.

use super::*;
use crate::data::batches::{Stream, generator};
use crate::model::parameters::{self, Array};
use crate::model::shapes::Shape;
use crate::spec::{Activation, Initializer, LayerSpec, ModelSpec, OptimizerSpec, Padding, Regularization};
use burn::module::Module;
use burn::tensor::Device;
use pollster::block_on;

const SGD: OptimizerSpec = OptimizerSpec::Sgd { momentum: 0.0, nesterov: false };

fn devices() -> [Device; 2] {
    #[expect(deprecated)]
    [Device::flex(), Device::ndarray()].map(Device::autodiff)
}

fn conv(filters: usize, kernel: usize) -> LayerSpec {
    let (filters, kernel, stride) = (filters.into(), kernel.into(), 1.into());
    LayerSpec::Conv2d { filters, kernel, stride, padding: Padding::Same }
}

fn dense(units: usize) -> LayerSpec {
    LayerSpec::Dense { units: units.into() }
}

fn relu() -> LayerSpec {
    LayerSpec::Activation { function: Activation::Relu }
}

fn array(shape: &[usize], values: &[f32]) -> Array {
    Array { shape: shape.to_vec(), values: values.to_vec() }
}

fn network(layers: &[LayerSpec], input: [usize; 3], arrays: Option<&[Array]>, device: &Device) -> Network {
    let [channels, height, width] = input;
    let model = ModelSpec { layers: layers.to_vec(), initializer: Initializer::Pytorch };
    let network = Network::new(&model, Shape::Map { channels, height, width }, 1, device);
    match arrays {
        Some(arrays) => parameters::write(&network, arrays, device).expect("they fit"),
        None => network,
    }
}

fn arrays(network: &Network) -> Vec<Array> {
    block_on(parameters::read(network)).expect("the processor answers")
}

fn rule(learning_rate: f64, clip_norm: f64) -> Rule {
    Rule { learning_rate, regularization: Regularization { clip_norm, ..Regularization::default() } }
}

fn images(pixels: &[f32], input: [usize; 3], device: &Device) -> Tensor<4> {
    let [channels, height, width] = input;
    let rows = pixels.len() / (channels * height * width);
    step::images(pixels.to_vec(), rows, Shape::Map { channels, height, width }, device)
}

/// One step of SGD on these images, all of class 0 of 2.
fn watch(network: Network, input: [usize; 3], pixels: &[f32], rule: &Rule, device: &Device) -> Vitals {
    let images = images(pixels, input, device);
    let targets = step::targets(&vec![0; images.dims()[0]], 2, device);
    let mode = &mut Mode::Train(generator(0, Stream::Dropout(0)));
    let mut optimizer = Optimizer::new(&SGD, device);
    let (.., watched) = train(network, &mut optimizer, images, targets, rule, mode);
    block_on(watched.read(7)).expect("the processor answers")
}

fn assert_near(found: Option<f64>, expected: f64, what: &str) {
    let found = found.expect("there is a number");
    assert!((found - expected).abs() <= 1e-6 * expected, "{what}: {found}, not {expected}");
}

#[test]
fn norms_are_those_counted_by_hand() {
    let layers = [LayerSpec::Flatten, dense(2)];
    let (weights, bias) = (array(&[2, 2], &[1.0, 1.0, 2.0, 2.0]), array(&[2], &[0.0, 0.0]));
    for device in devices() {
        for (clip_norm, moved) in [(0.0, 13f64.sqrt()), (0.5, 0.5), (100.0, 13f64.sqrt())] {
            let arrays = [weights.clone(), bias.clone()];
            let network = network(&layers, [1, 1, 2], Some(&arrays), &device);
            let vitals = watch(network, [1, 1, 2], &[3.0, 4.0], &rule(0.25, clip_norm), &device);
            // Both logits are 11, so the gradient by them is (-1/2, 1/2), by the weights
            // ((-3/2, 3/2), (-2, 2)) and by the biases (-1/2, 1/2): 13 squared.
            assert_near(Some(vitals.gradient_norm), 13f64.sqrt(), "all gradients");
            assert_eq!(vitals.step, 7);
            let [layer] = &vitals.layers[..] else { panic!("the flatten layer has no vitals") };
            assert_eq!((layer.layer, layer.dead_share), (1, None));
            assert_near(layer.gradient_norm, 13f64.sqrt(), "gradient");
            assert_near(layer.weight_norm, 10f64.sqrt(), "weights");
            assert_near(layer.update_ratio, 0.25 * moved / 10f64.sqrt(), "update");
            let weights = layer.weights.as_ref().expect("there are weights");
            assert_eq!((weights.from, weights.to, weights.counts[0]), (0.0, 2.0, 2));
            assert_eq!((weights.counts.iter().sum::<u32>(), weights.counts[31]), (6, 2));
            let gradients = layer.gradients.as_ref().expect("there is a gradient");
            assert_eq!((gradients.from, gradients.to), (-2.0, 2.0));
            assert_eq!(gradients.counts.iter().sum::<u32>(), 6);
        }
    }
}

#[test]
fn weights_that_are_all_zero_have_no_ratio() {
    let layers = [LayerSpec::Flatten, dense(2)];
    let device = Device::flex().autodiff();
    let zeros = [array(&[2, 2], &[0.0; 4]), array(&[2], &[0.0; 2])];
    let network = network(&layers, [1, 1, 2], Some(&zeros), &device);
    let vitals = watch(network, [1, 1, 2], &[3.0, 4.0], &rule(0.25, 0.0), &device);
    assert_eq!((vitals.layers[0].weight_norm, vitals.layers[0].update_ratio), (Some(0.0), None));
    assert_near(vitals.layers[0].gradient_norm, 13f64.sqrt(), "gradient");
}

#[test]
fn what_is_not_finite_is_left_out() {
    let layers = [LayerSpec::Flatten, dense(2)];
    let device = Device::flex().autodiff();
    let arrays = [array(&[2, 2], &[f32::INFINITY; 4]), array(&[2], &[0.0; 2])];
    let network = network(&layers, [1, 1, 2], Some(&arrays), &device);
    let vitals = watch(network, [1, 1, 2], &[3.0, 4.0], &rule(0.25, 0.0), &device);
    assert!(!vitals.gradient_norm.is_finite());
    let nothing = LayerVitals {
        layer: 1,
        weight_norm: None,
        gradient_norm: None,
        update_ratio: None,
        weights: None,
        gradients: None,
        dead_share: None,
    };
    assert_eq!(vitals.layers, [nothing]);
}

#[test]
fn units_that_no_image_wakes_are_dead() {
    let unit = |weight: f32, bias: f32| (weight, bias);
    // Of one pixel, -1 in one image and 1 in the other: woken by one, by the other, by both, by none.
    let units = [unit(1.0, 0.0), unit(-1.0, 0.0), unit(0.0, 1.0), unit(0.0, -1.0), unit(-0.5, -1.0)];
    let (weights, biases): (Vec<f32>, Vec<f32>) = units.into_iter().unzip();
    for device in devices() {
        for (function, expected) in [(Activation::Relu, Some(0.4)), (Activation::LeakyRelu, None)] {
            let layers = [LayerSpec::Flatten, dense(5), LayerSpec::Activation { function }, dense(2)];
            let start = [
                array(&[1, 5], &weights),
                array(&[5], &biases),
                array(&[5, 2], &[0.1; 10]),
                array(&[2], &[0.0; 2]),
            ];
            let network = network(&layers, [1, 1, 1], Some(&start), &device);
            let vitals = watch(network, [1, 1, 1], &[-1.0, 1.0], &rule(0.1, 0.0), &device);
            let found: Vec<_> = vitals.layers.iter().map(|layer| (layer.layer, layer.dead_share)).collect();
            match expected {
                Some(_) => assert_eq!(found, [(1, None), (2, expected), (3, None)]),
                None => assert_eq!(found, [(1, None), (3, None)], "a leaky unit never dies"),
            }
        }
    }
}

#[test]
fn a_channel_lives_by_one_pixel_of_one_image() {
    let layers = [
        conv(3, 1),
        relu(),
        LayerSpec::Residual { layers: vec![conv(3, 1), relu(), relu()], projection: false },
        LayerSpec::GlobalAvgPool,
        dense(2),
    ];
    let mut pixels = [0.0; 2 * 12];
    pixels[17] = 1.0;
    let diagonal = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
    let start = [
        array(&[3, 1, 1, 1], &[1.0, -1.0, 0.5]),
        array(&[3], &[-0.5, 0.0, -0.75]),
        array(&[3, 3, 1, 1], &diagonal),
        array(&[3], &[0.0, -1.0, 2.0]),
        array(&[3, 2], &[0.1; 6]),
        array(&[2], &[0.0; 2]),
    ];
    for device in devices() {
        let network = network(&layers, [1, 3, 4], Some(&start), &device);
        let vitals = watch(network, [1, 3, 4], &pixels, &rule(0.1, 0.0), &device);
        let found: Vec<_> = vitals.layers.iter().map(|layer| (layer.layer, layer.dead_share)).collect();
        // Within the block, one of three channels is dead in either ReLU.
        assert_eq!(found, [(0, None), (1, Some(2.0 / 3.0)), (2, Some(1.0 / 3.0)), (4, None)]);
        assert!(vitals.layers[1].weight_norm.is_none() && vitals.layers[1].gradient_norm.is_none());
    }
}

/// A network with everything in it that learns or is left to chance.
fn everything() -> Vec<LayerSpec> {
    vec![
        conv(4, 3),
        LayerSpec::BatchNorm,
        relu(),
        LayerSpec::MaxPool2d { size: 2.into(), stride: 2.into() },
        LayerSpec::Residual {
            layers: vec![
                conv(6, 3),
                LayerSpec::BatchNorm,
                relu(),
                LayerSpec::Dropout { rate: 0.2 },
                LayerSpec::Residual { layers: vec![LayerSpec::LayerNorm, conv(6, 3)], projection: false },
            ],
            projection: true,
        },
        LayerSpec::Flatten,
        LayerSpec::Dropout { rate: 0.5 },
        dense(5),
        LayerSpec::LayerNorm,
        dense(2),
    ]
}

const INPUT: [usize; 3] = [1, 6, 6];

fn pixels(step: usize) -> Vec<f32> {
    (0..4 * 36).map(|i| ((i * i + 5 * i * step + step) % 19) as f32 / 9.0 - 1.0).collect()
}

#[test]
fn every_layer_that_learns_is_counted_and_a_block_as_one() {
    for device in devices() {
        let start = network(&everything(), INPUT, None, &device);
        let before = arrays(&start);
        let vitals = watch(start.valid().train(), INPUT, &pixels(1), &rule(0.1, 0.0), &device);
        // The arrays of each layer, running means left out: those of batch normalisation are its
        // third and fourth. The block has two convolutions, two normalisations and a projection.
        let expected: [(usize, &[usize]); 6] = [
            (0, &[0, 1]),
            (1, &[2, 3]),
            (2, &[]),
            (4, &[6, 7, 8, 9, 12, 13, 14, 15, 16, 17]),
            (7, &[18, 19]),
            (8, &[20, 21]),
        ];
        let norm = |indices: &[usize]| {
            let squares = indices.iter().flat_map(|i| &before[*i].values).map(|w| f64::from(*w).powi(2));
            squares.sum::<f64>().sqrt()
        };
        for (vitals, (layer, indices)) in vitals.layers.iter().zip(expected) {
            assert_eq!(vitals.layer, layer);
            if indices.is_empty() {
                assert_eq!((vitals.weight_norm, &vitals.weights), (None, &None));
                continue;
            }
            assert_near(vitals.weight_norm, norm(indices), &format!("layer {layer}"));
            let numbers: usize = indices.iter().map(|i| before[*i].values.len()).sum();
            let counted = |histogram: &Option<Histogram>| {
                histogram.as_ref().map(|histogram| histogram.counts.iter().sum::<u32>() as usize)
            };
            assert_eq!(
                (counted(&vitals.weights), counted(&vitals.gradients)),
                (Some(numbers), Some(numbers))
            );
        }
        assert_eq!(vitals.layers.len(), 7);
        let of_layers: f64 = vitals.layers.iter().filter_map(|l| l.gradient_norm).map(|n| n * n).sum();
        assert_near(Some(vitals.gradient_norm), of_layers.sqrt(), "all gradients");
        // SGD moves each layer by the rate times its gradient.
        for layer in vitals.layers.iter().filter(|layer| layer.weight_norm.is_some()) {
            let (weights, gradient) = (layer.weight_norm.unwrap_or_default(), layer.gradient_norm);
            let ratio = 0.1 * gradient.unwrap_or_default() / weights;
            let found = layer.update_ratio.unwrap_or_default();
            assert!((found - ratio).abs() <= 1e-5 * ratio + 1e-7, "{layer:?}: {found}, not {ratio}");
        }
    }
}

#[test]
fn a_layer_that_is_frozen_has_weights_but_neither_gradient_nor_update() {
    let layers = [LayerSpec::Flatten, dense(3), LayerSpec::BatchNorm, dense(2)];
    for device in devices() {
        let network = network(&layers, [1, 1, 2], None, &device).freeze(&[1, 2]);
        let vitals = watch(network, [1, 1, 2], &[3.0, 4.0, -1.0, 2.0], &rule(0.1, 0.0), &device);
        let [first, second, last] = &vitals.layers[..] else { panic!("three layers have weights") };
        for layer in [first, second] {
            assert!(layer.weight_norm > Some(0.0) && layer.weights.is_some(), "{layer:?}");
            assert_eq!((layer.gradient_norm, layer.update_ratio), (None, Some(0.0)));
            assert_eq!(layer.gradients, None);
        }
        assert!(last.update_ratio > Some(0.0));
        assert_eq!(last.gradient_norm, Some(vitals.gradient_norm));
    }
}

#[test]
fn a_watched_step_is_the_step_to_the_bit() {
    let adam = OptimizerSpec::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    let regularization = Regularization { l1: 1e-4, l2: 1e-3, label_smoothing: 0.1, clip_norm: 0.5 };
    let rule = Rule { learning_rate: 0.01, regularization };
    for device in devices() {
        let run = |watched: bool| {
            let mut network = network(&everything(), INPUT, None, &device);
            let mut optimizer = Optimizer::new(&adam, &device);
            let mut logits = Vec::new();
            for step in 0..4 {
                let images = images(&pixels(step), INPUT, &device);
                let targets = step::targets(&[0, 1, 1, 0], 2, &device);
                let mode = &mut Mode::Train(generator(3, Stream::Dropout(step)));
                let (next, of_step) = if watched {
                    let (next, of_step, watched) =
                        train(network, &mut optimizer, images, targets, &rule, mode);
                    block_on(watched.read(step)).expect("the processor answers");
                    (next, of_step)
                } else {
                    step::train(network, &mut optimizer, images, targets, &rule, mode)
                };
                network = next;
                logits.extend(block_on(step::read(vec![of_step])).expect("the processor answers"));
            }
            let weights = arrays(&network).into_iter().map(|array| array.values);
            let bits = |values: Vec<f32>| values.into_iter().map(f32::to_bits).collect::<Vec<_>>();
            logits.into_iter().chain(weights).map(bits).collect::<Vec<_>>()
        };
        assert!(run(true) == run(false), "{device:?}: watching has changed numbers");
    }
}
