//! A decoded picture of any size and colour becomes an image as MNIST has them: grey, light ink on
//! black, 28 x 28.

use super::{SIDE, bad};
use crate::error::Result;
use crate::say::say;

/// Longest side of a picture that is taken, in pixels.
pub const MAX_SIDE: usize = 8192;

/// Whether a picture shows dark ink on light ground or the reverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Polarity {
    /// Told by the border: where it is lighter than middle grey, the ink is taken to be dark.
    Automatic,
    /// Like print and photographs of handwriting; it is inverted.
    DarkOnLight,
    /// Like MNIST; it stays as it is.
    LightOnDark,
}

impl Polarity {
    /// Whether pictures have to be inverted, decided once for a whole set from the
    /// [`border`](Grey::border) of each: one set is drawn one way, and a digit that fills its
    /// picture must not be inverted alone. Of a tie the ink is taken to be light.
    pub fn inverts(self, borders: &[u8]) -> bool {
        match self {
            Self::Automatic => borders.iter().filter(|border| **border > 127).count() * 2 > borders.len(),
            Self::DarkOnLight => true,
            Self::LightOnDark => false,
        }
    }
}

/// A grey picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    /// Takes grey values, row by row; `name` is for the sentence of an error.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where the picture is empty or too
    /// large, or its values are more or fewer than its pixels.
    pub fn new(name: &str, width: usize, height: usize, pixels: Vec<u8>) -> Result<Self> {
        check_size(name, width, height, 1, pixels.len())?;
        Ok(Self { width, height, pixels })
    }

    /// Takes red, green, blue and opacity of each pixel, row by row, and weighs the colours as the
    /// eye does (ITU-R BT.601, as Pillow's `convert("L")`).
    ///
    /// What is transparent shows a ground that sets off the ink: white where the opaque pixels are
    /// darker than middle grey on average, black where they are lighter.
    ///
    /// # Errors
    ///
    /// As [`Grey::new`].
    pub fn from_rgba(name: &str, width: usize, height: usize, rgba: &[u8]) -> Result<Self> {
        check_size(name, width, height, 4, rgba.len())?;
        let (colors, _) = rgba.as_chunks::<4>();
        let (mut opacity, mut light) = (0_u64, 0_u64);
        for color in colors {
            opacity += u64::from(color[3]);
            light += u64::from(color[3]) * u64::from(luma(color));
        }
        let ground = if light * 2 < opacity * 255 { 255 } else { 0 };
        let over_ground = |color: &[u8; 4]| {
            let alpha = u32::from(color[3]);
            ((u32::from(luma(color)) * alpha + ground * (255 - alpha) + 127) / 255) as u8
        };
        Ok(Self { width, height, pixels: colors.iter().map(over_ground).collect() })
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The grey values, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The brightness of the border: the median of the outermost pixels, so that ink that touches
    /// the border here and there does not count.
    pub fn border(&self) -> u8 {
        let rows = self.pixels.chunks_exact(self.width);
        let mut ring: Vec<u8> = Vec::new();
        for (y, row) in rows.enumerate() {
            if y == 0 || y + 1 == self.height {
                ring.extend(row);
            } else {
                ring.extend(row.first().into_iter().chain(row.last()));
            }
        }
        let middle = ring.len() / 2;
        *ring.select_nth_unstable(middle).1
    }

    /// Scales the picture to fit a square of `side` pixels and centres it there; its proportions
    /// stay, and what it does not cover has the brightness of its border.
    ///
    /// A pixel is the average of the area it stands for where the picture gets smaller, and is
    /// interpolated linearly where it gets larger. A picture of that size already stays as it is.
    pub fn fit(&self, side: usize) -> Self {
        let longest = self.width.max(self.height);
        let scaled = |length: usize| ((length * side * 2 + longest) / (2 * longest)).max(1);
        let (width, height) = (scaled(self.width), scaled(self.height));
        let small = resample(self, width, height);
        let mut pixels = vec![self.border(); side * side];
        let (left, top) = ((side - width) / 2, (side - height) / 2);
        let rows = pixels.chunks_exact_mut(side.max(1)).skip(top);
        for (row, from) in rows.zip(small.chunks_exact(width)) {
            row[left..left + width].copy_from_slice(from);
        }
        Self { width: side, height: side, pixels }
    }
}

