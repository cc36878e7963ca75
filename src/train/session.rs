//! A run as a state machine: idle, running, finished or failed.
//!
//! The caller asks it to [`advance`](Session::advance) for a while and gets back what happened. It
//! decides itself what comes next: a training step, or a slice of an evaluation that is due.

mod beside;
mod look;
mod resume;
mod watch;

pub use resume::Standing;

use super::evaluate::{self, Evaluating, Plan};
use super::optimizer::Optimizer;
use super::pace::Pace;
use super::passes;
use super::rehearsal::Rehearsal;
use super::schedule::{self, Patience};
use super::step;
use super::team::{self, Helpers, Team};
use super::vitals::{self, Vitals, Watched};
use crate::data::augment::Augmenter;
use crate::data::batches::{self, Batch, Holdout, Stream};
use crate::data::{Dataset, Part, TrainingSet};
use crate::device::Opened;
use crate::error::{Error, ErrorCode, Result};
use crate::metrics;
use crate::model::{Mode, Network};
use crate::protocol::{Evaluation, HelpWanted, HelpersWork, Progress, RunState, Split};
use crate::say::{in_digits, say};
use crate::spec::{Changes, Decay, RunSpec};
use beside::Beside;
use burn::module::Module;
use burn::tensor::Tensor;
use std::collections::VecDeque;
use watch::EarlyStop;
use web_time::{Duration, Instant};

/// Helpers judge images for the time of at most so many steps before they are asked again.
const MOST_STEPS_OF_HELPERS: usize = 16;

/// A run: its spec, its network and how far it has come.
pub struct Session {
    spec: RunSpec,
    device: Opened,
    /// Only absent inside a step, which takes it by value so that the device may update in place.
    network: Option<Network>,
    optimizer: Optimizer,
    /// Who works for it.
    team: Team,
    holdout: Holdout,
    /// The class each training image is trained as: its true one, but for sabotage.
    labels: Vec<u8>,
    augmenter: Option<Augmenter>,
    test_images: usize,
    /// Training images that were added by hand.
    added_images: usize,
    /// The training images in the order of the epoch in hand; none before the first step.
    order: Vec<u32>,
    /// Steps trained so far.
    step: usize,
    due: VecDeque<Plan>,
    evaluating: Option<Evaluating>,
    /// Evaluations that a helper makes while training goes on, in order.
    beside: VecDeque<Beside>,
    /// Falls of the learning rate so far, of a schedule that waits for plateaus.
    falls: u32,
    plateau: Option<Patience>,
    early_stopping: Option<EarlyStop>,
    pace: Pace,
    failure: Option<Error>,
}

/// What the steps of one `advance` gave.
#[derive(Default)]
struct Log {
    losses: Vec<f32>,
    accuracies: Vec<f32>,
    learning_rates: Vec<f32>,
    evaluations: Vec<Evaluation>,
    vitals: Vec<Vitals>,
    waiting_for_data: bool,
}

impl Session {
    /// Starts a run: splits the data and draws the initial weights.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DataMissing`] where the labels have not been loaded, [`ErrorCode::InvalidSpec`]
    /// where the spec is for another data set or fewer images are left to train on than a batch
    /// holds. The spec must be free of problems.
    pub fn new(spec: RunSpec, data: &Dataset, device: Opened) -> Result<Self> {
        let TrainingSet { holdout, labels } = TrainingSet::new(&spec, data)?;
        let seed = spec.train.seed.get() as u64;
        let (images, batch_size) = (holdout.train.len(), spec.train.batch_size.get());
        if images < batch_size {
            let message = say!(
                "The batch of {batch} is larger than the {images} training images. Use a smaller batch, or hold \
                 out and leave out fewer images.",
                batch = batch_size,
                images
            );
            return Err(Error::new(ErrorCode::InvalidSpec, message));
        }
        let augmenter = Augmenter::of(&spec.data, seed);
        let network = step::network(&spec, &device.training());
        let plateau = match spec.train.schedule.decay {
            Decay::OnPlateau { patience, .. } => Some(Patience::new(patience.get())),
            _ => None,
        };
        let early_stopping = spec.train.early_stopping.map(|stopping| EarlyStop {
            patience: Patience::new(stopping.patience.get()),
            best: None,
            stopped: false,
        });
        Ok(Self {
            network: Some(network),
            optimizer: Optimizer::new(&spec.train.optimizer, &device.training()),
            team: Team::default(),
            order: Vec::new(),
            test_images: data.part(Part::Test).labels().len(),
            added_images: data.part(Part::Train).added().len(),
            holdout,
            labels,
            augmenter,
            spec,
            device,
            step: 0,
            due: VecDeque::new(),
            evaluating: None,
            beside: VecDeque::new(),
            falls: 0,
            plateau,
            early_stopping,
            pace: Pace::default(),
            failure: None,
        })
    }

