//! The learning-rate range test, natively.
#![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]

mod support;

use emberlab::data::Dataset;
use emberlab::device::Opened;
use emberlab::protocol::{DeviceName, RunState, Split};
use emberlab::spec::{Decay, EarlyStopping, Initializer, LayerSpec, OptimizerSpec, Preset, RunSpec};
use emberlab::train::{RangeTest, RangeTestProgress, Session};
use std::time::Duration;
use support::{advance, dataset, open, spec, train};

const SGD: OptimizerSpec = OptimizerSpec::Sgd { momentum: 0.9, nesterov: false };

fn cpu() -> Opened {
    open(DeviceName::Cpu)
}

fn begin(spec: &RunSpec, data: &Dataset) -> RangeTest {
    RangeTest::new(spec.clone(), data, cpu()).expect("labels are there")
}

fn go_on(test: &mut RangeTest, data: &Dataset, budget: Duration) -> RangeTestProgress {
    pollster::block_on(test.advance(data, budget)).expect("the device answers")
}

/// A whole test.
fn found(spec: &RunSpec, data: &Dataset) -> RangeTestProgress {
    let progress = go_on(&mut begin(spec, data), data, Duration::MAX);
    assert!(progress.done && !progress.waiting_for_data);
    progress
}

/// Accuracy and loss of the last validation of a run with this rate; of one that diverges, the
/// worst there are.
fn outcome(mut spec: RunSpec, rate: f64, data: &Dataset) -> (f64, f64) {
    spec.train.learning_rate = rate;
    let mut session = Session::new(spec, data, cpu()).expect("labels are there");
    let mut last = (0.0, f64::INFINITY);
    while matches!(session.state(), RunState::Idle | RunState::Running) {
        let evaluations = advance(&mut session, data, 100).evaluations;
        if let Some(validation) = evaluations.iter().rfind(|evaluation| evaluation.split == Split::Validation)
        {
            last = (validation.accuracy, validation.loss);
        }
    }
    if session.state() == RunState::Finished { last } else { (0.0, f64::INFINITY) }
}

#[test]
fn the_suggested_rate_trains_well_and_a_hundred_times_it_does_not() {
    let data = dataset(1100, 1100, 100);
    for optimizer in [OptimizerSpec::usual()[0].clone(), SGD] {
        let mut spec = spec(Preset::Mlp, 25, 2);
        spec.train.optimizer = optimizer;
        let rate = found(&spec, &data).suggestion.expect("the loss falls");
        let [slow, well, badly] =
            [rate / 1000.0, rate, rate * 100.0].map(|rate| outcome(spec.clone(), rate, &data));
        let all = format!("{rate} of {:?}: {slow:?} {well:?} {badly:?}", spec.train.optimizer);
        assert!(well.0 > 0.95 && well.1 < 0.1, "{all}");
        assert!(badly.0 < well.0 && badly.1 > 10.0 * well.1, "{all}");
        assert!(slow.0 < well.0 && slow.1 > 10.0 * well.1, "{all}");
    }
}

#[test]
fn the_loss_is_followed_until_it_bursts() {
    let data = dataset(1100, 1100, 100);
    let progress = found(&spec(Preset::Mlp, 20, 1), &data);
    let RangeTestProgress { rates, losses, smoothed, .. } = &progress;
    let steps = losses.len();
    assert_eq!((rates.len(), smoothed.len()), (steps, steps));
    assert!(steps > 60 && steps < 120, "it ends early: {steps}");
    assert!(rates.windows(2).all(|pair| (pair[1] / pair[0] - 1.145).abs() < 1e-4));
    let best = |of: &[f32]| of.iter().copied().fold(f32::INFINITY, f32::min);
    assert!(smoothed[steps - 1] > 4.0 * best(smoothed), "{smoothed:?}");
    assert!(smoothed[steps - 2] <= 4.0 * best(&smoothed[..steps - 1]), "no sooner");
    let (suggestion, tenth) = (progress.suggestion.zip(progress.tenth_of_minimum)).expect("the loss falls");
    let minimum = smoothed.iter().position(|loss| *loss == best(smoothed)).expect("it is among them");
    assert!((tenth - f64::from(rates[minimum]) / 10.0).abs() < 1e-6 * tenth, "{tenth}");
    assert!(suggestion < f64::from(rates[minimum]), "{suggestion}");
}

