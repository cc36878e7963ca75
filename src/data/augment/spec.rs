//! What augmentation does, as plain values.

use crate::say::say;
use crate::spec::{Checker, Count, Problem, Range, Scale};
use serde::{Deserialize, Serialize};

/// How strongly training images are distorted. Each is the largest distortion in either direction,
/// of which every image draws its own amount evenly; 0 is off. Where a value is not given it is
/// that of [`Default`], with everything off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AugmentSpec {
    /// Degrees by which the image is turned about its centre.
    pub rotation: f64,
    /// Pixels by which it is moved, horizontally and vertically, fractions included.
    pub shift: f64,
    /// Share by which it is made larger or smaller: 0.2 is a factor from 0.8 to 1.2.
    pub zoom: f64,
    /// Degrees by which its upright lines lean.
    pub shear: f64,
    /// Pixels that scale the random displacements of an elastic distortion before they are
    /// smoothed: Simard's alpha, 34 in the paper. Displacements come out about 25 times smaller.
    pub elastic_alpha: f64,
    /// Pixels over which the displacements are smoothed: Simard's sigma, 4 in the paper. Without
    /// effect where alpha is 0.
    pub elastic_sigma: f64,
    /// Share of the range from black to white by which all pixels become lighter or darker.
    pub brightness: f64,
    /// Share by which pixels move away from or towards the image's mean: 0.2 is a factor from 0.8 to 1.2.
    pub contrast: f64,
    /// Standard deviation of the noise on each pixel, as a share of the range from black to white.
    pub noise: f64,
    /// Side, in pixels, of a square painted black at a random place (DeVries and Taylor, 2017); it
    /// may reach over the border.
    pub cutout: Count,
}

impl Default for AugmentSpec {
    fn default() -> Self {
        Self {
            rotation: 0.0,
            shift: 0.0,
            zoom: 0.0,
            shear: 0.0,
            elastic_alpha: 0.0,
            elastic_sigma: 4.0,
            brightness: 0.0,
            contrast: 0.0,
            noise: 0.0,
            cutout: Count(0.0),
        }
    }
}

impl AugmentSpec {
    /// Whether images stay exactly as they are.
    pub fn is_off(&self) -> bool {
        let spoils = self.brightness > 0.0 || self.contrast > 0.0 || self.noise > 0.0 || self.cutout.0 > 0.0;
        !(self.moves() || self.bends() || spoils)
    }

    /// Whether an affine map is needed.
    pub(super) fn moves(&self) -> bool {
        self.rotation > 0.0 || self.shift > 0.0 || self.zoom > 0.0 || self.shear > 0.0
    }

    /// Whether there is an elastic distortion.
    pub(super) fn bends(&self) -> bool {
        self.elastic_alpha > 0.0
    }

    /// Every value outside its range; `path` leads to this spec, such as `data.augment`.
    pub fn problems(&self, path: &str) -> Vec<Problem> {
        let mut check = Checker::default();
        let limits = AUGMENT_LIMITS;
        let numbers = [
            ("rotation", say!("Rotation"), self.rotation, limits.rotation),
            ("shift", say!("Shift"), self.shift, limits.shift),
            ("zoom", say!("Zoom"), self.zoom, limits.zoom),
            ("shear", say!("Shear"), self.shear, limits.shear),
            ("elasticAlpha", say!("Elastic alpha"), self.elastic_alpha, limits.elastic_alpha),
            ("elasticSigma", say!("Elastic sigma"), self.elastic_sigma, limits.elastic_sigma),
            ("brightness", say!("Brightness"), self.brightness, limits.brightness),
            ("contrast", say!("Contrast"), self.contrast, limits.contrast),
            ("noise", say!("Noise"), self.noise, limits.noise),
        ];
        for (field, name, value, range) in numbers {
            check.number(&format!("{path}.{field}"), name, value, range);
        }
        check.count(&format!("{path}.cutout"), say!("Cutout"), self.cutout, limits.cutout);
        check.problems
    }
}

/// The ranges of [`AugmentSpec`]'s values.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AugmentLimits {
    /// Degrees.
    pub rotation: Range,
    /// Pixels.
    pub shift: Range,
    /// Share of the size.
    pub zoom: Range,
    /// Degrees.
    pub shear: Range,
    /// Pixels before smoothing.
    pub elastic_alpha: Range,
    /// Pixels.
    pub elastic_sigma: Range,
    /// Share of the range from black to white.
    pub brightness: Range,
    /// Share of the contrast.
    pub contrast: Range,
    /// Share of the range from black to white.
    pub noise: Range,
    /// Pixels.
    pub cutout: Range,
}

/// What may be asked for; the sliders end where digits can still be read.
pub const AUGMENT_LIMITS: AugmentLimits = AugmentLimits {
    rotation: linear(0.0, 180.0, 45.0),
    shift: linear(0.0, 14.0, 6.0),
    zoom: linear(0.0, 0.9, 0.5),
    shear: linear(0.0, 60.0, 30.0),
    elastic_alpha: linear(0.0, 200.0, 40.0),
    elastic_sigma: linear(1.0, 10.0, 8.0),
    brightness: linear(0.0, 1.0, 0.5),
    contrast: linear(0.0, 0.9, 0.7),
    noise: linear(0.0, 1.0, 0.5),
    cutout: Range { whole: true, ..linear(0.0, 28.0, 16.0) },
};

const fn linear(min: f64, max: f64, slider_max: f64) -> Range {
    Range { min, max, slider_min: min, slider_max, scale: Scale::Linear, whole: false }
}
