//! Dense layers, convolution and max-pooling, with their gradients.

use super::{Array, empty, launch, launch_tiles, words};
use crate::kernels::conv2d::Convolution;
use crate::kernels::dense::Dense;
use crate::kernels::max_pool2d::Pooling;
use crate::kernels::ops::{KernelGradients, Kernels};
use burn::backend::wgpu::{CubeBackend, into_contiguous};

const PRODUCT: &str = include_str!("product.wgsl");
const CONVOLUTION: &str = include_str!("convolution.wgsl");
const WEIGHT_GRADIENT: &str = include_str!("weight_gradient.wgsl");
const SUM: &str = include_str!("sum.wgsl");
const MAX_POOLING: &str = include_str!("max_pooling.wgsl");
const MAX_POOLING_GRADIENT: &str = include_str!("max_pooling_gradient.wgsl");
const MAX_POOLING_GRADIENT_OF_DISJOINT: &str = include_str!("max_pooling_gradient_of_disjoint.wgsl");

/// What one thread makes of a product: rows and columns.
const TILE: [usize; 2] = [8, 8];

/// Threads among which the gradient of a convolution's weights is worth sharing out.
const BUSY: usize = 4096;

/// A factor of a product: its numbers, and how far apart they are from row to row and from column to column.
type Factor<'a> = (&'a Array, [usize; 2]);

/// A product of `depth`, with a bias for each column or without.
fn product<const D: usize>(
    (left, left_steps): Factor,
    (right, right_steps): Factor,
    bias: Option<&Array>,
    depth: usize,
    [rows, columns]: [usize; 2],
    shape: [usize; D],
) -> Array {
    let output = empty(left, shape);
    let [left_row, left_column] = left_steps;
    let [right_row, right_column] = right_steps;
    let biased = usize::from(bias.is_some());
    launch_tiles(
        PRODUCT,
        rows.div_ceil(TILE[0]) * columns.div_ceil(TILE[1]),
        &[left, right, bias.unwrap_or(right), &output],
        &words([rows, columns, depth, left_row, left_column, right_row, right_column, biased]),
    );
    output
}

/// The sum of matrices of `[rows, columns]`; of the last column, where it is `apart`, as an array of its own.
fn sum(matrices: &Array, count: usize, [rows, columns]: [usize; 2], apart: bool, sums: &Array, last: &Array) {
    let shape = words([count, rows, columns, usize::from(apart)]);
    launch(SUM, rows * columns, &[matrices, sums, last], &shape);
}

impl Convolution {
    /// The same windows, seen from the output or, for the gradient of the input, from the input.
    fn shape_on_gpu(&self, forward: bool) -> [u32; 20] {
        let window = self.window;
        let taps = window.size[0] * window.size[1];
        let depth = self.channels * taps;
        let before = window.before.map(|before| before as i32);
        let stride = window.stride.map(|stride| stride as i32);
        let (maps, planes, steps) = match forward {
            true => ([self.channels, self.filters], [self.input, window.count], [depth, taps]),
            false => ([self.filters, self.channels], [window.count, self.input], [taps, depth]),
        };
        let (factor, offset, divisor, sign) = match forward {
            true => (stride, before.map(|before| -before), [1; 2], 1),
            false => ([1; 2], before, stride, -1),
        };
        let [from, to] = planes;
        let sizes = words([maps[0], maps[1], from[0], from[1], to[0], to[1], self.batch * to[0] * to[1]]);
        let weights = words([window.size[0], window.size[1], steps[0], steps[1], usize::from(forward)]);
        let places = [factor, offset, divisor].concat();
        let signed = places.into_iter().chain([sign, 0]).map(|number| number as u32);
        let mut shape = sizes.into_iter().chain(weights).chain(signed);
        std::array::from_fn(|_| shape.next().unwrap_or_default())
    }

    fn threads(&self, maps: usize, positions: usize) -> usize {
        (self.batch * positions).div_ceil(TILE[0]) * maps.div_ceil(TILE[1])
    }

    /// The gradients of weight and bias.
    fn parameter_gradients_on_gpu(&self, images: &Array, gradient: &Array) -> [Array; 2] {
        let window = self.window;
        let columns = self.channels * window.size[0] * window.size[1] + 1;
        let tiles = self.filters.div_ceil(TILE[0]) * columns.div_ceil(TILE[1]);
        let lots = (BUSY / tiles).clamp(1, self.batch);
        let sums = empty(images, [lots, self.filters, columns]);
        let [height, width] = self.input;
        let shape = [
            [self.batch, self.channels, self.filters, height, width, window.count[0], window.count[1]],
            [
                window.size[0],
                window.size[1],
                window.stride[0],
                window.stride[1],
                window.before[0],
                window.before[1],
                lots,
            ],
        ];
        launch_tiles(WEIGHT_GRADIENT, tiles * lots, &[images, gradient, &sums], &shape.map(words).concat());
        let (weight, bias) = (empty(images, self.weights()), empty(images, [self.filters]));
        sum(&sums, lots, [self.filters, columns], true, &weight, &bias);
        [weight, bias]
    }
}

