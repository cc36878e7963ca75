//! A saved run goes on as if it had never stopped; a file that is no such run is turned back in words.

mod support;

use emberlab::checkpoint::{Checkpoint, VERSION};
use emberlab::data::Dataset;
use emberlab::error::ErrorCode;
use emberlab::protocol::{DeviceName, Progress};
use emberlab::spec::{Decay, EarlyStopping, LayerSpec, OptimizerSpec, Preset, RunSpec};
use emberlab::train::{Session, Standing};
use support::{advance, dataset, open, spec, train};

fn save(session: &Session) -> Vec<u8> {
    let checkpoint = pollster::block_on(session.save());
    checkpoint.map(|checkpoint| checkpoint.to_bytes()).unwrap_or_default()
}

fn restored(bytes: &[u8], data: &Dataset, device: DeviceName) -> Result<Session, emberlab::error::Error> {
    Session::restore(Checkpoint::from_bytes(bytes)?, data, open(device))
}

/// What a run says from here to its end, times left out.
fn rest(session: &mut Session, data: &Dataset) -> Vec<Progress> {
    let all = train(session, data);
    all.into_iter().map(|progress| Progress { images_per_second: 0.0, ..progress }).collect()
}

/// Small runs that between them use all that a checkpoint has to hold.
fn runs() -> Vec<(&'static str, RunSpec)> {
    let with = |preset, change: fn(&mut RunSpec)| {
        let mut spec = spec(preset, 50, 3);
        change(&mut spec);
        spec
    };
    vec![
        ("Adam", with(Preset::Mlp, |_| {})),
        (
            "SGD with momentum, falling on plateaus",
            with(Preset::Mlp, |spec| {
                spec.train.optimizer = OptimizerSpec::Sgd { momentum: 0.9, nesterov: true };
                spec.train.schedule.decay = Decay::OnPlateau { factor: 0.1, patience: 1.into() };
            }),
        ),
        (
            "plain SGD, nothing to remember",
            with(Preset::Mlp, |spec| {
                spec.train.optimizer = OptimizerSpec::Sgd { momentum: 0.0, nesterov: false };
            }),
        ),
        (
            "early stopping, with the best weights kept",
            with(Preset::Mlp, |spec| {
                spec.train.learning_rate = 0.03;
                spec.train.early_stopping = Some(EarlyStopping { patience: 0.into() });
            }),
        ),
        (
            "batch normalisation, dropout, augmentation, one cycle",
            with(Preset::BatchNorm, |spec| {
                spec.train.schedule.decay = Decay::OneCycle { rise: 0.3 };
                // The reference device is slow at convolutions: one small block is enough.
                let layers = &mut spec.model.layers;
                *layers = [&layers[..4], &layers[12..]].concat();
                layers[3] = LayerSpec::MaxPool2d { size: 7.into(), stride: 7.into() };
            }),
        ),
    ]
}

#[test]
fn a_restored_run_goes_on_with_the_same_bits() {
    let data = dataset(300, 300, 40);
    for device in [DeviceName::Cpu, DeviceName::Ndarray] {
        for (name, spec) in runs() {
            let steps = spec.train.epochs.get() * 4;
            // Before the first step, in the middle, before an epoch's evaluations, and at the end.
            for cut in [0, 3, 4, 9, steps] {
                let mut whole = Session::new(spec.clone(), &data, open(device)).expect("the spec is sound");
                if cut > 0 {
                    advance(&mut whole, &data, cut);
                }
                let bytes = save(&whole);
                let mut again = restored(&bytes, &data, device).expect("the checkpoint is sound");
                assert_eq!(save(&again), bytes, "{name}: saved again at {cut} it is the same");
                assert_eq!(
                    rest(&mut again, &data),
                    rest(&mut whole, &data),
                    "{name} on {device:?}, cut at {cut}"
                );
                assert_eq!(save(&again), save(&whole), "{name}: the same to the end");
            }
        }
    }
}

#[test]
fn changes_made_on_the_way_are_kept() {
    let data = dataset(300, 300, 40);
    let mut session = Session::new(spec(Preset::Mlp, 50, 1), &data, open(DeviceName::Cpu)).expect("sound");
    advance(&mut session, &data, 2);
    let changes = emberlab::spec::Changes { learning_rate: Some(0.5), epochs: Some(2.into()) };
    session.update(changes).expect("both may change");
    let again = restored(&save(&session), &data, DeviceName::Cpu).expect("sound");
    assert_eq!((again.spec().train.learning_rate, again.spec().train.epochs), (0.5, 2.into()));
}

/// As far as it had come, but with so many test images to be evaluated on.
fn evaluated_on(standing: &Standing, images: usize) -> Standing {
    let mut json = serde_json::to_value(standing).unwrap_or_default();
    json["due"] = serde_json::json!([{ "split": "test", "images": images }]);
    serde_json::from_value(json).unwrap_or_else(|_| standing.clone())
}

