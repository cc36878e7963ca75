//! Corrupted copies of images, to ask of a trained network: does it generalise?
//!
//! Like an optician's chart: each corruption has severities from 1, hardly noticed, to 5, hard to
//! read even for a person, after the pattern of ImageNet-C (Hendrycks and Dietterich, 2019) and
//! MNIST-C (Mu and Gilmer, 2019). A copy depends on the seed and the image's index alone, so that
//! two networks, or one network at two times, are asked the same.

mod stroke;

use super::augment::{Affine, Gaussian, Warp, pixel, to_byte};
use super::portable::{Use, generator, signed, sin_cos};
use crate::spec::{Range, Scale};
use serde::{Deserialize, Serialize};
use stroke::Stroke;

/// The ways in which images are spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Corruption {
    /// Turned about its centre, either way.
    Rotated,
    /// Moved in some direction.
    Shifted,
    /// Made smaller.
    Scaled,
    /// Covered with Gaussian noise.
    Noisy,
    /// Smoothed by a Gaussian.
    Blurred,
    /// Black and white exchanged: severities below 5 go part of the way and lose contrast.
    Inverted,
    /// Written with a thicker pen: each pixel takes the lightest value around it (dilation).
    Thick,
    /// Written with a thinner pen: each pixel takes the darkest value around it (erosion).
    Thin,
}

/// The severities: 0 leaves an image as it is, 5 is the hardest.
pub const SEVERITY: Range =
    Range { min: 0.0, max: 5.0, slider_min: 0.0, slider_max: 5.0, scale: Scale::Linear, whole: true };

/// The seed of the copies that networks are examined on: one for all runs, so that networks of
/// different seeds are asked the same.
pub const SEED: u64 = 1;

impl Corruption {
    /// Every corruption, in the order they are shown in.
    pub const ALL: [Self; 8] = [
        Self::Rotated,
        Self::Shifted,
        Self::Scaled,
        Self::Noisy,
        Self::Blurred,
        Self::Inverted,
        Self::Thick,
        Self::Thin,
    ];

    /// What each severity means: degrees, pixels of shift, factor of size, deviation of the noise
    /// as a share of white, pixels of the Gaussian's deviation, share of the way to the inverse,
    /// pixels by which each edge of a stroke moves outwards or inwards.
    fn strengths(self) -> [f64; 5] {
        match self {
            Self::Rotated => [10.0, 20.0, 30.0, 45.0, 60.0],
            Self::Shifted => [2.0, 3.0, 4.0, 5.0, 7.0],
            Self::Scaled => [0.85, 0.75, 0.65, 0.55, 0.45],
            Self::Noisy => [0.1, 0.2, 0.3, 0.45, 0.6],
            Self::Blurred => [0.75, 1.0, 1.5, 2.0, 2.75],
            Self::Inverted => [0.2, 0.4, 0.6, 0.8, 1.0],
            Self::Thick => [0.5, 1.0, 1.5, 2.0, 2.5],
            Self::Thin => [0.25, 0.5, 0.75, 1.0, 1.25],
        }
    }
}

/// What is done to each image, prepared for one size.
#[derive(Debug, Clone)]
enum Method {
    Nothing,
    Rotate { degrees: f64 },
    Shift { pixels: f64 },
    Scale { factor: f64 },
    Noise { share: f32 },
    Blur(Gaussian),
    Invert { share: f32 },
    Thicken(Stroke),
    Thin(Stroke),
}

/// Makes corrupted copies of images of one size. It keeps its buffers between images.
#[derive(Debug, Clone)]
pub struct Corrupter {
    method: Method,
    seed: u64,
    warp: Warp,
    image: Vec<f32>,
    sample: Vec<f32>,
}

