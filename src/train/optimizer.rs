//! From the optimizer of a spec to Burn's.

use crate::spec::OptimizerSpec;
use burn::optim::momentum::MomentumConfig;
use burn::optim::{AdaGradConfig, AdamConfig, AdamWConfig, ModuleOptimizer, RmsPropConfig, SgdConfig};

/// Builds the optimizer with the field's definitions: Burn's own defaults differ from PyTorch's in
/// every epsilon (1e-5) and in the dampening of momentum (0.1).
pub fn build(spec: &OptimizerSpec) -> ModuleOptimizer {
    match *spec {
        OptimizerSpec::Sgd { momentum: 0.0, .. } => SgdConfig::new().init(),
        OptimizerSpec::Sgd { momentum, nesterov } => {
            let momentum =
                MomentumConfig::new().with_momentum(momentum).with_dampening(0.0).with_nesterov(nesterov);
            SgdConfig::new().with_momentum(Some(momentum)).init()
        }
        OptimizerSpec::RmsProp { alpha, momentum, epsilon } => RmsPropConfig::new()
            .with_alpha(alpha as f32)
            .with_momentum(momentum as f32)
            .with_epsilon(epsilon as f32)
            .init(),
        OptimizerSpec::Adagrad { epsilon } => AdaGradConfig::new().with_epsilon(epsilon as f32).init(),
        OptimizerSpec::Adam { beta1, beta2, epsilon } => AdamConfig::new()
            .with_beta_1(beta1 as f32)
            .with_beta_2(beta2 as f32)
            .with_epsilon(epsilon as f32)
            .init(),
        OptimizerSpec::AdamW { beta1, beta2, epsilon, weight_decay } => AdamWConfig::new()
            .with_beta_1(beta1 as f32)
            .with_beta_2(beta2 as f32)
            .with_epsilon(epsilon as f32)
            .with_weight_decay(weight_decay as f32)
            .init(),
    }
}
