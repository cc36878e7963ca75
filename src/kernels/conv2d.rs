//! Convolution and its gradients, as products of panels that are gathered from an image at a time:
//! no matrix of all patches is ever written.

use super::Window;
use super::lanes::{self, Lanes};
use super::tile::{COLUMNS, Columns, ROWS, Tile, add, column_panels, first_of, product, row_panels};

/// The shapes of a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Convolution {
    /// Images.
    pub batch: usize,
    /// Maps of an image.
    pub channels: usize,
    /// Maps of the output.
    pub filters: usize,
    /// `[height, width]` of a map.
    pub input: [usize; 2],
    /// The patches.
    pub window: Window,
}

impl Convolution {
    /// Numbers of an image.
    pub(super) fn image(&self) -> usize {
        self.channels * self.input[0] * self.input[1]
    }

    /// Numbers of a map of the output.
    pub(super) fn pixels(&self) -> usize {
        self.window.len()
    }

    /// Weights of a filter.
    pub(super) fn depth(&self) -> usize {
        self.channels * self.window.size[0] * self.window.size[1]
    }

    /// `[batch, filters, height, width]` of the output.
    pub fn output(&self) -> [usize; 4] {
        [self.batch, self.filters, self.window.count[0], self.window.count[1]]
    }

    /// `[batch, channels, height, width]` of the input.
    pub fn images(&self) -> [usize; 4] {
        [self.batch, self.channels, self.input[0], self.input[1]]
    }

    /// `[filters, channels, height, width]` of the weights.
    pub fn weights(&self) -> [usize; 4] {
        [self.filters, self.channels, self.window.size[0], self.window.size[1]]
    }

    /// `[batch, channels, height, width] -> [batch, filters, height, width]`.
    pub fn forward(&self, images: &[f32], weight: &[f32], bias: &[f32]) -> Vec<f32> {
        if self.is_three_by_three() {
            return self.forward_by_tiles(images, weight, bias);
        }
        let (pixels, depth) = (self.pixels(), self.depth());
        let filters = row_panels(weight, depth);
        let mut frame = Frame::new(self);
        let mut patches = vec![[0.0; COLUMNS]; depth];
        let mut output = vec![0.0; self.batch * self.filters * pixels];
        for (image, output) in
            images.chunks_exact(self.image()).zip(output.chunks_exact_mut(self.filters * pixels))
        {
            frame.fill(image);
            for (first, origins) in frame.origins.iter().enumerate().map(|(i, o)| (i * COLUMNS, o)) {
                frame.patches(origins, &mut patches);
                for (filters, (maps, bias)) in
                    filters.chunks_exact(depth).zip(output.chunks_mut(ROWS * pixels).zip(bias.chunks(ROWS)))
                {
                    let tile = product(filters, &patches);
                    for ((map, sums), bias) in maps.chunks_exact_mut(pixels).zip(tile).zip(bias) {
                        let sums = sums.plus(Lanes::of(*bias)).numbers();
                        match map[first..].first_chunk_mut::<COLUMNS>() {
                            Some(map) => *map = sums,
                            None => map[first..].iter_mut().zip(sums).for_each(|(x, sum)| *x = sum),
                        }
                    }
                }
            }
        }
        output
    }

    /// The gradient of the images from that of the output.
    pub fn image_gradient(&self, gradient: &[f32], weight: &[f32]) -> Vec<f32> {
        let turned = self.turned();
        if turned.is_three_by_three() {
            let bias = vec![0.0; turned.filters];
            return turned.forward_by_tiles(gradient, &self.turned_weights(weight), &bias);
        }
        let (pixels, depth) = (self.pixels(), self.depth());
        let weight = column_panels(weight, depth);
        let mut frame = Frame::new(self);
        let mut columns = vec![[0.0; COLUMNS]; self.filters];
        let mut images = vec![0.0; self.batch * self.image()];
        for (image, gradient) in
            images.chunks_exact_mut(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            frame.numbers.fill(0.0);
            for (i, origins) in frame.origins.iter().enumerate() {
                for (columns, map) in columns.iter_mut().zip(gradient.chunks_exact(pixels)) {
                    *columns = first_of(&map[i * COLUMNS..]);
                }
                let run = is_run(origins);
                for (weight, taps) in weight.chunks_exact(self.filters).zip(frame.taps.chunks(ROWS)) {
                    let tile = product(weight, &columns);
                    for (tap, sums) in taps.iter().zip(tile) {
                        scatter(&mut frame.numbers, *tap, origins, run, &sums.numbers());
                    }
                }
            }
            frame.read(image);
        }
        images
    }

