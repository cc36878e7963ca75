//! Sabotage of the training set, to learn what bad data does: wrong labels, classes of unequal size,
//! too few examples, a class that is not there.
//!
//! The images stay as they are; only which of them are trained on, and as what, changes. The order
//! of the four is fixed: a class is taken out, classes are thinned, examples are limited, and of
//! what is left labels are replaced. More of the same sabotage contains the lesser one: the images
//! left out at a share of 0.5 are among those left out at 0.6, and so for wrong labels.

use super::portable::{Use, generator};
use crate::say::say;
use crate::spec::{Checker, Count, Problem, ProblemCode, Range, Scale};
use rand::RngExt;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

/// How the training set is spoiled. Where a value is not given, that sabotage is off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SabotageSpec {
    /// Share of the labels that are replaced by another class, drawn evenly from those that are
    /// left; 0 is off.
    pub label_noise: f64,
    /// Share of each class, from class 0 on, that is kept; classes past the list's end are kept
    /// whole, so an empty list is off.
    pub keep: Vec<f64>,
    /// At most so many examples of each class; 0 is off.
    pub examples_per_class: Count,
    /// The class whose examples are all left out, or none.
    pub missing_class: Option<Count>,
}

impl Default for SabotageSpec {
    fn default() -> Self {
        Self { label_noise: 0.0, keep: Vec::new(), examples_per_class: Count(0.0), missing_class: None }
    }
}

/// The ranges of [`SabotageSpec`]'s values. The missing class is limited by the data set's classes.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SabotageLimits {
    /// Share of the labels.
    pub label_noise: Range,
    /// Share of a class.
    pub keep: Range,
    /// Images.
    pub examples_per_class: Range,
}

/// What may be asked for.
pub const SABOTAGE_LIMITS: SabotageLimits = SabotageLimits {
    label_noise: range(1.0, 1.0, Scale::Linear, false),
    keep: range(1.0, 1.0, Scale::Linear, false),
    examples_per_class: range(1_000_000.0, 6000.0, Scale::Linear, true),
};

const fn range(max: f64, slider_max: f64, scale: Scale, whole: bool) -> Range {
    Range { min: 0.0, max, slider_min: 0.0, slider_max, scale, whole }
}

impl SabotageSpec {
    /// Whether the training set stays as it is.
    pub fn is_off(&self) -> bool {
        let keeps_all = self.keep.iter().all(|share| *share >= 1.0);
        self.label_noise <= 0.0
            && keeps_all
            && self.examples_per_class.get() == 0
            && self.missing_class.is_none()
    }

    /// Every value that cannot be, for a data set of so many classes; `path` leads to this spec,
    /// such as `data.sabotage`.
    pub fn problems(&self, path: &str, classes: usize) -> Vec<Problem> {
        let limits = SABOTAGE_LIMITS;
        let mut check = Checker::default();
        check.number(
            &format!("{path}.labelNoise"),
            say!("Label noise"),
            self.label_noise,
            limits.label_noise,
        );
        for (class, share) in self.keep.iter().enumerate().take(classes) {
            let name = say!("The share kept of class {class}", class);
            check.number(&format!("{path}.keep.{class}"), name, *share, limits.keep);
        }
        if self.keep.len() > classes {
            let fault = say!(
                "{shares} shares are given for {classes} classes. Give at most {classes}.",
                shares = self.keep.len(),
                classes
            );
            check.add(&format!("{path}.keep"), ProblemCode::OutOfRange, fault);
        }
        let (field, name) = (format!("{path}.examplesPerClass"), say!("Examples per class"));
        check.count(&field, name, self.examples_per_class, limits.examples_per_class);
        if let Some(class) = self.missing_class {
            let last = classes.saturating_sub(1) as f64;
            let classes = range(last, last, Scale::Linear, true);
            check.count(&format!("{path}.missingClass"), say!("The missing class"), class, classes);
        }
        let gone = |class: usize| {
            let missing = self.missing_class.is_some_and(|missing| missing.get() == class);
            missing || self.keep.get(class).is_some_and(|share| *share <= 0.0)
        };
        if check.problems.is_empty() && (0..classes).all(gone) {
            let fault = say!("No class is left to train on. Keep some of at least one class.");
            check.add(&format!("{path}.keep"), ProblemCode::OutOfRange, fault);
        }
        check.problems
    }
}

