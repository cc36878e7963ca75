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
        let mut pair = Pair::default();
        for (map, (output, places)) in maps.zip(outputs) {
            let rows = output.chunks_exact_mut(count[1]).zip(places.chunks_exact_mut(count[1]));
            for (y, (output, places)) in rows.enumerate() {
                if (size, stride) == ([2, 2], [2, 2]) {
                    pair.fill(map, 2 * y * width, width);
                    pair.halve(output, places);
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

/// The larger of two numbers, and its place; of two equal ones the first. A number that is none wins, so that
/// it is seen.
#[inline(always)]
fn larger(left: (f32, u32), right: (f32, u32)) -> (f32, u32) {
    let first = (left.0 == right.0) & (left.1 < right.1);
    let stays = (left.0 > right.0) | first | left.0.is_nan();
    (if stays { left.0 } else { right.0 }, if stays { left.1 } else { right.1 })
}

/// Two rows of a map, pooled to one.
#[derive(Default)]
struct Pair {
    best: Vec<f32>,
    places: Vec<u32>,
}

impl Pair {
    /// Keeps the larger numbers of two rows, of which the first begins at `first` of its map.
    fn fill(&mut self, map: &[f32], first: usize, width: usize) {
        let (above, below) = map[first..first + 2 * width].split_at(width);
        self.best.resize(width, 0.0);
        self.places.resize(width, 0);
        let kept = self.best.iter_mut().zip(&mut self.places);
        for (((best, kept), place), (above, below)) in kept.zip(first as u32..).zip(above.iter().zip(below)) {
            (*best, *kept) = larger((*above, place), (*below, place + width as u32));
        }
    }

    /// Keeps the larger of each two neighbours.
    fn halve(&self, output: &mut [f32], places: &mut [u32]) {
        let pairs = self.best.as_chunks::<2>().0.iter().zip(self.places.as_chunks::<2>().0);
        for ((output, place), ([a, b], [c, d])) in output.iter_mut().zip(places).zip(pairs) {
            (*output, *place) = larger((*a, *c), (*b, *d));
        }
    }
}
