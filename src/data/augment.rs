//! Augmentation: each time an image is trained on it is turned, shifted, bent and spoiled a little,
//! so that the network cannot learn it by heart.
//!
//! Think of a copying machine with a shaky hand. Where each pixel of the copy comes from is one
//! affine map plus, if wished, an elastic displacement, so that the image is sampled only once
//! however many distortions are on; brightness, contrast, noise and the cut-out square follow.
//! What the hand does to an image depends on the seed, the epoch and the image's index alone:
//! neither order nor restarts change it, and each distortion draws the same whatever the others do.

mod affine;
mod elastic;
pub(super) mod pixel;
mod spec;

pub(super) use affine::{Affine, Warp};
pub(super) use elastic::Gaussian;
pub use spec::{AUGMENT_LIMITS, AugmentLimits, AugmentSpec};

use super::portable::{Use, generator, signed};
use crate::model::shapes::Shape;
use crate::spec::DataSpec;
use elastic::Elastic;

/// Augments images of one size after one spec. It keeps its buffers between images.
#[derive(Debug, Clone)]
pub struct Augmenter {
    spec: AugmentSpec,
    width: usize,
    height: usize,
    seed: u64,
    warp: Warp,
    elastic: Option<Elastic>,
}

impl Augmenter {
    /// Prepares for images of `width` by `height` pixels.
    pub fn new(spec: &AugmentSpec, width: usize, height: usize, seed: u64) -> Self {
        let elastic = spec.bends().then(|| Elastic::new(spec, width, height));
        Self { spec: spec.clone(), width, height, seed, warp: Warp::new(width, height), elastic }
    }

    /// Prepares for the images of a run; nothing where they stay as they are.
    pub fn of(spec: &DataSpec, seed: u64) -> Option<Self> {
        match spec.dataset.image_shape() {
            Shape::Map { height, width, .. } if !spec.augmentation.is_off() => {
                Some(Self::new(&spec.augmentation, width, height, seed))
            }
            _ => None,
        }
    }

    /// Draws the copy of image `index` that epoch `epoch`, counted from 0, trains on.
    ///
    /// `pixels` and `out` hold `height * width` grey values, row by row; `out` stays on the scale
    /// of bytes, 0 to 255, but is not rounded. With everything off it is `pixels`, exactly.
    pub fn augment(&mut self, pixels: &[u8], epoch: usize, index: u32, out: &mut [f32]) {
        let (epoch, index) = (epoch as u64, u64::from(index));
        let mut rng = generator(Use::Augment, self.seed, epoch, index);
        // All drawn always and in this order, so that turning one on does not change the others.
        let mut draw = || signed(&mut rng);
        let [turn, right, down, zoom, shear] = std::array::from_fn(|_| draw());
        let [brightness, contrast, column, row] = std::array::from_fn(|_| draw());

        let spec = &self.spec;
        if spec.moves() || spec.bends() {
            let map = Affine {
                rotation: turn * spec.rotation,
                shear: shear * spec.shear,
                zoom: 1.0 + zoom * spec.zoom,
                shift: (right * spec.shift, down * spec.shift),
            };
            let displacement = self
                .elastic
                .as_mut()
                .map(|elastic| elastic.draw(&mut generator(Use::Elastic, self.seed, epoch, index)));
            self.warp.apply(pixels, &map, displacement, out);
        } else {
            out.iter_mut().zip(pixels).for_each(|(out, pixel)| *out = f32::from(*pixel));
        }
        if spec.contrast > 0.0 {
            pixel::contrast(out, (1.0 + contrast * spec.contrast) as f32);
        }
        if spec.brightness > 0.0 {
            pixel::brightness(out, (brightness * spec.brightness) as f32);
        }
        if spec.noise > 0.0 {
            pixel::noise(out, spec.noise as f32, &mut generator(Use::Noise, self.seed, epoch, index));
        }
        if spec.contrast > 0.0 || spec.brightness > 0.0 || spec.noise > 0.0 {
            pixel::clamp(out);
        }
        let side = spec.cutout.get();
        if side > 0 {
            // From [-1, 1) to a pixel of the image.
            let at = |draw: f64, length: usize| ((draw + 1.0) / 2.0 * length as f64) as usize;
            pixel::cutout(out, self.width, (at(column, self.width), at(row, self.height)), side);
        }
    }
}

/// A grey value as a byte, rounded and kept within 0 to 255.
pub fn to_byte(grey: f32) -> u8 {
    // The cast saturates, and takes a half up after the addition.
    (grey + 0.5) as u8
}

#[cfg(test)]
mod tests;
