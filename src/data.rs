//! Images: read from IDX files or imported, split, shuffled and gathered into batches.

pub mod augment;
pub mod batches;
pub mod corrupt;
mod dataset;
mod idx;
pub mod import;
mod own;
mod portable;
pub mod sabotage;
pub mod stats;
mod training_set;

pub use dataset::{Dataset, MOST_ADDED, Part};
pub use idx::Idx;
pub use training_set::{TrainingSet, preview};
