//! Convolution by windows of 3 x 3 with 16 multiplications for 2 x 2 outputs instead of 36: Winograd's minimal filtering
//! F(2 x 2, 3 x 3), as in Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2015).
//!
//! An image is cut into tiles of 4 x 4 that overlap by two. With the matrices `B`, `G` and `A` of that paper, the output of a
//! tile is `Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`, summed over channels before `A` is applied: 16 products of matrices, of
//! filters by channels and channels by tiles, which are computed as panels as all else.

use super::Window;
use super::conv2d::Convolution;
use super::fours::{FOUR, transposed};
use super::lanes::Lanes;
use super::tile::{COLUMNS, Columns, ROWS, Rows, Tile, product, row_panels};

/// Numbers of a tile.
const SQUARE: usize = FOUR * FOUR;

/// So many images are cut into tiles together: panels of tiles that begin in one image end in the next.
const GROUP: usize = 8;

/// With fewer channels there is more to add than is saved.
const FEWEST_CHANNELS: usize = 8;

impl Convolution {
    /// Whether [`forward_by_tiles`](Self::forward_by_tiles) can make the output, and it pays.
    pub fn is_three_by_three(&self) -> bool {
        (self.window.size, self.window.stride) == ([3, 3], [1, 1]) && self.channels >= FEWEST_CHANNELS
    }

    /// The convolution, of windows of 3 x 3 without a stride, that makes the gradient of the images from that of the output.
    pub fn turned(&self) -> Self {
        let before = self.window.before.map(|before| 2usize.saturating_sub(before));
        Self {
            batch: self.batch,
            channels: self.filters,
            filters: self.channels,
            input: self.window.count,
            window: Window { before, count: self.input, ..self.window },
        }
    }

    /// Its weights.
    pub fn turned_weights(&self, weight: &[f32]) -> Vec<f32> {
        let filters = weight.as_chunks::<9>().0;
        let of_channel = |channel| filters[channel..].iter().step_by(self.channels);
        (0..self.channels).flat_map(of_channel).flat_map(|filter| filter.iter().rev().copied()).collect()
    }

    /// As [`forward`](Self::forward), for windows of 3 x 3 without a stride.
    pub fn forward_by_tiles(&self, images: &[f32], weight: &[f32], bias: &[f32]) -> Vec<f32> {
        let filters = filters(weight, self.channels);
        let mut tiles = Tiles::new(self);
        let mut squares = vec![[0.0; COLUMNS]; SQUARE * self.channels];
        let mut products: [Tile; SQUARE] = [[Lanes::ZERO; ROWS]; SQUARE];
        let mut output = vec![0.0; self.batch * self.filters * self.pixels()];
        let outputs = output.chunks_mut(GROUP * self.filters * self.pixels());
        for (images, output) in images.chunks(GROUP * self.image()).zip(outputs) {
            tiles.fill(images);
            for (origins, targets) in tiles.origins.iter().zip(&tiles.targets) {
                if targets[0].at >= output.len() {
                    // The last images are fewer than those before.
                    break;
                }
                tiles.squares(origins, &mut squares);
                for (first, (filters, bias)) in (0..)
                    .step_by(ROWS * self.pixels())
                    .zip(filters.chunks_exact(SQUARE * self.channels).zip(bias.chunks(ROWS)))
                {
                    let pairs = filters.chunks_exact(self.channels).zip(squares.chunks_exact(self.channels));
                    for (to, (filters, squares)) in products.iter_mut().zip(pairs) {
                        let product = product(filters, squares);
                        to.iter_mut().zip(product).for_each(|(to, lanes)| *to = lanes);
                    }
                    for (row, bias) in bias.iter().enumerate() {
                        let outputs = outputs_of(&products, row, *bias);
                        tiles.write(outputs, targets, &mut output[first + row * self.pixels()..]);
                    }
                }
            }
        }
        output
    }
}

/// Weights of `[filters, channels, 3, 3]` as panels of filters, one for each of the 16 products: `G g Gᵀ`.
fn filters(weight: &[f32], channels: usize) -> Vec<Rows> {
    let across = |[a, b, c]: [f32; 3]| [a, 0.5 * (a + b + c), 0.5 * (a - b + c), c];
    let mut panels = Vec::new();
    for filters in weight.chunks(ROWS * channels * 9) {
        let mut products = vec![Vec::new(); SQUARE];
        for filter in filters.as_chunks::<9>().0 {
            let [a, b, c, d, e, f, g, h, i] = *filter;
            let rows = [[a, b, c], [d, e, f], [g, h, i]].map(across);
            let columns: [_; FOUR] = std::array::from_fn(|x| across(rows.map(|row| row[x])));
            for (i, product) in products.iter_mut().enumerate() {
                product.push(columns[i % FOUR][i / FOUR]);
            }
        }
        products.iter().for_each(|product| panels.extend(row_panels::<ROWS>(product, channels)));
    }
    panels
}

/// The 2 x 2 outputs of the tiles of a panel for one of its filters: `Aᵀ m A`.
#[inline(always)]
fn outputs_of(products: &[Tile; SQUARE], filter: usize, bias: f32) -> [[Columns; 2]; 2] {
    let square = |i: usize| products[i][filter];
    let column = |x: usize| down([square(x), square(FOUR + x), square(2 * FOUR + x), square(3 * FOUR + x)]);
    let ([a, e], [b, f], [c, g], [d, h]) = (column(0), column(1), column(2), column(3));
    let ([a, b], [c, d]) = (down([a, b, c, d]), down([e, f, g, h]));
    let bias = Lanes::of(bias);
    [[a.plus(bias).numbers(), b.plus(bias).numbers()], [c.plus(bias).numbers(), d.plus(bias).numbers()]]
}

