//! The cases of `conformance.rs` in a real browser: on the processors in the build without WebGPU,
//! on the GPU in the build with it.
#![cfg(target_arch = "wasm32")]

#[expect(dead_code, reason = "differences and dropout are checked natively")]
#[path = "support/conformance.rs"]
mod conformance;

use conformance::{Deviation, Layers, Training};
use emberlab::device::{self, Opened};
use emberlab::protocol::DeviceName;
use serde::de::DeserializeOwned;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Devices with their tolerances: forward, gradients, training.
#[cfg(not(feature = "webgpu"))]
const DEVICES: [(DeviceName, [f64; 3]); 2] =
    [(DeviceName::Cpu, [1e-5, 1e-4, 1e-3]), (DeviceName::Ndarray, [1e-5, 1e-4, 1e-3])];
#[cfg(feature = "webgpu")]
const DEVICES: [(DeviceName, [f64; 3]); 1] = [(DeviceName::Webgpu, [1e-3; 3])];

/// Reads a fixture through JavaScript: a JSON parser among the crates would be for this alone.
fn fixture<T: DeserializeOwned>(text: &str) -> T {
    let value = js_sys::JSON::parse(text).expect("pytorch.py wrote it");
    serde_wasm_bindgen::from_value(value).expect("pytorch.py wrote it")
}

async fn assert_close(of: &str, compare: impl AsyncFn(&Opened, [f64; 3]) -> Vec<Deviation>) {
    for (name, tolerances) in DEVICES {
        let opened = device::open(name).await.expect("this build has the device");
        let all = compare(&opened, tolerances).await;
        let too_far: Vec<String> =
            all.iter().filter(|d| d.is_too_far()).map(|d| format!("{}: {:.2e}", d.what, d.found)).collect();
        let worst = all.iter().max_by(|a, b| a.found.total_cmp(&b.found)).expect("something was compared");
        console_log!(
            "{of} on {name:?}: {} comparisons, at most {:.1e} ({})",
            all.len(),
            worst.found,
            worst.what
        );
        assert!(too_far.is_empty(), "{of} on {name:?}, {} too far:\n{}", too_far.len(), too_far.join("\n"));
    }
}

#[wasm_bindgen_test]
async fn layers_and_losses_compute_what_pytorch_computes() {
    let fixtures: Layers = fixture(include_str!("fixtures/layers.json"));
    assert_close("layers", async |opened, [forward, gradient, _]| {
        let mut all = Vec::new();
        for case in &fixtures.losses {
            all.extend(conformance::loss(case, opened, forward, gradient).await);
        }
        for case in &fixtures.cases {
            all.extend(conformance::layers(case, opened, forward, gradient).await);
            all.extend(conformance::penalty(case, opened, forward).await);
        }
        all
    })
    .await;
}

#[wasm_bindgen_test]
async fn twenty_steps_of_training_go_as_in_pytorch() {
    let fixtures: Training = fixture(include_str!("fixtures/training.json"));
    assert_close("training", async |opened, [.., training]| {
        let mut all = Vec::new();
        for run in &fixtures.runs {
            all.extend(conformance::training(&fixtures, run, opened, training).await);
        }
        all
    })
    .await;
}
