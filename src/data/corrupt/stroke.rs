//! Thicker and thinner strokes: grey dilation and erosion by a disc, of fractions of a pixel too.
//!
//! A disc of radius r is taken as its centre and points on circles of radius r, r - 1, r - 2 ... Each
//! pixel takes the largest (or smallest) of the image's values there, interpolated bilinearly.

use crate::data::portable::sin_cos;

/// Points per circle: neighbouring ones are at most a pixel apart for the radii in use.
const POINTS: usize = 16;

/// One point of the disc: where its four neighbours start, and what each weighs.
#[derive(Debug, Clone, Copy)]
struct Point {
    /// Of the upper left neighbour, in the padded image, for the image's first pixel.
    offset: usize,
    weights: [f32; 4],
}

/// Moves the edges of strokes in images of one size.
#[derive(Debug, Clone)]
pub(super) struct Stroke {
    width: usize,
    margin: usize,
    points: Vec<Point>,
    /// The image with a margin of zeros.
    padded: Vec<f32>,
}

impl Stroke {
    /// Edges move by `radius` pixels.
    pub fn new(radius: f64, width: usize, height: usize) -> Self {
        // One more on the far side, for the right and lower neighbours.
        let margin = radius.ceil() as usize + 1;
        let stride = width + 2 * margin;
        let circles = std::iter::successors(Some(radius), |r| Some(r - 1.0)).take_while(|r| *r > 0.0);
        let points = circles
            .flat_map(|r| (0..POINTS).map(move |i| (r, sin_cos(360.0 / POINTS as f64 * i as f64))))
            .map(|(r, (sin, cos))| {
                let (x, y) = (margin as f64 + r * cos, margin as f64 + r * sin);
                let (right, down) = (x.fract() as f32, y.fract() as f32);
                let (left, up) = (1.0 - right, 1.0 - down);
                let offset = y as usize * stride + x as usize;
                Point { offset, weights: [up * left, up * right, down * left, down * right] }
            })
            .collect();
        Self { width, margin, points, padded: vec![0.0; stride * (height + 2 * margin)] }
    }

    /// Takes, at every pixel, the one of the disc's values that `choose` prefers.
    pub fn apply(&mut self, image: &mut [f32], choose: impl Fn(f32, f32) -> f32) {
        let stride = self.width + 2 * self.margin;
        let rows = self.padded.chunks_exact_mut(stride).skip(self.margin);
        for (padded, row) in rows.zip(image.chunks_exact(self.width.max(1))) {
            padded[self.margin..][..row.len()].copy_from_slice(row);
        }
        for (y, row) in image.chunks_exact_mut(self.width.max(1)).enumerate() {
            for point in &self.points {
                let upper = &self.padded[y * stride + point.offset..][..row.len() + 1];
                let lower = &self.padded[(y + 1) * stride + point.offset..][..row.len() + 1];
                let [a, b, c, d] = point.weights;
                for ((grey, upper), lower) in row.iter_mut().zip(upper.windows(2)).zip(lower.windows(2)) {
                    let value = a * upper[0] + b * upper[1] + c * lower[0] + d * lower[1];
                    *grey = choose(*grey, value);
                }
            }
        }
    }
}
