//! The processor's kernels against Burn's own operations, on shapes of all kinds; natively, and in a browser as
//! the build with relaxed SIMD.
#![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]

use burn::module::Param;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{Linear, PaddingConfig2d};
use burn::tensor::module::{BatchNormTrainOutput, batch_norm_train};
use burn::tensor::{Device, Tensor, TensorData, Tolerance, activation};
use emberlab::kernels::{batch_norm, conv2d, cross_entropy, dense, max_pool2d, relu};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

const CASES: u64 = 200;

struct Draw(Pcg64Mcg);

impl Draw {
    /// From 1 to `most`.
    fn size(&mut self, most: usize) -> usize {
        self.0.random_range(1..=most)
    }

    fn tensor<const D: usize>(&mut self, shape: [usize; D]) -> Tensor<D> {
        let numbers: Vec<f32> = (0..shape.iter().product()).map(|_| self.0.random_range(-1.0..1.0)).collect();
        Tensor::from_data(TensorData::new(numbers, shape), &Device::flex().autodiff())
    }
}

/// Compares two ways to the same output, and all gradients of a weighted sum of it.
fn agree<const N: usize>(
    what: &str,
    maps: &Tensor<4>,
    draw: &mut Draw,
    ways: [&dyn Fn(Tensor<4>) -> Tensor<4>; 2],
    parameters: [&dyn Fn(&burn::tensor::Gradients) -> TensorData; N],
) {
    let mut weights = None;
    let [ours, stock] = ways.map(|way| {
        let maps = maps.clone().detach().require_grad();
        let output = way(maps.clone());
        let weights = weights.get_or_insert_with(|| draw.tensor(output.dims())).clone();
        let gradients = (output.clone() * weights).sum().backward();
        let of_maps = maps.grad(&gradients).expect("it is asked for").into_data();
        let others = parameters.map(|parameter| parameter(&gradients));
        [vec![output.into_data(), of_maps], others.to_vec()].concat()
    });
    for (i, (ours, stock)) in ours.iter().zip(&stock).enumerate() {
        assert_eq!(ours.shape(), stock.shape(), "{what}: number {i}");
        let [ours, stock] = [ours, stock].map(|data| data.as_slice::<f32>().expect("f32"));
        for (at, (ours, stock)) in ours.iter().zip(stock).enumerate() {
            let near = (ours - stock).abs() <= 1e-4 * stock.abs().max(1.0);
            assert!(near, "{what}: {ours} instead of {stock} at {at} of number {i}");
        }
    }
}

fn layer(draw: &mut Draw, channels: [usize; 2], kernel: [usize; 2], stride: [usize; 2]) -> Conv2d {
    let padding = [PaddingConfig2d::Same, PaddingConfig2d::Valid];
    let config = Conv2dConfig::new(channels, kernel).with_stride(stride);
    let config = config.with_padding(padding[draw.size(2) - 1].clone());
    let mut layer = config.init(&Device::flex().autodiff());
    layer.weight = Param::from_tensor(draw.tensor([channels[1], channels[0], kernel[0], kernel[1]]));
    layer.bias = Some(Param::from_tensor(draw.tensor([channels[1]])));
    layer
}

#[test]
fn dense_layers_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        // Every tenth deeper than goes into one product.
        let deepest = if case % 10 == 0 { 1500 } else { 40 };
        let [batch, inputs, units] = [9, deepest, 20].map(|most| draw.size(most));
        let weight = Param::from_tensor(draw.tensor([inputs, units]));
        let bias = Param::from_tensor(draw.tensor([units]));
        let layer = Linear { weight, bias: Some(bias.clone()) };
        // Images that are turned do not lie in order.
        let maps = draw.tensor([1, 1, inputs, batch]);
        let flat = |maps: Tensor<4>| maps.reshape([inputs, batch]).swap_dims(0, 1);
        agree(
            &format!("case {case}: {batch} of {inputs} to {units}"),
            &maps,
            &mut draw,
            [&|maps| dense(&layer, flat(maps)).unsqueeze(), &|maps| layer.forward(flat(maps)).unsqueeze()],
            [
                &|gradients| layer.weight.val().grad(gradients).expect("it is asked for").into_data(),
                &|gradients| bias.val().grad(gradients).expect("it is asked for").into_data(),
            ],
        );
    }
}

