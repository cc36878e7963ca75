//! From the optimizer of a spec to Burn's.

use crate::spec::OptimizerSpec;
use burn::optim::momentum::MomentumConfig;
use burn::optim::{AdamConfig, ModuleOptimizer, SgdConfig};

/// Builds the optimizer with the field's definitions: Burn's own defaults differ from PyTorch's in
/// Adam's epsilon (1e-5) and in the dampening of momentum (0.1).
pub fn build(spec: &OptimizerSpec) -> ModuleOptimizer {
    match *spec {
        OptimizerSpec::Sgd { momentum: 0.0 } => SgdConfig::new().init(),
        OptimizerSpec::Sgd { momentum } => {
            let momentum = MomentumConfig::new().with_momentum(momentum).with_dampening(0.0);
            SgdConfig::new().with_momentum(Some(momentum)).init()
        }
        OptimizerSpec::Adam { beta1, beta2, epsilon } => AdamConfig::new()
            .with_beta_1(beta1 as f32)
            .with_beta_2(beta2 as f32)
            .with_epsilon(epsilon as f32)
            .init(),
    }
}