/// `Aᵀ`, applied to a column.
#[inline(always)]
fn down([a, b, c, d]: [Lanes; FOUR]) -> [Lanes; 2] {
    [a.plus(b).plus(c), b.minus(c).minus(d)]
}

/// `Bᵀ`, applied to a column.
#[inline(always)]
fn differences([a, b, c, d]: [Lanes; FOUR]) -> [Lanes; FOUR] {
    [a.minus(c), b.plus(c), c.minus(b), b.minus(d)]
}

/// Some images, cut into tiles.
struct Tiles {
    /// `[image, channel, height, width]`, with the zeros around each.
    frames: Vec<f32>,
    /// Of a frame.
    size: [usize; 2],
    channels: usize,
    input: [usize; 2],
    before: [usize; 2],
    /// Where the tiles of a panel begin in the frames of their images' first channels.
    origins: Vec<[usize; COLUMNS]>,
    /// Where their outputs go.
    targets: Vec<[Target; COLUMNS]>,
    /// Of a row of outputs.
    width: usize,
}

/// Where 2 x 2 outputs go, seen from the first number of their filter's map of the first image.
#[derive(Clone, Copy)]
struct Target {
    at: usize,
    /// Whether there is a second column, and a second row.
    has_second: [bool; 2],
}

impl Tiles {
    fn new(shape: &Convolution) -> Self {
        let Convolution { channels, input, window, .. } = *shape;
        let images = shape.batch.min(GROUP);
        let tiles = window.count.map(|count| count.div_ceil(2));
        let size = [0, 1].map(|axis| (2 * tiles[axis] + 2).max(window.before[axis] + input[axis]));
        let all = images * tiles[0] * tiles[1];
        let place = |tile: usize| {
            let tile = tile.min(all - 1);
            (tile / (tiles[0] * tiles[1]), tile / tiles[1] % tiles[0] * 2, tile % tiles[1] * 2)
        };
        let origin = |tile| {
            let (image, y, x) = place(tile);
            (image * channels * size[0] + y) * size[1] + x
        };
        let target = |tile| {
            let (image, y, x) = place(tile);
            let at = (image * shape.filters * window.count[0] + y) * window.count[1] + x;
            Target { at, has_second: [x + 1 < window.count[1], y + 1 < window.count[0]] }
        };
        let panels = || (0..all).step_by(COLUMNS);
        Self {
            frames: vec![0.0; images * channels * size[0] * size[1]],
            size,
            channels,
            input,
            before: window.before,
            origins: panels().map(|first| std::array::from_fn(|i| origin(first + i))).collect(),
            targets: panels().map(|first| std::array::from_fn(|i| target(first + i))).collect(),
            width: window.count[1],
        }
    }

    fn fill(&mut self, images: &[f32]) {
        let [height, width] = self.size;
        let maps = images.chunks_exact(self.input[0] * self.input[1]);
        for (map, frame) in maps.zip(self.frames.chunks_exact_mut(height * width)) {
            let rows = frame.chunks_exact_mut(width).skip(self.before[0]);
            for (from, to) in map.chunks_exact(self.input[1]).zip(rows) {
                to[self.before[1]..][..self.input[1]].copy_from_slice(from);
            }
        }
    }

    /// The tiles of a panel, `[16, channels]`: `Bᵀ d B`.
    fn squares(&self, origins: &[usize; COLUMNS], squares: &mut [Columns]) {
        let [height, width] = self.size;
        for channel in 0..self.channels {
            let row = |y: usize| {
                let row = (channel * height + y) * width;
                let four = |tile: usize| {
                    let row = self.frames.get(origins[tile] + row..).and_then(|row| row.first_chunk());
                    *row.unwrap_or(&[0.0; FOUR])
                };
                let [a, b, c, d] = transposed([four(0), four(1), four(2), four(3)]);
                let [e, f, g, h] = transposed([four(4), four(5), four(6), four(7)]);
                differences([lanes(a, e), lanes(b, f), lanes(c, g), lanes(d, h)])
            };
            let ([a, b, c, d], [e, f, g, h]) = (row(0), row(1));
            let ([i, j, k, l], [m, n, o, p]) = (row(2), row(3));
            let columns = [[a, e, i, m], [b, f, j, n], [c, g, k, o], [d, h, l, p]];
            for (x, column) in columns.into_iter().enumerate() {
                for (y, numbers) in differences(column).into_iter().enumerate() {
                    squares[(FOUR * y + x) * self.channels + channel] = numbers.numbers();
                }
            }
        }
    }

    fn write(&self, outputs: [[Columns; 2]; 2], targets: &[Target; COLUMNS], maps: &mut [f32]) {
        for (i, target) in targets.iter().enumerate() {
            for (y, [left, right]) in outputs.iter().enumerate().take(1 + usize::from(target.has_second[1])) {
                // What is beyond the last image is nowhere.
                let Some(to) = maps.get_mut(target.at + y * self.width..) else { return };
                match to.first_chunk_mut() {
                    Some(pair) if target.has_second[0] => *pair = [left[i], right[i]],
                    _ => to.iter_mut().take(1).for_each(|x| *x = left[i]),
                }
            }
        }
    }
}

#[inline(always)]
fn lanes([a, b, c, d]: [f32; FOUR], [e, f, g, h]: [f32; FOUR]) -> Lanes {
    Lanes::from(&[a, b, c, d, e, f, g, h])
}
