//! Opening the GPU.

use super::self_test;
use crate::error::{Error, ErrorCode, Result};
use crate::say::say;
use burn::tensor::Device;

/// Opens the GPU and checks it against the processor.
pub async fn open() -> Result<Device> {
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
/// it all anew each time that JavaScript calls: at every allocation, two thirds of the time of a step.
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the linker makes this function, so no safe declaration of it exists")]
pub(crate) fn construct_statics() {
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    // SAFETY: the linker defines it without parameters or result; called once, as the instance starts.
    unsafe { __wasm_call_ctors() }
}
