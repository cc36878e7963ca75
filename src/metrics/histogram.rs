//! How numbers are spread.

use crate::protocol::uint32_array;
use serde::Serialize;

/// How many bins a [`Histogram`] has.
pub const HISTOGRAM_BINS: usize = 32;

/// Counts of numbers in bins of equal width. A bin has its lower end, the last one both.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Histogram {
    /// Where the first bin begins: at the smallest number.
    pub from: f64,
    /// Where the last bin ends: at the largest number.
    pub to: f64,
    /// How many numbers lie in each bin.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub counts: Vec<u32>,
}

impl Histogram {
    /// The histogram of all these numbers together; none where there are none, or one is not finite.
    /// Where all are equal, they stand in the middle of a range around them.
    pub fn of(arrays: &[Vec<f32>]) -> Option<Self> {
        let numbers = || arrays.iter().flatten().map(|number| f64::from(*number));
        if numbers().any(|number| !number.is_finite()) {
            return None;
        }
        let (mut from, mut to) = numbers().fold(None, |range, number| {
            let (from, to) = range.unwrap_or((number, number));
            Some((number.min(from), number.max(to)))
        })?;
        if from == to {
            let half = from.abs().max(1.0) / 2.0;
            (from, to) = (from - half, to + half);
        }
        let mut counts = vec![0; HISTOGRAM_BINS];
        let per_width = HISTOGRAM_BINS as f64 / (to - from);
        for number in numbers() {
            let bin = ((number - from) * per_width) as usize;
            counts[bin.min(HISTOGRAM_BINS - 1)] += 1;
        }
        Some(Self { from, to, counts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occupied(histogram: &Histogram) -> Vec<(usize, u32)> {
        histogram.counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect()
    }

    #[test]
    fn every_number_is_in_its_bin_and_the_largest_in_the_last() {
        let numbers: Vec<f32> = (0..=64).map(|i| i as f32 / 32.0 - 1.0).collect();
        let (some, others) = numbers.split_at(20);
        let histogram = Histogram::of(&[some.to_vec(), others.to_vec()]).expect("there are numbers");
        assert_eq!((histogram.from, histogram.to), (-1.0, 1.0));
        let mut expected = vec![2; HISTOGRAM_BINS];
        expected[HISTOGRAM_BINS - 1] = 3;
        assert_eq!(histogram.counts, expected, "two a bin, and the end of the range");
    }

    #[test]
    fn equal_numbers_stand_in_the_middle() {
        for number in [0.0, -0.25, 3.0, 1e30, f32::MIN] {
            let histogram = Histogram::of(&[vec![number; 5]]).expect("there are numbers");
            assert!(histogram.from < f64::from(number) && f64::from(number) < histogram.to, "{histogram:?}");
            assert_eq!(occupied(&histogram), [(HISTOGRAM_BINS / 2, 5)]);
        }
    }

    #[test]
    fn the_widest_and_the_narrowest_range_have_ends() {
        let tiny = f32::from_bits(1);
        for (low, high) in [(f32::MIN, f32::MAX), (0.0, tiny), (1.0, 1.0f32.next_up())] {
            let histogram = Histogram::of(&[vec![low, high]]).expect("there are numbers");
            assert_eq!((histogram.from, histogram.to), (low.into(), high.into()));
            assert_eq!(occupied(&histogram), [(0, 1), (HISTOGRAM_BINS - 1, 1)]);
        }
    }

    #[test]
    fn what_is_no_number_has_no_histogram() {
        assert_eq!(Histogram::of(&[]), None);
        assert_eq!(Histogram::of(&[Vec::new()]), None);
        for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert_eq!(Histogram::of(&[vec![1.0], vec![odd, 2.0]]), None);
        }
    }
}