/// Makes one picture an image of [`SIDE`] x [`SIDE`] with light ink. For a set, use
/// [`Grey::fit`] on each picture and [`Polarity::inverts`] once.
pub fn normalise_image(picture: &Grey, polarity: Polarity) -> Vec<u8> {
    let mut pixels = picture.fit(SIDE).pixels;
    if polarity.inverts(&[picture.border()]) {
        invert(&mut pixels);
    }
    pixels
}

/// Exchanges black and white.
pub fn invert(pixels: &mut [u8]) {
    pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
}

fn check_size(name: &str, width: usize, height: usize, channels: usize, values: usize) -> Result<()> {
    if width == 0 || height == 0 {
        return bad(name, say!("the picture is empty: it has no pixels."));
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        let fault = say!(
            "the picture is {width} x {height}; at most {most} x {most} can be read. Make it smaller.",
            width,
            height,
            most = MAX_SIDE
        );
        return bad(name, fault);
    }
    // At most 2^28, which fits 32 bits.
    let expected = width * height * channels;
    if values != expected {
        let fault = say!(
            "the picture is {width} x {height}, which takes {expected} values; it has {values}. Its file may be \
             damaged.",
            width,
            height,
            expected,
            values
        );
        return bad(name, fault);
    }
    Ok(())
}

fn luma([red, green, blue, _]: &[u8; 4]) -> u8 {
    let weighed = 19_595 * u32::from(*red) + 38_470 * u32::from(*green) + 7_471 * u32::from(*blue);
    ((weighed + 0x8000) >> 16) as u8
}

/// The picture at another size, its rows first, then its columns.
fn resample(picture: &Grey, width: usize, height: usize) -> Vec<u8> {
    let columns = taps(picture.width, width);
    let rows = taps(picture.height, height);
    let mut narrow: Vec<f32> = Vec::with_capacity(width * picture.height);
    for row in picture.pixels.chunks_exact(picture.width) {
        narrow.extend(columns.iter().map(|tap| {
            let values = row[tap.start..].iter().zip(&tap.weights);
            values.map(|(value, weight)| f32::from(*value) * weight).sum::<f32>()
        }));
    }
    let mut pixels = Vec::with_capacity(width * height);
    for tap in &rows {
        for x in 0..width {
            let column = narrow[tap.start * width + x..].iter().step_by(width);
            let sum: f32 = column.zip(&tap.weights).map(|(value, weight)| value * weight).sum();
            pixels.push((sum + 0.5) as u8);
        }
    }
    pixels
}

/// The pixels that one pixel of the scaled picture is made of, along one axis.
struct Tap {
    start: usize,
    /// Sum to 1.
    weights: Vec<f32>,
}

fn taps(from: usize, to: usize) -> Vec<Tap> {
    let scale = from as f64 / to as f64;
    let shares = |index: usize| {
        if to < from {
            // How much of each pixel lies within the area.
            let (start, end) = (index as f64 * scale, (index + 1) as f64 * scale);
            let last = (end.ceil() as usize).min(from);
            let share = |x: usize| (end.min((x + 1) as f64) - start.max(x as f64)).max(0.0);
            let first = start as usize;
            return (first, (first..last).map(share).collect::<Vec<_>>());
        }
        let center = ((index as f64 + 0.5) * scale - 0.5).clamp(0.0, (from - 1) as f64);
        let first = center as usize;
        let right = center - first as f64;
        let weights = if right > 0.0 { vec![1.0 - right, right] } else { vec![1.0] };
        (first, weights)
    };
    let tap = |index| {
        let (start, weights) = shares(index);
        let sum: f64 = weights.iter().sum();
        Tap { start, weights: weights.iter().map(|weight| (weight / sum) as f32).collect() }
    };
    (0..to).map(tap).collect()
}

#[cfg(test)]
mod tests;
