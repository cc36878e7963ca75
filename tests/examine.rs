//! Examinations of a run natively: they agree with the run's own evaluations, image by image.

mod support;

use emberlab::data::corrupt::{Corruption, SEVERITY};
use emberlab::data::sabotage::SabotageSpec;
use emberlab::data::{Dataset, Part};
use emberlab::error::ErrorCode;
use emberlab::protocol::{DeviceName, Evaluation, Split};
use emberlab::spec::{Count, LayerSpec, Normalization, OptimizerSpec, Preset, ProblemCode, RunSpec};
use emberlab::train::{CorruptionSpec, Examination, ExamineRequest, Session, shown};
use std::time::Duration;
use support::{advance, bars, dataset, open, spec, train};

fn plain(split: Split) -> ExamineRequest {
    ExamineRequest { split, corruption: None }
}

fn corrupted(kind: Corruption, severity: usize) -> ExamineRequest {
    ExamineRequest {
        split: Split::Test,
        corruption: Some(CorruptionSpec { kind, severity: severity.into() }),
    }
}

fn session(spec: RunSpec, data: &Dataset) -> Session {
    #![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]
    Session::new(spec, data, open(DeviceName::Cpu)).expect("labels are there")
}

/// Examines at once.
fn examine(session: &Session, data: &Dataset, request: ExamineRequest) -> Examination {
    #![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]
    let mut examining = session.examine(data, request).expect("all images have arrived");
    let done = pollster::block_on(examining.go_on(data, Duration::MAX)).expect("the device answers");
    done.expect("there was time for all")
}

/// A run that has learnt its data well, but not perfectly, and its evaluations.
fn learnt(data: &Dataset) -> (Session, Vec<Evaluation>) {
    let mut spec = spec(Preset::Mlp, 20, 1);
    spec.train.learning_rate = 1e-4;
    let mut session = session(spec, data);
    let all = train(&mut session, data);
    (session, all.into_iter().flat_map(|progress| progress.evaluations).collect())
}

#[test]
fn an_examination_agrees_with_the_evaluation_at_the_same_step() {
    let data = dataset(1100, 1100, 300);
    let (session, evaluations) = learnt(&data);
    for split in [Split::Validation, Split::Test] {
        let own = evaluations.iter().rfind(|evaluation| evaluation.split == split).expect("evaluated");
        let found = examine(&session, &data, plain(split));
        assert_eq!((found.step, found.loss.to_bits()), (own.step, own.loss.to_bits()));
        assert_eq!(found.report.accuracy, own.accuracy);
        assert_eq!(found.report.confusion, own.confusion);
        assert_eq!(found.report.images, own.images);
        assert!((found.report.log_loss - own.loss).abs() < 1e-9, "{} {}", found.report.log_loss, own.loss);
        assert!(own.accuracy > 0.5 && own.accuracy < 1.0, "there are mistakes to look at: {}", own.accuracy);
    }
}

#[test]
fn every_image_is_told_of_in_the_order_of_the_file() {
    let data = dataset(1100, 1100, 300);
    let (session, _) = learnt(&data);
    for (split, part, images) in [(Split::Validation, Part::Train, 100), (Split::Test, Part::Test, 300)] {
        let found = examine(&session, &data, plain(split));
        assert_eq!(found.indices.len(), images);
        assert!(found.indices.windows(2).all(|pair| pair[0] < pair[1]));
        let mut confusion = vec![0; 100];
        for (i, index) in found.indices.iter().enumerate() {
            let (label, predicted) = (usize::from(found.labels[i]), usize::from(found.predicted[i]));
            assert_eq!(found.labels[i], data.part(part).labels()[*index as usize]);
            confusion[label * 10 + predicted] += 1;
            let probabilities = &found.probabilities[i * 10..(i + 1) * 10];
            assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            assert!(probabilities.iter().all(|other| *other <= probabilities[predicted]));
            let loss = -probabilities[label].ln();
            assert!((loss - found.losses[i]).abs() < 1e-3 * loss.max(1e-3), "{loss} {}", found.losses[i]);
        }
        assert_eq!(confusion, found.report.confusion);
        // The single image says the same.
        let pixels = data.part(part).pixels(found.indices[7] as usize).expect("it has arrived");
        let pixels: Vec<f32> = pixels.iter().map(|pixel| f32::from(*pixel)).collect();
        let alone = pollster::block_on(session.predict(&pixels)).expect("an image of the right size");
        let close = |(a, b): (&f32, &f32)| (a - b).abs() < 1e-5;
        assert!(alone.iter().zip(&found.probabilities[70..80]).all(close), "{alone:?}");
    }
}

