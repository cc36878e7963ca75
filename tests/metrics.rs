//! The metrics agree with scikit-learn, number by number, ties and absent classes included.
//! `fixtures/metrics.py` made the values and says where the two differ by intent.

use emberlab::error::Result;
use emberlab::metrics::{Report, Scores, report};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Both sides count in `f64`, but add up in another order.
const TOLERANCE: f64 = 1e-9;

#[derive(Deserialize)]
struct Fixtures {
    cases: Vec<Case>,
}

#[derive(Clone, Deserialize)]
struct Case {
    name: String,
    kind: Kind,
    classes: usize,
    labels: Vec<u8>,
    scores: Vec<f32>,
    /// A `Report` as it is sent to the page.
    expected: Value,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Logits,
    Probabilities,
}

impl Case {
    fn report(&self) -> Result<Report> {
        let scores = match self.kind {
            Kind::Logits => Scores::Logits(&self.scores),
            Kind::Probabilities => Scores::Probabilities(&self.scores),
        };
        report(scores, &self.labels, self.classes)
    }

    /// The same images, the last one first.
    fn backwards(mut self) -> Self {
        self.labels.reverse();
        self.scores = self.scores.chunks(self.classes).rev().flatten().copied().collect();
        self
    }
}

fn cases() -> serde_json::Result<Vec<Case>> {
    let fixtures: Fixtures = serde_json::from_str(include_str!("fixtures/metrics.json"))?;
    Ok(fixtures.cases)
}

/// Fails unless both are the same but for rounding: the same fields, the same lengths, close numbers.
fn assert_same(path: &str, found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let names = |object: &Map<String, Value>| object.keys().cloned().collect::<BTreeSet<_>>();
            assert_eq!(names(found), names(expected), "fields of {path}");
            for (name, value) in found {
                assert_same(&format!("{path}.{name}"), value, &expected[name]);
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "length of {path}");
            for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
                assert_same(&format!("{path}[{index}]"), found, expected);
            }
        }
        (Value::Number(found), Value::Number(expected)) => {
            let (found, expected) =
                (found.as_f64().unwrap_or(f64::NAN), expected.as_f64().unwrap_or(f64::NAN));
            let close = (found - expected).abs() <= TOLERANCE * expected.abs().max(1.0);
            assert!(close, "{path} is {found}, scikit-learn says {expected}");
        }
        _ => assert_eq!(found, expected, "{path}"),
    }
}

#[test]
fn every_number_is_scikit_learns_in_any_order_of_the_images() {
    let cases = cases().expect("the fixtures parse");
    assert_eq!(cases.len(), 14);
    for case in cases {
        for report in [case.report(), case.clone().backwards().report()] {
            let report = report.expect("the fixtures are sound");
            let sent = serde_json::to_value(report).expect("a report is plain values");
            assert_same(&case.name, &sent, &case.expected);
        }
    }
}

#[test]
fn the_fixtures_hold_the_cases_they_are_named_after() {
    let cases = cases().expect("the fixtures parse");
    let case = |name| cases.iter().find(|case| case.name == name).expect("the case is there");
    let report = |name| case(name).report().expect("the fixtures are sound");
    let absent = |name| {
        let report = report(name);
        let classes = report.classes.len();
        let predicted = |class| report.confusion.iter().skip(class).step_by(classes).sum::<u32>();
        let in_truth: Vec<usize> = (0..classes).filter(|class| report.classes[*class].support == 0).collect();
        (in_truth, (0..classes).filter(|class| predicted(*class) == 0).collect::<Vec<_>>())
    };
    assert_eq!(absent("random"), (vec![], vec![]));
    assert_eq!(absent("class absent in the truth"), (vec![2], vec![]));
    assert_eq!(absent("class absent in the prediction"), (vec![], vec![1]));
    assert_eq!(absent("class absent in both"), (vec![0], vec![0]));
    assert_eq!(report("two classes").classes.len(), 2);
    assert_eq!((report("perfect").accuracy, report("perfect").most_confused.len()), (1.0, 0));
    assert_eq!((report("all wrong").accuracy, report("one image").images), (0.0, 1));
    assert_eq!((report("all equal").roc_auc, report("images of one class only").roc_auc), (Some(0.5), None));
    let ties = case("ties");
    let tied =
        |row: &[f32]| row.iter().filter(|p| **p == row.iter().copied().fold(0.0, f32::max)).count() > 1;
    assert!(ties.scores.chunks(5).filter(|row| tied(row)).count() > 10, "many largest scores are ties");
    assert!(ties.scores.contains(&0.5), "some confidence lies on the edge of two bins");
    for name in ["certain", "certain probabilities"] {
        assert!(report(name).log_loss > 10.0, "{name}: some true classes have no chance");
    }
}
