//! Opening the GPU.

use super::self_test;
use crate::error::{Error, ErrorCode, Result};
use burn::tensor::Device;

/// Opens the GPU and checks it against the processor.
pub async fn open() -> Result<Device> {
    let device = Device::wgpu_options().init_async().await.map_err(|error| {
        let message = format!("WebGPU could not be started: {error}. Choose the CPU instead.");
        Error::new(ErrorCode::DeviceUnavailable, message)
    })?;
    self_test::compare(&device, &Device::flex()).await?;
    Ok(device)
}
