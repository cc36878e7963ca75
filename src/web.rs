//! The WebAssembly boundary: the only files that speak to JavaScript.
//!
//! One handle. Objects cross once through `serde-wasm-bindgen`, numbers as typed arrays. What comes
//! from the page is inert data and is checked here and in the validator; what goes wrong becomes a
//! JavaScript `Error` with a stable `code`. This file holds the device and the run; `data` the
//! images, `insight` what is looked at beside training, `shelf` saved runs, `team` the threads that
//! work for it.

mod data;
mod insight;
mod shelf;
mod team;
mod value;

use crate::data::Dataset;
use crate::data::import::pictures::PictureSet;
use crate::data::import::{ImageSet, zip};
use crate::device::{self, Opened};
use crate::error::{Error, ErrorCode};
use crate::model;
use crate::protocol::{Description, DeviceName, Progress};
use crate::say::{self, Catalogue, say};
use crate::spec::search::{self, SearchSpec, TrialResult};
use crate::spec::{Changes, DatasetSpec, RunSpec, validate_changes};
use crate::train::{Examining, RangeTest, Session};
use js_sys::Float32Array;
use value::{JsResult, from_js, parse, refused, thrown, to_js};
use wasm_bindgen::prelude::*;
use web_time::Duration;

/// Makes a panic readable on the console before the instance dies.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// A device, the images, and at most one run.
#[wasm_bindgen]
pub struct Trainer {
    device: Opened,
    data: Dataset,
    /// Read from files, not yet in use.
    imported: Imported,
    session: Option<Session>,
    examining: Option<Examining>,
    range_test: Option<RangeTest>,
}

/// Images on their way in.
#[derive(Default)]
struct Imported {
    train: Option<ImageSet>,
    test: Option<ImageSet>,
    pictures: Option<PictureSet>,
    archive: Vec<zip::Entry>,
}

#[wasm_bindgen]
impl Trainer {
    /// From now on all sentences are in this catalogue's language. Until then they are in English.
    pub fn translate(#[wasm_bindgen(unchecked_param_type = "Catalogue")] catalogue: JsValue) -> JsResult<()> {
        say::translate(serde_wasm_bindgen::from_value::<Catalogue>(catalogue)?);
        Ok(())
    }

    /// Says everything about a spec that needs no device. Takes any value; what is not of a spec's
    /// form is a problem like any other.
    #[wasm_bindgen(unchecked_return_type = "Description")]
    pub fn describe(spec: JsValue) -> JsResult<JsValue> {
        to_js(&match parse::<RunSpec>(spec) {
            Ok(spec) => model::describe(&spec),
            Err(problem) => Description::of_problem(problem),
        })
    }

    /// The trials of a search, each a complete spec.
    #[wasm_bindgen(js_name = planTrials, unchecked_return_type = "SearchTrial[]")]
    pub fn plan_trials(
        #[wasm_bindgen(unchecked_param_type = "SearchSpec")] search: JsValue,
    ) -> JsResult<JsValue> {
        let trials = search::plan(&from_js::<SearchSpec>(search)?);
        to_js(&trials.map_err(|problems| refused(&problems))?)
    }

    /// The results of trials, the best first.
    #[wasm_bindgen(unchecked_return_type = "TrialResult[]")]
    pub fn rank(
        #[wasm_bindgen(unchecked_param_type = "TrialResult[]")] results: JsValue,
    ) -> JsResult<JsValue> {
        let mut results = from_js::<Vec<TrialResult>>(results)?;
        search::rank(&mut results);
        to_js(&results)
    }

    /// The spec as it has to be for another data set: output units, validation images, batch size.
    #[wasm_bindgen(unchecked_return_type = "RunSpec")]
    pub fn adapt(
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
        #[wasm_bindgen(unchecked_param_type = "DatasetSpec")] dataset: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&from_js::<RunSpec>(spec)?.adapted_to(from_js::<DatasetSpec>(dataset)?))
    }

