use serde::Serialize;

/// How many bins of equal width the confidences are put in.
pub const BINS: usize = 10;

/// How far a network's confidence can be believed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Calibration {
    /// Expected calibration error, 0 to 1: the distance between accuracy and mean confidence of each
    /// bin, averaged over the images (Guo et al., "On Calibration of Modern Neural Networks", 2017).
    pub error: f64,
    /// [`BINS`] bins, from 0 to 1.
    pub bins: Vec<CalibrationBin>,
}

/// The images whose confidence, the probability of the predicted class, lies within a range.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CalibrationBin {
    /// Confidences are greater than this; 0 itself is in the first bin.
    pub lower: f64,
    /// Confidences are at most this.
    pub upper: f64,
    /// Images in this bin.
    pub count: usize,
    /// Mean confidence; absent where there is no image.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub confidence: Option<f64>,
    /// Share classified correctly; absent where there is no image.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub accuracy: Option<f64>,
}

/// Sorts images into bins, one after the other.
#[derive(Default)]
pub(super) struct Binning {
    bins: [Sums; BINS],
}

#[derive(Default)]
struct Sums {
    count: usize,
    correct: usize,
    confidence: f64,
}

impl Binning {
    /// Counts one image; a confidence that rounding has put above 1 is in the last bin.
    pub fn add(&mut self, confidence: f64, correct: bool) {
        let bin = (1..BINS).filter(|bin| edge(*bin) < confidence).count();
        let sums = &mut self.bins[bin];
        sums.count += 1;
        sums.correct += usize::from(correct);
        sums.confidence += confidence;
    }

    /// The bins, and the error over all images counted; 0 where there are none.
    pub fn result(&self) -> Calibration {
        let images = self.bins.iter().map(|sums| sums.count).sum::<usize>().max(1);
        let distances = self.bins.iter().map(|sums| (sums.correct as f64 - sums.confidence).abs());
        Calibration {
            error: distances.sum::<f64>() / images as f64,
            bins: self.bins.iter().enumerate().map(|(bin, sums)| sums.bin(bin)).collect(),
        }
    }
}

impl Sums {
    fn bin(&self, bin: usize) -> CalibrationBin {
        let mean = |sum: f64| (self.count > 0).then(|| sum / self.count as f64);
        CalibrationBin {
            lower: edge(bin),
            upper: edge(bin + 1),
            count: self.count,
            confidence: mean(self.confidence),
            accuracy: mean(self.correct as f64),
        }
    }
}

fn edge(bin: usize) -> f64 {
    bin as f64 / BINS as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calibration(images: &[(f64, bool)]) -> Calibration {
        let mut binning = Binning::default();
        images.iter().for_each(|(confidence, correct)| binning.add(*confidence, *correct));
        binning.result()
    }

    #[test]
    fn an_edge_belongs_to_the_bin_below() {
        let cases =
            [(0.0, 0), (0.05, 0), (0.1, 0), (0.100_001, 1), (0.5, 4), (0.9, 8), (1.0, 9), (1.000_001, 9)];
        for (confidence, bin) in cases {
            let bins = calibration(&[(confidence, true)]).bins;
            let filled: Vec<usize> = (0..BINS).filter(|bin| bins[*bin].count > 0).collect();
            assert_eq!(filled, [bin], "{confidence}");
        }
    }

    #[test]
    fn the_bins_cover_zero_to_one() {
        let bins = calibration(&[]).bins;
        assert_eq!((bins[0].lower, bins[BINS - 1].upper), (0.0, 1.0));
        assert!(bins.windows(2).all(|pair| pair[0].upper == pair[1].lower));
    }

    #[test]
    fn no_image_is_no_mean_and_no_error() {
        let calibration = calibration(&[]);
        assert_eq!(calibration.error, 0.0);
        assert!(calibration.bins.iter().all(|bin| (bin.confidence, bin.accuracy) == (None, None)));
    }

    #[test]
    fn the_error_is_the_mean_distance_of_confidence_and_accuracy() {
        // 0.75 and 0.75 with one right: 0.25 too sure, for 2 of 3 images; 0.25 and right: 0.75 too shy.
        let calibration = calibration(&[(0.75, true), (0.25, true), (0.75, false)]);
        assert_eq!(calibration.error, (2.0 * 0.25 + 0.75) / 3.0);
        let bin = &calibration.bins[7];
        assert_eq!((bin.count, bin.confidence, bin.accuracy), (2, Some(0.75), Some(0.5)));
    }

    #[test]
    fn who_says_eight_of_ten_and_is_right_in_eight_of_ten_is_calibrated() {
        let images: Vec<(f64, bool)> = (0..10).map(|i| (0.8, i < 8)).collect();
        assert!(calibration(&images).error < 1e-15);
    }
}