/// What most inputs are is passed over: paper, or what ReLU has cut off.
#[test]
fn dense_layers_of_mostly_one_number_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        // Beside numbers of units that are worked on side by side one that is not.
        let units = [8, 16, 24, 40, 32, 72, 5][case as usize % 7];
        let [batch, inputs] = [9, 60].map(|most| draw.size(most));
        let background = [0.0, -0.42, 7.0][case as usize % 3];
        let weight = Param::from_tensor(draw.tensor([inputs, units]));
        let bias = Param::from_tensor(draw.tensor([units]));
        let layer = Linear { weight, bias: Some(bias.clone()) };
        let maps = draw.tensor([1, 1, batch, inputs]);
        let maps = maps.clone().mask_fill(draw.tensor([1, 1, batch, inputs]).lower_elem(0.6), background);
        let flat = |maps: Tensor<4>| maps.reshape([batch, inputs]);
        agree(
            &format!("case {case}: {batch} of {inputs} to {units}, mostly {background}"),
            &maps,
            &mut draw,
            [&|maps| dense(&layer, flat(maps)).unsqueeze(), &|maps| layer.forward(flat(maps)).unsqueeze()],
            [
                &|gradients| layer.weight.val().grad(gradients).expect("it is asked for").into_data(),
                &|gradients| bias.val().grad(gradients).expect("it is asked for").into_data(),
            ],
        );
    }
}

#[test]
fn convolutions_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        let [batch, channels, filters] = [3, 6, 11].map(|most| draw.size(most));
        let input = [14, 30].map(|most| draw.size(most));
        let kernel = input.map(|extent| draw.size(extent.min(11)));
        let stride = [3, 3].map(|most| draw.size(most));
        let layer = layer(&mut draw, [channels, filters], kernel, stride);
        convolution_is_that_of_burn(case, draw, &layer, [batch, channels, input[0], input[1]]);
    }
}

/// With many channels there are fewer multiplications.
#[test]
fn convolutions_by_three_by_three_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        // More images than are cut into tiles together, in every tenth case.
        let most = if case % 10 == 0 { 20 } else { 4 };
        let [batch, channels, filters] = [most, 20, 20].map(|most| draw.size(most));
        let input = [9, 14].map(|most| draw.size(most));
        let mut layer = layer(&mut draw, [channels, filters], [3, 3], [1, 1]);
        if input.iter().any(|extent| *extent < 3) {
            layer.padding = PaddingConfig2d::Same;
        }
        convolution_is_that_of_burn(case, draw, &layer, [batch, channels, input[0], input[1]]);
    }
}

fn convolution_is_that_of_burn(case: u64, mut draw: Draw, layer: &Conv2d, maps: [usize; 4]) {
    let maps = draw.tensor(maps);
    let what = format!("case {case}: {layer:?} on {:?}", maps.dims());
    let bias = layer.bias.clone().expect("it has one");
    let ways: [&dyn Fn(Tensor<4>) -> Tensor<4>; 2] =
        [&|maps| conv2d(layer, maps), &|maps| layer.forward(maps)];
    agree(
        &what,
        &maps,
        &mut draw,
        ways,
        [
            &|gradients| layer.weight.val().grad(gradients).expect("it is asked for").into_data(),
            &|gradients| bias.val().grad(gradients).expect("it is asked for").into_data(),
        ],
    );
}

