//! A step's batch in shares: what several threads learn is what one would.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]

mod support;

use emberlab::data::Dataset;
use emberlab::model::parameters::Array;
use emberlab::protocol::DeviceName;
use emberlab::spec::{
    Activation, LIMITS, LayerSpec, OptimizerSpec, Padding, Preset, Regularization, RunSpec,
};
use emberlab::train::{Answering, Helper, Helpers, Session, Share};
use std::cell::Cell;
use std::rc::Rc;
use support::{advance, dataset, open, spec, train};

/// Helpers without threads: each computes its share when it is handed, if it does not fail.
struct InProcess {
    helpers: Vec<Helper>,
    /// Steps from which on nothing is answered.
    fails_at: usize,
    /// Images that were handed out.
    images: Rc<Cell<usize>>,
}

impl Helpers for InProcess {
    fn count(&self) -> usize {
        self.helpers.len()
    }

    fn hand(&self, share: &Share) -> Answering {
        self.images.set(self.images.get() + share.labels.len());
        let answers = share.step < self.fails_at;
        let answer = answers.then(|| self.helpers[share.index - 1].answer(share).expect("they fit"));
        Box::pin(std::future::ready(answer))
    }
}

/// A run whose batches so many threads share, and a count of the images that its helpers get.
fn shared(spec: &RunSpec, data: &Dataset, threads: usize, fails_at: usize) -> (Session, Rc<Cell<usize>>) {
    let mut session = Session::new(spec.clone(), data, open(DeviceName::Cpu)).expect("labels are there");
    let images = Rc::new(Cell::new(0));
    let helpers = (1..threads).map(|_| Helper::new(spec.clone(), open(DeviceName::Cpu))).collect();
    session.employ(Box::new(InProcess { helpers, fails_at, images: images.clone() }));
    (session, images)
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
    let (mut failing, handed) = shared(&spec, &data, 3, 4);
    let (mut lasting, _) = shared(&spec, &data, 3, usize::MAX);
    let (found, expected) = (advance(&mut failing, &data, 5), advance(&mut lasting, &data, 5));
    assert_eq!((found.threads, expected.threads), (1, 3));
    assert_eq!(found.losses, expected.losses, "the step in hand is computed as the helpers would have");
    assert_eq!(weights(&failing), weights(&lasting));
    let before = handed.get();
    assert_eq!(advance(&mut failing, &data, 2).losses.len(), 2);
    assert_eq!(handed.get(), before, "nothing is handed out any more");
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
    restored.employ(Box::new(InProcess { helpers, fails_at: usize::MAX, images: Rc::default() }));
    assert_eq!(advance(&mut restored, &data, 5).losses, advance(&mut session, &data, 5).losses);
}

#[test]
fn there_are_as_many_threads_as_there_is_work_for() {
    let data = dataset(1100, 1100, 100);
    let threads = |device, preset, batch_size, processors, pinned| {
        let session = Session::new(spec(preset, batch_size, 1), &data, open(device));
        session.expect("labels are there").threads(processors, pinned)
    };
    use DeviceName::{Cpu, Ndarray};
    assert_eq!(threads(Cpu, Preset::Cnn, 64, 2, None), 2);
    assert_eq!(threads(Cpu, Preset::Cnn, 64, 1, None), 1);
    assert_eq!(threads(Cpu, Preset::Cnn, 64, 0, None), 1, "a browser that does not say");
    assert_eq!(threads(Cpu, Preset::Cnn, 64, 64, None), LIMITS.threads.max as usize);
    assert_eq!(threads(Cpu, Preset::Mlp, 64, 8, None), 1, "too little to do");
    assert_eq!(threads(Cpu, Preset::Mlp, 64, 1, Some(3)), 3, "but as was asked for");
    assert_eq!(threads(Cpu, Preset::Mlp, 2, 8, Some(3)), 2, "no share without an image");
    assert_eq!(threads(Cpu, Preset::Mlp, 64, 8, Some(99)), LIMITS.threads.max as usize);
    // Batch normalisation needs images to go by.
    assert_eq!(threads(Cpu, Preset::BatchNorm, 256, 8, Some(8)), 4);
    assert_eq!(threads(Cpu, Preset::BatchNorm, 64, 8, Some(8)), 1);
    assert_eq!(threads(Ndarray, Preset::Cnn, 64, 8, Some(2)), 1, "the reference device stays as it is");
}