impl Corrupter {
    /// Prepares for images of `width` by `height` pixels. A severity past [`SEVERITY`] counts as
    /// its largest.
    pub fn new(corruption: Corruption, severity: usize, width: usize, height: usize, seed: u64) -> Self {
        let strengths = corruption.strengths();
        let strength = severity.checked_sub(1).map(|index| strengths[index.min(strengths.len() - 1)]);
        let method = match (strength, corruption) {
            (None, _) => Method::Nothing,
            (Some(degrees), Corruption::Rotated) => Method::Rotate { degrees },
            (Some(pixels), Corruption::Shifted) => Method::Shift { pixels },
            (Some(factor), Corruption::Scaled) => Method::Scale { factor },
            (Some(share), Corruption::Noisy) => Method::Noise { share: share as f32 },
            (Some(sigma), Corruption::Blurred) => Method::Blur(Gaussian::new(sigma, width, height)),
            (Some(share), Corruption::Inverted) => Method::Invert { share: share as f32 },
            (Some(radius), Corruption::Thick) => Method::Thicken(Stroke::new(radius, width, height)),
            (Some(radius), Corruption::Thin) => Method::Thin(Stroke::new(radius, width, height)),
        };
        let image = vec![0.0; width * height];
        Self { method, seed, warp: Warp::new(width, height), sample: image.clone(), image }
    }

    /// Draws the corrupted copy of image `index`; `pixels` and `out` hold `height * width` grey
    /// values, row by row.
    pub fn apply(&mut self, pixels: &[u8], index: u32, out: &mut [u8]) {
        let mut rng = generator(Use::Corrupt, self.seed, 0, u64::from(index));
        let image = &mut self.image;
        let mut warp = |map: Affine, image: &mut [f32]| self.warp.apply(pixels, &map, None, image);
        image.iter_mut().zip(pixels).for_each(|(grey, pixel)| *grey = f32::from(*pixel));
        match &mut self.method {
            Method::Nothing => {}
            Method::Rotate { degrees } => {
                let rotation = if signed(&mut rng) < 0.0 { -*degrees } else { *degrees };
                warp(Affine { rotation, ..Affine::IDENTITY }, image);
            }
            Method::Shift { pixels } => {
                let (sin, cos) = sin_cos(180.0 * signed(&mut rng));
                warp(Affine { shift: (*pixels * cos, *pixels * sin), ..Affine::IDENTITY }, image);
            }
            Method::Scale { factor } => {
                // Made so small, a pixel stands for several: the mean of four samples within it.
                image.fill(0.0);
                for shift in [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)] {
                    warp(Affine { zoom: *factor, shift, ..Affine::IDENTITY }, &mut self.sample);
                    image.iter_mut().zip(&self.sample).for_each(|(grey, sample)| *grey += sample / 4.0);
                }
            }
            Method::Noise { share } => pixel::noise(image, *share, &mut rng),
            Method::Blur(gaussian) => gaussian.apply(image),
            Method::Invert { share } => {
                image.iter_mut().for_each(|grey| *grey += *share * (255.0 - 2.0 * *grey));
            }
            Method::Thicken(stroke) => stroke.apply(image, f32::max),
            Method::Thin(stroke) => stroke.apply(image, f32::min),
        }
        out.iter_mut().zip(&*image).for_each(|(out, grey)| *out = to_byte(*grey));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 28;

    /// An upright bar, six pixels wide.
    fn bar() -> Vec<u8> {
        (0..SIDE * SIDE)
            .map(|i| if (11..17).contains(&(i % SIDE)) && (5..23).contains(&(i / SIDE)) { 240 } else { 0 })
            .collect()
    }

    fn corrupt(corruption: Corruption, severity: usize, seed: u64, index: u32) -> Vec<u8> {
        let mut out = vec![7; SIDE * SIDE];
        Corrupter::new(corruption, severity, SIDE, SIDE, seed).apply(&bar(), index, &mut out);
        out
    }

    fn mass(image: &[u8]) -> f64 {
        image.iter().map(|v| f64::from(*v)).sum()
    }

