//! The core computes what PyTorch computes: every layer, loss, optimizer and schedule, on both
//! processors. `fixtures/pytorch.py` made the values and says where the two differ by intent.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "clippy takes only #[test] functions for tests"
)]

#[path = "support/conformance.rs"]
mod conformance;

use conformance::{Deviation, Layers, Training};
use emberlab::device::{self, Opened};
use emberlab::protocol::DeviceName;
use emberlab::spec::{Activation, Decay, LayerSpec, OptimizerSpec, ScheduleSpec};
use emberlab::train::schedule::{self, Patience};
use pollster::block_on;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DEVICES: [DeviceName; 2] = [DeviceName::Cpu, DeviceName::Ndarray];
/// Of logits, losses and running means.
const FORWARD: f64 = 1e-5;
const GRADIENT: f64 = 1e-4;
/// Of losses and weights over 20 steps.
const TRAINING: f64 = 1e-3;
/// Of gradients and differences of losses, which rounding leaves few digits of.
const DIFFERENCES: f64 = 3e-3;

fn layers() -> Layers {
    serde_json::from_str(include_str!("fixtures/layers.json")).expect("pytorch.py wrote it")
}

fn training() -> Training {
    serde_json::from_str(include_str!("fixtures/training.json")).expect("pytorch.py wrote it")
}

/// Fails with all that is too far; the worst of the rest is printed.
fn assert_close(of: &str, compare: impl AsyncFn(&Opened) -> Vec<Deviation>) {
    for name in DEVICES {
        let opened = block_on(device::open(name)).expect("the processor is always there");
        let all = block_on(compare(&opened));
        let too_far: Vec<String> =
            all.iter().filter(|d| d.is_too_far()).map(|d| format!("{}: {:.2e}", d.what, d.found)).collect();
        let worst = all.iter().max_by(|a, b| a.found.total_cmp(&b.found)).expect("something was compared");
        println!("{of} on {name:?}: {} comparisons, at most {:.1e} ({})", all.len(), worst.found, worst.what);
        assert!(too_far.is_empty(), "{of} on {name:?}, {} too far:\n{}", too_far.len(), too_far.join("\n"));
    }
}

#[test]
fn layers_compute_the_logits_and_gradients_of_pytorch() {
    let fixtures = layers();
    assert_close("layers", async |opened| {
        let mut all = Vec::new();
        for case in &fixtures.cases {
            all.extend(conformance::layers(case, opened, FORWARD, GRADIENT).await);
        }
        all
    });
}

#[test]
fn gradients_are_the_slopes_of_the_loss() {
    let fixtures = layers();
    assert_close("differences", async |opened| {
        let mut all = Vec::new();
        for case in &fixtures.cases {
            all.extend(conformance::differences(case, opened, DIFFERENCES).await);
        }
        all
    });
}

#[test]
fn penalties_are_those_of_all_that_is_trained_and_nothing_else() {
    let fixtures = layers();
    assert_close("penalties", async |opened| {
        let mut all = Vec::new();
        for case in &fixtures.cases {
            all.extend(conformance::penalty(case, opened, FORWARD).await);
        }
        all
    });
}

#[test]
fn losses_and_their_gradients_are_those_of_pytorch() {
    let fixtures = layers();
    assert_close("losses", async |opened| {
        let mut all = Vec::new();
        for case in &fixtures.losses {
            all.extend(conformance::loss(case, opened, FORWARD, GRADIENT).await);
        }
        all
    });
}

#[test]
fn twenty_steps_of_training_go_as_in_pytorch() {
    let fixtures = training();
    assert_close("training", async |opened| {
        let mut all = Vec::new();
        for run in &fixtures.runs {
            all.extend(conformance::training(&fixtures, run, opened, TRAINING).await);
        }
        all
    });
}

/// PyTorch draws other masks, so dropout is held against its definition.
#[test]
fn dropout_drops_its_share_and_scales_up_the_rest() {
    const ROWS: usize = 200;
    const FEATURES: usize = 100;
    let count = (ROWS * FEATURES) as f64;
    for rate in [0.0, 0.1, 0.5, 0.9] {
        let [flex, ndarray] = DEVICES.map(|name| {
            let opened = block_on(device::open(name)).expect("the processor is always there");
            [1, 1, 2].map(|seed| block_on(conformance::dropout(rate, ROWS, FEATURES, seed, &opened)))
        });
        assert_eq!(flex, ndarray, "a seed gives the same masks on every device");
        let [[mask, gradient], again, other] = flex;
        assert_eq!(mask, again[0]);
        assert_eq!(mask == other[0], rate == 0.0, "another seed gives others");
        let kept = (1.0 / (1.0 - rate)) as f32;
        assert!(mask.iter().all(|m| *m == 0.0 || *m == kept), "rate {rate}: kept numbers are scaled");
        // Four standard deviations of a binomial share.
        let near = |share: f64, of: f64, what: &str| {
            let spread = 4.0 * (rate * (1.0 - rate) / of).sqrt();
            assert!((share - rate).abs() <= spread, "rate {rate}: {share} of {what} is dropped");
        };
        let dropped = |mask: &mut dyn Iterator<Item = &f32>| mask.filter(|m| **m == 0.0).count() as f64;
        near(dropped(&mut mask.iter()) / count, count, "all");
        let of_row = FEATURES as f64;
        for row in mask.chunks(FEATURES) {
            near(dropped(&mut row.iter()) / of_row, of_row / 2.0, "an image");
        }
        for (feature, slope) in gradient.iter().enumerate().take(FEATURES) {
            let column = || mask.iter().skip(feature).step_by(FEATURES);
            near(dropped(&mut column()) / ROWS as f64, ROWS as f64 / 2.0, "a feature");
            let through: f32 = column().sum();
            assert!((slope - through).abs() <= 1e-3 * kept, "the gradient takes the same mask");
        }
    }
}

