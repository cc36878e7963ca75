//! The gradients of a convolution where most of its output's gradient is zero, as behind max-pooling: what
//! is zero is passed over. Here the channels of a pixel lie side by side, so that a row of a patch is one
//! long run.

use super::conv2d::Convolution;
use super::lanes::LANES;
use super::terms::{Terms, share_of};
use super::tile::for_each_column;

impl Convolution {
    /// Whether it pays to pass over what is zero in a gradient of the output.
    pub fn is_sparse(&self, gradient: &[f32]) -> bool {
        share_of(0.0, gradient) > 2.0 / 3.0
    }

    /// Whether the gradient of the images can be had so: channels fill lanes.
    pub fn has_whole_lanes(&self) -> bool {
        self.channels.is_multiple_of(LANES)
    }

    /// The gradient of the images from a sparse gradient of the output.
    pub fn image_gradient_of_sparse(&self, gradient: &[f32], weight: &[f32]) -> Vec<f32> {
        let (pixels, run) = (self.pixels(), self.run());
        let mut padded = ChannelsLast::new(self);
        let weight = self.channels_last(weight);
        let places: Vec<u32> = (0..self.filters as u32).map(|filter| filter * self.depth() as u32).collect();
        let mut terms = Terms::of_up_to(self.filters);
        let mut images = vec![0.0; self.batch * self.image()];
        for (image, gradient) in
            images.chunks_exact_mut(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            padded.numbers.fill(0.0);
            let mut origins = padded.origins.iter();
            for_each_column(gradient, pixels, |of_filters| {
                terms.collect(of_filters, 0.0, &places);
                let origin = origins.next().copied().unwrap_or_default();
                if terms.is_empty() {
                    return;
                }
                for (row, offset) in padded.window.iter().enumerate() {
                    terms.add_to(&weight[row * run..], &mut padded.numbers[origin + offset..][..run]);
                }
            });
            padded.read(image);
        }
        images
    }

    /// The gradient of the weights from a sparse gradient of the output.
    pub fn weight_gradient_of_sparse(&self, images: &[f32], gradient: &[f32]) -> Vec<f32> {
        let (pixels, run) = (self.pixels(), self.run());
        // What fills up the lanes of a row is summed up with it, and left out at the end.
        let lanes = run.next_multiple_of(LANES);
        let mut padded = ChannelsLast::new(self);
        padded.numbers.resize(padded.numbers.len() + lanes - run, 0.0);
        let places: Vec<u32> = padded.origins.iter().map(|origin| *origin as u32).collect();
        let mut terms = Terms::of_up_to(pixels);
        let size = padded.window.len() * lanes;
        let mut weight = vec![0.0; self.filters * size];
        for (image, gradient) in
            images.chunks_exact(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            padded.fill(image);
            for (map, weight) in gradient.chunks_exact(pixels).zip(weight.chunks_exact_mut(size)) {
                terms.collect(map, 0.0, &places);
                if lanes == LANES {
                    terms.add_to_rows(&padded.numbers, &padded.window, weight);
                    continue;
                }
                for (offset, sums) in padded.window.iter().zip(weight.chunks_exact_mut(lanes)) {
                    terms.add_to(&padded.numbers[*offset..], sums);
                }
            }
        }
        let rows: Vec<f32> = weight.chunks_exact(lanes).flat_map(|row| row[..run].iter().copied()).collect();
        self.channels_first(&rows)
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
