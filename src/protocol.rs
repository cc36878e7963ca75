//! What the core says to the page: the values that leave it, with their shapes and units.
//!
//! `web.rs` moves these across the WebAssembly boundary unchanged: objects as plain objects,
//! vectors of numbers as typed arrays. The TypeScript types in `www/src/generated` are made from
//! these very definitions.

use crate::spec::{DatasetSpec, Problem};
use crate::train::vitals::Vitals;
use serde::{Deserialize, Serialize, Serializer};

/// The devices a run can train on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum DeviceName {
    /// The GPU through WebGPU.
    Webgpu,
    /// The processor, Burn's `flex` backend.
    Cpu,
    /// The processor, Burn's `ndarray` backend: an independent implementation to compare against.
    Ndarray,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum RunState {
    /// Made, not a step trained.
    Idle,
    /// The device compiles and tunes its programs for these shapes; no step counts yet.
    Warming,
    /// Training or evaluating.
    Running,
    /// Stopped between two steps; goes on with the next `advance`.
    Paused,
    /// All epochs trained and evaluated.
    Finished,
    /// Cannot go on; only a new run helps.
    Failed,
}

/// The threads that a run is to have beside the worker's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HelpWanted {
    /// How many.
    pub helpers: usize,
    /// What for.
    pub work: HelpersWork,
}

/// What the helpers of a run do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum HelpersWork {
    /// Each computes a share of every batch and of every evaluation. The sums of a step depend on how many
    /// there are, so no step is trained without them.
    Batches,
    /// Evaluations, beside training. Whether and when they come changes no number of the run.
    Evaluations,
}

/// The two parts of the data that a run is evaluated on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Split {
    /// Held out of the training images; guides the choices.
    Validation,
    /// Never trained on; looked at once per epoch.
    Test,
}

/// What [`describe`](crate::model::describe) says of a spec, without training it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Description {
    /// Everything wrong with the spec; a spec without problems can be trained.
    pub problems: Vec<Problem>,
    /// One entry per layer, up to the first that does not fit.
    pub layers: Vec<LayerSummary>,
    /// Trainable numbers in all.
    pub parameters: f64,
    /// Multiplications and additions of one image's forward pass.
    pub flops_per_image: f64,
    /// The learning rate at up to 200 steps spread evenly over the run; none where its length is not known.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub learning_rates: Vec<f32>,
    /// Estimated bytes that a training step holds: weights, gradients, optimizer state and the
    /// activations of one batch.
    pub memory_bytes: f64,
}

impl Description {
    /// The description of what is no spec at all.
    pub fn of_problem(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            layers: Vec::new(),
            parameters: 0.0,
            flops_per_image: 0.0,
            learning_rates: Vec::new(),
            memory_bytes: 0.0,
        }
    }
}

/// What one layer makes of its input.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LayerSummary {
    /// `[features]` or `[channels, height, width]`.
    pub output_shape: Vec<usize>,
    /// Trainable numbers.
    pub parameters: f64,
    /// Multiplications and additions of one image's forward pass.
    pub flops: f64,
    /// The layers within a residual block; none for any other layer. Their numbers are part of the
    /// block's.
    pub inner: Vec<LayerSummary>,
}

/// What an `advance` brought: the steps trained since the last one, and where the run stands now.
///
/// The three vectors are of equal length, one number per step; the last belongs to `step`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Progress {
    /// Where the run stands.
    pub state: RunState,
    /// The epoch in hand, from 1; 0 before the first step.
    pub epoch: usize,
    /// Epochs this run shall train.
    pub epochs: usize,
    /// Steps trained so far.
    pub step: usize,
    /// Steps of one epoch.
    pub steps_per_epoch: usize,
    /// Cross-entropy of each step's batch before its update, in nats.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub losses: Vec<f32>,
    /// Share of each step's batch that was classified correctly before its update.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub accuracies: Vec<f32>,
    /// Learning rate of each step.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub learning_rates: Vec<f32>,
    /// Evaluations completed, in order.
    pub evaluations: Vec<Evaluation>,
    /// How the layers fared in the steps after which an evaluation is due, in order.
    pub vitals: Vec<Vitals>,
    /// Threads at work: the worker's own, and its helpers.
    pub threads: usize,
    /// Images trained per second over the last second or so, evaluations left out.
    pub images_per_second: f64,
    /// The run waits for images that have not been loaded.
    pub waiting_for_data: bool,
}

/// One look at images that were not trained on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Evaluation {
    /// Which images.
    pub split: Split,
    /// Steps trained when it was made.
    pub step: usize,
    /// The epoch it was made in, from 1.
    pub epoch: usize,
    /// How many images were looked at: the sum of `confusion`.
    pub images: usize,
    /// Mean cross-entropy, in nats.
    pub loss: f64,
    /// Share classified correctly.
    pub accuracy: f64,
    /// Counts, `[classes, classes]` row by row: row = true class, column = predicted class.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub confusion: Vec<u32>,
}

/// The data there is, for the page to tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DataReport {
    /// What a spec says that is for these images.
    pub dataset: DatasetSpec,
    /// What each class is called, from class 0 on.
    pub class_names: Vec<String>,
    /// Training images that have arrived, those added by hand included.
    pub training_images: usize,
    /// Test images that have arrived.
    pub test_images: usize,
    /// Training images added by hand.
    pub added_images: usize,
}

/// What a run trains on, class by class, from class 0 on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrainingDistribution {
    /// Images that are trained as each class.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub trained: Vec<u32>,
    /// Those among `trained` that sabotage gave a wrong label.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub mislabelled: Vec<u32>,
    /// Images of each class that are held out for validation.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub validation: Vec<u32>,
}

/// The device that was opened, for the page to name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DeviceReport {
    /// Which one.
    pub device: DeviceName,
    /// In words, adapter included where there is one.
    pub label: String,
}

#[cfg(target_arch = "wasm32")]
pub(crate) fn float32_array<S: Serializer>(values: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
    serde_wasm_bindgen::preserve::serialize(&js_sys::Float32Array::from(values), serializer)
}

#[cfg(target_arch = "wasm32")]
pub(crate) fn uint32_array<S: Serializer>(values: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    serde_wasm_bindgen::preserve::serialize(&js_sys::Uint32Array::from(values), serializer)
}

#[cfg(target_arch = "wasm32")]
pub(crate) fn uint8_array<S: Serializer>(values: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serde_wasm_bindgen::preserve::serialize(&js_sys::Uint8Array::from(values), serializer)
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use {sequence as float32_array, sequence as uint8_array, sequence as uint32_array};

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn sequence<T: Serialize, S: Serializer>(values: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    values.serialize(serializer)
}