#[derive(Deserialize)]
struct Schedules {
    cases: Vec<ScheduleCase>,
    plateaus: Vec<PlateauCase>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScheduleCase {
    name: String,
    schedule: ScheduleSpec,
    steps_per_epoch: usize,
    epochs: usize,
    /// Steps between two of the factors.
    every: usize,
    factors: Vec<f64>,
}

#[derive(Deserialize)]
struct PlateauCase {
    factor: f64,
    patience: usize,
    /// None for what is no finite number.
    losses: Vec<Option<f64>>,
    /// After each loss.
    factors: Vec<f64>,
}

fn schedules() -> Schedules {
    serde_json::from_str(include_str!("fixtures/schedules.json")).expect("pytorch.py wrote it")
}

#[test]
fn schedules_have_the_factors_of_pytorch() {
    let mut worst: f64 = 0.0;
    for case in schedules().cases {
        for (i, expected) in case.factors.iter().enumerate() {
            let step = i * case.every;
            let found = schedule::factor(&case.schedule, step, case.steps_per_epoch, case.epochs, 0);
            let distance = (found - expected).abs();
            assert!(distance <= 1e-6, "{}, step {step}: {found}, not {expected}", case.name);
            worst = worst.max(distance);
        }
    }
    println!("schedules: at most {worst:.1e}");
}

#[test]
fn plateaus_are_met_where_pytorch_meets_them() {
    for case in schedules().plateaus {
        let decay = Decay::OnPlateau { factor: case.factor, patience: case.patience.into() };
        let spec = ScheduleSpec { warmup_epochs: 0.0, decay };
        let mut patience = Patience::new(case.patience);
        let mut falls = 0;
        for (epoch, (loss, expected)) in case.losses.iter().zip(&case.factors).enumerate() {
            let (_, out) = patience.observe(loss.unwrap_or(f64::NAN));
            falls += u32::from(out);
            let found = schedule::factor(&spec, epoch + 1, 1, case.losses.len(), falls);
            assert!((found - expected).abs() <= 1e-6, "{:?}, epoch {epoch}: {found}", case.losses);
        }
    }
}

/// The names of all variants, as serde lists them to whoever gives it an unknown one.
fn variants<T: DeserializeOwned>(unknown: Value) -> BTreeSet<String> {
    let error = serde_json::from_value::<T>(unknown).err().expect("no such variant").to_string();
    let (_, listed) = error.split_once("expected one of").expect("serde lists the variants");
    listed.split('`').skip(1).step_by(2).map(String::from).collect()
}

/// The values of `key` anywhere within.
fn mentioned(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get(key).and_then(Value::as_str).map(String::from));
            map.values().for_each(|value| mentioned(value, key, found));
        }
        Value::Array(list) => list.iter().for_each(|value| mentioned(value, key, found)),
        _ => {}
    }
}

#[test]
fn every_layer_activation_optimizer_and_schedule_has_a_fixture() {
    let tag = || json!({ "type": "?" });
    let expected = [
        ("layers", "type", variants::<LayerSpec>(tag()), include_str!("fixtures/layers.json")),
        ("activations", "function", variants::<Activation>(json!("?")), include_str!("fixtures/layers.json")),
        ("optimizers", "type", variants::<OptimizerSpec>(tag()), include_str!("fixtures/training.json")),
        ("schedules", "type", variants::<Decay>(tag()), include_str!("fixtures/schedules.json")),
    ];
    for (of, key, variants, text) in expected {
        let fixtures: Value = serde_json::from_str(text).expect("pytorch.py wrote it");
        let mut found = BTreeSet::new();
        mentioned(&fixtures, key, &mut found);
        if of == "schedules" {
            // Its cases have a form of their own.
            assert!(!schedules().plateaus.is_empty());
            found.insert("onPlateau".into());
        }
        assert!(variants.len() > 4, "{of}: {variants:?}");
        let missing: Vec<_> = variants.difference(&found).collect();
        assert!(missing.is_empty(), "{of} without a fixture: {missing:?}. Add cases to fixtures/pytorch.py.");
    }
}
