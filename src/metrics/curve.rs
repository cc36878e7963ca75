//! Metrics that look at the probabilities, not only at which one is the largest.

use super::scores::Row;

/// Area under the ROC curve: how likely an image of the class gets a larger probability of it than
/// an image of the rest, an equal one counting half (Hanley and McNeil, 1982; the same as the
/// trapezoids under the curve).
///
/// Takes each image's probability of the class and whether it belongs to it, in any order. `None`
/// where there is no image of the class or none of the rest, for then there is nothing to tell apart.
pub(super) fn roc_auc(mut images: Vec<(f64, bool)>) -> Option<f64> {
    images.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let positives = images.iter().filter(|(_, positive)| *positive).count() as u64;
    let negatives = images.len() as u64 - positives;
    // Counted in half pairs, so the sum is exact and no order of the images can change it.
    let mut half_pairs = 0;
    let mut negatives_below = 0;
    for equal in images.chunk_by(|a, b| a.0 == b.0) {
        let positives_here = equal.iter().filter(|(_, positive)| *positive).count() as u64;
        let negatives_here = equal.len() as u64 - positives_here;
        half_pairs += positives_here * (2 * negatives_below + negatives_here);
        negatives_below += negatives_here;
    }
    let pairs = positives * negatives;
    (pairs > 0).then(|| half_pairs as f64 / (2 * pairs) as f64)
}

/// The surprise of one image, `-ln(probability of its true class)`, in nats.
///
/// The probability is held within `[epsilon, 1 - epsilon]`, as scikit-learn does: one image that was
/// given no chance at all costs 36 nats, not infinitely many.
pub(super) fn log_loss(row: &Row) -> f64 {
    -row.probabilities[row.truth].clamp(f64::EPSILON, 1.0 - f64::EPSILON).ln()
}

/// Whether the true class is among the `k` with the largest scores; of equal scores the lower class
/// goes first, as in [`predicted`](super::predicted), so that the first of the top is what was predicted.
///
/// scikit-learn's `top_k_accuracy_score` lets the higher class go first.
pub(super) fn in_top(k: usize, row: &Row) -> bool {
    let own = row.scores[row.truth];
    let goes_before = |class: usize, score: f32| score > own || (score == own && class < row.truth);
    let before = row.scores.iter().enumerate().filter(|(class, score)| goes_before(*class, **score));
    before.count() < k
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::predicted;

    /// The definition, pair by pair.
    fn by_definition(images: &[(f64, bool)]) -> f64 {
        let of = |class| images.iter().filter(move |(_, positive)| *positive == class);
        let pairs = of(true).flat_map(|a| of(false).map(move |b| (a.0, b.0)));
        let wins: Vec<f64> = pairs
            .map(|(a, b)| match a.total_cmp(&b) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            })
            .collect();
        wins.iter().sum::<f64>() / wins.len() as f64
    }

    #[test]
    fn the_area_is_the_share_of_pairs_in_the_right_order() {
        // Few distinct probabilities, so most pairs are ties; Knuth's multiplier scatters them.
        for levels in [1, 2, 3, 7, 1000] {
            let scattered = |i: u32| i.wrapping_mul(2_654_435_761) >> 8;
            let images: Vec<(f64, bool)> = (0..97)
                .map(|i| (f64::from(scattered(i) % levels) / f64::from(levels), scattered(i + 100) % 3 == 0))
                .collect();
            let area = roc_auc(images.clone()).expect("both kinds are there");
            assert!((area - by_definition(&images)).abs() < 1e-14, "{levels} levels: {area}");
        }
    }

    #[test]
    fn order_and_the_sign_of_zero_do_not_matter() {
        let mut images = vec![(0.0, true), (-0.0, false), (0.3, true), (0.1, false)];
        assert_eq!(roc_auc(images.clone()), Some(2.5 / 4.0));
        images.reverse();
        assert_eq!(roc_auc(images), Some(2.5 / 4.0));
    }

    #[test]
    fn no_area_without_both_kinds() {
        assert_eq!(roc_auc(vec![]), None);
        assert_eq!(roc_auc(vec![(0.1, true), (0.9, true)]), None);
        assert_eq!(roc_auc(vec![(0.1, false)]), None);
        assert_eq!(roc_auc(vec![(0.1, false), (0.2, true)]), Some(1.0));
        assert_eq!(roc_auc(vec![(0.1, true), (0.2, false)]), Some(0.0));
    }

    #[test]
    fn a_wrong_certainty_costs_much_but_not_everything() {
        for (probability, expected) in [(1.0, 2f64.powi(-52)), (0.5, 2f64.ln()), (0.0, 52.0 * 2f64.ln())] {
            let row = Row { truth: 1, scores: &[], probabilities: &[1.0 - probability, probability] };
            let loss = log_loss(&row);
            assert!((loss - expected).abs() < 1e-20 + 1e-12 * expected, "{probability}: {loss}");
        }
    }

    #[test]
    fn of_equal_scores_the_lower_class_goes_first() {
        let cases: [([f32; 4], [usize; 4]); 4] = [
            ([0.0; 4], [1, 2, 3, 4]),
            ([0.1, 0.4, 0.4, 0.1], [3, 1, 2, 4]),
            ([4.0, 3.0, 2.0, 1.0], [1, 2, 3, 4]),
            ([-1.0, 0.0, -0.0, 1.0], [4, 2, 3, 1]),
        ];
        for (scores, places) in cases {
            for (truth, place) in places.into_iter().enumerate() {
                let row = Row { truth, scores: &scores, probabilities: &[] };
                let smallest = (0..=4).find(|k| in_top(*k, &row));
                assert_eq!(smallest, Some(place), "class {truth} of {scores:?}");
                assert_eq!(in_top(1, &row), predicted(&scores) == truth);
            }
        }
    }
}
