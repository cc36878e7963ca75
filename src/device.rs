//! The devices a run can train on, and how one is opened and checked.

#[cfg(any(feature = "webgpu", test))]
mod self_test;
#[cfg(feature = "webgpu")]
mod webgpu;

use crate::error::Result;
use crate::protocol::{DeviceName, DeviceReport};
use burn::tensor::Device;

/// A device that is ready to train.
#[derive(Debug, Clone)]
pub struct Opened {
    name: DeviceName,
    device: Device,
}

impl Opened {
    /// Where tensors that need gradients live.
    pub fn training(&self) -> Device {
        self.device.clone().autodiff()
    }

    /// Where tensors that need none live.
    pub fn inference(&self) -> Device {
        self.device.clone()
    }

    /// How the page names it.
    pub fn report(&self) -> DeviceReport {
        let label = match self.name {
            DeviceName::Cpu => "CPU",
            DeviceName::Ndarray => "CPU (ndarray)",
            DeviceName::Webgpu => "WebGPU",
        };
        DeviceReport { device: self.name, label: label.into() }
    }

    /// Whether programs are compiled when a shape is first met, which can take seconds.
    pub fn compiles(&self) -> bool {
        self.name == DeviceName::Webgpu
    }

    /// Whether several threads may work for a run on it. The reference device stays as it is.
    pub fn has_helpers(&self) -> bool {
        self.name == DeviceName::Cpu
    }

    /// How many steps are worth handing over before the first is read back: a processor computes
    /// at once, a GPU must not run dry while results travel.
    pub fn steps_in_flight(&self) -> usize {
        match self.name {
            DeviceName::Cpu | DeviceName::Ndarray => 1,
            DeviceName::Webgpu => 16,
        }
    }
}

/// Whether a device's tensors lie in the memory of this program, where reading them never waits.
pub fn is_processor(device: &Device) -> bool {
    let inner = device.clone().inner();
    #[cfg(feature = "ndarray")]
    #[expect(deprecated)]
    if inner == Device::ndarray() {
        return true;
    }
    inner == Device::flex()
}

/// Opens a device by name.
///
/// # Errors
///
/// [`ErrorCode::DeviceUnavailable`](crate::error::ErrorCode::DeviceUnavailable) where it cannot be
/// had, [`ErrorCode::SelfTestFailed`](crate::error::ErrorCode::SelfTestFailed) where it computes
/// something else than the processor does.
pub async fn open(name: DeviceName) -> Result<Opened> {
    let device = match name {
        DeviceName::Cpu => Device::flex(),
        // Deprecated by Burn in favour of flex and gone in 0.23; until then it is the independent
        // implementation that flex is compared against.
        #[cfg(feature = "ndarray")]
        #[expect(deprecated)]
        DeviceName::Ndarray => Device::ndarray(),
        #[cfg(not(feature = "ndarray"))]
        DeviceName::Ndarray => return Err(unavailable("ndarray")),
        #[cfg(feature = "webgpu")]
        DeviceName::Webgpu => webgpu::open().await?,
        #[cfg(not(feature = "webgpu"))]
        DeviceName::Webgpu => return Err(unavailable("WebGPU")),
    };
    Ok(Opened { name, device })
}

#[cfg(not(all(feature = "ndarray", feature = "webgpu")))]
fn unavailable(device: &str) -> crate::error::Error {
    crate::error::Error::new(
        crate::error::ErrorCode::DeviceUnavailable,
        crate::say::say!(
            "This build of the core has no {device}. Choose the CPU, or load the build that has it.",
            device = device
        ),
    )
}