#[test]
fn a_loss_that_is_no_number_ends_the_test_and_is_left_out() {
    let data = dataset(1100, 1100, 100);
    let mut spec = spec(Preset::Mlp, 20, 1);
    spec.train.optimizer = SGD;
    // Weights this large in so many layers make numbers beyond all numbers at the first step.
    spec.model.layers = vec![LayerSpec::Flatten];
    spec.model.layers.extend((0..30).map(|_| LayerSpec::Dense { units: 10.into() }));
    spec.model.initializer = Initializer::Normal { std: 10.0 };
    let progress = found(&spec, &data);
    assert_eq!(progress, RangeTestProgress { done: true, ..RangeTestProgress::default() });
    // Or at a later one, with weights that are sound.
    spec.model.initializer = Initializer::XavierNormal;
    let progress = found(&spec, &data);
    assert!(progress.losses.len() > 50 && progress.losses.len() < 120, "{}", progress.losses.len());
    assert!(progress.losses.iter().chain(&progress.smoothed).all(|loss| loss.is_finite()));
}

#[test]
fn a_network_that_cannot_learn_gets_no_suggestion() {
    let data = dataset(1100, 1100, 100);
    let mut spec = spec(Preset::Mlp, 25, 1);
    spec.model.initializer = Initializer::Zeros;
    let progress = found(&spec, &data);
    assert_eq!((progress.suggestion, progress.tenth_of_minimum), (None, None), "{:?}", progress.smoothed);
}

#[test]
fn the_seed_alone_decides_whatever_the_slices() {
    let data = dataset(600, 600, 100);
    let with = |seed: usize| {
        let mut spec = spec(Preset::Mlp, 25, 1);
        spec.train.seed = seed.into();
        spec
    };
    let whole = found(&with(1), &data);
    assert_ne!(whole.losses, found(&with(2), &data).losses);
    let mut test = begin(&with(1), &data);
    for step in 1.. {
        // Without time left, one step is done.
        let progress = go_on(&mut test, &data, Duration::ZERO);
        assert_eq!(progress.losses[..], whole.losses[..step]);
        assert_eq!(progress.suggestion.is_some(), progress.done, "not before the end");
        if progress.done {
            assert_eq!(progress, whole);
            break;
        }
    }
    assert_eq!(go_on(&mut test, &data, Duration::MAX), whole, "what is over stays as it is");
}

#[test]
fn rate_schedule_and_length_of_the_run_do_not_matter() {
    let data = dataset(600, 600, 100);
    let mut other = spec(Preset::Mlp, 25, 7);
    let plain = found(&spec(Preset::Mlp, 25, 1), &data);
    other.train.learning_rate = 3.0;
    other.train.schedule.decay = Decay::Exponential { factor: 0.1 };
    other.train.schedule.warmup_epochs = 2.0;
    other.train.early_stopping = Some(EarlyStopping { patience: 0.into() });
    assert_eq!(found(&other, &data), plain);
    other.train.regularization.label_smoothing = 0.5;
    assert_ne!(found(&other, &data).losses, plain.losses, "all else does");
}

#[test]
fn a_run_in_hand_is_left_alone() {
    let data = dataset(600, 600, 100);
    let spec = spec(Preset::Mlp, 25, 2);
    let session = || Session::new(spec.clone(), &data, cpu()).expect("labels are there");
    let (mut interrupted, mut alone) = (session(), session());
    let mut losses = advance(&mut interrupted, &data, 7).losses;
    found(&spec, &data);
    losses.extend(train(&mut interrupted, &data).into_iter().flat_map(|progress| progress.losses));
    let expected: Vec<f32> =
        train(&mut alone, &data).into_iter().flat_map(|progress| progress.losses).collect();
    assert_eq!(losses, expected);
}

#[test]
fn a_test_waits_for_images_and_goes_on_with_them() {
    let (all, some) = (dataset(12_000, 12_000, 100), dataset(12_000, 5000, 100));
    let spec = spec(Preset::Mlp, 100, 1);
    let mut test = begin(&spec, &some);
    let waiting = go_on(&mut test, &some, Duration::MAX);
    assert!(waiting.waiting_for_data && !waiting.done && waiting.losses.len() > 40, "{waiting:?}");
    assert_eq!(go_on(&mut test, &some, Duration::MAX), waiting, "still waiting");
    assert_eq!(go_on(&mut test, &all, Duration::MAX), found(&spec, &all));
}