#[test]
fn slices_of_any_size_find_the_same() {
    let data = dataset(1100, 1100, 300);
    let (session, _) = learnt(&data);
    let whole = examine(&session, &data, corrupted(Corruption::Noisy, 2));
    let mut examining =
        session.examine(&data, corrupted(Corruption::Noisy, 2)).expect("all images have arrived");
    let mut shares = vec![examining.share()];
    let sliced = loop {
        // Without time left, one slice is done.
        let found = pollster::block_on(examining.go_on(&data, Duration::ZERO)).expect("it goes on");
        shares.push(examining.share());
        if let Some(found) = found {
            break found;
        }
    };
    assert_eq!(sliced, whole);
    // 300 images in rows of 32.
    assert_eq!(shares.len(), 11);
    assert!(shares[0] == 0.0 && shares[10] == 1.0 && shares.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn a_run_may_train_on_while_it_is_examined() {
    let data = dataset(1100, 1100, 300);
    let mut spec = spec(Preset::Mlp, 20, 3);
    // Its running means would be shared with a network that is merely cloned.
    spec.model.layers.insert(2, LayerSpec::BatchNorm);
    let (mut watched, mut alone) = (session(spec.clone(), &data), session(spec, &data));
    let mut losses = advance(&mut watched, &data, 20).losses;
    let before = examine(&watched, &data, plain(Split::Test));
    let mut examining = watched.examine(&data, plain(Split::Test)).expect("all images have arrived");
    let found = loop {
        if let Some(found) = pollster::block_on(examining.go_on(&data, Duration::ZERO)).expect("it goes on") {
            break found;
        }
        losses.extend(advance(&mut watched, &data, 2).losses);
    };
    assert_eq!(found, before);
    assert_ne!(examine(&watched, &data, plain(Split::Test)).losses, before.losses, "it has learnt since");
    assert_eq!(losses, advance(&mut alone, &data, losses.len()).losses, "the run did not notice");
}

#[test]
fn corruption_makes_it_harder_and_severity_zero_leaves_images_alone() {
    let data = dataset(1100, 1100, 300);
    let (session, _) = learnt(&data);
    let clean = examine(&session, &data, plain(Split::Test));
    for kind in Corruption::ALL {
        let untouched =
            Examination { request: clean.request, ..examine(&session, &data, corrupted(kind, 0)) };
        assert_eq!(untouched, clean, "{kind:?}");
    }
    let accuracy = |request| examine(&session, &data, request).report.accuracy;
    let turned = accuracy(corrupted(Corruption::Rotated, 5));
    assert!(turned < clean.report.accuracy - 0.3, "{turned} after {}", clean.report.accuracy);
}

#[test]
fn copies_do_not_depend_on_the_seed_of_the_run() {
    let data = dataset(600, 600, 100);
    let request = corrupted(Corruption::Shifted, 3);
    let [one, other] = [1, 2].map(|seed: usize| {
        let mut spec = spec(Preset::Mlp, 20, 1);
        spec.train.seed = seed.into();
        session(spec, &data).examine(&data, request).expect("all images have arrived");
        shown(&data, &request, &[3, 99]).expect("both have arrived")
    });
    assert_eq!(one, other);
    let (_, pixels) = bars(100, 100);
    assert_eq!(one.len(), 2 * 784);
    assert_ne!(one[..784], pixels[3 * 784..4 * 784], "they are moved");
    let plain = shown(&data, &plain(Split::Test), &[3]).expect("it has arrived");
    assert_eq!(plain, pixels[3 * 784..4 * 784]);
    assert_eq!(
        shown(&data, &request, &[100]).map_err(|error| error.code),
        Err(ErrorCode::DataMissing),
        "there is none of this index"
    );
}

#[test]
fn labels_are_true_whatever_was_trained_on() {
    let data = dataset(1100, 1100, 300);
    let mut spoiled = spec(Preset::Mlp, 20, 1);
    spoiled.data.sabotage = SabotageSpec { label_noise: 1.0, ..SabotageSpec::default() };
    let mut session = session(spoiled, &data);
    train(&mut session, &data);
    for (split, part) in [(Split::Validation, Part::Train), (Split::Test, Part::Test)] {
        let found = examine(&session, &data, plain(split));
        for (index, label) in found.indices.iter().zip(&found.labels) {
            assert_eq!(*label, data.part(part).labels()[*index as usize]);
        }
    }
}

#[test]
fn images_that_have_not_arrived_are_asked_for_in_words() {
    let data = dataset(1100, 500, 300);
    let session = session(spec(Preset::Mlp, 20, 1), &data);
    let error = session.examine(&data, plain(Split::Validation)).expect_err("half are missing");
    assert_eq!(error.code, ErrorCode::DataMissing);
    assert!(error.message.contains("Only 500 of the 1100 training images"), "{error}");
    session.examine(&data, plain(Split::Test)).expect("the test images are there");
}

#[test]
fn a_network_that_has_burst_is_not_reported_on() {
    let data = dataset(600, 600, 100);
    let mut burst = spec(Preset::Mlp, 25, 5);
    burst.train.optimizer = OptimizerSpec::Sgd { momentum: 0.9, nesterov: false };
    burst.train.learning_rate = 10.0;
    burst.model.layers.retain(|layer| !matches!(layer, LayerSpec::Activation { .. }));
    burst.data.normalization = Normalization::None;
    let mut session = session(burst, &data);
    advance(&mut session, &data, usize::MAX);
    let mut examining = session.examine(&data, plain(Split::Test)).expect("all images have arrived");
    let error = pollster::block_on(examining.go_on(&data, Duration::MAX)).expect_err("nothing is finite");
    assert_eq!(error.code, ErrorCode::Diverged);
}

#[test]
fn a_severity_that_cannot_be_is_refused() {
    let request = |severity| ExamineRequest {
        split: Split::Test,
        corruption: Some(CorruptionSpec { kind: Corruption::Thin, severity: Count(severity) }),
    };
    for (severity, code) in [
        (SEVERITY.max + 1.0, ProblemCode::OutOfRange),
        (-1.0, ProblemCode::OutOfRange),
        (2.5, ProblemCode::NotWhole),
        (f64::NAN, ProblemCode::NotANumber),
    ] {
        let problems = request(severity).problems();
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].field.as_str(), problems[0].code), ("corruption.severity", code));
    }
    assert_eq!(request(5.0).problems(), []);
    assert_eq!(plain(Split::Test).problems(), []);
}
