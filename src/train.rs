//! Training: one step, the optimizer behind it, when to evaluate, and the run as a state
//! machine; the threads it has.

mod evaluate;
mod examine;
mod gradients;
mod optimizer;
mod pace;
mod passes;
mod range_test;
mod rehearsal;
pub mod schedule;
mod session;
pub mod step;
mod team;
pub mod vitals;

pub use examine::{CorruptionSpec, Examination, ExamineRequest, Examining, shown};
pub use optimizer::{Optimizer, OptimizerState};
pub use range_test::{RangeTest, RangeTestProgress};
pub use rehearsal::Rehearsal;
pub use session::{Session, Standing};
pub use team::{Answering, Helper, Helpers, Share, Unjudged};
