//! From JavaScript's values to the core's, and back.

use crate::error::Error;
use crate::say::{Sentence, say};
use crate::spec::{Problem, ProblemCode};
use js_sys::{Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A result whose error is thrown in JavaScript.
pub type JsResult<T> = std::result::Result<T, JsValue>;

/// A value as a plain object; what is none is `null`, as the generated types say.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> JsResult<JsValue> {
    Ok(value.serialize(&Serializer::new().serialize_missing_as_null(true))?)
}

/// Reads a value from the page; what does not fit is thrown.
pub fn from_js<T: DeserializeOwned + Serialize>(value: JsValue) -> JsResult<T> {
    parse(value).map_err(|problem| refused(&[problem]))
}

/// Reads a value from the page; what does not fit is a problem with the path of the misfit.
pub fn parse<T: DeserializeOwned + Serialize>(value: JsValue) -> std::result::Result<T, Problem> {
    let malformed = |path: &str, sentence: Sentence| Problem::new(path, ProblemCode::Malformed, sentence);
    let deserializer = serde_wasm_bindgen::Deserializer::from(value.clone());
    let parsed: T = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string().replace('[', ".").replace(']', "");
        malformed(&path, say!("This is not of the expected form: {fault}.", fault = error.inner()))
    })?;
    // serde-wasm-bindgen only looks for the keys it knows, so unknown ones are looked for here.
    let known = serde_wasm_bindgen::to_value(&parsed).unwrap_or(JsValue::UNDEFINED);
    match unknown_key(&value, &known) {
        Some(path) => {
            let fault = say!("This is not of the expected form: there is no such setting.");
            Err(malformed(&path, fault))
        }
        None => Ok(parsed),
    }
}

/// The path of the first key of an object, at any depth, that its parsed form does not have.
fn unknown_key(given: &JsValue, known: &JsValue) -> Option<String> {
    let given = given.dyn_ref::<Object>()?;
    Object::keys(given).iter().find_map(|key| {
        let name = key.as_string().unwrap_or_default();
        let inner = Reflect::get(given, &key).ok().filter(|inner| !inner.is_undefined())?;
        match Reflect::has(known, &key) {
            Ok(true) => {
                let known = Reflect::get(known, &key).ok()?;
                unknown_key(&inner, &known).map(|rest| format!("{name}.{rest}"))
            }
            _ => Some(name),
        }
    })
}

/// An invalid spec as a JavaScript error that carries its problems.
pub fn refused(problems: &[Problem]) -> JsValue {
    let error = thrown(Error::invalid(problems));
    attach(&error, "problems", problems);
    error
}

/// An error of the core as a JavaScript error with a `code`, and with the `part` it is about.
pub fn thrown(error: Error) -> JsValue {
    let js = js_sys::Error::new(&error.message).into();
    attach(&js, "code", &error.code);
    attach(&js, "part", &error.part);
    js
}

/// Best effort: an error without its code is still an error with its sentence.
fn attach<T: Serialize + ?Sized>(error: &JsValue, key: &str, value: &T) {
    if let Ok(value) = serde_wasm_bindgen::to_value(value) {
        let _ = Reflect::set(error, &key.into(), &value);
    }
}
