//! The GPU's kernels against Burn's own operations on the processor, on shapes of all kinds, in a real browser.
#![cfg(all(target_arch = "wasm32", feature = "webgpu"))]

use burn::module::Param;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{Linear, PaddingConfig2d};
use burn::tensor::{Device, Gradients, Tensor, TensorData, activation};
use emberlab::device;
use emberlab::kernels;
use emberlab::protocol::DeviceName;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const CASES: u64 = 40;

/// An operation on `[batch, channels, height, width]` with two arrays of parameters, of which some have none.
#[derive(Debug, Clone, Copy)]
enum Operation {
    Dense {
        units: usize,
    },
    Convolution {
        filters: usize,
        kernel: [usize; 2],
        stride: [usize; 2],
        same: bool,
    },
    Pooling {
        size: [usize; 2],
        stride: [usize; 2],
    },
    Relu,
    /// Of logits, with the parameters for targets.
    CrossEntropy,
}

struct Case {
    operation: Operation,
    shape: [usize; 4],
    /// Whether the input lies in memory column by column.
    turned: bool,
    input: Vec<f32>,
    weight: Vec<f32>,
    bias: Vec<f32>,
    /// What the output is multiplied with before it is summed up.
    factors: Vec<f32>,
}

impl Operation {
    /// Numbers of weight and bias.
    fn parameters(self, [_, channels, height, width]: [usize; 4]) -> [usize; 2] {
        match self {
            Self::Dense { units } => [channels * height * width * units, units],
            Self::Convolution { filters, kernel, .. } => {
                [filters * channels * kernel[0] * kernel[1], filters]
            }
            Self::Pooling { .. } | Self::Relu | Self::CrossEntropy => [1, 1],
        }
    }

    /// The output, and how to find the gradients of its parameters.
    fn output(self, input: Tensor<4>, case: &Case, ours: bool) -> (Tensor<2>, Vec<Found>) {
        let [batch, channels, height, width] = input.dims();
        let device = input.device();
        let flat = |maps: Tensor<4>| maps.reshape([batch as i32, -1]);
        let bias = || Param::from_tensor(tensor(&case.bias, [case.bias.len()], &device));
        match self {
            Self::Dense { units } => {
                let shape = [channels * height * width, units];
                let weight = Param::from_tensor(tensor(&case.weight, shape, &device));
                let layer = Linear { weight, bias: Some(bias()) };
                let output =
                    if ours { kernels::dense(&layer, flat(input)) } else { layer.forward(flat(input)) };
                (output, vec![found(layer.weight), found(layer.bias.expect("it has one"))])
            }
            Self::Convolution { filters, kernel, stride, same } => {
                let padding = if same { PaddingConfig2d::Same } else { PaddingConfig2d::Valid };
                let config = Conv2dConfig::new([channels, filters], kernel).with_stride(stride);
                let mut layer: Conv2d = config.with_padding(padding).init(&device);
                let shape = [filters, channels, kernel[0], kernel[1]];
                layer.weight = Param::from_tensor(tensor(&case.weight, shape, &device));
                layer.bias = Some(bias());
                let output = if ours { kernels::conv2d(&layer, input) } else { layer.forward(input) };
                (flat(output), vec![found(layer.weight), found(layer.bias.expect("it has one"))])
            }
            Self::Pooling { size, stride } => {
                let layer: MaxPool2d = MaxPool2dConfig::new(size).with_strides(stride).init();
                let output = if ours { kernels::max_pool2d(&layer, input) } else { layer.forward(input) };
                (flat(output), Vec::new())
            }
            Self::Relu => {
                let output = if ours { kernels::relu(input) } else { activation::relu(input) };
                (flat(output), Vec::new())
            }
            Self::CrossEntropy => {
                let logits = flat(input);
                let targets = activation::softmax(logits.clone().detach() * 3.0 + 1.0, 1);
                let loss = match ours {
                    true => kernels::cross_entropy(logits, targets),
                    false => (activation::log_softmax(logits, 1) * targets).sum() / -(batch as f32),
                };
                (loss.unsqueeze(), Vec::new())
            }
        }
    }
}

/// Finds a gradient, as one row.
type Found = Box<dyn Fn(&Gradients) -> Tensor<2>>;

fn found<const D: usize>(parameter: Param<Tensor<D>>) -> Found {
    Box::new(move |gradients| parameter.val().grad(gradients).expect("it is asked for").reshape([1, -1]))
}

fn tensor<const D: usize>(numbers: &[f32], shape: [usize; D], device: &Device) -> Tensor<D> {
    Tensor::from_data(TensorData::new(numbers.to_vec(), shape), device)
}

impl Case {
    fn new(operation: Operation, shape: [usize; 4], draw: &mut Pcg64Mcg) -> Self {
        let mut numbers =
            |count: usize| -> Vec<f32> { (0..count).map(|_| draw.random_range(-1.0..1.0)).collect() };
        let [weight, bias] = operation.parameters(shape);
        Self {
            operation,
            shape,
            turned: false,
            input: numbers(shape.iter().product()),
            weight: numbers(weight),
            bias: numbers(bias),
            factors: numbers(64),
        }
    }

