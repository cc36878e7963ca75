//! The one error type of the core.
//!
//! Every error carries a stable [`ErrorCode`] for programs and a sentence for people that says what
//! is wrong and how to mend it. The sentence is written where the error is made, where the facts are.

use crate::data::Part;
use crate::say::Sentence;
use crate::spec::Problem;
use serde::Serialize;

/// What went wrong, as a stable code: the page decides by it what to offer next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ErrorCode {
    /// The spec has problems; `describe` lists them all.
    InvalidSpec,
    /// A data file is not what it says it is: truncated, oversized, foreign or inconsistent.
    BadData,
    /// Images are needed that have not been loaded.
    DataMissing,
    /// The device cannot be had here (no WebGPU, no adapter, a missing feature).
    DeviceUnavailable,
    /// The device computes something else than the CPU does on the self-test.
    SelfTestFailed,
    /// The device stopped working in the middle of a run.
    DeviceLost,
    /// The loss is no longer a finite number.
    Diverged,
    /// The call does not fit the state the run is in.
    WrongState,
}

/// An error of the core: a code for programs and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Error {
    /// Stable code.
    pub code: ErrorCode,
    /// What is wrong and how to mend it, in one or two plain sentences in the language of the page.
    pub message: String,
    /// Which part of the images it is about, where that is not told by the name of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub part: Option<Part>,
}

/// Shorthand for results of the core.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Makes an error from its code and its sentence.
    pub fn new(code: ErrorCode, sentence: Sentence) -> Self {
        Self { code, message: sentence.into(), part: None }
    }

    /// Every problem of a spec as one error.
    pub fn invalid(problems: &[Problem]) -> Self {
        let sentences: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        Self { code: ErrorCode::InvalidSpec, message: sentences.join(" "), part: None }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