#[test]
fn relu_and_the_cross_entropy_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        let shape = [9, 3, 5, 4].map(|most| draw.size(most));
        let maps = draw.tensor(shape);
        let [batch, ..] = maps.dims();
        let ways: [&dyn Fn(Tensor<4>) -> Tensor<4>; 2] = [&|maps| relu(maps), &|maps| activation::relu(maps)];
        agree(&format!("case {case}: ReLU of {:?}", maps.dims()), &maps, &mut draw, ways, []);
        // Probabilities as smoothed labels are, and some that do not add up to one.
        let logits = |maps: Tensor<4>| maps.reshape([batch as i32, -1]) * 20.0;
        let others = draw.tensor(shape);
        let targets = activation::softmax(logits(others), 1) * [1.0, 1.5][case as usize % 2];
        let of_burn = |maps| {
            let sum: Tensor<1> = (activation::log_softmax(logits(maps), 1) * targets.clone()).sum();
            (sum / -(batch as f32)).unsqueeze()
        };
        let ways: [&dyn Fn(Tensor<4>) -> Tensor<4>; 2] =
            [&|maps| cross_entropy(logits(maps), targets.clone()).unsqueeze(), &of_burn];
        agree(&format!("case {case}: cross-entropy of {:?}", maps.dims()), &maps, &mut draw, ways, []);
    }
}

#[test]
fn two_equal_logits_cost_the_logarithm_of_two_however_large() {
    for logit in [0.0, 1e4, -1e4, 1e8] {
        let logits = Tensor::from_floats([[logit; 2]], &Device::flex());
        let targets = Tensor::from_floats([[1.0, 0.0]], &Device::flex());
        let loss: f32 = cross_entropy(logits, targets).into_scalar();
        assert!((loss - std::f32::consts::LN_2).abs() < 1e-6, "{logit}: {loss}");
    }
}

#[test]
fn relu_lets_through_what_is_no_number() {
    let device = Device::flex().autodiff();
    let input = Tensor::<1>::from_floats([f32::NAN, -1.0, -0.0, 0.0, 2.0], &device).require_grad();
    let output = relu(input.clone());
    let gradient = input.grad(&output.clone().sum().backward()).expect("it is asked for").into_data();
    assert_eq!(gradient.as_slice::<f32>().expect("f32"), [1.0, 0.0, 0.0, 0.0, 1.0]);
    let output = output.into_data();
    let output = output.as_slice::<f32>().expect("f32");
    assert!(output[0].is_nan() && output[1..] == [0.0, 0.0, 0.0, 2.0], "{output:?}");
}

/// Behind max-pooling most of a gradient is zero, which is passed over.
#[test]
fn gradients_with_many_zeros_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        let [batch, filters] = [3, 11].map(|most| draw.size(most));
        // Beside numbers of channels that are worked on side by side some that are not.
        let channels = [8, 16, 24, 40, 3, 1][case as usize % 6];
        let input = [14, 30].map(|most| 3 + draw.size(most));
        let kernel = [4, 4].map(|most| draw.size(most));
        let stride = [2, 2].map(|most| draw.size(most));
        let layer = layer(&mut draw, [channels, filters], kernel, stride);
        let maps = draw.tensor([batch, channels, input[0], input[1]]);
        let kept = layer.forward(maps.clone()).dims();
        let kept = draw.tensor(kept).greater_elem(0.6).float();
        let what = format!("case {case}: {layer:?} on {:?}", maps.dims());
        agree(
            &what,
            &maps,
            &mut draw,
            [&|maps| conv2d(&layer, maps) * kept.clone(), &|maps| layer.forward(maps) * kept.clone()],
            [&|gradients| layer.weight.val().grad(gradients).expect("it is asked for").into_data()],
        );
    }
}

#[test]
fn convolutions_of_turned_maps_are_those_of_burn() {
    let mut draw = Draw(Pcg64Mcg::seed_from_u64(1));
    let layer = layer(&mut draw, [3, 5], [3, 3], [1, 1]);
    let maps = draw.tensor([2, 3, 9, 7]);
    let turned = |maps: Tensor<4>| maps.swap_dims(2, 3);
    agree(
        "turned",
        &maps,
        &mut draw,
        [&|maps| conv2d(&layer, turned(maps)), &|maps| layer.forward(turned(maps))],
        [],
    );
}

