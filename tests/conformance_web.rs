//! The cases of `conformance.rs` in a real browser, on the devices that a build is for.
#![cfg(target_arch = "wasm32")]

#[expect(dead_code, reason = "differences and dropout are checked natively")]
#[path = "support/conformance.rs"]
mod conformance;

use conformance::{Deviation, Layers, Training};
use emberlab::device;
use emberlab::protocol::DeviceName;
use serde::de::DeserializeOwned;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Devices with their tolerances (forward, gradients, training).
const DEVICES: &[(DeviceName, [f64; 3])] = &[
    #[cfg(not(feature = "webgpu"))]
    (DeviceName::Cpu, [1e-5, 1e-4, 1e-3]),
    #[cfg(feature = "ndarray")]
    (DeviceName::Ndarray, [1e-5, 1e-4, 1e-3]),
    #[cfg(feature = "webgpu")]
    (DeviceName::Webgpu, [1e-3; 3]),
];

/// Reads a fixture through JavaScript: a JSON parser among the crates would be for this alone.
fn fixture<T: DeserializeOwned>(text: &str) -> T {
    let value = js_sys::JSON::parse(text).expect("pytorch.py wrote it");
    serde_wasm_bindgen::from_value(value).expect("pytorch.py wrote it")
}

fn assert_close(of: &str, all: &[Deviation]) {
    let too_far: Vec<String> =
        all.iter().filter(|d| d.is_too_far()).map(|d| format!("{}: {:.2e}", d.what, d.found)).collect();
    let worst = all.iter().max_by(|a, b| a.found.total_cmp(&b.found)).expect("something was compared");
    console_log!("{of}: {} comparisons, at most {:.1e} ({})", all.len(), worst.found, worst.what);
    assert!(too_far.is_empty(), "{of}, {} too far:\n{}", too_far.len(), too_far.join("\n"));
}

/// One test for all: a worker can open the GPU only once.
#[wasm_bindgen_test]
async fn the_core_computes_what_pytorch_computes() {
    let layers: Layers = fixture(include_str!("fixtures/layers.json"));
    let training: Training = fixture(include_str!("fixtures/training.json"));
    for &(name, [forward, gradient, trained]) in DEVICES {
        let opened = device::open(name).await.expect("this build has the device");
        let mut all = Vec::new();
        for case in &layers.losses {
            all.extend(conformance::loss(case, &opened, forward, gradient).await);
        }
        for case in &layers.cases {
            all.extend(conformance::layers(case, &opened, forward, gradient).await);
            all.extend(conformance::penalty(case, &opened, forward).await);
        }
        assert_close(&format!("layers on {name:?}"), &all);
        let mut all = Vec::new();
        for run in &training.runs {
            all.extend(conformance::training(&training, run, &opened, trained).await);
        }
        assert_close(&format!("training on {name:?}"), &all);
    }
}