#[test]
fn what_is_no_checkpoint_is_turned_back() {
    let data = dataset(300, 300, 40);
    let mut session = Session::new(spec(Preset::Mlp, 50, 1), &data, open(DeviceName::Cpu)).expect("sound");
    advance(&mut session, &data, 2);
    let sound = save(&session);
    let middle = sound.len() / 2;
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = sound.clone();
        change(&mut bytes);
        bytes
    };
    let checkpoint = Checkpoint::from_bytes(&sound).expect("sound");
    let other = |change: &dyn Fn(&mut Checkpoint)| {
        let mut checkpoint = checkpoint.clone();
        change(&mut checkpoint);
        checkpoint.to_bytes()
    };
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "not a checkpoint"),
        (b"PK\x03\x04 something else".to_vec(), "not a checkpoint"),
        (changed(&|bytes| bytes[8] = VERSION as u8 + 1), "is of version 2 and this page reads version 1"),
        (changed(&|bytes| bytes.truncate(middle)), "damaged"),
        (changed(&|bytes| bytes.truncate(10)), "damaged"),
        (changed(&|bytes| bytes[middle] ^= 1), "damaged"),
        (changed(&|bytes| bytes.push(0)), "damaged"),
        (other(&|saved| saved.spec.model.layers[1] = LayerSpec::Dense { units: 7.into() }), "do not belong"),
        (other(&|saved| saved.network.truncate(3)), "do not belong"),
        (other(&|saved| saved.optimizer.memory.truncate(1)), "does not belong"),
        (other(&|saved| saved.optimizer.memory[0][0].truncate(5)), "does not belong"),
        (other(&|saved| saved.spec.train.batch_size = 1000.into()), "batch of 1000 is larger"),
        (other(&|saved| saved.standing = evaluated_on(&saved.standing, 41)), "41 images, and there are 40"),
    ];
    for (bytes, expected) in cases {
        let error = restored(&bytes, &data, DeviceName::Cpu).err().expect(expected);
        assert!(error.message.contains(expected), "{expected}: {error}");
        assert!([ErrorCode::BadData, ErrorCode::InvalidSpec].contains(&error.code), "{error:?}");
    }
}

#[test]
fn a_run_saved_with_images_added_by_hand_needs_them() {
    let mut data = dataset(300, 300, 40);
    data.add_example(&[9; 784], 3).expect("all images have arrived");
    let session = Session::new(spec(Preset::Mlp, 50, 1), &data, open(DeviceName::Cpu)).expect("sound");
    let bytes = save(&session);
    restored(&bytes, &data, DeviceName::Cpu).expect("they are there");
    let error = restored(&bytes, &dataset(300, 300, 40), DeviceName::Cpu).err().expect("they are not");
    assert!(error.message.contains("1 images added by hand, and here are 0"), "{error}");
}

#[test]
fn fine_tuning_starts_from_the_first_layers_and_leaves_the_frozen_alone() {
    let data = dataset(300, 300, 40);
    let mut session =
        Session::new(spec(Preset::BatchNorm, 50, 1), &data, open(DeviceName::Cpu)).expect("sound");
    advance(&mut session, &data, 4);
    let learned = pollster::block_on(session.save()).expect("the processor answers");

    let mut tuned = spec(Preset::BatchNorm, 50, 1);
    // Another head, so that only the layers before it are alike.
    let hidden = tuned.model.layers.iter().position(|layer| matches!(layer, LayerSpec::Dense { .. }));
    let hidden = hidden.expect("the preset has a hidden layer");
    tuned.model.layers[hidden] = LayerSpec::Dense { units: 50.into() };
    tuned.train.frozen = (0..hidden).map(Into::into).collect();
    tuned.train.regularization.l2 = 0.01;
    let mut run = Session::fine_tune(tuned, learned.clone(), &data, open(DeviceName::Cpu)).expect("it fits");
    let before = pollster::block_on(run.save()).expect("the processor answers").network;
    advance(&mut run, &data, 4);
    let after = pollster::block_on(run.save()).expect("the processor answers").network;

    // Three convolutions, each with weight and bias, and a normalisation with four arrays.
    let frozen = 3 * 6;
    assert_eq!(before[..frozen], learned.network[..frozen], "they begin with what was learned");
    assert_ne!(before[frozen].shape, learned.network[frozen].shape, "the head is another");
    assert_eq!(after[..frozen], before[..frozen], "running statistics too stay as they are");
    for (i, (after, before)) in after.iter().zip(&before).enumerate().skip(frozen) {
        assert_ne!(after, before, "array {i} is free and learns");
    }
}

#[test]
fn fine_tuning_from_an_unlike_network_is_refused() {
    let data = dataset(300, 300, 40);
    let session = Session::new(spec(Preset::Cnn, 50, 1), &data, open(DeviceName::Cpu)).expect("sound");
    let learned = pollster::block_on(session.save()).expect("the processor answers");
    let error = Session::fine_tune(spec(Preset::Mlp, 50, 1), learned, &data, open(DeviceName::Cpu));
    let error = error.err().expect("they have no layer in common");
    assert!(error.message.contains("differ from layer 1 on"), "{error}");
}
