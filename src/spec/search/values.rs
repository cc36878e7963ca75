//! The values a setting takes in a search: on a grid, and drawn at random.

use super::{Domain, ParameterValue, SearchParameter};
use crate::say::{in_digits, say};
use crate::spec::{Checker, Count, LIMITS, ProblemCode, Range, Scale};
use serde::{Deserialize, Serialize};

/// The values that a setting takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SearchValues"))]
pub enum Values {
    /// These.
    List {
        /// Numbers or names, no two the same.
        items: Vec<ParameterValue>,
    },
    /// Numbers of a range, to three significant digits, or whole where the setting is.
    Range {
        /// The smallest.
        from: f64,
        /// The largest.
        to: f64,
        /// Whether equal distances or equal factors are equally likely.
        scale: Scale,
        /// How many of them a grid has, both ends included. A random search draws any.
        count: Count,
    },
}

impl Values {
    /// Adds what is wrong with the values of a parameter.
    pub(super) fn check(&self, at: &str, parameter: SearchParameter, check: &mut Checker) {
        match self {
            Self::List { items } => {
                if items.is_empty() {
                    let message =
                        say!("No {setting} is given. Give at least one.", setting = parameter.name());
                    check.add(&format!("{at}.items"), ProblemCode::Malformed, message);
                }
                for (i, item) in items.iter().enumerate() {
                    let at = format!("{at}.items.{i}");
                    parameter.check(&at, item, check);
                    if items.iter().take(i).any(|other| other == item) {
                        let message = say!("{item} is in the list already. Give each value once.", item);
                        check.add(&at, ProblemCode::Malformed, message);
                    }
                }
            }
            Self::Range { from, to, scale, count } => {
                let Domain::Numbers { range } = parameter.domain() else {
                    let message = say!(
                        "The {setting} has names, not numbers. Give a list.",
                        setting = parameter.name()
                    );
                    return check.add(at, ProblemCode::Malformed, message);
                };
                let before = check.problems.len();
                check.number(&format!("{at}.from"), say!("The start of the range"), *from, range);
                check.number(&format!("{at}.to"), say!("The end of the range"), *to, range);
                check.count(
                    &format!("{at}.count"),
                    say!("The number of values"),
                    *count,
                    LIMITS.search_values,
                );
                if check.problems.len() > before {
                    return;
                }
                if from >= to {
                    let message = say!(
                        "The range ends at {to}, but starts at {from}. Let it end higher.",
                        to = in_digits(to),
                        from = in_digits(from)
                    );
                    check.add(&format!("{at}.to"), ProblemCode::OutOfRange, message);
                } else if *scale == Scale::Log && *from <= 0.0 {
                    let message = say!(
                        "A range of equal factors cannot start at 0. Start above it, or use equal distances."
                    );
                    check.add(&format!("{at}.from"), ProblemCode::OutOfRange, message);
                }
            }
        }
    }

    /// The values on a grid, in order.
    pub(super) fn points(&self, parameter: SearchParameter) -> Vec<ParameterValue> {
        match self {
            Self::List { items } => items.clone(),
            Self::Range { from, to, scale, count } => {
                let last = count.0 - 1.0;
                let at = |i: usize| between(*from, *to, *scale, i as f64 / last);
                let mut points: Vec<ParameterValue> =
                    (0..count.get()).map(|i| neat(at(i), *from, *to, is_whole(parameter))).collect();
                // Where whole numbers are few, neighbours meet.
                points.dedup();
                points
            }
        }
    }

    /// The value for a number drawn evenly from `[0, 1)`.
    pub(super) fn draw(&self, parameter: SearchParameter, drawn: f64) -> ParameterValue {
        match self {
            Self::List { items } => {
                let at = (drawn * items.len() as f64) as usize;
                items.get(at).cloned().unwrap_or(ParameterValue::Number(f64::NAN))
            }
            Self::Range { from, to, scale, .. } => {
                let whole = is_whole(parameter);
                // So that the first and the last whole number are as likely as those between.
                let half = if whole { 0.5 } else { 0.0 };
                neat(between(from - half, to + half, *scale, drawn), *from, *to, whole)
            }
        }
    }

