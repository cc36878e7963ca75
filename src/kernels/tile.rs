//! The innermost loop: the product of two narrow panels, which fits into the registers. All else of the
//! kernels is about laying numbers out so that nearly all the time is spent here.

use super::fours::{FOUR, transposed};
use super::lanes::{LANES, Lanes};

/// Rows of a tile: with more of them, a browser runs out of registers.
pub const ROWS: usize = 4;
/// Columns of a tile.
pub const COLUMNS: usize = LANES;

/// `ROWS` rows of a matrix, one column after the other.
pub type Rows = [f32; ROWS];
/// `COLUMNS` columns of a matrix, one row after the other.
pub type Columns = [f32; COLUMNS];
/// `ROWS` x `COLUMNS` numbers of a product.
pub type Tile = [Lanes; ROWS];

/// The product of two panels of the same depth.
#[inline(always)]
pub fn product(rows: &[Rows], columns: &[Columns]) -> Tile {
    let mut tile = [Lanes::ZERO; ROWS];
    for (rows, columns) in rows.iter().zip(columns) {
        let columns = Lanes::from(columns);
        for (sums, factor) in tile.iter_mut().zip(rows) {
            sums.add(*factor, columns);
        }
    }
    tile
}

/// The first numbers of a slice; zeros where it ends before.
#[inline]
pub fn first_of<const N: usize>(numbers: &[f32]) -> [f32; N] {
    match numbers.first_chunk() {
        Some(first) => *first,
        None => std::array::from_fn(|i| numbers.get(i).copied().unwrap_or(0.0)),
    }
}

/// A matrix of rows of `width` as panels of `N` rows, each of them of depth `width`; zeros fill the last.
pub fn row_panels<const N: usize>(matrix: &[f32], width: usize) -> Vec<[f32; N]> {
    let rows = matrix.len() / width;
    let mut panels = Vec::with_capacity(rows.div_ceil(N) * width);
    for rows in matrix.chunks(N * width) {
        let mut lines = rows.chunks_exact(width);
        let lines: [&[f32]; N] = std::array::from_fn(|_| lines.next().unwrap_or_default());
        if lines.iter().all(|line| line.len() == width) {
            let lines = lines.map(|line| &line[..width]);
            panels.extend((0..width).map(|k| -> [f32; N] { std::array::from_fn(|i| lines[i][k]) }));
        } else {
            let number = |i: usize, k| lines[i].get(k).copied().unwrap_or(0.0);
            panels.extend((0..width).map(|k| -> [f32; N] { std::array::from_fn(|i| number(i, k)) }));
        }
    }
    panels
}

/// A matrix of rows of `width` as panels of `N` columns, each of them as deep as the matrix has rows; zeros
/// fill the last.
pub fn column_panels<const N: usize>(matrix: &[f32], width: usize) -> Vec<[f32; N]> {
    let rows = matrix.len() / width;
    let mut panels = Vec::with_capacity(width.div_ceil(N) * rows);
    for first in (0..width).step_by(N) {
        panels.extend(matrix.chunks_exact(width).map(|row| first_of(&row[first..])));
    }
    panels
}

/// As deep as a product goes in one: so much of two panels stays in the fastest cache.
const DEPTH: usize = 512;

/// Adds the product of two matrices, given as panels of `depth`, to rows of `width`.
pub fn add_product(rows: &[Rows], columns: &[Columns], depth: usize, width: usize, sums: &mut [f32]) {
    for from in (0..depth).step_by(DEPTH) {
        let slice = from..depth.min(from + DEPTH);
        for (rows, sums) in rows.chunks_exact(depth).zip(sums.chunks_mut(ROWS * width)) {
            for (i, columns) in columns.chunks_exact(depth).enumerate() {
                let tile = product(&rows[slice.clone()], &columns[slice.clone()]);
                for (sums, more) in sums.chunks_exact_mut(width).zip(tile) {
                    add(&mut sums[i * COLUMNS..], &more.numbers());
                }
            }
        }
    }
}

/// Adds as many numbers as there is room for. There mostly is for all: a number of them that the compiler
/// knows becomes vectors.
#[inline]
pub fn add(sums: &mut [f32], more: &Columns) {
    match sums.first_chunk_mut::<COLUMNS>() {
        Some(sums) => sums.iter_mut().zip(more).for_each(|(sum, x)| *sum += x),
        None => sums.iter_mut().zip(more).for_each(|(sum, x)| *sum += x),
    }
}

/// The sum of each place over rows of `width`.
pub fn sum_of_rows(rows: &[f32], width: usize) -> Vec<f32> {
    let mut sums = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    sums
}

/// So many columns are taken at a time: a line of the cache of each row.
const BLOCK: usize = 16;

/// Calls `visit` with each column of a matrix of rows of `width`, in order.
pub fn for_each_column(matrix: &[f32], width: usize, mut visit: impl FnMut(&[f32])) {
    let rows = matrix.len() / width;
    let mut columns = vec![0.0; BLOCK * rows];
    for block in (0..width).step_by(BLOCK) {
        for (first, four) in (block..width).step_by(FOUR).zip(columns.chunks_exact_mut(FOUR * rows)) {
            // What is not whole by four is copied number by number.
            let whole = if first + FOUR <= width { rows - rows % FOUR } else { 0 };
            let (matrix, rest) = matrix.split_at(whole * width);
            let [a, b, c, d] = quarters(four).map(|column| column.as_chunks_mut().0.iter_mut());
            for (rows, (((a, b), c), d)) in matrix.chunks_exact(FOUR * width).zip(a.zip(b).zip(c).zip(d)) {
                let row = |row: usize| *rows[row * width + first..].first_chunk().unwrap_or(&[0.0; FOUR]);
                [*a, *b, *c, *d] = transposed([row(0), row(1), row(2), row(3)]);
            }
            for (i, row) in (whole..).zip(rest.chunks_exact(width)) {
                for (column, number) in four.chunks_exact_mut(rows).zip(&row[first..]) {
                    column[i] = *number;
                }
            }
        }
        columns.chunks_exact(rows).take(width - block).for_each(&mut visit);
    }
}

fn quarters(numbers: &mut [f32]) -> [&mut [f32]; 4] {
    let (first, second) = numbers.split_at_mut(numbers.len() / 2);
    let (a, b) = first.split_at_mut(first.len() / 2);
    let (c, d) = second.split_at_mut(second.len() / 2);
    [a, b, c, d]
}
