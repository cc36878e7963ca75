//! Whole runs through the core, natively, on both processors.

mod support;

use emberlab::data::sabotage::SabotageSpec;
use emberlab::error::ErrorCode;
use emberlab::protocol::{DeviceName, Evaluation, Progress, RunState, Split};
use emberlab::spec::{Changes, EarlyStopping, LayerSpec, Normalization, OptimizerSpec, Preset};
use emberlab::train::vitals::LayerVitals;
use emberlab::train::{Rehearsal, Session};
use std::time::Duration;
use support::{advance, dataset, open, spec, train};

const DEVICES: [DeviceName; 2] = [DeviceName::Cpu, DeviceName::Ndarray];

#[test]
fn a_run_learns_and_its_evaluations_add_up() {
    let data = dataset(1100, 1100, 300);
    // ndarray's convolutions are too slow for a whole run; the devices are compared step by step below.
    let runs = [
        (DeviceName::Cpu, Preset::Mlp, 20, 3),
        (DeviceName::Ndarray, Preset::Mlp, 20, 3),
        (DeviceName::Cpu, Preset::Cnn, 50, 1),
    ];
    for (device, preset, batch, epochs) in runs {
        let mut session =
            Session::new(spec(preset, batch, epochs), &data, open(device)).expect("labels are there");
        assert_eq!(session.state(), RunState::Idle);
        let all = train(&mut session, &data);
        let losses: Vec<f32> = all.iter().flat_map(|p| p.losses.clone()).collect();
        assert_eq!(losses.len(), epochs * 1000 / batch);
        assert_eq!(all.last().map(|p| (p.epoch, p.step)), Some((epochs, losses.len())));
        assert!(losses[losses.len() - 1] < losses[0] / 2.0, "{device:?} {preset:?}: {losses:?}");
        let evaluations: Vec<&Evaluation> = all.iter().flat_map(|p| &p.evaluations).collect();
        for evaluation in &evaluations {
            let counted: u32 = evaluation.confusion.iter().sum();
            let correct: u32 = evaluation.confusion.iter().step_by(11).sum();
            assert_eq!(counted as usize, evaluation.images);
            assert_eq!(f64::from(correct) / f64::from(counted), evaluation.accuracy);
        }
        let test: Vec<_> = evaluations.iter().filter(|e| e.split == Split::Test).collect();
        assert_eq!(test.len(), epochs, "one test evaluation an epoch");
        assert_eq!(test[0].images, 300);
        let last = evaluations.iter().rev().find(|e| e.split == Split::Validation).expect("validated");
        assert_eq!(last.images, 100);
        assert!(last.accuracy > 0.8, "{device:?} {preset:?}: {}", last.accuracy);
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_on_the_processor() {
    let data = dataset(600, 600, 100);
    for device in DEVICES {
        let run = |seed: usize| {
            let mut spec = spec(Preset::Mlp, 25, 2);
            spec.train.seed = seed.into();
            train(&mut Session::new(spec, &data, open(device)).expect("labels are there"), &data)
                .into_iter()
                .flat_map(|p| p.losses)
                .map(f32::to_bits)
                .collect::<Vec<_>>()
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
    }
}

#[test]
fn a_rehearsal_needs_no_data_and_shows_a_speed() {
    for (device, preset) in
        [(DeviceName::Cpu, Preset::Mlp), (DeviceName::Cpu, Preset::Cnn), (DeviceName::Ndarray, Preset::Mlp)]
    {
        let (spec, opened) = (spec(preset, 20, 1), open(device));
        pollster::block_on(Rehearsal::new(&spec, &opened).warm_up()).expect("the device answers");
        let speed = pollster::block_on(Rehearsal::new(&spec, &opened).images_per_second(Duration::ZERO));
        let speed = speed.expect("the device answers");
        assert!(speed > 0.0 && speed.is_finite(), "{device:?} {preset:?}: {speed}");
    }
}

#[test]
fn the_devices_agree_on_the_first_steps() {
    let data = dataset(600, 600, 100);
    for preset in [Preset::Mlp, Preset::Cnn] {
        let [flex, ndarray] = DEVICES.map(|device| {
            let mut session =
                Session::new(spec(preset, 20, 1), &data, open(device)).expect("labels are there");
            advance(&mut session, &data, 3).losses
        });
        for (a, b) in flex.iter().zip(&ndarray) {
            assert!((a - b).abs() <= 1e-3 * a.abs(), "{preset:?}: {flex:?} {ndarray:?}");
        }
    }
}

#[test]
fn one_step_is_exactly_one_step_whatever_the_slices() {
    let data = dataset(600, 600, 100);
    let session =
        || Session::new(spec(Preset::Mlp, 25, 1), &data, open(DeviceName::Cpu)).expect("labels are there");
    let mut whole = session();
    let mut by_step = session();
    let expected: Vec<f32> = train(&mut whole, &data).into_iter().flat_map(|p| p.losses).collect();
    for (i, loss) in expected.iter().enumerate() {
        let progress = advance(&mut by_step, &data, 1);
        assert_eq!((progress.step, progress.losses.as_slice()), (i + 1, [*loss].as_slice()));
    }
}

#[test]
fn a_run_starts_with_the_first_images_and_waits_for_the_others() {
    let (all, some) = (dataset(12_000, 12_000, 100), dataset(12_000, 5000, 100));
    let run = |data| {
        let session = Session::new(spec(Preset::Mlp, 100, 1), data, open(DeviceName::Cpu));
        session.expect("labels are there")
    };
    let mut waiting = run(&some);
    let first = advance(&mut waiting, &some, 1000);
    assert!(first.waiting_for_data && first.step > 40 && first.step < 50, "{}", first.step);
    assert_eq!(advance(&mut waiting, &some, 1000).losses.len(), 0, "still waiting");
    let mut ready = run(&all);
    assert_eq!(advance(&mut ready, &all, first.step).losses, first.losses, "arrival changes nothing");
    let goes_on = advance(&mut waiting, &all, 1000);
    assert_eq!(goes_on.losses, advance(&mut ready, &all, 1000).losses);
}

#[test]
fn changes_act_from_the_next_step() {
    let data = dataset(600, 600, 100);
    let mut session =
        Session::new(spec(Preset::Mlp, 25, 1), &data, open(DeviceName::Cpu)).expect("labels are there");
    assert_eq!(advance(&mut session, &data, 2).learning_rates, [1e-3, 1e-3]);
    session.update(Changes { learning_rate: Some(0.5), epochs: Some(2.into()) }).expect("may change");
    let changed = advance(&mut session, &data, 1);
    assert_eq!((changed.learning_rates.as_slice(), changed.epochs), ([0.5].as_slice(), 2));
    advance(&mut session, &data, 20);
    let error =
        session.update(Changes { epochs: Some(1.into()), learning_rate: Some(0.1) }).expect_err("too late");
    assert_eq!(error.code, ErrorCode::WrongState);
    assert_eq!(session.spec().train.learning_rate, 0.5, "nothing is changed by a refused change");
}

#[test]
fn a_loss_that_is_not_a_number_ends_the_run_in_words() {
    let data = dataset(600, 600, 100);
    let mut spec = spec(Preset::Mlp, 25, 5);
    spec.train.optimizer = OptimizerSpec::Sgd { momentum: 0.9, nesterov: false };
    spec.train.learning_rate = 10.0;
    // Without activations nothing saturates: raw pixels and long steps grow without bound.
    spec.model.layers.retain(|layer| !matches!(layer, LayerSpec::Activation { .. }));
    spec.data.normalization = Normalization::None;
    let mut session = Session::new(spec, &data, open(DeviceName::Cpu)).expect("labels are there");
    let progress = advance(&mut session, &data, usize::MAX);
    assert_eq!(progress.state, RunState::Failed);
    assert!(progress.losses.last().is_some_and(|loss| !loss.is_finite()), "the steps up to it are reported");
    let error = pollster::block_on(session.advance(&data, Duration::MAX, 1)).expect_err("it cannot go on");
    assert_eq!(error.code, ErrorCode::Diverged);
    assert!(error.message.contains("learning rate of 10"), "{error}");
}

#[test]
fn predictions_are_probabilities_of_the_class_shown() {
    let data = dataset(1100, 1100, 100);
    let mut session =
        Session::new(spec(Preset::Mlp, 20, 3), &data, open(DeviceName::Cpu)).expect("labels are there");
    train(&mut session, &data);
    let bar = |class: usize| {
        (0..784).map(|i| if i / 28 == class * 2 + 4 { 200.0 } else { 40.0 }).collect::<Vec<f32>>()
    };
    for class in 0..10 {
        let probabilities =
            pollster::block_on(session.predict(&bar(class))).expect("an image of the right size");
        let best = (0..10).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
        assert_eq!(best, Some(class), "{probabilities:?}");
        assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
    let error = pollster::block_on(session.predict(&[0.0; 100])).expect_err("too few pixels");
    assert_eq!(error.code, ErrorCode::BadData);
}

#[test]
fn a_look_at_an_image_agrees_with_the_prediction_and_leaves_the_run_alone() {
    let data = dataset(600, 600, 100);
    let mut spec = spec(Preset::Mlp, 25, 1);
    spec.model.layers.insert(2, LayerSpec::BatchNorm);
    let session = || Session::new(spec.clone(), &data, open(DeviceName::Cpu)).expect("labels are there");
    let (mut looked_into, mut left_alone) = (session(), session());
    let first = advance(&mut looked_into, &data, 10);
    assert_eq!(first.losses, advance(&mut left_alone, &data, 10).losses);
    let image: Vec<f32> = (0..784).map(|i| ((i * i) % 256) as f32).collect();
    let look = |class| pollster::block_on(looked_into.inspect(&image, class));
    let inspection = look(Some(3)).expect("an image of the right size");
    assert_eq!(inspection.probabilities, pollster::block_on(looked_into.predict(&image)).expect("it too"));
    let shapes: Vec<_> = inspection.layers.iter().map(|layer| layer.output_shape.clone()).collect();
    assert_eq!(shapes[..3], [[784], [128], [128]]);
    assert_eq!(shapes.len(), spec.model.layers.len());
    // The flattened image is what the network is given: normalised pixels.
    let (scale, shift) = spec.data.affine();
    assert_eq!(inspection.layers[0].values[5], image[5] * scale + shift);
    assert_eq!((inspection.class, inspection.saliency.len()), (3, 784));
    assert_ne!(look(Some(4)).expect("it too").saliency, inspection.saliency);
    let filters = |layer| pollster::block_on(looked_into.filters(layer)).expect("the processor answers");
    assert_eq!(filters(1).map(|filters| filters.shape), Some(vec![128, 784]));
    assert_eq!(filters(0), None);
    let refused = [look(Some(10)), pollster::block_on(looked_into.inspect(&image[1..], None))];
    assert!(refused.iter().all(|r| r.as_ref().is_err_and(|e| e.code == ErrorCode::BadData)), "{refused:?}");
    assert_eq!(advance(&mut looked_into, &data, 100).losses, advance(&mut left_alone, &data, 100).losses);
}

#[test]
fn vitals_come_with_every_evaluation_and_whatever_the_slices() {
    let data = dataset(600, 600, 100);
    let run = |steps| {
        let mut session =
            Session::new(spec(Preset::Mlp, 25, 2), &data, open(DeviceName::Cpu)).expect("labels are there");
        let mut all = Vec::new();
        while session.state() != RunState::Finished {
            all.push(advance(&mut session, &data, steps));
        }
        all
    };
    let by_step = run(1);
    let vitals: Vec<_> = by_step.iter().flat_map(|progress| &progress.vitals).collect();
    let mut evaluated: Vec<_> = by_step.iter().flat_map(|p| &p.evaluations).map(|e| e.step).collect();
    evaluated.dedup();
    assert_eq!(vitals.iter().map(|vitals| vitals.step).collect::<Vec<_>>(), evaluated);
    assert_eq!(evaluated.last(), Some(&40), "the last step of an epoch is always among them");
    let whole = run(usize::MAX);
    assert_eq!(whole.iter().flat_map(|progress| &progress.vitals).collect::<Vec<_>>(), vitals);
    for vitals in vitals {
        // Three dense layers, and a ReLU after all but the last; the flatten layer has nothing to tell.
        let of = |layer: &LayerVitals| (layer.layer, layer.weights.is_some(), layer.dead_share.is_some());
        let (dense, relu) = ((true, false), (false, true));
        let expected = [dense, relu, dense, relu, dense];
        let expected: Vec<_> = (1..).zip(expected).map(|(layer, (w, d))| (layer, w, d)).collect();
        assert_eq!(vitals.layers.iter().map(of).collect::<Vec<_>>(), expected);
        assert!(vitals.gradient_norm > 0.0);
    }
}

#[test]
fn augmentation_changes_what_is_trained_on_but_not_what_is_measured() {
    let data = dataset(600, 600, 100);
    let run = |rotation: f64| {
        let mut spec = spec(Preset::Mlp, 25, 1);
        spec.data.augmentation.rotation = rotation;
        let mut session = Session::new(spec, &data, open(DeviceName::Cpu)).expect("labels are there");
        advance(&mut session, &data, 3).losses
    };
    assert_eq!(run(15.0), run(15.0));
    assert_ne!(run(15.0), run(0.0));
    assert_ne!(run(15.0), run(5.0));
}

#[test]
fn sabotage_reaches_the_training_images_only() {
    let data = dataset(1100, 1100, 300);
    let test = |sabotage: SabotageSpec| {
        let mut spec = spec(Preset::Mlp, 20, 3);
        spec.data.sabotage = sabotage;
        let mut session = Session::new(spec, &data, open(DeviceName::Cpu)).expect("images are left");
        let all = train(&mut session, &data);
        let last = all.iter().flat_map(|p| &p.evaluations).rfind(|e| e.split == Split::Test);
        last.expect("tested").clone()
    };
    let missing = test(SabotageSpec { missing_class: Some(3.into()), ..SabotageSpec::default() });
    let (shown, said): (u32, u32) =
        (missing.confusion[30..40].iter().sum(), missing.confusion.iter().skip(3).step_by(10).sum());
    assert!(shown > 10 && said == 0, "a class never seen is never predicted, yet tested: {missing:?}");
    let noisy = test(SabotageSpec { label_noise: 0.9, ..SabotageSpec::default() });
    assert!(noisy.accuracy < 0.5, "{}", noisy.accuracy);
}

#[test]
fn a_batch_larger_than_what_is_left_to_train_on_is_refused() {
    let data = dataset(600, 600, 100);
    let mut spec = spec(Preset::Mlp, 25, 1);
    spec.data.sabotage.examples_per_class = 2.into();
    let error = Session::new(spec, &data, open(DeviceName::Cpu)).err().expect("20 images are left");
    assert_eq!(error.code, ErrorCode::InvalidSpec);
    assert!(error.message.contains("batch of 25 is larger than the 20 training images"), "{error}");
}

#[test]
fn a_run_that_stopped_early_goes_on_when_it_is_prolonged() {
    let data = dataset(600, 600, 100);
    let mut spec = spec(Preset::Mlp, 25, 20);
    spec.train.learning_rate = 1e-6;
    spec.train.optimizer = OptimizerSpec::Sgd { momentum: 0.0, nesterov: false };
    spec.train.early_stopping = Some(EarlyStopping { patience: 0.into() });
    let mut session = Session::new(spec, &data, open(DeviceName::Cpu)).expect("labels are there");
    train(&mut session, &data);
    let stopped = session.standing();
    assert!(stopped.epoch < 20, "nothing improves at this rate");
    session.update(Changes { epochs: Some(21.into()), learning_rate: None }).expect("may change");
    assert_eq!(session.state(), RunState::Running);
    assert_eq!(advance(&mut session, &data, 1).step, stopped.step + 1);
}

#[test]
fn a_run_that_is_cut_short_before_its_validation_keeps_the_better_weights_all_the_same() {
    let data = dataset(600, 600, 300);
    let mut spec = spec(Preset::Mlp, 25, 2);
    spec.train.early_stopping = Some(EarlyStopping { patience: 3.into() });
    let session = |epochs: usize| {
        let mut spec = spec.clone();
        spec.train.epochs = epochs.into();
        Session::new(spec, &data, open(DeviceName::Cpu)).expect("labels are there")
    };
    let last = |all: &[Progress]| all.iter().flat_map(|progress| progress.evaluations.clone()).last();
    let expected = last(&train(&mut session(2), &data));
    for slices in 0..4 {
        let mut session = session(10);
        advance(&mut session, &data, 40);
        for _ in 0..slices {
            // A part of the validation, or of the test.
            let part = session.advance(&data, Duration::ZERO, usize::MAX);
            assert_eq!(pollster::block_on(part).expect("the processor answers").step, 40);
        }
        session.update(Changes { epochs: Some(2.into()), learning_rate: None }).expect("may change");
        assert_eq!(last(&train(&mut session, &data)), expected, "after {slices} slices");
    }
}

#[test]
fn a_run_needs_labels() {
    let data = emberlab::data::Dataset::mnist();
    let error = Session::new(spec(Preset::Mlp, 25, 1), &data, open(DeviceName::Cpu)).err();
    assert_eq!(error.map(|e| e.code), Some(ErrorCode::DataMissing));
}

#[test]
fn a_run_that_stops_early_goes_back_to_its_best_network_running_means_and_all() {
    let data = dataset(600, 600, 300);
    let mut spec = spec(Preset::Mlp, 25, 10);
    spec.model.layers.insert(2, LayerSpec::BatchNorm);
    spec.train.early_stopping = Some(EarlyStopping { patience: 1.into() });
    let mut session = Session::new(spec, &data, open(DeviceName::Cpu)).expect("labels are there");
    let mut all = vec![advance(&mut session, &data, 20)];
    while session.state() != RunState::Finished {
        // From the second epoch on it only gets worse.
        session.update(Changes { learning_rate: Some(3.0), epochs: None }).expect("may change");
        all.push(advance(&mut session, &data, 1));
    }
    let tests: Vec<&Evaluation> =
        all.iter().flat_map(|p| &p.evaluations).filter(|e| e.split == Split::Test).collect();
    assert_eq!(tests.iter().map(|test| test.epoch).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(tests[1].loss > tests[0].loss, "{tests:?}");
    assert_eq!(tests[2].loss, tests[0].loss, "the last test is of the best network");
}
