//! What happens to grey values without moving them. All values are on the scale of bytes, 0 to 255,
//! and may leave it until [`clamp`] is called.

use crate::data::portable::normal;
use rand::Rng;

/// The value of white.
const WHITE: f32 = 255.0;

/// Multiplies each pixel's distance from the image's mean by `factor`.
pub(crate) fn contrast(image: &mut [f32], factor: f32) {
    let mean = image.iter().sum::<f32>() / image.len().max(1) as f32;
    image.iter_mut().for_each(|pixel| *pixel = mean + (*pixel - mean) * factor);
}

/// Adds `share` of the range from black to white to every pixel.
pub(crate) fn brightness(image: &mut [f32], share: f32) {
    image.iter_mut().for_each(|pixel| *pixel += share * WHITE);
}

/// Adds noise of standard deviation `share` of the range from black to white, drawn for each pixel.
pub(crate) fn noise(image: &mut [f32], share: f32, rng: &mut impl Rng) {
    image.iter_mut().for_each(|pixel| *pixel += share * WHITE * normal(rng));
}

/// Keeps every pixel between black and white.
pub(crate) fn clamp(image: &mut [f32]) {
    image.iter_mut().for_each(|pixel| *pixel = pixel.clamp(0.0, WHITE));
}

/// Paints a square of `side` pixels around `center`, a column and a row, black. What reaches over
/// the border is cut off; an even side reaches one pixel further up and left than down and right.
pub(crate) fn cutout(image: &mut [f32], width: usize, center: (usize, usize), side: usize) {
    let span = |center: usize| center.saturating_sub(side / 2)..center + side.div_ceil(2);
    let columns = span(center.0);
    let columns = columns.start.min(width)..columns.end.min(width);
    let rows = span(center.1);
    for row in image.chunks_exact_mut(width.max(1)).take(rows.end).skip(rows.start) {
        row[columns.clone()].fill(0.0);
    }
}
