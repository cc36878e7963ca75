//! Images: read from IDX files, split, shuffled and gathered into batches.

pub mod batches;
mod dataset;
mod idx;

pub use dataset::{Dataset, Part};
pub use idx::{Idx, MAX_IMAGES};
