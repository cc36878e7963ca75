//! Saving a run, going on with it, and starting another from what it has learned.

use super::{Session, interrupted};
use crate::checkpoint::Checkpoint;
use crate::data::{Dataset, batches};
use crate::device::Opened;
use crate::error::{Error, ErrorCode, Result};
use crate::model::parameters;
use crate::protocol::Split;
use crate::say::say;
use crate::spec::RunSpec;
use crate::train::evaluate::Plan;
use crate::train::schedule::Patience;
use burn::module::Module;
use serde::{Deserialize, Serialize};

/// How far a run has come, its numbers apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Standing {
    step: usize,
    /// Images that had been added to the training images by hand.
    added_images: usize,
    /// Evaluations to be made before the next step.
    due: Vec<Plan>,
    /// Falls of the learning rate so far.
    falls: u32,
    plateau: Option<Patience>,
    early_stopping: Option<Patience>,
    stopped: bool,
}

impl Session {
    /// Everything needed to go on with this run later, or elsewhere. An evaluation in hand will be
    /// made anew; one beside training, unless the run was [settled](Session::settle), is left out.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`] where the device does not answer; the run's own failure where it has
    /// failed.
    pub async fn save(&self) -> Result<Checkpoint> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let network = self.network.as_ref().ok_or_else(interrupted)?;
        let best = match self.early_stopping.as_ref().and_then(|stop| stop.best.as_ref()) {
            Some(best) => Some(parameters::read(best).await?),
            None => None,
        };
        let in_hand = self.evaluating.iter().map(|evaluating| evaluating.plan());
        Ok(Checkpoint {
            spec: self.spec.clone(),
            standing: Standing {
                step: self.step,
                added_images: self.added_images,
                due: in_hand.chain(self.due.iter().cloned()).collect(),
                falls: self.falls,
                plateau: self.plateau.clone(),
                early_stopping: self.early_stopping.as_ref().map(|stop| stop.patience.clone()),
                stopped: self.early_stopping.as_ref().is_some_and(|stop| stop.stopped),
            },
            network: parameters::read(network).await?,
            best,
            optimizer: self.optimizer.read(network).await?,
        })
    }

    /// Goes on with a saved run: on a processor with the same bits as if it had never stopped.
    ///
    /// # Errors
    ///
    /// As [`Session::new`]; [`ErrorCode::BadData`] where the checkpoint's numbers are not those of its
    /// spec. The spec must be free of problems.
    pub fn restore(checkpoint: Checkpoint, data: &Dataset, device: Opened) -> Result<Self> {
        let Checkpoint { spec, standing, network, best, optimizer } = checkpoint;
        let mut session = Self::new(spec, data, device)?;
        if session.added_images != standing.added_images {
            let message = say!(
                "The run was saved with {saved} images added by hand, and here are {found}: it would go on with \
                 other images. Start a run of its spec instead.",
                saved = standing.added_images,
                found = session.added_images
            );
            return Err(Error::new(ErrorCode::BadData, message));
        }
        for Plan { split, images } in &standing.due {
            let there = match split {
                Split::Validation => session.holdout.validation.len(),
                Split::Test => session.test_images,
            };
            if *images > there {
                let message = say!(
                    "The run is to be evaluated on {images} images, and there are {there}. Use another checkpoint.",
                    images,
                    there
                );
                return Err(Error::new(ErrorCode::BadData, message));
            }
        }
        let training = session.device.training();
        let blank = session.network.take().ok_or_else(interrupted)?;
        let restored = parameters::write(&blank, &network, &training)?;
        session.optimizer.write(&restored, optimizer, &training)?;
        if let Some(stop) = &mut session.early_stopping {
            stop.best = match best {
                Some(best) => Some(parameters::write(&blank, &best, &training)?.valid()),
                None => None,
            };
            stop.stopped = standing.stopped;
            stop.patience = standing.early_stopping.unwrap_or_else(|| stop.patience.clone());
        }
        session.network = Some(restored);
        session.step = standing.step;
        session.due = standing.due.into();
        session.falls = standing.falls;
        session.plateau = standing.plateau.or(session.plateau);
        let (epoch, seed) = (session.step / session.steps_per_epoch(), session.spec.train.seed.get() as u64);
        session.order = batches::epoch_order(&session.holdout.train, epoch, seed);
        Ok(session)
    }

    /// Starts a new run from what another has learned: its first layers, as far as the two networks
    /// are alike, begin with the other's numbers; the rest begin anew. Which layers are frozen is for
    /// the spec to say.
    ///
    /// # Errors
    ///
    /// As [`Session::new`]; [`ErrorCode::BadData`] where no layer with weights is alike.
    pub fn fine_tune(spec: RunSpec, from: Checkpoint, data: &Dataset, device: Opened) -> Result<Self> {
        let mut session = Self::new(spec, data, device)?;
        let training = session.device.training();
        let blank = session.network.take().ok_or_else(interrupted)?;
        let (mine, others) = (&session.spec.model.layers, &from.spec.model.layers);
        let alike = mine.iter().zip(others).take_while(|(mine, other)| mine == other).count();
        let arrays = blank.arrays_of_first(alike).min(from.network.len());
        if arrays == 0 {
            let message = say!(
                "Nothing of the checkpoint fits this network: the two differ from layer {layer} on, and no layer \
                 with weights comes before it. Fine-tune a network that begins as the checkpoint's does.",
                layer = alike + 1
            );
            return Err(Error::new(ErrorCode::BadData, message));
        }
        session.network = Some(parameters::write_first(&blank, &from.network[..arrays], &training)?);
        Ok(session)
    }
}
