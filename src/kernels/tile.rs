//! The innermost loop: the product of two narrow panels, which fits into the registers.

/// Rows of a tile: with more of them, a browser runs out of registers.
pub const ROWS: usize = 4;
/// Columns of a tile: two vectors.
pub const COLUMNS: usize = 8;

/// `ROWS` rows of a matrix, one column after the other.
pub type Rows = [f32; ROWS];
/// `COLUMNS` columns of a matrix, one row after the other.
pub type Columns = [f32; COLUMNS];
/// `ROWS` x `COLUMNS` numbers of a product.
pub type Tile = [Columns; ROWS];

/// The product of two panels of the same depth.
#[inline]
pub fn product(rows: &[Rows], columns: &[Columns]) -> Tile {
    let mut tile = [[0.0; COLUMNS]; ROWS];
    for (rows, columns) in rows.iter().zip(columns) {
        for (sums, left) in tile.iter_mut().zip(rows) {
            for (sum, right) in sums.iter_mut().zip(columns) {
                *sum += left * right;
            }
        }
    }
    tile
}

/// A matrix of rows of `depth` as panels of [`ROWS`] rows; zeros fill the last.
pub fn row_panels(matrix: &[f32], depth: usize, panels: &mut Vec<Rows>) {
    panels.clear();
    for rows in matrix.chunks(ROWS * depth) {
        let first = panels.len();
        panels.resize(first + depth, [0.0; ROWS]);
        for (i, row) in rows.chunks_exact(depth).enumerate() {
            for (panel, number) in panels[first..].iter_mut().zip(row) {
                panel[i] = *number;
            }
        }
    }
}

/// The transpose of a matrix of rows of `depth`, as panels of [`ROWS`] of its rows.
pub fn column_panels(matrix: &[f32], depth: usize) -> Vec<Rows> {
    let rows = matrix.len() / depth;
    let mut panels = vec![[0.0; ROWS]; depth.div_ceil(ROWS) * rows];
    for (i, row) in matrix.chunks_exact(depth).enumerate() {
        for (panel, numbers) in panels[i..].iter_mut().step_by(rows).zip(row.chunks(ROWS)) {
            panel[..numbers.len()].copy_from_slice(numbers);
        }
    }
    panels
}