    /// Opens a device; a GPU must pass its self-test.
    pub async fn open(
        #[wasm_bindgen(unchecked_param_type = "DeviceName")] name: JsValue,
    ) -> JsResult<Trainer> {
        let device = device::open(from_js::<DeviceName>(name)?).await.map_err(thrown)?;
        Ok(Self {
            device,
            data: Dataset::mnist(),
            imported: Imported::default(),
            session: None,
            examining: None,
            range_test: None,
        })
    }

    /// The device in words.
    #[wasm_bindgen(unchecked_return_type = "DeviceReport")]
    pub fn report(&self) -> JsResult<JsValue> {
        to_js(&self.device.report())
    }

    /// Starts a new run and drops the former one.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn create(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
    ) -> JsResult<JsValue> {
        let session = Session::new(sound(spec)?, &self.data, self.device.clone()).map_err(thrown)?;
        self.begin(session)
    }

    /// Compiles the device's programs for this run's shapes; returns at once on a processor.
    #[wasm_bindgen(js_name = warmUp)]
    pub async fn warm_up(&self) -> JsResult<()> {
        self.run()?.warm_up().await.map_err(thrown)
    }

    /// Trains and evaluates for about `budget_ms` milliseconds, or until `max_steps` training
    /// steps are done (`Infinity` for no such limit).
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub async fn advance(&mut self, budget_ms: f64, max_steps: f64) -> JsResult<JsValue> {
        let Some(session) = &mut self.session else { return Err(thrown(no_run())) };
        // Casts of floats saturate: Infinity is the largest count, NaN and negatives are 0.
        let progress: Progress =
            session.advance(&self.data, milliseconds(budget_ms), max_steps as usize).await.map_err(thrown)?;
        to_js(&progress)
    }

    /// Waits for the evaluations that are made beside training, and trains nothing.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub async fn settle(&mut self) -> JsResult<JsValue> {
        let Some(session) = &mut self.session else { return Err(thrown(no_run())) };
        to_js(&session.settle(&self.data).await.map_err(thrown)?)
    }

    /// Changes what may change while a run goes on, from the next step on.
    pub fn update(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Changes")] changes: JsValue,
    ) -> JsResult<()> {
        let changes = from_js::<Changes>(changes)?;
        let problems = validate_changes(&changes);
        if !problems.is_empty() {
            return Err(refused(&problems));
        }
        let Some(session) = &mut self.session else { return Err(thrown(no_run())) };
        session.update(changes).map_err(thrown)
    }

    /// The class probabilities of one image: grey values 0 to 255, row by row, to
    /// `[classes]` that add up to 1.
    pub async fn predict(&self, pixels: Float32Array) -> JsResult<Float32Array> {
        let probabilities = self.run()?.predict(&pixels.to_vec()).await.map_err(thrown)?;
        Ok(Float32Array::from(probabilities.as_slice()))
    }
}

impl Trainer {
    fn run(&self) -> JsResult<&Session> {
        self.session.as_ref().ok_or_else(|| thrown(no_run()))
    }

    /// Takes a new run for the one in hand, and with it ends what was looked at in the former.
    fn begin(&mut self, session: Session) -> JsResult<JsValue> {
        let progress = session.standing();
        self.session = Some(session);
        self.examining = None;
        to_js(&progress)
    }
}

/// A spec without problems.
fn sound(spec: JsValue) -> JsResult<RunSpec> {
    let spec = from_js::<RunSpec>(spec)?;
    let problems = model::describe(&spec).problems;
    if problems.is_empty() { Ok(spec) } else { Err(refused(&problems)) }
}

/// Negatives and what is no number are no time.
fn milliseconds(number: f64) -> Duration {
    Duration::from_millis(number as u64)
}

fn no_run() -> Error {
    Error::new(ErrorCode::WrongState, say!("There is no run yet. Create one first."))
}
