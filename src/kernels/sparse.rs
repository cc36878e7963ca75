//! The gradients of a convolution where most of its output's gradient is zero, as behind max-pooling: what
//! is zero is passed over. Here the channels of a pixel lie side by side, so that a row of a patch is one long run.

use super::conv2d::Convolution;
use super::vectors::{LANES, Vectors};

/// As many vectors as are summed up at once: a row of a 3 x 3 window over eight channels.
const VECTORS: usize = 3;
const RUN: usize = VECTORS * LANES;

/// A number that is not zero, and where what it is multiplied by begins.
type Term = (f32, u32);

impl Convolution {
    /// Whether it pays to pass over what is zero in a gradient of the output.
    pub fn is_sparse(&self, gradient: &[f32]) -> bool {
        let count: usize =
            gradient.chunks(1 << 12).map(|part| part.iter().filter(|x| **x != 0.0).count()).sum();
        self.channels.is_multiple_of(LANES) && 3 * count < gradient.len()
    }

    /// The gradient of the images from such a gradient of the output.
    pub fn image_gradient_of_sparse(&self, gradient: &[f32], weight: &[f32]) -> Vec<f32> {
        let (pixels, run) = (self.pixels(), self.run());
        let mut pixel_major = Pixels::new(self);
        let weight = self.taps_first(weight);
        let mut terms = vec![(0.0, 0); self.filters];
        let mut images = vec![0.0; self.batch * self.image()];
        for (image, gradient) in
            images.chunks_exact_mut(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            pixel_major.numbers.fill(0.0);
            for (pixel, origin) in pixel_major.origins.iter().enumerate() {
                let of_filters = gradient[pixel..].iter().step_by(pixels);
                let terms = collect(of_filters.zip((0..).step_by(self.depth())), &mut terms);
                if terms.is_empty() {
                    continue;
                }
                for (row, offset) in pixel_major.window.iter().enumerate() {
                    let sums = &mut pixel_major.numbers[origin + offset..][..run];
                    add_terms(terms, &weight[row * run..], sums);
                }
            }
            pixel_major.read(image);
        }
        images
    }

    /// The gradient of the weights from such a gradient of the output.
    pub fn weight_gradient_of_sparse(&self, images: &[f32], gradient: &[f32]) -> Vec<f32> {
        let (pixels, run) = (self.pixels(), self.run());
        let mut pixel_major = Pixels::new(self);
        let mut terms = vec![(0.0, 0); pixels];
        let mut weight = vec![0.0; self.filters * self.depth()];
        for (image, gradient) in
            images.chunks_exact(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            pixel_major.fill(image);
            for (map, weight) in gradient.chunks_exact(pixels).zip(weight.chunks_exact_mut(self.depth())) {
                let origins = pixel_major.origins.iter().map(|origin| *origin as u32);
                let terms = collect(map.iter().zip(origins), &mut terms);
                for (offset, sums) in pixel_major.window.iter().zip(weight.chunks_exact_mut(run)) {
                    add_terms(terms, &pixel_major.numbers[*offset..], sums);
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
    fn taps_first(&self, weight: &[f32]) -> Vec<f32> {
        turn(weight, self.window.size[0] * self.window.size[1], self.depth())
    }

    /// Weights of `[filters, height, width, channels]` as `[filters, channels, height, width]`.
    fn channels_first(&self, weight: &[f32]) -> Vec<f32> {
        turn(weight, self.channels, self.depth())
    }
}

/// Each of some matrices with rows of `width`, and `size` numbers in all, transposed.
fn turn(matrices: &[f32], width: usize, size: usize) -> Vec<f32> {
    let mut turned = Vec::with_capacity(matrices.len());
    for matrix in matrices.chunks_exact(size) {
        for column in 0..width {
            turned.extend(matrix[column..].iter().step_by(width));
        }
    }
    turned
}

/// Writes what is not zero to the front of `terms`, without a branch that could be guessed wrongly.
fn collect<'a>(numbers: impl Iterator<Item = (&'a f32, u32)>, terms: &mut [Term]) -> &[Term] {
    let mut count = 0;
    for (number, place) in numbers {
        if let Some(term) = terms.get_mut(count) {
            *term = (*number, place);
        }
        count += usize::from(*number != 0.0);
    }
    &terms[..count]
}

/// Adds `number * numbers[place..]` for each term.
fn add_terms(terms: &[Term], numbers: &[f32], sums: &mut [f32]) {
    let (runs, rest) = sums.as_chunks_mut::<RUN>();
    let beyond = runs.len() * RUN;
    for (i, run) in runs.iter_mut().enumerate() {
        add_run::<VECTORS>(terms, &numbers[i * RUN..], run.as_chunks_mut().0);
    }
    for (i, run) in rest.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        add_run::<1>(terms, &numbers[beyond + i * LANES..], std::slice::from_mut(run));
    }
}

#[inline(always)]
fn add_run<const N: usize>(terms: &[Term], numbers: &[f32], sums: &mut [[f32; LANES]]) {
    let mut vectors = [Vectors::ZERO; N];
    vectors.iter_mut().zip(&*sums).for_each(|(vector, sums)| *vector = Vectors::from(sums));
    for (number, place) in terms {
        let run = numbers.get(*place as usize..*place as usize + N * LANES).unwrap_or_default();
        for (sums, run) in vectors.iter_mut().zip(run.as_chunks().0) {
            sums.add(*number, Vectors::from(run));
        }
    }
    sums.iter_mut().zip(vectors).for_each(|(sums, vector)| *sums = vector.numbers());
}

/// An image with the zeros around it, all channels of a pixel side by side.
struct Pixels {
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

impl Pixels {
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
