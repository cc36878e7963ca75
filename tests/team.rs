//! The threads of a run: what several learn is what one would, and who evaluates beside training changes nothing.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]

mod support;

use emberlab::data::Dataset;
use emberlab::model::parameters::Array;
use emberlab::protocol::{DeviceName, Evaluation, HelpWanted, HelpersWork, Progress};
use emberlab::spec::{
    Activation, EarlyStopping, LIMITS, LayerSpec, OptimizerSpec, Padding, Preset, Regularization, RunSpec,
};
use emberlab::train::{Answering, Helper, Helpers, Session, Share, Unjudged};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::task::Poll;
use support::{advance, dataset, open, spec, train};

/// Helpers without threads: each computes its share when it is handed, if it does not fail.
struct InProcess {
    helpers: Vec<Helper>,
    /// Steps from which on nothing is answered, or what is too short.
    fails_at: usize,
    cuts_short: bool,
    /// Images that were handed out in shares.
    images: Rc<Cell<usize>>,
    judging: Rc<Judging>,
}

/// How the helpers of a test judge images.
#[derive(Default)]
struct Judging {
    /// Images that were handed out.
    images: Cell<usize>,
    /// From so many on nothing is answered, or what is too short.
    fails_at: Cell<Option<usize>>,
    cuts_short: bool,
    /// Looks at an answer before it comes.
    slowness: Cell<usize>,
    /// Those of whom an answer is awaited.
    busy: RefCell<HashSet<usize>>,
}

impl Helpers for InProcess {
    fn count(&self) -> usize {
        self.helpers.len()
    }

    fn hand(&self, share: &Share) -> Answering {
        self.images.set(self.images.get() + share.labels.len());
        let answers = share.step < self.fails_at;
        let mut answer = self.helpers[share.index - 1].answer(share).expect("they fit");
        if !answers {
            answer.pop();
        }
        Box::pin(std::future::ready((answers || self.cuts_short).then_some(answer)))
    }