    /// Trains and evaluates for about `budget`, or until `max_steps` training steps are done, or
    /// until images are needed that have not been loaded. Does at least one piece of work.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Diverged`] once a loss is not finite, after the steps up to it were reported;
    /// [`ErrorCode::DeviceLost`] where the device does not answer. The run cannot go on then.
    pub async fn advance(&mut self, data: &Dataset, budget: Duration, max_steps: usize) -> Result<Progress> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let start = Instant::now();
        let mut log = Log::default();
        while log.losses.len() < max_steps && self.failure.is_none() && !self.is_finished() {
            self.take_what_came(data, &mut log).await?;
            if self.evaluation_is_due() {
                if !self.begin_beside(data, &mut log).await? {
                    self.evaluate_slice(data, &mut log).await?;
                }
            } else if self.is_trained() {
                self.await_one(data, &mut log).await?;
            } else {
                self.train_slice(data, max_steps - log.losses.len(), &mut log).await?;
            }
            if log.waiting_for_data || start.elapsed() >= budget {
                break;
            }
        }
        if log.losses.len() >= max_steps || self.failure.is_some() {
            self.await_all(data, &mut log).await?;
        }
        Ok(self.progress(log))
    }

    /// Waits for the evaluations that are made beside training, and trains nothing.
    ///
    /// # Errors
    ///
    /// As [`advance`](Self::advance).
    pub async fn settle(&mut self, data: &Dataset) -> Result<Progress> {
        let mut log = Log::default();
        self.await_all(data, &mut log).await?;
        Ok(self.progress(log))
    }

    /// Compiles the device's programs for this run's shapes; the run itself stays as it is.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`] where the device does not answer.
    pub async fn warm_up(&self) -> Result<()> {
        if self.device.compiles() { Rehearsal::new(&self.spec, &self.device).warm_up().await } else { Ok(()) }
    }

    /// The helpers that this run is to have where there are so many processors, or where so many threads,
    /// this one included, are `pinned`. Nothing is timed, so the same machine says the same again.
    pub fn help_wanted(&self, processors: usize, pinned: Option<usize>) -> HelpWanted {
        team::help_wanted(&self.spec, &self.device, processors, pinned)
    }

    /// Has helpers for this run's spec work for it from the next step on.
    pub fn employ(&mut self, helpers: Box<dyn Helpers>, work: HelpersWork) {
        self.team = Team::of(helpers, work);
    }

    /// Changes what may change while a run goes on, from the next step on.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::WrongState`] where fewer epochs are asked for than have been trained; nothing
    /// is changed then. The values must have passed the validator.
    pub fn update(&mut self, changes: Changes) -> Result<()> {
        if let Some(epochs) = changes.epochs {
            let begun = self.step.div_ceil(self.steps_per_epoch());
            if epochs.get() < begun {
                let message =
                    say!("Epoch {begun} has begun already. Set at least {begun} epochs, or reset.", begun);
                return Err(Error::new(ErrorCode::WrongState, message));
            }
            if epochs.get() > self.spec.train.epochs.get() {
                // Asked to go on, a run that had stopped early gets new patience.
                self.early_stopping.iter_mut().for_each(|stop| stop.stopped = false);
            }
            self.spec.train.epochs = epochs;
            // The best may be those of the step that is yet to be validated.
            if !self.validation_is_due() {
                self.go_back_to_best();
            }
        }
        if let Some(learning_rate) = changes.learning_rate {
            self.spec.train.learning_rate = learning_rate;
        }
        Ok(())
    }

    /// The spec of the run as it is now, changes included.
    pub fn spec(&self) -> &RunSpec {
        &self.spec
    }

    /// Where the run stands.
    pub fn state(&self) -> RunState {
        match (&self.failure, self.step) {
            (Some(_), _) => RunState::Failed,
            (None, 0) => RunState::Idle,
            (None, _) if self.is_finished() => RunState::Finished,
            (None, _) => RunState::Running,
        }
    }

    /// Leaves out what is due to be evaluated after the steps so far.
    pub(super) fn skip_evaluations(&mut self) {
        self.due.clear();
    }

    fn steps_per_epoch(&self) -> usize {
        self.holdout.train.len() / self.spec.train.batch_size.get()
    }

    fn is_finished(&self) -> bool {
        self.is_trained() && !self.evaluation_is_due() && self.beside.is_empty()
    }

    /// Whether no step is left to train.
    fn is_trained(&self) -> bool {
        let total = self.steps_per_epoch() * self.spec.train.epochs.get();
        self.step >= total || self.early_stopping.as_ref().is_some_and(|stop| stop.stopped)
    }

    fn evaluation_is_due(&self) -> bool {
        self.evaluating.is_some() || !self.due.is_empty()
    }

    fn validation_is_due(&self) -> bool {
        let in_hand = self.evaluating.iter().map(Evaluating::plan);
        in_hand.chain(self.due.iter().cloned()).any(|plan| plan.split == Split::Validation)
    }

    /// Trains as many steps as the device takes at once, up to `most`, and reads them back together.
    async fn train_slice(&mut self, data: &Dataset, most: usize, log: &mut Log) -> Result<()> {
        let start = Instant::now();
        let mut logits = Vec::new();
        let mut labels = Vec::new();
        let mut watched = None;
        let most = most.min(self.steps_at_once());
        while logits.len() < most && !self.evaluation_is_due() {
            let Some(indices) = self.next_batch(data) else {
                log.waiting_for_data = logits.is_empty();
                break;
            };
            let batch = self.gather(data, &indices);
            labels.push(batch.labels.clone());
            let (of_step, watched_step) = self.train_step(batch).await?;
            logits.push(of_step);
            watched = watched_step;
            log.learning_rates.push(self.rule(self.step - 1).learning_rate as f32);
        }
        let images = labels.iter().map(Vec::len).sum();
        for (logits, labels) in step::read(logits).await?.iter().zip(labels) {
            self.record(logits, &labels, log);
        }
        if images > 0 {
            self.pace.add(images, start.elapsed());
        }
        // Only the last step of a slice is watched: an evaluation comes after it.
        if let Some(watched) = watched {
            log.vitals.push(watched.read(self.step).await?);
        }
        Ok(())
    }

    /// How many steps to hand over before the first is read back.
    fn steps_at_once(&self) -> usize {
        self.pace.at_once(self.spec.train.batch_size.get(), self.device.steps_in_flight())
    }

    /// The next step's images, or none while they have not all arrived.
    fn next_batch(&mut self, data: &Dataset) -> Option<Vec<u32>> {
        let batch_size = self.spec.train.batch_size.get();
        let (epoch, in_epoch) = (self.step / self.steps_per_epoch(), self.step % self.steps_per_epoch());
        if in_epoch == 0 {
            let seed = self.spec.train.seed.get() as u64;
            self.order = batches::epoch_order(&self.holdout.train, epoch, seed);
        }
        let range = in_epoch * batch_size..(in_epoch + 1) * batch_size;
        let needed = batches::images_needed(&self.order, range.clone());
        (needed <= data.part(Part::Train).ready()).then(|| self.order[range].to_vec())
    }

    /// The images of a step, distorted where the spec says so, with the labels they are trained as.
    fn gather(&mut self, data: &Dataset, indices: &[u32]) -> Batch {
        let epoch = self.step / self.steps_per_epoch();
        let affine = self.spec.data.affine();
        let images = data.part(Part::Train);
        match &mut self.augmenter {
            None => batches::gather(images, &self.labels, indices, affine),
            Some(augmenter) => {
                batches::gather_drawn(images, &self.labels, indices, affine, |pixels, index, out| {
                    augmenter.augment(pixels, epoch, index, out);
                })
            }
        }
    }

    /// One step, of which only helpers are waited for; returns its logits. It is watched where an
    /// evaluation comes next.
    async fn train_step(&mut self, batch: Batch) -> Result<(Tensor<2>, Option<Watched>)> {
        let batch_size = batch.labels.len();
        let network = self.network.take().ok_or_else(interrupted)?;
        let (batch, handed) = self.team.hand_out(&network, self.step, batch);
        let weight = batch.labels.len() as f64 / batch_size as f64;
        let shape = self.spec.data.dataset.image_shape();
        let images = step::images(batch.pixels, batch.labels.len(), shape, &self.device.training());
        let targets = self.targets(&batch.labels);
        let rule = self.rule(self.step);
        let seed = self.spec.train.seed.get() as u64;
        let mut mode = Mode::Train(batches::generator(seed, Stream::Dropout(self.step)));
        let steps = self.steps_per_epoch();
        let (epoch, in_epoch) = (self.step / steps, self.step % steps + 1);
        let due = evaluate::due(&self.holdout, self.test_images, epoch, in_epoch, steps, batch_size);
        let (logits, peaks) = if due.is_empty() {
            (network.forward(images, &mut mode), None)
        } else {
            let (logits, peaks) = vitals::forward(&network, images, &mut mode);
            (logits, Some(peaks))
        };
        let gradients = step::gradients(&network, logits.clone(), targets, &rule, weight);
        let run = (&self.spec, &self.device);
        let (gradients, logits) = self.team.join(handed, &network, gradients, logits.inner(), run).await?;
        let optimizer = &mut self.optimizer;
        let (network, watched) = match peaks {
            None => (step::update(network, optimizer, gradients, &rule), None),
            Some(peaks) => {
                let (network, watched) = vitals::update(network, optimizer, gradients, peaks, &rule);
                (network, Some(watched))
            }
        };
        self.network = Some(network);
        self.step += 1;
        self.due.extend(due);
        Ok((logits, watched))
    }

    /// How the step with this number, from 0, learns.
    fn rule(&self, step: usize) -> step::Rule {
        let train = &self.spec.train;
        let factor =
            schedule::factor(&train.schedule, step, self.steps_per_epoch(), train.epochs.get(), self.falls);
        step::Rule { learning_rate: train.learning_rate * factor, regularization: train.regularization }
    }

    fn targets(&self, labels: &[u8]) -> Tensor<2> {
        step::targets(labels, self.spec.data.dataset.classes(), &self.device.training())
    }

    /// Adds one step's loss and accuracy to the log; the run fails where the loss is not finite.
    fn record(&mut self, logits: &[f32], labels: &[u8], log: &mut Log) {
        let mut loss = 0.0;
        let mut correct = 0usize;
        for (logits, label) in logits.chunks(self.spec.data.dataset.classes()).zip(labels) {
            loss += metrics::cross_entropy(logits, *label);
            correct += usize::from(metrics::predicted(logits) == usize::from(*label));
        }
        let loss = loss / labels.len() as f64;
        log.losses.push(loss as f32);
        log.accuracies.push(correct as f32 / labels.len() as f32);
        if !loss.is_finite() && self.failure.is_none() {
            let message = say!(
                "The loss is not a number any more: with a learning rate of {rate} the steps are too large. Lower \
                 the learning rate, then reset.",
                rate = in_digits(self.spec.train.learning_rate)
            );
            self.failure = Some(Error::new(ErrorCode::Diverged, message));
        }
    }

    /// How many forward passes to make before the first is read back: as many as take the time of the steps that
    /// are.
    fn passes_at_once(&self) -> usize {
        // With each lot helpers are given all weights anew: it has to be worth that.
        let most =
            if self.team.threads() > 1 { MOST_STEPS_OF_HELPERS } else { self.device.steps_in_flight() };
        let rows = passes::rows(self.spec.train.batch_size.get());
        self.pace.at_once(rows, most) * evaluate::FORWARDS_PER_TRAINED as usize
    }

    /// Starts an evaluation of the network as it is now.
    fn evaluating_as_planned(&self, plan: Plan) -> Result<Evaluating> {
        let network = self.network.as_ref().ok_or_else(interrupted)?.valid();
        let epoch = self.step.div_ceil(self.steps_per_epoch());
        Ok(Evaluating::new(plan, &self.holdout, network, &self.spec, self.step, epoch))
    }

    async fn evaluate_slice(&mut self, data: &Dataset, log: &mut Log) -> Result<()> {
        let mut evaluating = match self.evaluating.take() {
            Some(evaluating) => evaluating,
            None => {
                let Some(plan) = self.due.pop_front() else { return Ok(()) };
                self.evaluating_as_planned(plan)?
            }
        };
        if evaluating.can_go_on(data) {
            let (slices, device) = (self.passes_at_once(), self.device.inference());
            if let Some(result) = evaluating.go_on(data, &self.spec, slices, &device, &mut self.team).await? {
                self.learn_from(&result);
                log.evaluations.push(result);
                return Ok(());
            }
        } else {
            log.waiting_for_data = true;
        }
        self.evaluating = Some(evaluating);
        Ok(())
    }

    /// Where the run stands, without anything new.
    pub fn standing(&self) -> Progress {
        self.progress(Log::default())
    }

    fn progress(&self, log: Log) -> Progress {
        Progress {
            state: self.state(),
            epoch: self.step.div_ceil(self.steps_per_epoch()),
            epochs: self.spec.train.epochs.get(),
            step: self.step,
            steps_per_epoch: self.steps_per_epoch(),
            losses: log.losses,
            accuracies: log.accuracies,
            learning_rates: log.learning_rates,
            evaluations: log.evaluations,
            vitals: log.vitals,
            threads: self.team.threads(),
            images_per_second: self.pace.images_per_second(),
            waiting_for_data: log.waiting_for_data,
        }
    }
}

/// The network was taken by a step that never came back, which only a lost device can cause.
fn interrupted() -> Error {
    Error::new(ErrorCode::DeviceLost, say!("The last step was cut short. Start a new run."))
}
