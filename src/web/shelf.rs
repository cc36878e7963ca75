//! Saved runs.

use super::value::{JsResult, refused, thrown, to_js};
use super::{Trainer, sound};
use crate::checkpoint::Checkpoint;
use crate::model;
use crate::train::Session;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Trainer {
    /// The run as bytes, to go on with later or elsewhere.
    pub async fn save(&self) -> JsResult<Uint8Array> {
        let checkpoint = self.run()?.save().await.map_err(thrown)?;
        Ok(Uint8Array::from(checkpoint.to_bytes().as_slice()))
    }

    /// The spec of a saved run.
    #[wasm_bindgen(js_name = savedSpec, unchecked_return_type = "RunSpec")]
    pub fn saved_spec(bytes: &[u8]) -> JsResult<JsValue> {
        to_js(&Checkpoint::from_bytes(bytes).map_err(thrown)?.spec)
    }

    /// Goes on with a saved run in place of the one in hand.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn restore(&mut self, bytes: &[u8]) -> JsResult<JsValue> {
        let checkpoint = Checkpoint::from_bytes(bytes).map_err(thrown)?;
        // The file may come from anywhere.
        let problems = model::describe(&checkpoint.spec).problems;
        if !problems.is_empty() {
            return Err(refused(&problems));
        }
        let session = Session::restore(checkpoint, &self.data, self.device.clone()).map_err(thrown)?;
        self.begin(session)
    }

    /// Starts a new run whose first layers begin with the numbers of a saved one.
    #[wasm_bindgen(js_name = fineTune, unchecked_return_type = "Progress")]
    pub fn fine_tune(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
        bytes: &[u8],
    ) -> JsResult<JsValue> {
        let (spec, from) = (sound(spec)?, Checkpoint::from_bytes(bytes).map_err(thrown)?);
        let session = Session::fine_tune(spec, from, &self.data, self.device.clone()).map_err(thrown)?;
        self.begin(session)
    }
}
