//! The network: from the list of layers in a spec to Burn modules, and what can be said of it
//! without building it.

mod batch_norm;
pub mod init;
pub mod inspect;
mod network;
pub mod parameters;
pub mod shapes;
mod summary;
mod trace;

pub use network::{Mode, Network};
pub use summary::describe;
