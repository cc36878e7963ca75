//! Evaluations that a helper makes while training goes on.
//!
//! Each looks at the network as it was when it was due, so its numbers are those that it would have had if
//! training had waited. Only a run that learns from its validations waits for them.

use super::{Log, Session};
use crate::data::Dataset;
use crate::error::Result;
use crate::spec::Decay;
use crate::train::evaluate::Evaluating;
use crate::train::passes::HandedOut;
use std::task::{Context, Poll, Waker};

/// An evaluation, and what the helper has of it now: of the first in the queue only.
pub(super) struct Beside {
    evaluating: Evaluating,
    handed: Option<HandedOut>,
}

impl Session {
    /// Hands the evaluations that are due to a helper, once it is done with those before; false where
    /// training has to wait for these.
    pub(super) async fn begin_beside(&mut self, data: &Dataset, log: &mut Log) -> Result<bool> {
        if self.evaluating.is_some() || !self.team.has_evaluator() || self.learns_from_validations() {
            return Ok(false);
        }
        // Each helper is asked for one thing at a time.
        self.await_all(data, log).await?;
        let due: Vec<_> =
            self.due.iter().map(|plan| self.evaluating_as_planned(plan.clone())).collect::<Result<_>>()?;
        if !due.iter().all(|evaluating| evaluating.can_finish(data) && evaluating.plan().images > 0) {
            return Ok(false);
        }
        self.due.clear();
        self.beside.extend(due.into_iter().map(|evaluating| Beside { evaluating, handed: None }));
        self.hand_out_next(data);
        Ok(true)
    }

    /// Tells what the helper has answered meanwhile, without waiting.
    pub(super) async fn take_what_came(&mut self, data: &Dataset, log: &mut Log) -> Result<()> {
        let mut context = Context::from_waker(Waker::noop());
        while let Some(Beside { handed: Some(handed), .. }) = self.beside.front_mut() {
            if handed.poll_answer(&mut context) == Poll::Pending {
                break;
            }
            self.await_one(data, log).await?;
        }
        Ok(())
    }

    /// Waits for what the helper has in hand.
    pub(super) async fn await_one(&mut self, data: &Dataset, log: &mut Log) -> Result<()> {
        let Some(Beside { mut evaluating, handed }) = self.beside.pop_front() else { return Ok(()) };
        let result = match handed {
            Some(handed) => {
                let device = self.device.inference();
                evaluating.take_back(handed, data, &self.spec, &device, &mut self.team).await?
            }
            None => None,
        };
        match result {
            Some(result) => log.evaluations.push(result),
            None => self.beside.push_front(Beside { evaluating, handed: None }),
        }
        self.hand_out_next(data);
        Ok(())
    }

    /// Waits for everything that the helper was to do.
    pub(super) async fn await_all(&mut self, data: &Dataset, log: &mut Log) -> Result<()> {
        while !self.beside.is_empty() {
            self.await_one(data, log).await?;
        }
        Ok(())
    }

    /// Gives the helper the next images of the first evaluation in the queue.
    fn hand_out_next(&mut self, data: &Dataset) {
        if let Some(Beside { evaluating, handed }) = self.beside.front_mut()
            && handed.is_none()
        {
            *handed = evaluating.hand_out(data, &self.spec, &self.team);
        }
    }

    /// Whether the next step depends on how the last validation went.
    fn learns_from_validations(&self) -> bool {
        self.early_stopping.is_some() || matches!(self.spec.train.schedule.decay, Decay::OnPlateau { .. })
    }
}
