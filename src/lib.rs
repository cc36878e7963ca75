//! Emberlab's core: everything about training a network in a browser tab, except the page.
//!
//! - [`spec`]: what a run is, as plain values; limits, defaults, presets and the only validator.
//! - [`protocol`]: the values that leave the core for the page.
//! - [`error`]: one error type with stable codes and sentences for people.
//! - [`data`]: IDX files, the data set that arrives shard by shard, the split, the order, batches.
//! - [`model`]: from a list of layers to a network; shapes, parameters and costs.
//! - [`train`]: one step, the optimizer, when to evaluate, and the run as a state machine.
//! - [`metrics`]: loss, accuracy and the confusion matrix.
//! - [`device`]: the processor and the GPU, and how one is opened and checked.
//! - `web`: the only file that speaks to JavaScript.

pub mod data;
pub mod device;
pub mod error;
pub mod metrics;
pub mod model;
pub mod protocol;
pub mod spec;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod web;

#[cfg(test)]
mod generated;
