//! The WebAssembly boundary: the only file that speaks to JavaScript.
//!
//! One handle with few methods. Objects cross once through `serde-wasm-bindgen`, numbers as typed
//! arrays. What comes from the page is inert data and is checked here and in the validator; what
//! goes wrong becomes a JavaScript `Error` with a stable `code`.

use crate::data::{Dataset, Part};
use crate::device::{self, Opened};
use crate::error::{Error, ErrorCode};
use crate::model;
use crate::protocol::{Description, DeviceName, Progress};
use crate::spec::{Changes, DatasetName, Problem, ProblemCode, RunSpec, validate_changes};
use crate::train::Session;
use js_sys::{Float32Array, Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_time::Duration;

type JsResult<T> = std::result::Result<T, JsValue>;

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
    session: Option<Session>,
}

#[wasm_bindgen]
impl Trainer {
    /// Says everything about a spec that needs no device. Takes any value; what is not of a spec's
    /// form is a problem like any other.
    #[wasm_bindgen(unchecked_return_type = "Description")]
    pub fn describe(spec: JsValue) -> JsResult<JsValue> {
        to_js(&match parse::<RunSpec>(spec) {
            Ok(spec) => model::describe(&spec),
            Err(problem) => Description::of_problem(problem),
        })
    }

    /// Opens a device; a GPU must pass its self-test.
    pub async fn open(
        #[wasm_bindgen(unchecked_param_type = "DeviceName")] name: JsValue,
    ) -> JsResult<Trainer> {
        let name = parse::<DeviceName>(name).map_err(invalid)?;
        let device = device::open(name).await.map_err(thrown)?;
        Ok(Self { device, data: Dataset::new(DatasetName::Mnist), session: None })
    }

    /// The device in words.
    #[wasm_bindgen(unchecked_return_type = "DeviceReport")]
    pub fn report(&self) -> JsResult<JsValue> {
        to_js(&self.device.report())
    }

    /// Loads the labels of a part from the bytes of an IDX file, before its images.
    #[wasm_bindgen(js_name = loadLabels)]
    pub fn load_labels(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
        name: &str,
        bytes: &[u8],
    ) -> JsResult<()> {
        let part = parse::<Part>(part).map_err(invalid)?;
        self.data.load_labels(part, name, bytes).map_err(thrown)
    }

    /// Appends a shard of a part's images from the bytes of an IDX file.
    #[wasm_bindgen(js_name = loadImages)]
    pub fn load_images(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
        name: &str,
        bytes: &[u8],
    ) -> JsResult<()> {
        let part = parse::<Part>(part).map_err(invalid)?;
        self.data.load_images(part, name, bytes).map_err(thrown)
    }

    /// Starts a new run and drops the former one.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn create(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
    ) -> JsResult<JsValue> {
        let spec = parse::<RunSpec>(spec).map_err(invalid)?;
        let problems = model::describe(&spec).problems;
        if !problems.is_empty() {
            return Err(refused(&problems));
        }
        let session = Session::new(spec, &self.data, self.device.clone()).map_err(thrown)?;
        let progress = session.standing();
        self.session = Some(session);
        to_js(&progress)
    }

    /// Compiles the device's programs for this run's shapes; returns at once on a processor.
    #[wasm_bindgen(js_name = warmUp)]
    pub async fn warm_up(&self) -> JsResult<()> {
        let Some(session) = &self.session else { return Err(thrown(no_run())) };
        session.warm_up().await.map_err(thrown)
    }

    /// Trains and evaluates for about `budget_ms` milliseconds, or until `max_steps` training
    /// steps are done (`Infinity` for no such limit).
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub async fn advance(&mut self, budget_ms: f64, max_steps: f64) -> JsResult<JsValue> {
        // Casts of floats saturate: Infinity is the largest count, NaN and negatives are 0.
        let budget = Duration::from_millis(budget_ms as u64);
        let Some(session) = &mut self.session else { return Err(thrown(no_run())) };
        let progress: Progress =
            session.advance(&self.data, budget, max_steps as usize).await.map_err(thrown)?;
        to_js(&progress)
    }

    /// Changes what may change while a run goes on, from the next step on.
    pub fn update(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Changes")] changes: JsValue,
    ) -> JsResult<()> {
        let changes = parse::<Changes>(changes).map_err(invalid)?;
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
        let Some(session) = &self.session else { return Err(thrown(no_run())) };
        let probabilities = session.predict(&pixels.to_vec()).await.map_err(thrown)?;
        Ok(Float32Array::from(probabilities.as_slice()))
    }
}

fn no_run() -> Error {
    Error::new(ErrorCode::WrongState, "There is no run yet. Create one first.")
}

fn to_js<T: Serialize>(value: &T) -> JsResult<JsValue> {
    Ok(serde_wasm_bindgen::to_value(value)?)
}

/// Reads a value from the page; what does not fit is a problem with the path of the misfit.
fn parse<T: DeserializeOwned + Serialize>(value: JsValue) -> std::result::Result<T, Problem> {
    let malformed = |path: &str, fault: &str| {
        let message = format!("This is not of the expected form: {fault}.");
        Problem::new(path, ProblemCode::Malformed, message)
    };
    let deserializer = serde_wasm_bindgen::Deserializer::from(value.clone());
    let parsed: T = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string().replace('[', ".").replace(']', "");
        malformed(&path, &error.inner().to_string())
    })?;
    // serde-wasm-bindgen only looks for the keys it knows, so unknown ones are looked for here.
    let known = serde_wasm_bindgen::to_value(&parsed).unwrap_or(JsValue::UNDEFINED);
    match unknown_key(&value, &known) {
        Some(path) => Err(malformed(&path, "there is no such setting")),
        None => Ok(parsed),
    }
}

/// The path of the first key of an object, at any depth, that its parsed form does not have.
fn unknown_key(given: &JsValue, known: &JsValue) -> Option<String> {
    let given = given.dyn_ref::<Object>()?;
    Object::keys(given).iter().find_map(|key| {
        let name = key.as_string().unwrap_or_default();
        match Reflect::has(known, &key) {
            Ok(true) => {
                let inner = (Reflect::get(given, &key).ok()?, Reflect::get(known, &key).ok()?);
                unknown_key(&inner.0, &inner.1).map(|rest| format!("{name}.{rest}"))
            }
            _ => Some(name),
        }
    })
}

fn invalid(problem: Problem) -> JsValue {
    refused(&[problem])
}

/// An invalid spec as a JavaScript error that carries its problems.
fn refused(problems: &[Problem]) -> JsValue {
    let sentences: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    let error = thrown(Error::new(ErrorCode::InvalidSpec, sentences.join(" ")));
    attach(&error, "problems", problems);
    error
}

/// An error of the core as a JavaScript error with a `code`.
fn thrown(error: Error) -> JsValue {
    let js = js_sys::Error::new(&error.message).into();
    attach(&js, "code", &error.code);
    js
}

/// Best effort: an error without its code is still an error with its sentence.
fn attach<T: Serialize + ?Sized>(error: &JsValue, key: &str, value: &T) {
    if let Ok(value) = serde_wasm_bindgen::to_value(value) {
        let _ = Reflect::set(error, &key.into(), &value);
    }
}