    fn distance(a: &[u8], b: &[u8]) -> f64 {
        a.iter().zip(b).map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn each_severity_is_further_from_the_original() {
        for corruption in Corruption::ALL {
            assert_eq!(corrupt(corruption, 0, 1, 0), bar(), "{corruption:?} of severity 0");
            let mut last = 0.0;
            for severity in 1..=5 {
                let gap = distance(&corrupt(corruption, severity, 1, 3), &bar());
                assert!(gap > last, "{corruption:?} of severity {severity}: {gap} after {last}");
                last = gap;
            }
            assert_eq!(corrupt(corruption, 99, 1, 3), corrupt(corruption, 5, 1, 3), "{corruption:?}");
        }
    }

    #[test]
    fn seed_and_index_alone_decide() {
        for corruption in Corruption::ALL {
            let mut corrupter = Corrupter::new(corruption, 3, SIDE, SIDE, 1);
            let mut out = vec![0; SIDE * SIDE];
            let mut kinds = std::collections::BTreeSet::new();
            for index in (0..40).rev() {
                corrupter.apply(&bar(), index, &mut out);
                assert_eq!(out, corrupt(corruption, 3, 1, index), "{corruption:?}, image {index}");
                kinds.insert(out.clone());
            }
            let expected = match corruption {
                Corruption::Rotated => 2..=2,
                Corruption::Shifted | Corruption::Noisy => 38..=40,
                _ => 1..=1,
            };
            assert!(expected.contains(&kinds.len()), "{corruption:?}: {} kinds", kinds.len());
        }
    }

    /// The bytes themselves: a network must be asked the same in a browser as here.
    #[test]
    fn copies_are_the_same_on_every_machine() {
        let copies = Corruption::ALL.into_iter().flat_map(|kind| corrupt(kind, 4, 1, 2));
        let digest = copies.fold(0_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(5)
        });
        assert_eq!(digest, 11_661_554_262_769_582_399);
    }

    #[test]
    fn each_does_what_its_name_says() {
        let original = mass(&bar());
        for severity in 1..=5 {
            let strength = |corruption: Corruption| corruption.strengths()[severity - 1];
            let share = |corruption| mass(&corrupt(corruption, severity, 1, 0)) / original;
            for keeps in [Corruption::Rotated, Corruption::Shifted] {
                assert!((share(keeps) - 1.0).abs() < 0.03, "{keeps:?} {severity}: {}", share(keeps));
            }
            assert!((share(Corruption::Blurred) - 1.0).abs() < 0.03);
            let area = strength(Corruption::Scaled).powi(2);
            assert!((share(Corruption::Scaled) / area - 1.0).abs() < 0.03, "scaled {severity}");
            // Each of the bar's edges moves by the strength: six pixels become wider or narrower.
            let edges = |corruption: Corruption| {
                let row = &corrupt(corruption, severity, 1, 0)[14 * SIDE..15 * SIDE];
                mass(row) / 240.0
            };
            let moved = |corruption: Corruption| 2.0 * strength(corruption);
            let (thick, thin) = (edges(Corruption::Thick), edges(Corruption::Thin));
            assert!((thick - 6.0 - moved(Corruption::Thick)).abs() < 0.02, "{severity}: {thick}");
            assert!((6.0 - thin - moved(Corruption::Thin)).abs() < 0.02, "{severity}: {thin}");
        }
        let inverse: Vec<u8> = bar().iter().map(|v| 255 - v).collect();
        assert_eq!(corrupt(Corruption::Inverted, 5, 1, 0), inverse);
        // On black, noise is cut off at black: half of it is seen.
        let noisy = corrupt(Corruption::Noisy, 1, 1, 0);
        let rim: Vec<f64> = noisy[..4 * SIDE].iter().map(|v| f64::from(*v)).collect();
        let mean = rim.iter().sum::<f64>() / rim.len() as f64;
        assert!((mean - 25.5 * 0.4).abs() < 2.5, "mean of the rim {mean}");
    }

    #[test]
    fn names_cross_as_words() {
        let names: Vec<String> =
            Corruption::ALL.iter().map(|c| serde_json::to_string(c).expect("a word")).collect();
        assert_eq!(names[0], "\"rotated\"");
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), 8);
    }

    #[test]
    fn any_size_will_do() {
        for corruption in Corruption::ALL {
            for (width, height) in [(0, 0), (1, 1), (3, 9), (40, 20)] {
                let mut out = vec![1; width * height];
                let pixels = vec![100; width * height];
                Corrupter::new(corruption, 5, width, height, 1).apply(&pixels, 0, &mut out);
                assert_eq!(out.len(), width * height);
            }
        }
    }
}
