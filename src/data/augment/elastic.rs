//! Elastic distortion: the image as if printed on rubber that is pulled unevenly.
//!
//! Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to
//! visual document analysis" (2003): each pixel gets a random displacement, evenly from -1 to 1 in
//! both directions; both fields are smoothed by a Gaussian of standard deviation sigma and scaled
//! by alpha. Outside the image the fields are zero.

use super::AugmentSpec;
use crate::data::portable::exp;
use rand::Rng;

/// Draws displacement fields for images of one size.
#[derive(Debug, Clone)]
pub(super) struct Elastic {
    alpha: f32,
    right: Vec<f32>,
    down: Vec<f32>,
    blur: Gaussian,
}

impl Elastic {
    /// For images of `width` by `height` pixels.
    pub fn new(spec: &AugmentSpec, width: usize, height: usize) -> Self {
        Self {
            alpha: spec.elastic_alpha as f32,
            right: vec![0.0; width * height],
            down: vec![0.0; width * height],
            blur: Gaussian::new(spec.elastic_sigma, width, height),
        }
    }

    /// A new pair of fields: pixels to the right and down.
    pub fn draw(&mut self, rng: &mut impl Rng) -> (&[f32], &[f32]) {
        for field in [&mut self.right, &mut self.down] {
            for four in field.chunks_mut(4) {
                let mut word = rng.next_u64();
                for value in four {
                    // 16 of the word's bits, evenly over (-1, 1).
                    *value = ((word & 0xffff) as f32 - 32_767.5) * (self.alpha / 32_768.0);
                    word >>= 16;
                }
            }
            self.blur.apply(field);
        }
        (&self.right, &self.down)
    }
}

/// Smooths images of one size by a Gaussian, with zeros outside them.
#[derive(Debug, Clone)]
pub(crate) struct Gaussian {
    width: usize,
    /// The weights from the centre outwards; the other half is the same.
    kernel: Vec<f32>,
    /// A row with room for the kernel on both sides.
    line: Vec<f32>,
    /// The image with room for the kernel above and below.
    sheet: Vec<f32>,
}

impl Gaussian {
    /// A Gaussian of standard deviation `sigma`, in pixels, cut off at three deviations and made
    /// to sum to 1.
    pub fn new(sigma: f64, width: usize, height: usize) -> Self {
        let sigma = sigma.clamp(0.1, 100.0);
        let radius = (3.0 * sigma).ceil() as usize;
        let weights: Vec<f64> =
            (0..=radius).map(|x| exp(-((x * x) as f64) / (2.0 * sigma * sigma))).collect();
        let sum = 2.0 * weights.iter().sum::<f64>() - 1.0;
        Self {
            width,
            kernel: weights.iter().map(|weight| (weight / sum) as f32).collect(),
            line: vec![0.0; width + 2 * radius],
            sheet: vec![0.0; width * (height + 2 * radius)],
        }
    }

    /// Smooths an image in place, first along its rows, then along its columns.
    pub fn apply(&mut self, image: &mut [f32]) {
        let (width, radius) = (self.width, self.kernel.len() - 1);
        for row in image.chunks_exact_mut(width.max(1)) {
            self.line[radius..radius + width].copy_from_slice(row);
            convolve(row, &self.line, &self.kernel, 1);
        }
        self.sheet[radius * width..].iter_mut().zip(&*image).for_each(|(sheet, value)| *sheet = *value);
        for (y, row) in image.chunks_exact_mut(width.max(1)).enumerate() {
            convolve(row, &self.sheet[y * width..], &self.kernel, width);
        }
    }
}

/// As many sums as are kept in registers at a time: seven vectors of four, a row of MNIST.
const LANES: usize = 28;

/// `out[x] = sum over j of kernel[|j|] * input[x + (radius + j) * step]`.
fn convolve(out: &mut [f32], input: &[f32], kernel: &[f32], step: usize) {
    let (whole, rest) = out.as_chunks_mut::<LANES>();
    let rest_start = whole.len() * LANES;
    for (i, sums) in whole.iter_mut().enumerate() {
        convolve_lanes(sums, &input[i * LANES..], kernel, step);
    }
    for (i, sum) in rest.iter_mut().enumerate() {
        let mut one = [0.0];
        convolve_lanes(&mut one, &input[rest_start + i..], kernel, step);
        *sum = one[0];
    }
}

fn convolve_lanes<const N: usize>(out: &mut [f32; N], input: &[f32], kernel: &[f32], step: usize) {
    let radius = kernel.len() - 1;
    let from = |offset: usize| &input[offset * step..][..N];
    let mut sums = [0.0; N];
    sums.iter_mut().zip(from(radius)).for_each(|(sum, value)| *sum = kernel[0] * value);
    for (j, weight) in kernel.iter().enumerate().skip(1) {
        let pairs = from(radius - j).iter().zip(from(radius + j));
        sums.iter_mut().zip(pairs).for_each(|(sum, (a, b))| *sum += weight * (a + b));
    }
    *out = sums;
}