impl Pooling {
    fn shape_on_gpu(&self) -> [u32; 10] {
        let (maps, [height, width], window) = (self.batch * self.channels, self.input, self.window);
        let [count, size, stride] = [window.count, window.size, window.stride];
        words([maps, height, width, count[0], count[1], size[0], size[1], stride[0], stride[1], 0])
    }
}

impl Kernels for CubeBackend {
    fn dense(input: Array, weight: Array, bias: Array, shape: Dense) -> Array {
        let Dense { batch, inputs, units } = shape;
        let [input, weight, bias] = [input, weight, bias].map(into_contiguous);
        let output = [batch, units];
        product((&input, [inputs, 1]), (&weight, [units, 1]), Some(&bias), inputs, output, output)
    }

    fn convolution(images: Array, weight: Array, bias: Array, shape: Convolution) -> Array {
        let [images, weight, bias] = [images, weight, bias].map(into_contiguous);
        let output = empty(&images, shape.output());
        let threads = shape.threads(shape.filters, shape.window.len());
        launch_tiles(CONVOLUTION, threads, &[&images, &weight, &bias, &output], &shape.shape_on_gpu(true));
        output
    }

    fn max_pooling(maps: Array, shape: Pooling) -> Array {
        let maps = into_contiguous(maps);
        let output = empty(&maps, shape.output());
        launch(MAX_POOLING, shape.output().iter().product(), &[&maps, &output], &shape.shape_on_gpu());
        output
    }
}

impl KernelGradients for CubeBackend {
    /// The maps: where the largest number was is found again.
    type Pooled = Array;

    fn dense_gradients(
        gradient: Array,
        input: Array,
        weight: Array,
        shape: Dense,
        [of_input, of_weight, of_bias]: [bool; 3],
    ) -> [Option<Array>; 3] {
        let Dense { batch, inputs, units } = shape;
        let [gradient, input, weight] = [gradient, input, weight].map(into_contiguous);
        let input_gradient = || {
            let output = [batch, inputs];
            product((&gradient, [units, 1]), (&weight, [1, units]), None, units, output, output)
        };
        let weight_gradient = || {
            let output = [inputs, units];
            product((&input, [1, inputs]), (&gradient, [units, 1]), None, batch, output, output)
        };
        let bias_gradient = || {
            let output = empty(&gradient, [units]);
            sum(&gradient, batch, [1, units], false, &output, &empty(&gradient, [1]));
            output
        };
        [of_input.then(input_gradient), of_weight.then(weight_gradient), of_bias.then(bias_gradient)]
    }

    fn convolution_gradients(
        gradient: Array,
        images: Array,
        weight: Array,
        shape: Convolution,
        [of_images, of_weight, of_bias]: [bool; 3],
    ) -> [Option<Array>; 3] {
        let [gradient, images, weight] = [gradient, images, weight].map(into_contiguous);
        let image_gradient = || {
            let output = empty(&images, shape.images());
            let threads = shape.threads(shape.channels, shape.input.iter().product());
            let arrays = [&gradient, &weight, &weight, &output];
            launch_tiles(CONVOLUTION, threads, &arrays, &shape.shape_on_gpu(false));
            output
        };
        let of_images = of_images.then(image_gradient);
        if !(of_weight || of_bias) {
            return [of_images, None, None];
        }
        let [weight, bias] = shape.parameter_gradients_on_gpu(&images, &gradient);
        [of_images, of_weight.then_some(weight), of_bias.then_some(bias)]
    }

    fn max_pooling_to_differentiate(maps: Array, shape: Pooling) -> (Array, Array) {
        (Self::max_pooling(maps.clone(), shape), maps)
    }

    fn max_pooling_gradient(gradient: Array, maps: Array, shape: Pooling) -> Array {
        let [gradient, maps] = [gradient, maps].map(into_contiguous);
        let output = empty(&maps, shape.maps());
        let arrays = [&maps, &gradient, &output];
        let window = shape.window;
        let disjoint = (0..2).all(|axis| window.size[axis] <= window.stride[axis]);
        let (program, [down, across]) = match disjoint {
            true => {
                let cells = [0, 1].map(|axis| shape.input[axis].div_ceil(window.stride[axis]));
                (MAX_POOLING_GRADIENT_OF_DISJOINT, cells)
            }
            false => (MAX_POOLING_GRADIENT, shape.input),
        };
        let threads = shape.batch * shape.channels * down * across;
        launch(program, threads, &arrays, &shape.shape_on_gpu());
        output
    }
}
