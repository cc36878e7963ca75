//! Max-pooling without padding, and its gradient.

use super::Window;

/// The shapes of a pooling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pooling {
    /// Images.
    pub batch: usize,
    /// Maps of an image.
    pub channels: usize,
    /// `[height, width]` of a map.
    pub input: [usize; 2],
    /// What is pooled.
    pub window: Window,
}

impl Pooling {
    /// `[batch, channels, height, width]` of the output.
    pub fn output(&self) -> [usize; 4] {
        [self.batch, self.channels, self.window.count[0], self.window.count[1]]
    }

    /// The largest number of each window, and where in its map it is: the first of several.
    pub fn forward(&self, maps: &[f32]) -> (Vec<f32>, Vec<u32>) {
        let Window { size, stride, count, .. } = self.window;
        let width = self.input[1];
        let outputs = self.batch * self.channels * self.window.len();
        let (mut output, mut places) = (vec![f32::NEG_INFINITY; outputs], vec![0u32; outputs]);
        let maps = maps.chunks_exact(self.input[0] * width);
        let outputs =
            output.chunks_exact_mut(self.window.len()).zip(places.chunks_exact_mut(self.window.len()));
        for (map, (output, places)) in maps.zip(outputs) {
            let rows = output.chunks_exact_mut(count[1]).zip(places.chunks_exact_mut(count[1]));
            for (y, (output, places)) in rows.enumerate() {
                if (size, stride) == ([2, 2], [2, 2]) {
                    halve(map, 2 * y * width, width, output, places);
                    continue;
                }
                for tap in 0..size[0] * size[1] {
                    let first = (y * stride[0] + tap / size[1]) * width + tap % size[1];
                    let numbers = map[first..].iter().step_by(stride[1]);
                    for (x, ((best, place), number)) in
                        output.iter_mut().zip(&mut *places).zip(numbers).enumerate()
                    {
                        // A number that is none wins, so that it is seen.
                        let better = *number > *best || number.is_nan() || tap == 0;
                        *best = if better { *number } else { *best };
                        *place = if better { (first + x * stride[1]) as u32 } else { *place };
                    }
                }
            }
        }
        (output, places)
    }

    /// The gradient of the maps from that of the output.
    pub fn gradient(&self, gradient: &[f32], places: &[u32]) -> Vec<f32> {
        let mut maps = vec![0.0; self.batch * self.channels * self.input[0] * self.input[1]];
        let gradients = gradient.chunks_exact(self.window.len()).zip(places.chunks_exact(self.window.len()));
        for (map, (gradient, places)) in maps.chunks_exact_mut(self.input[0] * self.input[1]).zip(gradients) {
            for (gradient, place) in gradient.iter().zip(places) {
                map[*place as usize] += gradient;
            }
        }
        maps
    }
}

/// A row of the usual pooling, of 2 x 2 without overlap, from two rows of a map that begin at `first`.
fn halve(map: &[f32], first: usize, width: usize, output: &mut [f32], places: &mut [u32]) {
    let (above, below) = map[first..first + 2 * width].split_at(width);
    let pairs = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
    for (x, (([a, b], [c, d]), (output, place))) in pairs.zip(output.iter_mut().zip(places)).enumerate() {
        let larger = |left: (f32, usize), right: (f32, usize)| {
            if right.0 > left.0 || right.0.is_nan() { right } else { left }
        };
        let upper = larger((*a, 0), (*b, 1));
        let lower = larger((*c, width), (*d, width + 1));
        let (best, place_of_best) = larger(upper, lower);
        *output = best;
        *place = (first + 2 * x + place_of_best) as u32;
    }
}
