//! Training: one step, the optimizer behind it, when to evaluate, and the run as a state machine.

mod evaluate;
mod optimizer;
mod pace;
mod session;
pub mod step;

pub use optimizer::build as optimizer;
pub use session::Session;
