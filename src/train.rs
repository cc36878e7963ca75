//! Training: one step, the optimizer behind it, when to evaluate, and the run as a state machine.

mod evaluate;
mod gradients;
mod optimizer;
mod pace;

pub mod schedule;
mod session;
pub mod step;

pub use optimizer::Optimizer;
pub use session::Session;
