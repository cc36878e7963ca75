//! The threads of a run: the leader's side, and what a helper is.

use super::value::{JsResult, from_js, thrown, to_js};
use super::{Trainer, no_run, sound};
use crate::device;
use crate::protocol::{DeviceName, HelpWanted};
use crate::train::{self, Answering, Helpers, Share, Unjudged};
use js_sys::{Float32Array, Promise, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The worker's side of the helpers.
    #[wasm_bindgen(typescript_type = "HelperPool")]
    pub type HelperPool;

    /// Hands a share to the helper of this number, from 1. The promise is never rejected: it comes to
    /// what [`Helper::answer`] gives, or to null where the helper failed.
    #[wasm_bindgen(method, catch)]
    fn hand(
        this: &HelperPool,
        helper: usize,
        step: usize,
        batch_size: usize,
        weights: Float32Array,
        pixels: Float32Array,
        labels: Uint8Array,
    ) -> JsResult<Promise>;

    /// As `hand`, with images for [`Helper::judge`].
    #[wasm_bindgen(method, catch)]
    fn judge(
        this: &HelperPool,
        helper: usize,
        weights: Float32Array,
        pixels: Uint8Array,
    ) -> JsResult<Promise>;
}

/// So many helpers behind messages.
struct Pool {
    count: usize,
    pool: HelperPool,
}

impl Helpers for Pool {
    fn count(&self) -> usize {
        self.count
    }

    fn hand(&self, share: &Share) -> Answering {
        let Share { index, step, batch_size, weights, pixels, labels } = share;
        // Each of the arrays is a copy in the memory of the page, which is then moved to the helper.
        let (weights, pixels) =
            (Float32Array::from(weights.as_slice()), Float32Array::from(pixels.as_slice()));
        let labels = Uint8Array::from(labels.as_slice());
        answering(self.pool.hand(*index, *step, *batch_size, weights, pixels, labels))
    }

    fn judge(&self, helper: usize, images: &Unjudged) -> Answering {
        let Unjudged { weights, pixels } = images;
        let (weights, pixels) = (Float32Array::from(weights.as_slice()), Uint8Array::from(pixels.as_slice()));
        answering(self.pool.judge(helper, weights, pixels))
    }
}

fn answering(promise: JsResult<Promise>) -> Answering {
    Box::pin(async move {
        let answer = JsFuture::from(promise.ok()?).await.ok()?;
        Some(answer.dyn_into::<Float32Array>().ok()?.to_vec())
    })
}

#[wasm_bindgen]
impl Trainer {
    /// The helpers that the run is to have on a machine with so many processors, or where so many threads,
    /// this one included, are pinned.
    #[wasm_bindgen(js_name = helpWanted, unchecked_return_type = "HelpWanted")]
    pub fn help_wanted(&self, processors: usize, pinned: Option<usize>) -> JsResult<JsValue> {
        to_js(&self.run()?.help_wanted(processors, pinned))
    }

    /// The spec of the run, for its helpers.
    #[wasm_bindgen(unchecked_return_type = "RunSpec")]
    pub fn spec(&self) -> JsResult<JsValue> {
        to_js(self.run()?.spec())
    }

    /// Has helpers work for the run from the next step on.
    pub fn employ(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "HelpWanted")] wanted: JsValue,
        pool: HelperPool,
    ) -> JsResult<()> {
        let HelpWanted { helpers: count, work } = from_js(wanted)?;
        let Some(session) = &mut self.session else { return Err(thrown(no_run())) };
        session.employ(Box::new(Pool { count, pool }), work);
        Ok(())
    }
}

/// Works for one run, in a thread of its own.
#[wasm_bindgen]
pub struct Helper(train::Helper);

#[wasm_bindgen]
impl Helper {
    /// Opens the processor for a run of this spec.
    pub async fn open(#[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue) -> JsResult<Helper> {
        let device = device::open(DeviceName::Cpu).await.map_err(thrown)?;
        Ok(Self(train::Helper::new(sound(spec)?, device)))
    }

    /// The logits of a share, then its gradients.
    pub fn answer(
        &self,
        index: usize,
        step: usize,
        batch_size: usize,
        weights: Vec<f32>,
        pixels: Vec<f32>,
        labels: Vec<u8>,
    ) -> JsResult<Float32Array> {
        let weights = Rc::new(weights);
        let share = Share { index, step, batch_size, weights, pixels, labels };
        let answer = self.0.answer(&share).map_err(thrown)?;
        Ok(Float32Array::from(answer.as_slice()))
    }
    /// The logits of images.
    pub fn judge(&self, weights: Vec<f32>, pixels: Vec<u8>) -> JsResult<Float32Array> {
        let logits = self.0.judge(&Unjudged { weights: Rc::new(weights), pixels }).map_err(thrown)?;
        Ok(Float32Array::from(logits.as_slice()))
    }
}
