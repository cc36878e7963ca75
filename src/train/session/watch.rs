//! What a run learns from its validations: when the rate falls, when to stop, which weights stay.

use super::Session;
use crate::model::Network;
use crate::protocol::{Evaluation, Split};
use crate::train::schedule::Patience;
use burn::module::Module;

/// Watches for the end of improvement, and keeps the best network.
pub(super) struct EarlyStop {
    pub patience: Patience,
    /// Away from training, until it is gone back to.
    pub best: Option<Network>,
    pub stopped: bool,
}

impl Session {
    /// Draws the consequences of the validation at an epoch's end: the learning rate may fall, the
    /// run may stop and go back to its best weights.
    pub(super) fn learn_from(&mut self, result: &Evaluation) {
        let whole_epoch =
            result.split == Split::Validation && result.step.is_multiple_of(self.steps_per_epoch());
        if !whole_epoch {
            return;
        }
        if let Some(plateau) = &mut self.plateau {
            let (_, out) = plateau.observe(result.loss);
            self.falls += u32::from(out);
        }
        if let Some(stop) = &mut self.early_stopping {
            let (best, out) = stop.patience.observe(result.loss);
            if best {
                // A clone would share its running means, and training would move them on.
                stop.best = self.network.as_ref().map(Module::valid);
            }
            stop.stopped = out;
        }
        // The test evaluation that is due now looks at the weights that stay.
        self.go_back_to_best();
    }

    /// Where early stopping watches over a run that has no step left to train, its best weights
    /// are the ones that stay. They are kept beside it, for a run that is prolonged.
    pub(super) fn go_back_to_best(&mut self) {
        if !self.is_trained() {
            return;
        }
        if let Some(best) = self.early_stopping.as_ref().and_then(|stop| stop.best.as_ref()) {
            self.network = Some(best.valid().train());
        }
    }
}
