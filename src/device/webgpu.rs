//! Opening the GPU.

use super::self_test;
use crate::error::{Error, ErrorCode, Result};
use crate::say::say;
use burn::tensor::Device;

/// Opens the GPU and checks it against the processor.
pub async fn open() -> Result<Device> {
    #[cfg(target_arch = "wasm32")]
    construct_statics();
    let device = Device::wgpu_options().init_async().await.map_err(|error| {
        let message = say!("WebGPU could not be started: {error}. Choose the CPU instead.", error);
        Error::new(ErrorCode::DeviceUnavailable, message)
    })?;
    self_test::compare(&device, &Device::flex()).await?;
    Ok(device)
}

/// Runs what is to be run before everything else: the GPU's compiler registers its thousands of operations so.
///
/// Only its being called somewhere keeps the linker from taking the program for a command, which would run
/// it all anew each time that JavaScript calls: at every allocation, nearly all of the processor's time of a step.
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the linker makes this function, so no safe declaration of it exists")]
fn construct_statics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    // SAFETY: the linker defines it without parameters or result; it is called once.
    ONCE.call_once(|| unsafe { __wasm_call_ctors() });
}