    fn judge(&self, helper: usize, images: &Unjudged) -> Answering {
        let Judging { images: count, fails_at, cuts_short, slowness, busy } = &*self.judging;
        assert!(!images.pixels.is_empty(), "no one is asked for nothing");
        assert!(busy.borrow_mut().insert(helper), "each is asked for one thing at a time");
        count.set(count.get() + images.pixels.len() / 784);
        let answers = fails_at.get().is_none_or(|most| count.get() < most);
        let mut answer = self.helpers[helper - 1].judge(images).expect("they fit");
        if !answers {
            answer.pop();
        }
        let answer = (answers || *cuts_short).then_some(answer);
        let (mut looks, judging) = (slowness.get(), self.judging.clone());
        Box::pin(async move {
            std::future::poll_fn(|context| {
                looks = looks.saturating_sub(1);
                context.waker().wake_by_ref();
                if looks == 0 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            judging.busy.borrow_mut().remove(&helper);
            answer
        })
    }
}

/// A run whose batches so many threads share, and a count of the images that its helpers get.
fn shared(spec: &RunSpec, data: &Dataset, threads: usize, fails_at: usize) -> (Session, Rc<Cell<usize>>) {
    failing(spec, data, threads, fails_at, false)
}

/// As [`shared`], where failing helpers may also answer too little.
fn failing(
    spec: &RunSpec,
    data: &Dataset,
    threads: usize,
    fails_at: usize,
    cuts_short: bool,
) -> (Session, Rc<Cell<usize>>) {
    let mut session = Session::new(spec.clone(), data, open(DeviceName::Cpu)).expect("labels are there");
    let images = Rc::new(Cell::new(0));
    let helpers = (1..threads).map(|_| Helper::new(spec.clone(), open(DeviceName::Cpu))).collect();
    let helpers = InProcess { helpers, fails_at, cuts_short, images: images.clone(), judging: Rc::default() };
    session.employ(Box::new(helpers), HelpersWork::Batches);
    (session, images)
}

/// A run with a helper that evaluates for it.
fn with_evaluator(spec: &RunSpec, data: &Dataset, judging: Judging) -> (Session, Rc<Judging>) {
    let mut session = Session::new(spec.clone(), data, open(DeviceName::Cpu)).expect("labels are there");
    let judging = Rc::new(judging);
    let helpers = vec![Helper::new(spec.clone(), open(DeviceName::Cpu))];
    let helpers = InProcess {
        helpers,
        fails_at: 0,
        cuts_short: false,
        images: Rc::default(),
        judging: judging.clone(),
    };
    session.employ(Box::new(helpers), HelpersWork::Evaluations);
    (session, judging)
}

/// All that a run told: its losses, and its evaluations in the order of their steps.
fn told(all: &[Progress]) -> (Vec<f32>, Vec<Evaluation>) {
    let losses = all.iter().flat_map(|progress| progress.losses.clone()).collect();
    let evaluations = all.iter().flat_map(|progress| progress.evaluations.clone()).collect();
    (losses, evaluations)
}

fn weights(session: &Session) -> Vec<Array> {
    pollster::block_on(session.save()).expect("the processor answers").network
}

/// A small network with a residual block, and nothing that goes by the batch or by chance.
fn small(batch_size: usize) -> RunSpec {
    let conv = |filters: usize| LayerSpec::Conv2d {
        filters: filters.into(),
        kernel: 3.into(),
        stride: 1.into(),
        padding: Padding::Same,
    };
    let relu = || LayerSpec::Activation { function: Activation::Relu };
    let mut spec = spec(Preset::Mlp, batch_size, 1);
    spec.model.layers = vec![
        LayerSpec::MaxPool2d { size: 2.into(), stride: 2.into() },
        conv(4),
        relu(),
        LayerSpec::Residual { layers: vec![conv(6), LayerSpec::LayerNorm, relu()], projection: true },
        LayerSpec::MaxPool2d { size: 2.into(), stride: 2.into() },
        LayerSpec::Flatten,
        LayerSpec::Dense { units: 10.into() },
    ];
    // Plain steps of length 1, so that the weights move by their gradients.
    spec.train.optimizer = OptimizerSpec::Sgd { momentum: 0.0, nesterov: false };
    spec.train.learning_rate = 1.0;
    spec
}

#[test]
fn the_gradients_of_the_shares_add_up_to_those_of_the_batch() {
    let data = dataset(600, 600, 100);
    let penalties = Regularization { l1: 1e-3, l2: 1e-2, label_smoothing: 0.1, clip_norm: 0.0 };
    let clipped = Regularization { clip_norm: 0.1, ..penalties };
    let cases = [(Regularization::default(), vec![], 0), (penalties, vec![1], 2), (clipped, vec![3], 6)];
    for (regularization, frozen, stay) in cases {
        for batch_size in [2, 7, 25] {
            let mut spec = small(batch_size);
            spec.train.regularization = regularization;
            spec.train.frozen = frozen.iter().map(|layer: &usize| (*layer).into()).collect();
            let step = |threads: usize| {
                let (mut session, handed) = shared(&spec, &data, threads, usize::MAX);
                let progress = advance(&mut session, &data, 1);
                assert_eq!(progress.threads, threads);
                (progress, weights(&session), handed.get())
            };
            let (alone, expected, none) = step(1);
            assert_eq!(none, 0);
            let begun = weights(&shared(&spec, &data, 1, usize::MAX).0);
            assert_eq!(begun.iter().zip(&expected).filter(|(a, b)| a == b).count(), stay);
            for threads in [2, 3] {
                let (together, found, handed) = step(threads);
                // The leader's share is the largest; a helper without an image has no share.
                let own = batch_size.div_ceil(threads.min(batch_size));
                assert_eq!(handed, batch_size - own);
                assert!((alone.losses[0] - together.losses[0]).abs() < 1e-5);
                assert_eq!(alone.accuracies, together.accuracies);
                for (a, b) in expected.iter().zip(&found) {
                    for (a, b) in a.values.iter().zip(&b.values) {
                        assert!((a - b).abs() <= 1e-5, "{threads} threads, batches of {batch_size}: {a} {b}");
                    }
                }
            }
        }
    }
}

#[test]
fn runs_in_shares_learn_and_repeat() {
    let data = dataset(1100, 1100, 100);
    // With and without batch normalisation and dropout; the latter normalises by the running statistics when it
    // is evaluated.
    for (preset, threads) in [(Preset::Mlp, 2), (Preset::Fast99, 2), (Preset::Fast99, 3)] {
        let run = || {
            let spec = spec(preset, 50, 2);
            train(&mut shared(&spec, &data, threads, usize::MAX).0, &data)
        };
        let all = run();
        let losses: Vec<f32> = all.iter().flat_map(|progress| progress.losses.clone()).collect();
        assert!(losses[losses.len() - 1] < losses[0] / 2.0, "{preset:?}: {losses:?}");
        let last = all.iter().flat_map(|progress| &progress.evaluations).last().expect("it was evaluated");
        assert!(last.accuracy > 0.8, "{preset:?}: {}", last.accuracy);
        let vitals = all.iter().flat_map(|progress| &progress.vitals).last().expect("a step was watched");
        assert!(
            vitals.gradient_norm.is_finite() && vitals.layers.iter().any(|layer| layer.dead_share.is_some())
        );
        let again: Vec<f32> = run().into_iter().flat_map(|progress| progress.losses).collect();
        assert_eq!(again, losses, "to the bit");
    }
}

#[test]
fn a_run_goes_on_alone_where_a_helper_fails() {
    let data = dataset(600, 600, 100);
    let spec = spec(Preset::Fast99, 50, 1);
    let (mut lasting, _) = shared(&spec, &data, 3, usize::MAX);
    let expected = advance(&mut lasting, &data, 5);
    for cuts_short in [false, true] {
        let (mut failing, handed) = failing(&spec, &data, 3, 4, cuts_short);
        let found = advance(&mut failing, &data, 5);
        assert_eq!((found.threads, expected.threads), (1, 3));
        assert_eq!(found.losses, expected.losses, "the step in hand is computed as the helpers would have");
        assert_eq!(weights(&failing), weights(&lasting));
        let before = handed.get();
        assert_eq!(advance(&mut failing, &data, 2).losses.len(), 2);
        assert_eq!(handed.get(), before, "nothing is handed out any more");
    }
}

#[test]
fn a_saved_run_goes_on_with_the_same_bits_in_as_many_shares() {
    let data = dataset(600, 600, 100);
    let spec = spec(Preset::Fast99, 50, 2);
    let (mut session, _) = shared(&spec, &data, 2, usize::MAX);
    advance(&mut session, &data, 5);
    let saved = pollster::block_on(session.save()).expect("the processor answers");
    let mut restored = Session::restore(saved, &data, open(DeviceName::Cpu)).expect("it was saved here");
    assert_eq!(restored.standing().threads, 1, "helpers are no part of a run");
    let helpers = vec![Helper::new(spec, open(DeviceName::Cpu))];
    let helpers = InProcess {
        helpers,
        fails_at: usize::MAX,
        cuts_short: false,
        images: Rc::default(),
        judging: Rc::default(),
    };
    restored.employ(Box::new(helpers), HelpersWork::Batches);
    assert_eq!(advance(&mut restored, &data, 5).losses, advance(&mut session, &data, 5).losses);
}

#[test]
fn evaluations_beside_training_are_those_that_training_would_have_waited_for() {
    let data = dataset(1100, 1100, 300);
    for (preset, batch_size) in [(Preset::Mlp, 50), (Preset::Fast99, 100)] {
        let spec = spec(preset, batch_size, 2);
        let mut alone = Session::new(spec.clone(), &data, open(DeviceName::Cpu)).expect("labels are there");
        let expected = told(&train(&mut alone, &data));
        // However late an answer is, and whether it comes or not.
        let fails = Some(900);
        for (slowness, fails_at, cuts_short) in [
            (0, None, false),
            (3, None, false),
            (40, None, false),
            (10_000, None, false),
            (2, fails, false),
            (2, fails, true),
        ] {
            let judging = Judging {
                slowness: Cell::new(slowness),
                fails_at: Cell::new(fails_at),
                cuts_short,
                ..Judging::default()
            };
            let (mut session, judging) = with_evaluator(&spec, &data, judging);
            assert_eq!(session.standing().threads, 2);
            let found = train(&mut session, &data);
            assert_eq!(told(&found), expected, "{preset:?}, answered after {slowness} looks");
            let all = expected.1.iter().map(|evaluation| evaluation.images).sum::<usize>();
            if fails_at.is_none() {
                assert_eq!(judging.images.get(), all, "all were judged beside training");
            }
            assert_eq!(session.standing().threads, if fails_at.is_none() { 2 } else { 1 });
        }
    }
}

#[test]
fn training_does_not_wait_for_an_evaluation_beside_it_but_the_next_one_does() {
    let data = dataset(1100, 1100, 300);
    let judging = Judging { slowness: Cell::new(10_000), ..Judging::default() };
    let (mut session, judging) = with_evaluator(&spec(Preset::Mlp, 50, 1), &data, judging);
    // 20 steps an epoch, with evaluations after 1, 3, 5, 10, 15 and 20 of them.
    let zero = std::time::Duration::ZERO;
    let mut on =
        |most| pollster::block_on(session.advance(&data, zero, most)).expect("the processor answers");
    assert_eq!((on(2).step, judging.images.get()), (1, 0));
    let second = [on(9), on(9)];
    assert!(judging.images.get() > 0, "it was handed out");
    assert_eq!(second[1].step, 2, "and training went on");
    assert!(second.iter().all(|progress| progress.evaluations.is_empty()));
    let settled = pollster::block_on(session.settle(&data)).expect("the processor answers");
    assert_eq!((settled.step, settled.evaluations.len(), settled.evaluations[0].step), (2, 1, 1));
    // An advance that ends where it was told to leaves nothing open.
    let told = advance(&mut session, &data, 18);
    assert_eq!(told.step, 20);
    assert!(told.evaluations.iter().any(|evaluation| evaluation.step == 15));
}

#[test]
fn a_run_that_learns_from_its_validations_waits_for_them() {
    let data = dataset(1100, 1100, 300);
    let mut spec = spec(Preset::Mlp, 50, 12);
    spec.train.early_stopping = Some(EarlyStopping { patience: 1.into() });
    spec.train.learning_rate = 0.02;
    let mut alone = Session::new(spec.clone(), &data, open(DeviceName::Cpu)).expect("labels are there");
    let expected = told(&train(&mut alone, &data));
    assert!(expected.0.len() < 12 * 20, "it stops early");
    let judging = Judging { slowness: Cell::new(10_000), ..Judging::default() };
    let (mut session, judging) = with_evaluator(&spec, &data, judging);
    assert_eq!(told(&train(&mut session, &data)), expected);
    assert!(judging.images.get() > 0, "the helper does a part of it");
    assert_eq!(weights(&session), weights(&alone));
}

#[test]
fn there_are_as_many_threads_as_there_is_work_for() {
    let data = dataset(1100, 1100, 100);
    let wanted = |device, preset, batch_size, processors, pinned| {
        let session = Session::new(spec(preset, batch_size, 1), &data, open(device));
        session.expect("labels are there").help_wanted(processors, pinned)
    };
    let share = |helpers| HelpWanted { helpers, work: HelpersWork::Batches };
    let evaluate = |helpers| HelpWanted { helpers, work: HelpersWork::Evaluations };
    let most = LIMITS.threads.max as usize - 1;
    use DeviceName::{Cpu, Ndarray};
    let cases = [
        (wanted(Cpu, Preset::Cnn, 64, 2, None), share(1), "a large network"),
        (wanted(Cpu, Preset::Cnn, 64, 1, None), evaluate(0), "one processor"),
        (wanted(Cpu, Preset::Cnn, 64, 0, None), evaluate(0), "a browser that does not say"),
        (wanted(Cpu, Preset::Cnn, 64, 64, None), share(most), "many processors"),
        (wanted(Cpu, Preset::Mlp, 64, 8, None), evaluate(1), "too little to share"),
        (wanted(Cpu, Preset::Mlp, 64, 1, Some(3)), share(2), "but as was asked for"),
        (wanted(Cpu, Preset::Cnn, 64, 8, Some(1)), evaluate(0), "one was asked for"),
        (wanted(Cpu, Preset::Mlp, 2, 8, Some(3)), share(1), "no share without an image"),
        (wanted(Cpu, Preset::Mlp, 64, 8, Some(99)), share(most), "more than there may be"),
        (
            wanted(Cpu, Preset::BatchNorm, 256, 8, Some(8)),
            share(3),
            "images for batch normalisation to go by",
        ),
        (wanted(Cpu, Preset::BatchNorm, 64, 8, Some(8)), evaluate(1), "too few to share"),
        (wanted(Ndarray, Preset::Cnn, 64, 8, Some(2)), evaluate(0), "the reference device stays as it is"),
    ];
    for (found, expected, what) in cases {
        assert_eq!(found, expected, "{what}");
    }
}