    /// The gradient of the weights, `[filters, channels, height, width]`, from that of the output.
    pub fn weight_gradient(&self, images: &[f32], gradient: &[f32]) -> Vec<f32> {
        let (pixels, depth) = (self.pixels(), self.depth());
        let mut frame = Frame::new(self);
        let mut columns = vec![[0.0; COLUMNS]; pixels];
        let groups = self.filters.div_ceil(ROWS);
        let mut tiles: Vec<Tile> = vec![[Lanes::ZERO; ROWS]; groups * depth.div_ceil(COLUMNS)];
        for (image, gradient) in
            images.chunks_exact(self.image()).zip(gradient.chunks_exact(self.filters * pixels))
        {
            frame.fill(image);
            let maps = row_panels(gradient, pixels);
            for (taps, tiles) in frame.taps.chunks(COLUMNS).zip(tiles.chunks_exact_mut(groups)) {
                frame.taps_of_pixels(taps, &mut columns);
                for (tile, maps) in tiles.iter_mut().zip(maps.chunks_exact(pixels)) {
                    let more = product(maps, &columns);
                    tile.iter_mut().zip(more).for_each(|(sums, more)| *sums = sums.plus(more));
                }
            }
        }
        let mut weight = vec![0.0; self.filters * depth];
        for (i, tile) in tiles.iter().enumerate() {
            let (first, filter) = (i / groups * COLUMNS, i % groups * ROWS);
            for (row, sums) in weight.chunks_exact_mut(depth).skip(filter).zip(tile) {
                row[first..].iter_mut().zip(sums.numbers()).for_each(|(weight, sum)| *weight = sum);
            }
        }
        weight
    }

    /// The gradient of the bias, `[filters]`, from that of the output.
    pub fn bias_gradient(&self, gradient: &[f32]) -> Vec<f32> {
        let mut bias = vec![0.0; self.filters];
        for maps in gradient.chunks_exact(self.filters * self.pixels()) {
            for (sum, map) in bias.iter_mut().zip(maps.chunks_exact(self.pixels())) {
                *sum += lanes::sum(map, |x| x) as f32;
            }
        }
        bias
    }
}

/// Whether patches lie side by side.
fn is_run(origins: &[usize; COLUMNS]) -> bool {
    origins.iter().zip(origins[0]..).all(|(origin, next)| *origin == next)
}

/// Adds a number to one place of each patch (a column of what is known as col2im).
fn scatter(frame: &mut [f32], tap: usize, origins: &[usize; COLUMNS], run: bool, numbers: &Columns) {
    if run {
        add(&mut frame[origins[0] + tap..], numbers);
    } else {
        for (origin, x) in origins.iter().zip(numbers) {
            frame[origin + tap] += x;
        }
    }
}

/// An image with the zeros around it, in which a patch is a pattern of places.
struct Frame {
    /// `[channels, height, width]`, as far as the windows reach.
    numbers: Vec<f32>,
    /// Where the numbers of a patch lie, seen from its first.
    taps: Vec<usize>,
    /// Where patches begin; the last is repeated until a panel is full.
    origins: Vec<[usize; COLUMNS]>,
    size: [usize; 2],
    input: [usize; 2],
    before: [usize; 2],
}

impl Frame {
    fn new(shape: &Convolution) -> Self {
        let Convolution { channels, input, window, .. } = *shape;
        let size = [0, 1].map(|axis| window.span(axis).max(window.before[axis] + input[axis]));
        let place = |channel: usize, y: usize, x: usize| (channel * size[0] + y) * size[1] + x;
        let [height, width] = window.size;
        let taps = (0..channels * height * width)
            .map(|k| place(k / (height * width), k / width % height, k % width))
            .collect();
        let last = window.len().saturating_sub(1);
        let origins = (0..window.len().div_ceil(COLUMNS))
            .map(|panel| {
                std::array::from_fn(|i| {
                    let pixel = (panel * COLUMNS + i).min(last);
                    let (y, x) = (pixel / window.count[1], pixel % window.count[1]);
                    place(0, y * window.stride[0], x * window.stride[1])
                })
            })
            .collect();
        let numbers = vec![0.0; channels * size[0] * size[1]];
        Self { numbers, taps, origins, size, input, before: window.before }
    }

    /// The rows of the image within the frame, one after the other.
    fn rows(&self) -> impl Iterator<Item = usize> + use<> {
        let (size, input, before) = (self.size, self.input, self.before);
        let channels = self.numbers.len() / (size[0] * size[1]);
        (0..channels).flat_map(move |channel| {
            (0..input[0]).map(move |y| (channel * size[0] + before[0] + y) * size[1] + before[1])
        })
    }

    fn fill(&mut self, image: &[f32]) {
        let width = self.input[1];
        for (row, from) in self.rows().zip(image.chunks_exact(width)) {
            self.numbers[row..row + width].copy_from_slice(from);
        }
    }

    fn read(&self, image: &mut [f32]) {
        let width = self.input[1];
        for (row, to) in self.rows().zip(image.chunks_exact_mut(width)) {
            to.copy_from_slice(&self.numbers[row..row + width]);
        }
    }

    /// The patches of some pixels, a row for each place in a patch: a panel of what is known as im2col.
    fn patches(&self, origins: &[usize; COLUMNS], patches: &mut [Columns]) {
        if is_run(origins) {
            let run = &self.numbers[origins[0]..];
            for (columns, tap) in patches.iter_mut().zip(&self.taps) {
                *columns = first_of(&run[*tap..]);
            }
        } else {
            for (columns, tap) in patches.iter_mut().zip(&self.taps) {
                *columns = origins.map(|origin| self.numbers[origin + tap]);
            }
        }
    }

    /// Some places of each patch: a row for each pixel.
    fn taps_of_pixels(&self, taps: &[usize], columns: &mut [Columns]) {
        let taps: [usize; COLUMNS] =
            std::array::from_fn(|i| taps.get(i).or(taps.last()).copied().unwrap_or(0));
        for (columns, origin) in columns.iter_mut().zip(self.origins.as_flattened()) {
            *columns = taps.map(|tap| self.numbers[origin + tap]);
        }
    }
}
