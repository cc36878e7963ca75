use serde::Serialize;
use std::cmp::Reverse;

/// Counts of true against predicted classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    classes: usize,
    counts: Vec<u32>,
}

/// Images of one class that were taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConfusedPair {
    /// What they are.
    pub truth: usize,
    /// What they were taken for.
    pub predicted: usize,
    /// How many images.
    pub count: usize,
}

impl Confusion {
    /// A matrix of zeros.
    pub fn new(classes: usize) -> Self {
        Self { classes, counts: vec![0; classes * classes] }
    }

    /// Counts one image; classes out of range are not counted.
    pub fn add(&mut self, truth: usize, predicted: usize) {
        if truth < self.classes && predicted < self.classes {
            self.counts[truth * self.classes + predicted] += 1;
        }
    }

    /// Images counted.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|count| *count as usize).sum()
    }

    /// Images on the diagonal.
    pub fn correct(&self) -> usize {
        self.counts.iter().step_by(self.classes + 1).map(|count| *count as usize).sum()
    }

    /// Images of class `truth` that were taken for class `predicted`; 0 for classes out of range.
    pub fn count(&self, truth: usize, predicted: usize) -> usize {
        if truth < self.classes && predicted < self.classes {
            self.counts[truth * self.classes + predicted] as usize
        } else {
            0
        }
    }

    /// Images of this class, whatever they were taken for.
    pub fn support(&self, class: usize) -> usize {
        (0..self.classes).map(|predicted| self.count(class, predicted)).sum()
    }

    /// Images that were taken for this class, whatever they are.
    pub fn predicted(&self, class: usize) -> usize {
        (0..self.classes).map(|truth| self.count(truth, class)).sum()
    }

    /// All pairs of classes that were confused at least once, the most frequent first; of equally
    /// frequent ones the lower true class, then the lower predicted class.
    ///
    /// A 4 taken for a 9 and a 9 taken for a 4 are two pairs.
    pub fn most_confused(&self) -> Vec<ConfusedPair> {
        let cells = (0..self.classes).flat_map(|truth| (0..self.classes).map(move |other| (truth, other)));
        let mut pairs: Vec<ConfusedPair> = cells
            .filter(|(truth, predicted)| truth != predicted)
            .map(|(truth, predicted)| ConfusedPair { truth, predicted, count: self.count(truth, predicted) })
            .filter(|pair| pair.count > 0)
            .collect();
        pairs.sort_by_key(|pair| (Reverse(pair.count), pair.truth, pair.predicted));
        pairs
    }

    /// `[classes, classes]` row by row: row = true class, column = predicted class.
    pub fn into_counts(self) -> Vec<u32> {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(classes: usize, images: &[(usize, usize)]) -> Confusion {
        let mut confusion = Confusion::new(classes);
        images.iter().for_each(|(truth, predicted)| confusion.add(*truth, *predicted));
        confusion
    }

    #[test]
    fn rows_are_true_and_columns_predicted() {
        let confusion = counted(3, &[(0, 0), (0, 2), (0, 2), (1, 1), (2, 0), (3, 0), (0, 3)]);
        assert_eq!((confusion.total(), confusion.correct()), (5, 2));
        assert_eq!((confusion.count(0, 2), confusion.count(2, 0), confusion.count(3, 0)), (2, 1, 0));
        assert_eq!([0, 1, 2, 3].map(|class| confusion.support(class)), [3, 1, 1, 0]);
        assert_eq!([0, 1, 2, 3].map(|class| confusion.predicted(class)), [2, 1, 2, 0]);
        assert_eq!(confusion.into_counts(), [1, 0, 2, 0, 1, 0, 1, 0, 0]);
    }

    #[test]
    fn the_most_confused_come_first_and_ties_in_the_order_of_the_matrix() {
        let images = [(2, 1), (1, 1), (0, 2), (1, 0), (1, 0), (2, 0), (1, 2), (1, 2)];
        let pairs = counted(3, &images).most_confused();
        let pairs: Vec<(usize, usize, usize)> =
            pairs.iter().map(|pair| (pair.truth, pair.predicted, pair.count)).collect();
        assert_eq!(pairs, [(1, 0, 2), (1, 2, 2), (0, 2, 1), (2, 0, 1), (2, 1, 1)]);
    }

    #[test]
    fn who_confuses_nothing_has_no_pairs() {
        assert_eq!(counted(3, &[(0, 0), (2, 2)]).most_confused(), []);
        assert_eq!(counted(0, &[(0, 0)]).most_confused(), []);
        assert_eq!(counted(3, &[]).correct(), 0);
    }
}