/// A training set after sabotage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sabotaged {
    /// The images that are trained on, in the order they were given.
    pub indices: Vec<u32>,
    /// A label for every image of the file, so that an index still finds its own; only those of
    /// `indices` differ from the true ones.
    pub labels: Vec<u8>,
}

/// Spoils a training set: `labels` has one entry for every image of the file, `indices` says which
/// of them are trained on. The same seed always gives the same set.
pub fn sabotage(spec: &SabotageSpec, labels: &[u8], indices: &[u32], classes: usize, seed: u64) -> Sabotaged {
    let label = |index: u32| labels.get(index as usize).map_or(usize::MAX, |label| usize::from(*label));
    let mut keep = vec![false; labels.len()];
    let mut present = Vec::new();
    for class in 0..classes {
        if spec.missing_class.is_some_and(|missing| missing.get() == class) {
            continue;
        }
        let mut members: Vec<u32> = indices.iter().copied().filter(|index| label(*index) == class).collect();
        if let Some(share) = spec.keep.get(class) {
            let count = part(members.len(), *share);
            keep_some(&mut members, count, Use::Imbalance, seed, class);
        }
        let examples = spec.examples_per_class.get();
        if examples > 0 {
            keep_some(&mut members, examples, Use::FewExamples, seed, class);
        }
        if !members.is_empty() {
            present.push(class as u8);
        }
        members.into_iter().for_each(|index| keep[index as usize] = true);
    }
    let kept = |index: &u32| keep.get(*index as usize).is_some_and(|keep| *keep);
    let indices: Vec<u32> = indices.iter().copied().filter(kept).collect();
    let mut labels = labels.to_vec();
    replace_labels(spec.label_noise, &indices, &present, seed, &mut labels);
    Sabotaged { indices, labels }
}

/// Keeps so many members, drawn by the seed.
fn keep_some(members: &mut Vec<u32>, count: usize, purpose: Use, seed: u64, class: usize) {
    members.shuffle(&mut generator(purpose, seed, 0, class as u64));
    members.truncate(count);
}

/// Gives a share of the images, exact to the nearest whole image, the label of another class that
/// is present.
fn replace_labels(share: f64, indices: &[u32], present: &[u8], seed: u64, labels: &mut [u8]) {
    let count = part(indices.len(), share);
    if present.len() < 2 || count == 0 {
        return;
    }
    let mut rng = generator(Use::LabelNoise, seed, 0, 0);
    let mut order = indices.to_vec();
    order.shuffle(&mut rng);
    for index in order.into_iter().take(count) {
        let Some(label) = labels.get_mut(index as usize) else { continue };
        // One of the others: those from the true class on move up by one.
        let drawn = rng.random_range(0..present.len() as u32 - 1) as usize;
        let own = present.iter().position(|class| class == label).unwrap_or(present.len());
        *label = present[drawn + usize::from(drawn >= own)];
    }
}

