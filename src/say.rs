//! Sentences for people, in the language of the page.
//!
//! Every sentence is written in English where the facts are, as in [gettext](https://www.gnu.org/software/gettext/):
//! the English template is the key under which a catalogue, which the page hands over, has the
//! translation. Without a catalogue, or where it lacks a sentence, the English stands.
//!
//! `say!` is the only way to a [`Sentence`], and errors and problems are made of nothing else, so no
//! sentence can be forgotten: the core's tests list all templates in `www/src/generated/sentences.ts`, and the
//! page's type checker asks each catalogue for every one of them.

use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

/// How a language says the core's sentences and writes its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Catalogue {
    /// The translation of each English template, with the same `{holes}`.
    pub sentences: BTreeMap<String, String>,
    /// What stands between thousands.
    pub thousands: char,
    /// What stands before decimals.
    pub decimal: char,
}

impl Catalogue {
    /// English, in which the templates are.
    pub const ENGLISH: Self = Self { sentences: BTreeMap::new(), thousands: ',', decimal: '.' };
}

thread_local! {
    static CATALOGUE: RefCell<Catalogue> = const { RefCell::new(Catalogue::ENGLISH) };
}

/// From now on sentences are in this catalogue's language. Programs without a page never call it.
pub fn translate(catalogue: Catalogue) {
    CATALOGUE.set(catalogue);
}

/// A sentence in the language of the page, or a name that stands in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(String);

impl Sentence {
    /// With what it is about before it: a file, a place in it.
    #[must_use]
    pub fn about(self, subject: impl Display) -> Self {
        Self(format!("{subject}: {self}"))
    }

    /// Followed by another, where there is one.
    #[must_use]
    pub fn and(self, next: impl Into<Option<Self>>) -> Self {
        match next.into() {
            Some(next) => Self(format!("{self} {next}")),
            None => self,
        }
    }
}

impl Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Sentence> for String {
    fn from(sentence: Sentence) -> Self {
        sentence.0
    }
}

/// A [`Sentence`] from an English template with `{holes}` and what fills them, such as
/// `say!("There is no layer {layer}.", layer = plain(3.0))`, or `say!("…", layer)` where a variable is called
/// so. Formats such as `{:.1}` belong to the values.
macro_rules! say {
    (@ $hole:ident) => { $hole };
    (@ $hole:ident = $value:expr) => { $value };
    ($template:literal $(, $hole:ident $(= $value:expr)?)* $(,)?) => {{
        // Never called: a hole without a value, or a value without a hole, does not compile. A module
        // of its own, as a hole must not be filled by whatever is of its name here.
        mod holes {
            fn _check() {
                let _ = format_args!($template $(, $hole = "")*);
            }
        }
        $crate::say::said($template, &[$((stringify!($hole), &$crate::say::say!(@ $hole $(= $value)?))),*])
    }};
}
pub(crate) use say;

/// What `say!` comes to: one small function, so that its many callers stay small too.
#[cold]
#[inline(never)]
pub(crate) fn said(template: &str, values: &[(&str, &dyn Display)]) -> Sentence {
    Sentence(CATALOGUE.with_borrow(|catalogue| {
        fill(catalogue.sentences.get(template).map_or(template, String::as_str), values)
    }))
}

/// The template with its holes filled; a hole that has no value stays as it is.
fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled += before;
        let hole = after.split_once('}');
        let value = hole.and_then(|(name, _)| values.iter().find(|(known, _)| *known == name));
        rest = match (hole, value) {
            (Some((_, after)), Some((_, value))) => {
                // Writing to memory cannot fail.
                let _ = write!(filled, "{value}");
                after
            }
            _ => {
                filled.push('{');
                after
            }
        };
    }
    filled + rest
}

/// A number as a person would write it: no exponent where digits are few, no trailing zeros.
pub(crate) fn plain(value: f64) -> String {
    if value != 0.0 && (value.abs() < 1e-4 || value.abs() >= 1e15) {
        return in_digits(format_args!("{value:e}"));
    }
    let text = format!("{value}");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(w, f)| (w, f));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    in_digits(format_args!("{sign}{grouped}{point}{fraction}"))
}

/// A number that is written in English already, with the separators of the page's language: as
/// numbers stand in the page's own fields and charts.
pub(crate) fn in_digits(number: impl Display) -> String {
    let number = number.to_string();
    CATALOGUE.with_borrow(|Catalogue { thousands, decimal, .. }| {
        let separated = number.chars().map(|sign| match sign {
            ',' => *thousands,
            '.' => *decimal,
            other => other,
        });
        separated.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `said` gives while a catalogue is in use; tests of other threads have their own.
    fn in_german<T>(sentences: &[(&str, &str)], speak: impl FnOnce() -> T) -> T {
        let sentences = sentences.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect();
        translate(Catalogue { sentences, thousands: '.', decimal: ',' });
        let spoken = speak();
        translate(Catalogue::ENGLISH);
        spoken
    }

    #[test]
    fn holes_are_filled_wherever_they_stand() {
        let cases: [(&str, &str); 7] = [
            ("", ""),
            ("No hole.", "No hole."),
            ("{a}", "1"),
            ("{a} and {b}, {a}", "1 and {a}, 1"),
            ("{a}{b}", "1{a}"),
            ("{unknown} {a", "{unknown} {a"),
            ("} {} {{a}}", "} {} {1}"),
        ];
        for (template, filled) in cases {
            assert_eq!(fill(template, &[("a", &1), ("b", &"{a}")]), filled, "{template}");
        }
    }

    #[test]
    fn a_catalogue_translates_what_it_knows() {
        let template = "{a} of {b} are here.";
        let english = || String::from(said(template, &[("a", &1), ("b", &plain(2000.5))]));
        assert_eq!(english(), "1 of 2,000.5 are here.");
        // The order of the holes is the translation's.
        let german = in_german(&[(template, "Von {b} sind {a} da.")], english);
        assert_eq!(german, "Von 2.000,5 sind 1 da.");
        assert_eq!(in_german(&[("another", "anderes")], english), "1 of 2.000,5 are here.");
        assert_eq!(english(), "1 of 2,000.5 are here.");
    }

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let cases = [
            (0.0, "0", "0"),
            (0.5, "0.5", "0,5"),
            (-1234.25, "-1,234.25", "-1.234,25"),
            (1e6, "1,000,000", "1.000.000"),
            (1.5e-8, "1.5e-8", "1,5e-8"),
            (2e20, "2e20", "2e20"),
            (f64::INFINITY, "inf", "inf"),
        ];
        for (value, english, german) in cases {
            assert_eq!(plain(value), english);
            assert_eq!(in_german(&[], || plain(value)), german);
        }
        assert_eq!(in_german(&[], || in_digits(format_args!("{:.1}", 2.25))), "2,2");
    }

    #[test]
    fn sentences_are_put_together_whole() {
        let sentence = || said("One.", &[]);
        assert_eq!(sentence().about("a.csv").to_string(), "a.csv: One.");
        assert_eq!(sentence().and(said("Two.", &[])).to_string(), "One. Two.");
        assert_eq!(sentence().and(None), sentence());
    }
}