    /// How many different values there are: infinitely many between two real numbers.
    pub(super) fn different(&self, parameter: SearchParameter) -> f64 {
        match self {
            Self::List { items } => items.len() as f64,
            Self::Range { from, to, .. } if is_whole(parameter) => to - from + 1.0,
            Self::Range { .. } => f64::INFINITY,
        }
    }
}

fn is_whole(parameter: SearchParameter) -> bool {
    matches!(parameter.domain(), Domain::Numbers { range: Range { whole: true, .. } })
}

/// The number at a share of the way.
fn between(from: f64, to: f64, scale: Scale, share: f64) -> f64 {
    match scale {
        Scale::Linear => from + (to - from) * share,
        Scale::Log => from * (to / from).powf(share),
    }
}

/// A number that a person can type again, within the range: whole, or of three significant digits.
/// Rounding also takes away the last bit, in which machines differ.
fn neat(value: f64, from: f64, to: f64, whole: bool) -> ParameterValue {
    let rounded = if whole { value.round() } else { format!("{value:.2e}").parse().unwrap_or(value) };
    ParameterValue::Number(rounded.clamp(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: f64, to: f64, scale: Scale, count: usize) -> Values {
        Values::Range { from, to, scale, count: count.into() }
    }

    fn points(values: &Values, parameter: SearchParameter) -> Vec<f64> {
        numbers(values.points(parameter))
    }

    fn numbers(values: Vec<ParameterValue>) -> Vec<f64> {
        let number = |value| match value {
            ParameterValue::Number(number) => number,
            ParameterValue::Name(name) => panic!("{name} is no number"),
        };
        values.into_iter().map(number).collect()
    }

    #[test]
    fn a_grid_is_spaced_evenly_on_its_scale_and_neat() {
        use SearchParameter::{BatchSize, Dropout, LearningRate};
        assert_eq!(points(&range(1e-4, 0.1, Scale::Log, 4), LearningRate), [1e-4, 1e-3, 1e-2, 0.1]);
        assert_eq!(
            points(&range(1e-3, 0.1, Scale::Log, 5), LearningRate),
            [1e-3, 3.16e-3, 0.01, 0.0316, 0.1]
        );
        assert_eq!(points(&range(0.0, 0.5, Scale::Linear, 6), Dropout), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(points(&range(16.0, 256.0, Scale::Log, 5), BatchSize), [16.0, 32.0, 64.0, 128.0, 256.0]);
        assert_eq!(points(&range(1.0, 3.0, Scale::Linear, 9), BatchSize), [1.0, 2.0, 3.0]);
        let ends = points(&range(0.123_456, 0.987_654, Scale::Linear, 3), Dropout);
        assert_eq!(ends, [0.123_456, 0.556, 0.987_654], "never beyond the ends");
    }

    #[test]
    fn draws_are_even_on_their_scale_ends_included() {
        let draws = |values: &Values, parameter| {
            numbers((0..1000).map(|i| values.draw(parameter, f64::from(i) / 1000.0)).collect())
        };
        let share = |values: &[f64], within: std::ops::Range<f64>| {
            values.iter().filter(|value| within.contains(value)).count()
        };
        let rates = draws(&range(1e-5, 0.1, Scale::Log, 2), SearchParameter::LearningRate);
        for decade in [1e-5, 1e-4, 1e-3, 1e-2] {
            assert!((248..=252).contains(&share(&rates, decade * 0.999..decade * 9.99)), "from {decade}");
        }
        let sizes = draws(&range(1.0, 4.0, Scale::Linear, 2), SearchParameter::BatchSize);
        for size in [1.0, 2.0, 3.0, 4.0] {
            assert_eq!(share(&sizes, size..size + 0.5), 250, "batches of {size}");
        }
        let names = Values::List { items: ["a", "b"].map(|name| ParameterValue::Name(name.into())).to_vec() };
        assert_eq!(names.draw(SearchParameter::Optimizer, 0.499), ParameterValue::Name("a".into()));
        assert_eq!(names.draw(SearchParameter::Optimizer, 0.999_999), ParameterValue::Name("b".into()));
    }
}