    /// The output and all gradients.
    async fn run(&self, device: &Device, ours: bool) -> Vec<Vec<f32>> {
        let device = device.clone().autodiff();
        let [batch, channels, height, width] = self.shape;
        let (leaf, input) = match self.turned {
            true => {
                let leaf = tensor(&self.input, [batch, channels, width, height], &device).require_grad();
                (leaf.clone(), leaf.swap_dims(2, 3))
            }
            false => {
                let leaf = tensor(&self.input, self.shape, &device).require_grad();
                (leaf.clone(), leaf)
            }
        };
        let (output, parameters) = self.operation.output(input, self, ours);
        let count = output.shape().num_elements();
        let factors: Vec<f32> = self.factors.iter().copied().cycle().take(count).collect();
        let gradients = (output.clone() * tensor(&factors, output.dims(), &device)).sum().backward();
        let mut all = vec![read(output).await];
        all.push(read(leaf.grad(&gradients).expect("it is asked for").reshape([1, -1])).await);
        for parameter in parameters {
            all.push(read(parameter(&gradients)).await);
        }
        all
    }
}

async fn read(tensor: Tensor<2>) -> Vec<f32> {
    let data = tensor.into_data_async().await.expect("the device answers");
    data.try_into_vec().expect("f32")
}

/// Of equal numbers the first gets the gradient, and what is no number is handed on.
async fn ties_and_what_is_no_number(gpu: &Device) {
    for (size, stride) in [(2, 2), (2, 1), (3, 3), (3, 1)] {
        let layer: MaxPool2d = MaxPool2dConfig::new([size; 2]).with_strides([stride; 2]).init();
        let maps = Tensor::<4>::ones([1, 1, size, size], &gpu.clone().autodiff()).require_grad();
        let gradients = kernels::max_pool2d(&layer, maps.clone()).sum().backward();
        let gradient = read(maps.grad(&gradients).expect("it is asked for").reshape([1, -1])).await;
        assert_eq!(gradient.iter().position(|x| *x == 1.0), Some(0));
        assert_eq!(gradient.iter().sum::<f32>(), 1.0);
        for at in 0..size * size {
            let mut numbers = vec![1.0; size * size];
            numbers[at] = f32::NAN;
            let maps = tensor(&numbers, [1, 1, size, size], gpu);
            let output = read(kernels::max_pool2d(&layer, maps).reshape([1, -1])).await;
            assert!(output[0].is_nan(), "{size}, {stride}, {at}");
        }
    }
    let output = read(kernels::relu(tensor(&[f32::NAN, -1.0, 2.0], [1, 3], gpu))).await;
    assert!(output[0].is_nan() && output[1..] == [0.0, 2.0], "{output:?}");
}

async fn large_logits(gpu: &Device) {
    for logit in [0.0, 1e4, -1e4, 1e8] {
        let loss = kernels::cross_entropy(tensor(&[logit; 2], [1, 2], gpu), tensor(&[1.0, 0.0], [1, 2], gpu));
        let loss = read(loss.unsqueeze()).await[0];
        assert!((loss - std::f32::consts::LN_2).abs() < 1e-5, "{logit}: {loss}");
    }
}

/// One test for all: a worker can open the GPU only once.
#[wasm_bindgen_test]
async fn the_gpu_computes_what_burn_computes() {
    let gpu = device::open(DeviceName::Webgpu).await.expect("this build has the device").inference();
    ties_and_what_is_no_number(&gpu).await;
    large_logits(&gpu).await;
    for seed in 0..CASES {
        let mut draw = Pcg64Mcg::seed_from_u64(seed);
        let mut size = |most: usize| draw.random_range(1..=most);
        let shape = [3, 6, 14, 18].map(&mut size);
        let extent = [shape[2], shape[3]];
        let kernel = extent.map(|extent| size(extent.min(11)));
        let [filters, units] = [11, 20].map(&mut size);
        let stride = [3, 3].map(&mut size);
        let operations = [
            Operation::Dense { units },
            Operation::Convolution { filters, kernel, stride, same: seed % 2 == 0 },
            Operation::Pooling { size: kernel, stride },
            // Windows side by side, and some apart.
            Operation::Pooling {
                size: extent.map(|extent| extent.min(2)),
                stride: [2 + seed as usize % 2, 2],
            },
            Operation::Relu,
            Operation::CrossEntropy,
        ];
        // Deeper and wider than a tile or a group, and more groups than go in one row.
        let wide = Case::new(Operation::Dense { units: 70 }, [9, 1, 1, 1500], &mut draw);
        let many = Case::new(Operation::CrossEntropy, [130, 1, 1, 12], &mut draw);
        let huge = Case::new(Operation::Relu, [1, 1, 1500, 1500], &mut draw);
        let turned = seed % 2 == 1;
        let mut cases: Vec<_> = operations
            .map(|operation| Case { turned, ..Case::new(operation, shape, &mut draw) })
            .into_iter()
            .collect();
        if seed == 0 {
            cases.extend([wide, many, huge]);
        }
        for case in cases {
            let (ours, stock) = (case.run(&gpu, true).await, case.run(&Device::flex(), false).await);
            let what = format!("case {seed}: {:?} on {:?}", case.operation, case.shape);
            assert_eq!(ours.len(), stock.len(), "{what}");
            for (i, (ours, stock)) in ours.iter().zip(&stock).enumerate() {
                assert_eq!(ours.len(), stock.len(), "{what}: number {i}");
                for (at, (ours, stock)) in ours.iter().zip(stock).enumerate() {
                    let near = (ours - stock).abs() <= 1e-4 * stock.abs().max(1.0);
                    assert!(near, "{what}: {ours} instead of {stock} at {at} of number {i}");
                }
            }
        }
    }
    console_log!("{CASES} shapes of each operation");
}
