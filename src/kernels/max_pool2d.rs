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

    /// `[batch, channels, height, width]` of the input.
    pub fn maps(&self) -> [usize; 4] {
        [self.batch, self.channels, self.input[0], self.input[1]]
    }

    /// The largest number of each window, and where in its map it is. Of equal ones the first; what is no
    /// number wins over all that are, so that it is seen.
    pub fn forward(&self, maps: &[f32]) -> (Vec<f32>, Vec<u32>) {
        let Window { size, stride, count, .. } = self.window;
        let width = self.input[1];
        let outputs = self.batch * self.channels * self.window.len();
        let (mut output, mut places) = (vec![f32::NEG_INFINITY; outputs], vec![0u32; outputs]);
        let maps = maps.chunks_exact(self.input[0] * width);
        let outputs =
            output.chunks_exact_mut(self.window.len()).zip(places.chunks_exact_mut(self.window.len()));
        let mut pair = RowPair::default();
        for (map, (output, places)) in maps.zip(outputs) {
            let rows = output.chunks_exact_mut(count[1]).zip(places.chunks_exact_mut(count[1]));
            for (y, (output, places)) in rows.enumerate() {
                if (size, stride) == ([2, 2], [2, 2]) {
                    let first = 2 * y * width;
                    let (above, below) = map[first..first + 2 * width].split_at(width);
                    pair.fill(above, below);
                    pair.halve(first as u32, output, places);
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

/// Two rows of a map, pooled to one.
#[derive(Default)]
struct RowPair {
    best: Vec<f32>,
    /// How far behind the first row's begin each was found: nothing, or a row.
    offsets: Vec<u32>,
}

impl RowPair {
    /// Keeps the larger numbers of two rows. Of two equal ones the first counts, here and below; what is no
    /// number wins, so that it is seen.
    fn fill(&mut self, above: &[f32], below: &[f32]) {
        let width = above.len().min(below.len());
        self.best.resize(width, 0.0);
        self.offsets.resize(width, 0);
        let (above, below) = (&above[..width], &below[..width]);
        let (best, offsets) = (&mut self.best[..width], &mut self.offsets[..width]);
        // Plain enough for the compiler to work on several numbers at once.
        for i in 0..width {
            let stays = (above[i] >= below[i]) | above[i].is_nan();
            best[i] = if stays { above[i] } else { below[i] };
            offsets[i] = if stays { 0 } else { width as u32 };
        }
    }

    /// Keeps the larger of each two neighbours, of rows that begin at `first`.
    fn halve(&self, first: u32, output: &mut [f32], places: &mut [u32]) {
        let pairs = self.best.as_chunks::<2>().0.iter().zip(self.offsets.as_chunks::<2>().0);
        let outputs = output.iter_mut().zip(places).zip((first..).step_by(2));
        for (((output, place), at), ([a, b], [offset_a, offset_b])) in outputs.zip(pairs) {
            let stays = (a > b) | ((a == b) & (offset_a <= offset_b)) | a.is_nan();
            *output = if stays { *a } else { *b };
            *place = at + if stays { *offset_a } else { offset_b + 1 };
        }
    }
}
