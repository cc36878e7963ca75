//! Batch normalisation by the statistics of the batch, and its gradients.

use super::lanes::{LANES, sum};

/// The shapes of a batch normalisation, and what is added to the variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normalization {
    /// Images.
    pub batch: usize,
    /// What is normalised each by itself.
    pub channels: usize,
    /// Numbers of a channel of an image.
    pub size: usize,
    /// Keeps the division from that by zero.
    pub epsilon: f64,
}

/// The gradients of scale and shift, which that of the input is made of too: `[channels]` each.
pub struct Sums {
    /// Of the scale.
    pub gamma: Vec<f32>,
    /// Of the shift.
    pub beta: Vec<f32>,
}

impl Normalization {
    /// How many numbers a channel has in all.
    fn samples(&self) -> f64 {
        (self.batch * self.size) as f64
    }

    /// The numbers of a channel, image by image.
    fn of<'a>(&self, channel: usize, numbers: &'a [f32]) -> impl Iterator<Item = &'a [f32]> + use<'a> {
        numbers.chunks_exact(self.size).skip(channel).step_by(self.channels)
    }

    /// The mean and the biased variance of each channel: `[2, channels]`.
    pub fn moments(&self, input: &[f32]) -> Vec<f32> {
        let channels = 0..self.channels;
        let total =
            |channel, term: &dyn Fn(&[f32]) -> f64| -> f64 { self.of(channel, input).map(term).sum() };
        let means: Vec<f32> = channels
            .clone()
            .map(|channel| (total(channel, &|x| sum(x, |x| x)) / self.samples()) as f32)
            .collect();
        let variances = channels.zip(&means).map(|(channel, mean)| {
            (total(channel, &|x| sum(x, |x| (x - mean) * (x - mean))) / self.samples()) as f32
        });
        let variances: Vec<f32> = variances.collect();
        [means, variances].concat()
    }

    /// `1 / standard deviation` of each channel.
    fn scales(&self, moments: &[f32]) -> Vec<f32> {
        let variances = &moments[self.channels..];
        variances.iter().map(|variance| (1.0 / (f64::from(*variance) + self.epsilon).sqrt()) as f32).collect()
    }

    /// `gamma (x - mean) / standard deviation + beta`.
    pub fn forward(&self, input: &[f32], moments: &[f32], gamma: &[f32], beta: &[f32]) -> Vec<f32> {
        let scales = self.scales(moments);
        let mut output = vec![0.0; input.len()];
        let maps = output.chunks_exact_mut(self.size).zip(input.chunks_exact(self.size));
        for (i, (output, input)) in maps.enumerate() {
            let channel = i % self.channels;
            let (mean, scale, shift) = (moments[channel], gamma[channel] * scales[channel], beta[channel]);
            output.iter_mut().zip(input).for_each(|(y, x)| *y = (x - mean) * scale + shift);
        }
        output
    }

    /// The gradients of scale and shift from that of the output.
    pub fn sums(&self, input: &[f32], moments: &[f32], gradient: &[f32]) -> Sums {
        let scales = self.scales(moments);
        let (mut of_gamma, mut of_beta) = (vec![0.0; self.channels], vec![0.0; self.channels]);
        for channel in 0..self.channels {
            let (mean, mut shift, mut slope) = (moments[channel], 0.0, 0.0);
            for (x, g) in self.of(channel, input).zip(self.of(channel, gradient)) {
                shift += sum(g, |g| g);
                slope += sum_of_products(g, x, mean);
            }
            of_beta[channel] = shift as f32;
            of_gamma[channel] = (slope * f64::from(scales[channel])) as f32;
        }
        Sums { gamma: of_gamma, beta: of_beta }
    }

    /// The gradient of the input from that of the output; those of the moments are part of it.
    pub fn gradient(
        &self,
        input: &[f32],
        moments: &[f32],
        gamma: &[f32],
        gradient: &[f32],
        sums: &Sums,
    ) -> Vec<f32> {
        let scales = self.scales(moments);
        let mut of_input = vec![0.0; input.len()];
        let maps = input.chunks_exact(self.size).zip(gradient.chunks_exact(self.size));
        for (i, (output, (input, gradient))) in of_input.chunks_exact_mut(self.size).zip(maps).enumerate() {
            let channel = i % self.channels;
            let (mean, scale) = (moments[channel], scales[channel]);
            let shift = sums.beta[channel] / self.samples() as f32;
            let slope = scale * sums.gamma[channel] / self.samples() as f32;
            let factor = gamma[channel] * scale;
            for (output, (x, g)) in output.iter_mut().zip(input.iter().zip(gradient)) {
                *output = factor * (g - shift - (x - mean) * slope);
            }
        }
        of_input
    }
}

/// The sum of `gradient (x - mean)`.
fn sum_of_products(gradient: &[f32], numbers: &[f32], mean: f32) -> f64 {
    let ((g_chunks, g_rest), (x_chunks, x_rest)) =
        (gradient.as_chunks::<LANES>(), numbers.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (g, x) in g_chunks.iter().zip(x_chunks) {
        for (sum, (g, x)) in sums.iter_mut().zip(g.iter().zip(x)) {
            *sum += g * (x - mean);
        }
    }
    g_rest.iter().zip(x_rest).map(|(g, x)| g * (x - mean)).chain(sums).map(f64::from).sum()
}
