//! Images: read from IDX files, split, shuffled and gathered into batches.

pub mod augment;
pub mod batches;
pub mod corrupt;
mod dataset;
mod idx;
pub mod import;
mod portable;
pub mod sabotage;
pub mod stats;

pub use dataset::{Dataset, Part};
pub use idx::{Idx, MAX_IMAGES};
