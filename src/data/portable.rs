//! Arithmetic and randomness that come out the same on every machine.
//!
//! The standard library's `sin`, `exp` and `ln` differ in the last bit between a browser and a
//! native build. What a seed draws must not, so the few functions needed here are made of additions,
//! multiplications and divisions alone, which IEEE 754 rounds the same everywhere.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// What a draw is for. Each use has streams of its own, so that none disturbs another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    /// How far an augmented image is turned, shifted and so on.
    Augment = 1,
    /// The displacements of an elastic distortion.
    Elastic,
    /// The noise on an augmented image.
    Noise,
    /// Direction and noise of a corrupted copy.
    Corrupt,
    /// Which images of a class are left out.
    Imbalance,
    /// Which images of a class are kept as its few examples.
    FewExamples,
    /// Which labels are replaced, and by what.
    LabelNoise,
}

/// The generator for one use, seed, round (such as an epoch) and item (such as an image). Each
/// argument goes through SplitMix64's mixing function (Steele, Lea and Flood, 2014), so that
/// neighbouring items get unrelated streams.
pub(super) fn generator(purpose: Use, seed: u64, round: u64, item: u64) -> Pcg64Mcg {
    let key = [purpose as u64, seed, round, item].into_iter().fold(0, |key, part| mix(key ^ part));
    Pcg64Mcg::seed_from_u64(key)
}

fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}

/// A number drawn evenly from `[-1, 1)`.
pub(super) fn signed(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// A number drawn from an approximate standard normal distribution: the sum of a word's eight
/// bytes (Irwin and Hall), centred and scaled. Its mean is 0, its variance 1, its excess kurtosis
/// -0.15, and it never passes ±4.9.
pub(super) fn normal(rng: &mut impl Rng) -> f32 {
    // Pairs of bytes are added in place, then pairs of sums: the usual way to add a word's parts.
    let word = rng.next_u64();
    let pairs = (word & 0x00ff_00ff_00ff_00ff) + (word >> 8 & 0x00ff_00ff_00ff_00ff);
    let sum = pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48;
    // Eight bytes, each of mean 127.5 and variance (256² - 1) / 12.
    const DEVIATION: f32 = 209.021_53;
    (sum as f32 - 1020.0) / DEVIATION
}

/// Sine and cosine of an angle in degrees; exact at multiples of 90°.
pub(super) fn sin_cos(degrees: f64) -> (f64, f64) {
    let quarters = (degrees / 90.0).round();
    let x = (degrees - 90.0 * quarters) * (std::f64::consts::PI / 180.0);
    // Taylor series; within ±45° the terms left out are below 1e-16.
    let (mut sin, mut cos, mut term) = (0.0, 0.0, 1.0);
    for n in 0..9 {
        let n = f64::from(2 * n);
        cos += term;
        sin += term * x / (n + 1.0);
        term *= -x * x / ((n + 1.0) * (n + 2.0));
    }
    match quarters.rem_euclid(4.0) as u8 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

/// `e^x` for `x` from -100 to 0, to 1e-12 of its value.
pub(super) fn exp(x: f64) -> f64 {
    // exp(x) = exp(x / 1024)^1024, and at x / 1024 few terms of the Taylor series are enough.
    let small = x / 1024.0;
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..11 {
        term *= small / f64::from(n);
        sum += term;
    }
    (0..10).for_each(|_| sum *= sum);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_agree_with_the_standard_library() {
        for step in -720..=720 {
            let degrees = f64::from(step) * 0.75;
            let (sin, cos) = sin_cos(degrees);
            assert!((sin - degrees.to_radians().sin()).abs() < 1e-13, "sin {degrees}: {sin}");
            assert!((cos - degrees.to_radians().cos()).abs() < 1e-13, "cos {degrees}: {cos}");
        }
        for step in 0..=1000 {
            let x = f64::from(step) * -0.1;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-12, "exp {x}: {}", exp(x));
        }
    }

    #[test]
    fn quarter_turns_are_exact() {
        let turns = [(0.0, (0.0, 1.0)), (90.0, (1.0, 0.0)), (180.0, (0.0, -1.0)), (-90.0, (-1.0, 0.0))];
        for (degrees, expected) in turns {
            assert_eq!(sin_cos(degrees), expected, "{degrees} degrees");
        }
    }

    #[test]
    fn streams_differ_in_every_argument_and_repeat() {
        let first = |purpose, seed, round, item| generator(purpose, seed, round, item).next_u64();
        let mut seen = std::collections::BTreeSet::new();
        for purpose in [Use::Augment, Use::Elastic, Use::Noise, Use::Corrupt, Use::LabelNoise] {
            for (seed, round, item) in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)] {
                assert!(seen.insert(first(purpose, seed, round, item)), "{purpose:?}");
            }
        }
        assert_eq!(first(Use::Noise, 1, 2, 3), first(Use::Noise, 1, 2, 3));
        // A change here would give every saved run other images.
        assert_eq!(first(Use::Augment, 1, 2, 3), 9_144_229_541_797_268_689);
    }

    #[test]
    fn draws_have_the_distribution_they_promise() {
        let mut rng = generator(Use::Noise, 7, 0, 0);
        let count = 200_000;
        let moments = |draw: &mut dyn FnMut() -> f64| {
            let values: Vec<f64> = (0..count).map(|_| draw()).collect();
            let moment = |p: i32| values.iter().map(|v| v.powi(p)).sum::<f64>() / f64::from(count);
            let within = |bound| values.iter().filter(|v| v.abs() < bound).count() as f64;
            ([moment(1), moment(2), moment(3), moment(4)], within(1.0) / f64::from(count))
        };
        let ([mean, variance, skew, fourth], within_one) = moments(&mut || f64::from(normal(&mut rng)));
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.01 && skew.abs() < 0.03);
        assert!((fourth - 2.85).abs() < 0.05, "excess kurtosis {}", fourth - 3.0);
        assert!((within_one - 0.6827).abs() < 0.01, "within one deviation: {within_one}");
        let ([mean, variance, ..], within_one) = moments(&mut || signed(&mut rng));
        assert!(mean.abs() < 0.01 && (variance - 1.0 / 3.0).abs() < 0.01 && within_one == 1.0);
    }
}
