//! The threads of a run: the leader's side, and what a helper is.

use super::value::{JsResult, from_js, thrown, to_js};
use super::{Trainer, no_run, sound};
use crate::device;
use crate::protocol::{DeviceName, HelpWanted};
use crate::train::{self, Answering, Helpers, Share, Unjudged};
use js_sys::{ArrayBuffer, Float32Array, Promise, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The worker's side of the helpers.
    #[wasm_bindgen(typescript_type = "HelperPool")]
    pub type HelperPool;

    /// Hands a share to the helper of this number, from 1. The promise is never rejected: it comes to
    /// what [`Helper::answer`] gives, or to null where the helper failed. All memory moves to the helper; that of the
    /// weights comes back with the answer.
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

    /// As `hand`, with images for [`Helper::judge`]; their memory comes back.
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
    shelf: Rc<Shelf>,
}

impl Pool {
    fn new(count: usize, pool: HelperPool) -> Self {
        Self { count, pool, shelf: Rc::default() }
    }
}

/// Memory of the page that helpers have sent back, to be used again: fresh memory costs more than what is
/// written to it.
#[derive(Default)]
struct Shelf(RefCell<Vec<ArrayBuffer>>);

impl Shelf {
    /// The smallest of at least so many bytes.
    fn take(&self, bytes: usize) -> Option<ArrayBuffer> {
        let mut shelf = self.0.borrow_mut();
        let fitting = shelf.iter().enumerate().filter(|(_, buffer)| buffer.byte_length() as usize >= bytes);
        let (at, _) = fitting.min_by_key(|(_, buffer)| buffer.byte_length())?;
        Some(shelf.swap_remove(at))
    }

    /// What is answered; its memory is kept.
    fn answered(self: &Rc<Self>, promise: JsResult<Promise>) -> Answering {
        let shelf = self.clone();
        Box::pin(async move {
            let answer: Float32Array = JsFuture::from(promise.ok()?).await.ok()?.dyn_into().ok()?;
            shelf.0.borrow_mut().push(answer.buffer());
            Some(answer.to_vec())
        })
    }
}

impl Helpers for Pool {
    fn count(&self) -> usize {
        self.count
    }

    fn hand(&self, share: &Share) -> Answering {
        let Share { index, step, batch_size, weights, pixels, labels } = share;
        // Each of the arrays is a copy in the memory of the page, which is then moved to the helper.
        let weights = written(weights, self.shelf.take(size_of_val(weights.as_slice())));
        let (pixels, labels) = (Float32Array::from(pixels.as_slice()), Uint8Array::from(labels.as_slice()));
        self.shelf.answered(self.pool.hand(*index, *step, *batch_size, weights, pixels, labels))
    }

    fn judge(&self, helper: usize, images: &Unjudged) -> Answering {
        let weights = Float32Array::from(images.weights.as_slice());
        let pixels = match self.shelf.take(images.pixels.len()) {
            Some(spare) => {
                let length = images.pixels.len() as u32;
                let view = Uint8Array::new_with_byte_offset_and_length(&spare, 0, length);
                view.copy_from(&images.pixels);
                view
            }
            None => Uint8Array::from(images.pixels.as_slice()),
        };
        self.shelf.answered(self.pool.judge(helper, weights, pixels))
    }
}

/// Numbers in the memory of the page: at the start of `spare`, if that is large enough.
fn written(numbers: &[f32], spare: Option<ArrayBuffer>) -> Float32Array {
    match spare {
        Some(spare) if spare.byte_length() as usize >= size_of_val(numbers) => {
            let view = Float32Array::new_with_byte_offset_and_length(&spare, 0, numbers.len() as u32);
            view.copy_from(numbers);
            view
        }
        _ => Float32Array::from(numbers),
    }
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
        session.employ(Box::new(Pool::new(count, pool)), work);
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

    /// The logits of a share, then its gradients: in the memory of the weights, if they fit.
    pub fn answer(
        &self,
        index: usize,
        step: usize,
        batch_size: usize,
        weights: Float32Array,
        pixels: Vec<f32>,
        labels: Vec<u8>,
    ) -> JsResult<Float32Array> {
        let numbers = Rc::new(weights.to_vec());
        let share = Share { index, step, batch_size, weights: numbers, pixels, labels };
        let answer = self.0.answer(&share).map_err(thrown)?;
        Ok(written(&answer, Some(weights.buffer())))
    }

    /// The logits of images: in the memory of the images, if they fit.
    pub fn judge(&self, weights: Vec<f32>, pixels: Uint8Array) -> JsResult<Float32Array> {
        let images = Unjudged { weights: Rc::new(weights), pixels: pixels.to_vec() };
        let logits = self.0.judge(&images).map_err(thrown)?;
        Ok(written(&logits, Some(pixels.buffer())))
    }
}
