//! Turning, leaning, zooming and shifting as one map, and the sampling of an image through it.

use crate::data::portable::sin_cos;

/// Zoom factors below this would ask for pixels from far outside the image.
const SMALLEST_ZOOM: f64 = 0.01;

/// An affine map of the plane that keeps the image's centre in place before the shift: a point is
/// zoomed, then sheared, then turned, then shifted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Affine {
    /// Degrees clockwise.
    pub rotation: f64,
    /// Degrees by which upright lines lean; positive moves what is below the centre to the right.
    pub shear: f64,
    /// Factor; above 1 enlarges.
    pub zoom: f64,
    /// Pixels to the right and down.
    pub shift: (f64, f64),
}

impl Affine {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self { rotation: 0.0, shear: 0.0, zoom: 1.0, shift: (0.0, 0.0) };

    /// The inverse as a matrix `[[a, b], [c, d]]`: where, seen from the centre, a point of the copy
    /// comes from once the shift is taken off.
    ///
    /// The map is `R(rotation) S(shear) zoom`, so its inverse is `1/zoom S(-shear) R(-rotation)`.
    fn inverse(&self) -> [[f64; 2]; 2] {
        let (sin, cos) = sin_cos(self.rotation);
        let (shear_sin, shear_cos) = sin_cos(self.shear.clamp(-80.0, 80.0));
        let lean = shear_sin / shear_cos;
        let zoom = self.zoom.max(SMALLEST_ZOOM);
        [[(cos + lean * sin) / zoom, (sin - lean * cos) / zoom], [-sin / zoom, cos / zoom]]
    }
}

/// Samples images of one size at places between their pixels.
#[derive(Debug, Clone)]
pub(crate) struct Warp {
    width: usize,
    height: usize,
    /// The image with one row and column of zeros before it and two after it, so that every place,
    /// once clamped, has four neighbours to interpolate between.
    padded: Vec<f32>,
}

impl Warp {
    /// For images of `width` by `height` pixels.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, padded: vec![0.0; (width + 3) * (height + 3)] }
    }

    /// Fills `out` with the image under the map, interpolated bilinearly and with zeros from outside
    /// it. `displacement` adds, for each pixel of the copy, pixels to the right and down to the
    /// place it is taken from; both are `height * width`, row by row.
    pub fn apply(
        &mut self,
        pixels: &[u8],
        map: &Affine,
        displacement: Option<(&[f32], &[f32])>,
        out: &mut [f32],
    ) {
        if self.width == 0 || self.height == 0 {
            return;
        }
        self.load(pixels);
        let matrix = map.inverse();
        let (center_x, center_y) = ((self.width - 1) as f64 / 2.0, (self.height - 1) as f64 / 2.0);
        for (y, row) in out.chunks_exact_mut(self.width).enumerate().take(self.height) {
            // One in each direction is for the padding.
            let from_center = (-center_x - map.shift.0, y as f64 - center_y - map.shift.1);
            let [left, top] = matrix.map(|[a, b]| a * from_center.0 + b * from_center.1);
            let start = ((left + center_x + 1.0) as f32, (top + center_y + 1.0) as f32);
            let step = (matrix[0][0] as f32, matrix[1][0] as f32);
            let place = |x: usize| (start.0 + step.0 * x as f32, start.1 + step.1 * x as f32);
            if let Some((right, down)) = displacement {
                let row_start = y * self.width;
                let offsets = right[row_start..].iter().zip(&down[row_start..]);
                for ((x, out), (right, down)) in row.iter_mut().enumerate().zip(offsets) {
                    let (from_x, from_y) = place(x);
                    *out = self.sample(from_x + right, from_y + down);
                }
            } else {
                for (x, out) in row.iter_mut().enumerate() {
                    let (from_x, from_y) = place(x);
                    *out = self.sample(from_x, from_y);
                }
            }
        }
    }

    fn load(&mut self, pixels: &[u8]) {
        let rows = self.padded.chunks_exact_mut(self.width + 3).skip(1);
        for (padded, row) in rows.zip(pixels.chunks_exact(self.width)) {
            for (padded, pixel) in padded[1..].iter_mut().zip(row) {
                *padded = f32::from(*pixel);
            }
        }
    }

    /// The grey value at a place of the padded image.
    fn sample(&self, x: f32, y: f32) -> f32 {
        let (column, right) = split(x, self.width + 1);
        let (row, down) = split(y, self.height + 1);
        let stride = self.width + 3;
        let at = row * stride + column;
        let (upper, lower) = (&self.padded[at..at + 2], &self.padded[at + stride..at + stride + 2]);
        let above = upper[0] + (upper[1] - upper[0]) * right;
        let below = lower[0] + (lower[1] - lower[0]) * right;
        above + (below - above) * down
    }
}

/// The whole pixel at or before a place, and how far past it the place is, after the place has been
/// moved to within `0..=last`. What is no number counts as 0.
fn split(place: f32, last: usize) -> (usize, f32) {
    let last = last as f32;
    let place = if place > 0.0 { place } else { 0.0 };
    let place = if place < last { place } else { last };
    let whole = place as i32;
    (whole as usize, place - whole as f32)
}
