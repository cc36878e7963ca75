//! A small data set of MNIST's form that a network can learn in seconds.
#![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]
#![allow(dead_code, reason = "no file of tests needs all of it")]

use emberlab::data::{Dataset, Part};
use emberlab::device::{self, Opened};
use emberlab::protocol::{DeviceName, Progress, RunState};
use emberlab::spec::{Preset, RunSpec};
use emberlab::train::Session;
use std::time::Duration;

/// An IDX file: magic, dimensions, values.
pub fn idx(dims: &[usize], values: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, dims.len() as u8];
    dims.iter().for_each(|dim| bytes.extend((*dim as u32).to_be_bytes()));
    bytes.extend(values);
    bytes
}

/// `count` noisy pictures: class `c` is a bright bar in row `2 c + 4`, with some pixels of noise.
pub fn bars(count: usize, salt: usize) -> (Vec<u8>, Vec<u8>) {
    let mut state = salt as u64 * 0x9E37_79B9 + 1;
    let mut noise = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let labels: Vec<u8> = (0..count).map(|_| noise() % 10).collect();
    let pixels = labels
        .iter()
        .flat_map(|label| {
            let bar = usize::from(*label) * 2 + 4;
            (0..784).map(move |i| if i / 28 == bar { 160 } else { 0 })
        })
        .map(|pixel: u8| pixel.saturating_add(noise() / 3))
        .collect();
    (labels, pixels)
}

/// The labels of both parts and the first `arrived` training images, all test images.
pub fn dataset(train: usize, arrived: usize, test: usize) -> Dataset {
    let mut data = Dataset::mnist();
    for (part, count, arrived) in [(Part::Train, train, arrived), (Part::Test, test, test)] {
        let (labels, pixels) = bars(count, count);
        data.load_labels(part, "labels", &idx(&[count], &labels)).expect("labels are sound");
        if arrived > 0 {
            let shard = idx(&[arrived, 28, 28], &pixels[..arrived * 784]);
            data.load_images(part, "images", &shard).expect("images are sound");
        }
    }
    data
}

/// A preset made small enough for a test.
pub fn spec(preset: Preset, batch_size: usize, epochs: usize) -> RunSpec {
    let mut spec = preset.spec();
    spec.train.batch_size = batch_size.into();
    spec.train.epochs = epochs.into();
    spec.data.validation_images = 100.into();
    spec
}

/// Opens one of the devices that every machine has.
pub fn open(name: DeviceName) -> Opened {
    pollster::block_on(device::open(name)).expect("the processor is always there")
}

/// One `advance` without a limit of time.
pub fn advance(session: &mut Session, data: &Dataset, steps: usize) -> Progress {
    pollster::block_on(session.advance(data, Duration::MAX, steps)).expect("the run goes on")
}

/// Trains to the end and returns everything that was reported.
pub fn train(session: &mut Session, data: &Dataset) -> Vec<Progress> {
    let mut all = Vec::new();
    while session.state() != RunState::Finished {
        let progress = advance(session, data, 100);
        assert!(!progress.waiting_for_data, "all images have arrived");
        all.push(progress);
    }
    all
}
