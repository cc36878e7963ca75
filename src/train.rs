//! Training: one step, the optimizer behind it, when to evaluate, and the run as a state
//! machine; a batch in shares, for several threads.

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
mod shares;
pub mod step;
pub mod vitals;

pub use examine::{CorruptionSpec, Examination, ExamineRequest, Examining, shown};
pub use optimizer::{Optimizer, OptimizerState};
pub use range_test::{RangeTest, RangeTestProgress};
pub use rehearsal::Rehearsal;
pub use session::{Session, Standing};
pub use shares::{Answering, Helper, Helpers, Share};
