//! The gradients of a convolution where most of its output's gradient is zero, as behind max-pooling: what
//! is zero is passed over. Here the channels of a pixel lie side by side, so that a row of a patch is one
//! long run.

use super::conv2d::Convolution;
use super::lanes::LANES;
use super::terms::{add_terms, collect};

impl Convolution {
    /// Whether it pays to pass over what is zero in a gradient of the output.
    pub fn is_sparse(&self, gradient: &[f32]) -> bool {
        self.channels.is_multiple_of(LANES)
            && 3 * gradient.iter().filter(|x| **x != 0.0).count() < gradient.len()
    }

    /// The gradient of the images from a sparse gradient of the output.
    pub fn image_gradient_of_sparse(&self, gradient: &[f32], weight: &[f32]) -> Vec<f32> {
        let (pixels, run) = (self.pixels(), self.run());
        let mut padded = ChannelsLast::new(self);
        let weight = self.channels_last(weight);
        let mut terms = vec![(0.0, 0); self.filters];
        let mut images = vec![0.0; self.batch * self.image()];
        for (image, gradient) in
            images.chunks_exact_mut(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            padded.numbers.fill(0.0);
            for (pixel, origin) in padded.origins.iter().enumerate() {
                let of_filters = gradient[pixel..].iter().copied().step_by(pixels);
                let terms = collect(of_filters.zip((0..).step_by(self.depth())), &mut terms);
                if terms.is_empty() {
                    continue;
                }
                for (row, offset) in padded.window.iter().enumerate() {
                    let sums = &mut padded.numbers[origin + offset..][..run];
                    add_terms(terms, &weight[row * run..], sums);
                }
            }
            padded.read(image);
        }
        images
    }

    /// The gradient of the weights from a sparse gradient of the output.
    pub fn weight_gradient_of_sparse(&self, images: &[f32], gradient: &[f32]) -> Vec<f32> {
        let (pixels, run) = (self.pixels(), self.run());
        let mut padded = ChannelsLast::new(self);
        let mut terms = vec![(0.0, 0); pixels];
        let mut weight = vec![0.0; self.filters * self.depth()];
        for (image, gradient) in
            images.chunks_exact(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            padded.fill(image);
            for (map, weight) in gradient.chunks_exact(pixels).zip(weight.chunks_exact_mut(self.depth())) {
                let origins = padded.origins.iter().map(|origin| *origin as u32);
                let terms = collect(map.iter().copied().zip(origins), &mut terms);
                for (offset, sums) in padded.window.iter().zip(weight.chunks_exact_mut(run)) {
                    add_terms(terms, &padded.numbers[*offset..], sums);
                }
            }
        }
        self.channels_first(&weight)
    }

    /// Numbers of a row of a patch.
    fn run(&self) -> usize {
        self.window.size[1] * self.channels
    }

    /// Weights of `[filters, channels, height, width]` as `[filters, height, width, channels]`.
    fn channels_last(&self, weight: &[f32]) -> Vec<f32> {
        transpose_each(weight, self.window.size[0] * self.window.size[1], self.depth())
    }

    /// Weights of `[filters, height, width, channels]` as `[filters, channels, height, width]`.
    fn channels_first(&self, weight: &[f32]) -> Vec<f32> {
        transpose_each(weight, self.channels, self.depth())
    }
}

/// Each of some matrices with rows of `width`, and `size` numbers in all, transposed.
fn transpose_each(matrices: &[f32], width: usize, size: usize) -> Vec<f32> {
    let mut transposed = Vec::with_capacity(matrices.len());
    for matrix in matrices.chunks_exact(size) {
        for column in 0..width {
            transposed.extend(matrix[column..].iter().step_by(width));
        }
    }
    transposed
}

/// An image with the zeros around it, all channels of a pixel side by side.
struct ChannelsLast {
    /// `[height, width, channels]`, as far as the windows reach.
    numbers: Vec<f32>,
    /// Where the rows of a patch begin, seen from its first.
    window: Vec<usize>,
    /// Where patches begin.
    origins: Vec<usize>,
    channels: usize,
    /// Where the rows of the image begin, and how many pixels they have.
    rows: Vec<usize>,
    width: usize,
}

impl ChannelsLast {
    fn new(shape: &Convolution) -> Self {
        let Convolution { channels, input, window, .. } = *shape;
        let size = [0, 1].map(|axis| window.span(axis).max(window.before[axis] + input[axis]));
        let place = |y: usize, x: usize| (y * size[1] + x) * channels;
        let places = |count: [usize; 2], stride: [usize; 2]| -> Vec<usize> {
            (0..count[0] * count[1])
                .map(|i| place(i / count[1] * stride[0], i % count[1] * stride[1]))
                .collect()
        };
        Self {
            numbers: vec![0.0; size[0] * size[1] * channels],
            window: places([window.size[0], 1], [1, 1]),
            origins: places(window.count, window.stride),
            channels,
            rows: (0..input[0]).map(|y| place(window.before[0] + y, window.before[1])).collect(),
            width: input[1],
        }
    }

    fn fill(&mut self, image: &[f32]) {
        let size = self.rows.len() * self.width;
        for (channel, map) in image.chunks_exact(size).enumerate() {
            for (row, from) in self.rows.iter().zip(map.chunks_exact(self.width)) {
                let to = self.numbers[row + channel..].iter_mut().step_by(self.channels);
                to.zip(from).for_each(|(to, from)| *to = *from);
            }
        }
    }

    fn read(&self, image: &mut [f32]) {
        let size = self.rows.len() * self.width;
        for (channel, map) in image.chunks_exact_mut(size).enumerate() {
            for (row, to) in self.rows.iter().zip(map.chunks_exact_mut(self.width)) {
                let from = self.numbers[row + channel..].iter().step_by(self.channels);
                to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Window;
    use super::*;

    #[test]
    fn what_is_passed_over_changes_nothing() {
        let window = Window::over([7, 9], [3, 2], [2, 1], true);
        let shape = Convolution { batch: 2, channels: 8, filters: 3, input: [7, 9], window };
        let wave = |count: usize| -> Vec<f32> { (0..count).map(|i| (i as f32 * 0.7).sin()).collect() };
        let (images, weight) = (wave(2 * shape.image()), wave(3 * shape.depth()));
        let mut gradient = wave(shape.output().iter().product());
        assert!(!shape.is_sparse(&gradient));
        gradient.iter_mut().enumerate().filter(|(i, _)| i % 4 > 0).for_each(|(_, x)| *x = 0.0);
        assert!(shape.is_sparse(&gradient));
        let pairs = [
            (shape.image_gradient_of_sparse(&gradient, &weight), shape.image_gradient(&gradient, &weight)),
            (shape.weight_gradient_of_sparse(&images, &gradient), shape.weight_gradient(&images, &gradient)),
        ];
        for (sparse, dense) in pairs {
            assert_eq!(sparse.len(), dense.len());
            assert!(sparse.iter().zip(&dense).all(|(sparse, dense)| (sparse - dense).abs() < 1e-4));
        }
    }
}
