//! The threads of a run: a leader, which is the session, and helpers.
//!
//! Think of a recipe cooked by several hands. The leader has all that lasts: the weights, the optimizer,
//! the order of the images, and what becomes of an evaluation. A helper is handed numbers and gives numbers back,
//! and remembers nothing from one time to the next: [`shares`] of a step's batch, or images to judge.

mod shares;

pub use shares::Share;

use super::{passes, step};
use crate::data::batches;
use crate::device::Opened;
use crate::error::Result;
use crate::model::{Network, parameters};
use crate::protocol::{HelpWanted, HelpersWork};
use crate::spec::RunSpec;
use std::pin::Pin;
use std::rc::Rc;

/// Images for a network to judge.
pub struct Unjudged {
    /// All numbers of the network, in the order of [`parameters`]; one copy for all helpers.
    pub weights: Rc<Vec<f32>>,
    /// `[images, channels * height * width]`, grey values.
    pub pixels: Vec<u8>,
}

/// Comes to what a [`Helper`] gives, or to none where it failed.
pub type Answering = Pin<Box<dyn Future<Output = Option<Vec<f32>>>>>;

/// Those who work beside the leader, in threads of their own. Each is handed one thing at a time.
pub trait Helpers {
    /// How many they are.
    fn count(&self) -> usize;

    /// Hands a share to the helper of its index, at once, for [`Helper::answer`].
    fn hand(&self, share: &Share) -> Answering;

    /// Hands images to the helper of this number, from 1, at once, for [`Helper::judge`].
    fn judge(&self, helper: usize, images: &Unjudged) -> Answering;
}

/// Works for the leader of one run.
pub struct Helper {
    spec: RunSpec,
    device: Opened,
    /// Its layers; the numbers come with all that it is handed.
    network: Network,
}

impl Helper {
    /// A helper for a run of this spec, which must be free of problems.
    pub fn new(spec: RunSpec, device: Opened) -> Self {
        let network = step::network(&spec, &device.training());
        Self { spec, device, network }
    }

    /// The logits of images, `[images, classes]`, to the bits of the leader's.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where the weights are not those of such a
    /// network.
    pub fn judge(&self, images: &Unjudged) -> Result<Vec<f32>> {
        let (spec, device) = (&self.spec, self.device.inference());
        let network = parameters::write_flat(&self.network, &images.weights, &device)?;
        let rows = passes::rows(spec.train.batch_size.get());
        let (size, classes) = (spec.data.dataset.image_shape().size(), spec.data.dataset.classes());
        let mut logits = Vec::new();
        for pass in images.pixels.chunks(rows * size) {
            let pixels = batches::normalised(pass, spec.data.affine());
            let of_pass = step::floats(passes::forward(&network, pixels, rows, spec, &device));
            logits.extend(of_pass.into_iter().take(pass.len() / size * classes));
        }
        Ok(logits)
    }
}

/// The helpers that a run is to have; see [`Session::help_wanted`](super::Session::help_wanted).
pub(super) fn help_wanted(
    spec: &RunSpec,
    device: &Opened,
    processors: usize,
    pinned: Option<usize>,
) -> HelpWanted {
    let shares = shares::threads(spec, device, processors, pinned);
    if shares > 1 {
        return HelpWanted { helpers: shares - 1, work: HelpersWork::Batches };
    }
    let can_help = device.has_helpers() && pinned.unwrap_or(processors) > 1;
    HelpWanted { helpers: usize::from(can_help), work: HelpersWork::Evaluations }
}

/// The helpers of a run, if any.
#[derive(Default)]
pub(super) struct Team(Option<(Box<dyn Helpers>, HelpersWork)>);

impl Team {
    pub fn of(helpers: Box<dyn Helpers>, work: HelpersWork) -> Self {
        Self((helpers.count() > 0).then_some((helpers, work)))
    }

    /// The leader and the helpers.
    pub fn threads(&self) -> usize {
        1 + self.0.as_ref().map_or(0, |(helpers, _)| helpers.count())
    }

    /// Whether there are helpers that do nothing but evaluate.
    pub fn has_evaluator(&self) -> bool {
        self.0.as_ref().is_some_and(|(_, work)| *work == HelpersWork::Evaluations)
    }

    /// Works without helpers from now on.
    pub fn dismiss(&mut self) {
        self.0 = None;
    }

    /// Hands images to a helper; comes to none where there is no such helper.
    pub fn judge(&self, helper: usize, images: &Unjudged) -> Answering {
        match &self.0 {
            Some((helpers, _)) => helpers.judge(helper, images),
            None => Box::pin(std::future::ready(None)),
        }
    }

    /// Those who share the batches, if any.
    fn sharers(&self) -> Option<&dyn Helpers> {
        let (helpers, work) = self.0.as_ref()?;
        (*work == HelpersWork::Batches).then_some(helpers.as_ref())
    }
}