#[test]
fn poolings_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        let [batch, channels] = [3, 6].map(|most| draw.size(most));
        let input = [15, 15].map(|most| 1 + draw.size(most));
        let usual = case % 2 == 0;
        let [size, stride] = if usual {
            [[2, 2], [2, 2]]
        } else {
            [input.map(|extent| draw.size(extent.min(5))), [3, 3].map(|most| draw.size(most))]
        };
        let layer: MaxPool2d = MaxPool2dConfig::new(size).with_strides(stride).init();
        let maps = draw.tensor([batch, channels, input[0], input[1]]);
        // Of few different numbers, several are largest.
        let maps = if case % 3 == 0 { maps.sign().clamp_min(0.0) } else { maps };
        let what = format!("case {case}: {layer:?} on {:?}", maps.dims());
        agree(&what, &maps, &mut draw, [&|maps| max_pool2d(&layer, maps), &|maps| layer.forward(maps)], []);
    }
}

#[test]
fn batch_normalisations_are_those_of_burn() {
    for case in 0..CASES {
        let mut draw = Draw(Pcg64Mcg::seed_from_u64(case));
        let shape = [5, 6, 9, 9].map(|most| draw.size(most));
        // Every other time of features, which have no height and width.
        let features = case % 2 == 1;
        let shape = if features { [shape[0] + 1, shape[1], 1, 1] } else { shape };
        let [gamma, beta] = [0; 2].map(|_| draw.tensor([shape[1]]).require_grad());
        let maps = draw.tensor(shape) * 3.0 + 5.0;
        let flat = |maps: Tensor<4>| {
            let normalised = batch_norm::<2>(maps.flatten(1, 3), gamma.clone(), beta.clone(), 1e-5);
            let BatchNormTrainOutput { output, mean, variance } = normalised;
            BatchNormTrainOutput { output: output.reshape(shape), mean, variance }
        };
        let way = |maps: Tensor<4>| match features {
            true => flat(maps),
            false => batch_norm(maps, gamma.clone(), beta.clone(), 1e-5),
        };
        let stock = |maps: Tensor<4>| batch_norm_train(maps, gamma.clone(), beta.clone(), 1e-5);
        let what = format!("case {case}: {shape:?}");
        let gradient =
            |of: &Tensor<1>, gradients: &_| of.grad(gradients).expect("it is asked for").into_data();
        agree(
            &what,
            &maps,
            &mut draw,
            [&|maps| way(maps).output, &|maps| stock(maps).output],
            [&|gradients| gradient(&gamma, gradients), &|gradients| gradient(&beta, gradients)],
        );
        let (ours, stock) = (way(maps.clone()), stock(maps));
        for (ours, stock) in [(ours.mean, stock.mean), (ours.variance, stock.variance)] {
            ours.into_data()
                .assert_approx_eq::<f32>(&stock.into_data(), Tolerance::absolute(1e-4).set_relative(1e-4));
        }
    }
}

#[test]
fn of_equal_numbers_the_first_gets_the_gradient_and_what_is_no_number_is_seen() {
    for size in [2, 3] {
        let layer: MaxPool2d = MaxPool2dConfig::new([size; 2]).with_strides([size; 2]).init();
        let maps = Tensor::<4>::ones([1, 1, size, size], &Device::flex().autodiff()).require_grad();
        let gradients = max_pool2d(&layer, maps.clone()).sum().backward();
        let gradient: Vec<f32> =
            maps.grad(&gradients).expect("it is asked for").into_data().try_to_vec().expect("f32");
        assert_eq!(gradient.iter().position(|x| *x == 1.0), Some(0));
        assert_eq!(gradient.iter().sum::<f32>(), 1.0);
        for at in 0..size * size {
            let mut numbers = vec![1.0; size * size];
            numbers[at] = f32::NAN;
            let maps = Tensor::<4>::from_data(TensorData::new(numbers, [1, 1, size, size]), &Device::flex());
            let output: Vec<f32> = max_pool2d(&layer, maps).into_data().try_to_vec().expect("f32");
            assert!(output[0].is_nan(), "{size}, {at}");
        }
    }
}
