//! Emberlab's core: everything about training a network in a browser tab, except the page.
//!
//! - [`spec`]: what a run is, as plain values; limits, defaults, presets and the only validator; the
//!   trials of a search.
//! - [`protocol`]: the values that leave the core for the page.
//! - [`error`]: one error type with stable codes and sentences for people.
//! - [`say`]: those sentences, in the language of the page.
//! - [`data`]: IDX files, the data set that arrives shard by shard or is imported, the split, the
//!   order, batches; augmentation, corruption and sabotage.
//! - [`model`]: from a list of layers to a network; shapes, parameters and costs; what it sees in
//!   an image.
//! - [`checkpoint`]: a run as bytes, to be gone on with later.
//! - [`kernels`]: the layers that nearly all time goes into, for the processor and for the GPU.
//! - [`train`]: one step, the optimizer, when to evaluate, and the run as a state machine; its
//!   threads; a close look at what it gets wrong, and the learning-rate range test.
//! - [`metrics`]: loss, accuracy and the confusion matrix.
//! - [`device`]: the processor and the GPU, and how one is opened and checked.
//! - `web`: the only file that speaks to JavaScript; `allocator`: where arrays begin in its memory.

#[cfg(target_arch = "wasm32")]
mod allocator;
pub mod checkpoint;
pub mod data;
pub mod device;
pub mod error;
pub mod kernels;
pub mod metrics;
pub mod model;
pub mod protocol;
pub mod say;
pub mod spec;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod web;

#[cfg(test)]
mod generated;
