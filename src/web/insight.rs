//! What is looked at beside training: single images, whole splits, learning rates, and speed.

use super::value::{JsResult, from_js, refused, thrown, to_js};
use super::{Trainer, milliseconds, sound};
use crate::error::{Error, ErrorCode};
use crate::say::say;
use crate::train::{self, ExamineRequest, RangeTest, Rehearsal};
use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Trainer {
    /// What the network sees in one image of grey values 0 to 255: the output of each layer, and
    /// which pixels a class (the predicted one by default) hangs on.
    #[wasm_bindgen(unchecked_return_type = "Inspection")]
    pub async fn inspect(&self, pixels: Float32Array, class: Option<u32>) -> JsResult<JsValue> {
        let class = class.map(|class| class as usize);
        to_js(&self.run()?.inspect(&pixels.to_vec(), class).await.map_err(thrown)?)
    }

    /// The weights of a layer; null where it has none.
    #[wasm_bindgen(unchecked_return_type = "Filters | null")]
    pub async fn filters(&self, layer: u32) -> JsResult<JsValue> {
        to_js(&self.run()?.filters(layer as usize).await.map_err(thrown)?)
    }

    /// Begins a close look at all images of a split, in place of one in hand.
    pub fn examine(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ExamineRequest")] request: JsValue,
    ) -> JsResult<()> {
        let request = examined(request)?;
        self.examining = Some(self.run()?.examine(&self.data, request).map_err(thrown)?);
        Ok(())
    }

    /// Goes on with the look for about `budget_ms` milliseconds; null until all images are done.
    #[wasm_bindgen(js_name = examineOn, unchecked_return_type = "Examination | null")]
    pub async fn examine_on(&mut self, budget_ms: f64) -> JsResult<JsValue> {
        let Some(examining) = &mut self.examining else { return Err(nothing_begun()) };
        let result = examining.go_on(&self.data, milliseconds(budget_ms)).await.map_err(thrown)?;
        if result.is_some() {
            self.examining = None;
        }
        to_js(&result)
    }

    /// The grey values of some images as an examination with this request sees them: corrupted, where
    /// it says so.
    pub fn shown(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ExamineRequest")] request: JsValue,
        indices: &[u32],
    ) -> JsResult<Uint8Array> {
        let request = examined(request)?;
        let pixels = train::shown(&self.data, &request, indices).map_err(thrown)?;
        Ok(Uint8Array::from(pixels.as_slice()))
    }

    /// How many images of a spec's data set per second this device trains a spec's network on, found in about
    /// `budget_ms` milliseconds after all that must be compiled is; with made-up images, and beside the run.
    pub async fn speed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
        budget_ms: f64,
    ) -> JsResult<f64> {
        let spec = sound(spec)?;
        let rehearsal = Rehearsal::new(&spec, &self.device);
        rehearsal.images_per_second(milliseconds(budget_ms)).await.map_err(thrown)
    }

    /// Begins a learning-rate range test of a spec, in place of one in hand; the run stays as it is.
    #[wasm_bindgen(js_name = rangeTest)]
    pub fn range_test(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
    ) -> JsResult<()> {
        let test = RangeTest::new(sound(spec)?, &self.data, self.device.clone()).map_err(thrown)?;
        self.range_test = Some(test);
        Ok(())
    }

    /// Goes on with the range test for about `budget_ms` milliseconds.
    #[wasm_bindgen(js_name = rangeTestOn, unchecked_return_type = "RangeTestProgress")]
    pub async fn range_test_on(&mut self, budget_ms: f64) -> JsResult<JsValue> {
        let Some(test) = &mut self.range_test else { return Err(nothing_begun()) };
        let progress = test.advance(&self.data, milliseconds(budget_ms)).await.map_err(thrown)?;
        if progress.done {
            self.range_test = None;
        }
        to_js(&progress)
    }
}

/// A request without problems.
fn examined(request: JsValue) -> JsResult<ExamineRequest> {
    let request = from_js::<ExamineRequest>(request)?;
    let problems = request.problems();
    if problems.is_empty() { Ok(request) } else { Err(refused(&problems)) }
}

fn nothing_begun() -> JsValue {
    thrown(Error::new(
        ErrorCode::WrongState,
        say!("Nothing has been begun that could go on. Begin it first."),
    ))
}