/// A share of so many, to the nearest whole one.
fn part(count: usize, share: f64) -> usize {
    (count as f64 * share.clamp(0.0, 1.0) + 0.5) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: usize = 10;

    fn labels() -> Vec<u8> {
        (0..5000_usize).map(|i| (i * i % 97 % CLASSES) as u8).collect()
    }

    /// Every image but each tenth, which is held out for validation.
    fn indices() -> Vec<u32> {
        (0..5000).filter(|i| i % 10 != 3).collect()
    }

    fn apply(spec: &SabotageSpec, seed: u64) -> Sabotaged {
        sabotage(spec, &labels(), &indices(), CLASSES, seed)
    }

    fn sizes(set: &Sabotaged) -> Vec<usize> {
        let mut sizes = vec![0; CLASSES];
        set.indices.iter().for_each(|index| sizes[usize::from(labels()[*index as usize])] += 1);
        sizes
    }

    fn wrong(set: &Sabotaged) -> Vec<u32> {
        let labels = labels();
        (0..5000).filter(|i| set.labels[*i as usize] != labels[*i as usize]).collect()
    }

    fn spec(change: impl FnOnce(&mut SabotageSpec)) -> SabotageSpec {
        let mut spec = SabotageSpec::default();
        change(&mut spec);
        spec
    }

    fn specs() -> Vec<SabotageSpec> {
        vec![
            spec(|s| s.label_noise = 0.3),
            spec(|s| s.keep = vec![1.0, 0.5, 0.1]),
            spec(|s| s.examples_per_class = Count(20.0)),
            spec(|s| s.missing_class = Some(Count(7.0))),
            SabotageSpec {
                label_noise: 0.5,
                keep: vec![0.2; CLASSES],
                examples_per_class: Count(15.0),
                missing_class: Some(Count(0.0)),
            },
        ]
    }

    #[test]
    fn off_means_unchanged() {
        let off = SabotageSpec::default();
        assert!(off.is_off() && spec(|s| s.keep = vec![1.0; 10]).is_off());
        assert_eq!(apply(&off, 1), Sabotaged { indices: indices(), labels: labels() });
        for spec in specs() {
            assert!(!spec.is_off(), "{spec:?}");
            assert_ne!(apply(&spec, 1), apply(&off, 1), "{spec:?}");
        }
    }

    #[test]
    fn the_seed_decides() {
        for spec in specs() {
            assert_eq!(apply(&spec, 1), apply(&spec, 1), "{spec:?}");
            let draws = spec.missing_class.is_none() || spec.label_noise > 0.0;
            assert_eq!(apply(&spec, 1) != apply(&spec, 2), draws, "{spec:?}");
        }
    }

    #[test]
    fn keeps_what_it_is_told_and_in_order() {
        let before = sizes(&apply(&SabotageSpec::default(), 1));
        let cases: [(SabotageSpec, &dyn Fn(usize) -> usize); 5] = [
            (spec(|s| s.keep = vec![0.5, 0.0, 0.25]), &|class| match class {
                0 => part(before[0], 0.5),
                1 => 0,
                2 => part(before[2], 0.25),
                _ => before[class],
            }),
            (spec(|s| s.examples_per_class = Count(20.0)), &|_| 20),
            (spec(|s| s.examples_per_class = Count(1e6)), &|class| before[class]),
            (spec(|s| s.missing_class = Some(Count(4.0))), &|c| if c == 4 { 0 } else { before[c] }),
            (spec(|s| (s.keep, s.examples_per_class) = (vec![0.02], Count(20.0))), &|class| match class {
                0 => part(before[0], 0.02),
                _ => 20,
            }),
        ];
        for (spec, expected) in cases {
            let set = apply(&spec, 3);
            assert_eq!(sizes(&set), (0..CLASSES).map(expected).collect::<Vec<_>>(), "{spec:?}");
            assert!(set.indices.is_sorted(), "{spec:?}");
            assert!(set.indices.iter().all(|index| index % 10 != 3), "{spec:?} trains on validation");
            assert_eq!(set.labels, labels(), "{spec:?}");
        }
    }

    #[test]
    fn replaces_the_exact_share_of_labels_by_others() {
        for (share, missing) in [(0.01, None), (0.3, None), (0.3, Some(Count(5.0))), (1.0, None)] {
            let set = apply(&spec(|s| (s.label_noise, s.missing_class) = (share, missing)), 1);
            let wrong = wrong(&set);
            assert_eq!(wrong.len(), part(set.indices.len(), share), "share {share}");
            assert!(wrong.iter().all(|index| set.indices.binary_search(index).is_ok()));
            let gone = |class: u8| missing.is_some_and(|m| m.get() == usize::from(class));
            assert!(wrong.iter().all(|i| !gone(set.labels[*i as usize])), "the missing class came back");
            if share == 1.0 {
                // Evenly over the nine others: within four deviations of each class's expectation.
                let mut counts = [0.0_f64; CLASSES];
                wrong.iter().for_each(|i| counts[usize::from(set.labels[*i as usize])] += 1.0);
                for (count, own) in counts.iter().zip(sizes(&set)) {
                    let expected = (wrong.len() - own) as f64 / 9.0;
                    assert!((count - expected).abs() < 4.0 * expected.sqrt(), "{count} of {expected}");
                }
            }
        }
        let alone = spec(|s| (s.label_noise, s.keep) = (0.5, [vec![1.0], vec![0.0; 9]].concat()));
        assert!(wrong(&apply(&alone, 1)).is_empty(), "one class alone has no other");
    }

    #[test]
    fn more_of_the_same_contains_the_lesser() {
        for (less, more) in [(0.1, 0.2), (0.5, 0.6), (0.0, 1.0)] {
            let noise = |share| wrong(&apply(&spec(|s| s.label_noise = share), 4));
            assert!(noise(less).iter().all(|i| noise(more).binary_search(i).is_ok()), "{less} {more}");
            let kept = |share| apply(&spec(|s| s.keep = vec![share; CLASSES]), 4).indices;
            assert!(kept(less).iter().all(|i| kept(more).binary_search(i).is_ok()), "{less} {more}");
        }
    }

    #[test]
    fn faults_are_named() {
        let cases: [(SabotageSpec, &str, &str); 8] = [
            (spec(|s| s.label_noise = 1.5), "labelNoise", "Label noise is 1.5"),
            (spec(|s| s.label_noise = f64::NAN), "labelNoise", "not a number"),
            (spec(|s| s.keep = vec![1.0, -0.5]), "keep.1", "share kept of class 1"),
            (spec(|s| s.keep = vec![1.0; 11]), "keep", "11 shares are given for 10 classes"),
            (spec(|s| s.keep = vec![0.0; 10]), "keep", "No class is left"),
            (spec(|s| s.examples_per_class = Count(0.5)), "examplesPerClass", "Examples per class"),
            (spec(|s| s.missing_class = Some(Count(10.0))), "missingClass", "missing class is 10"),
            (
                spec(|s| (s.keep, s.missing_class) = ([vec![1.0], vec![0.0; 9]].concat(), Some(Count(0.0)))),
                "keep",
                "No class is left",
            ),
        ];
        for (spec, field, fault) in cases {
            let problems = spec.problems("data.sabotage", CLASSES);
            let [problem] = problems.as_slice() else { panic!("{spec:?}: {problems:?}") };
            assert_eq!(problem.field, format!("data.sabotage.{field}"));
            assert!(problem.message.contains(fault), "{} should say {fault}", problem.message);
        }
        for spec in specs() {
            assert_eq!(spec.problems("data.sabotage", CLASSES), [], "{spec:?}");
        }
    }

    #[test]
    fn specs_are_read_strictly_but_need_not_be_complete() {
        let read = |text: &str| serde_json::from_str::<SabotageSpec>(text).ok();
        assert_eq!(read("{}"), Some(SabotageSpec::default()));
        let some = spec(|s| (s.missing_class, s.label_noise) = (Some(Count(3.0)), 0.1));
        assert_eq!(read(r#"{"missingClass": 3, "labelNoise": 0.1}"#), Some(some));
        assert_eq!(read(r#"{"noise": 0.1}"#), None);
        for spec in specs() {
            let text = serde_json::to_string(&spec).expect("plain values");
            assert_eq!(read(&text), Some(spec));
        }
    }
}
