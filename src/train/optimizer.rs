//! From gradients to new weights: the rules of the field, with PyTorch's definitions.
//!
//! Each rule is written once, over numbers of any kind: on a processor it runs over plain slices, one pass
//! for weights and state together, with no tensor in between; on a GPU the same lines are tensor
//! operations that the device fuses.

mod rules;

use super::step;
use crate::device;
use crate::error::{Error, ErrorCode, Result};
use crate::model::Network;
use crate::say::say;
use crate::spec::OptimizerSpec;
use burn::module::{Module, ModuleMapper, ModuleVisitor, Param, ParamId};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};
use rules::{Adagrad, Adam, Lion, Momentum, RmsProp, RmsPropMomentum, Rule, Sgd};
use std::collections::HashMap;

/// An optimizer with all that it remembers.
pub struct Optimizer {
    spec: OptimizerSpec,
    on_processor: bool,
    /// Steps taken.
    step: u32,
    memory: HashMap<ParamId, Memory>,
}

/// What an optimizer remembers, as plain numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OptimizerState {
    /// Steps taken.
    pub steps: u32,
    /// For each parameter of the network, in the order of visiting: its arrays, each as long as the
    /// parameter; none before its first step.
    pub memory: Vec<Vec<Vec<f32>>>,
}

/// What is remembered for one parameter: as many arrays as the rule needs, each as long as it.
enum Memory {
    Processor(Vec<Vec<f32>>),
    Gpu(Vec<Tensor<1>>),
}

impl Optimizer {
    /// An optimizer before its first step, for networks on this device.
    pub fn new(spec: &OptimizerSpec, device: &Device) -> Self {
        Self {
            spec: spec.clone(),
            on_processor: device::is_processor(device),
            step: 0,
            memory: HashMap::new(),
        }
    }

    /// Reads what is remembered for a network's parameters back from the device, all at once.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`](crate::error::ErrorCode::DeviceLost) where the device does not give it.
    pub async fn read(&self, network: &Network) -> Result<OptimizerState> {
        let mut ids = Ids::default();
        network.visit(&mut ids);
        let mut memory = Vec::new();
        for (id, _) in ids.0 {
            memory.push(match self.memory.get(&id) {
                None => Vec::new(),
                Some(Memory::Processor(slots)) => slots.clone(),
                Some(Memory::Gpu(slots)) => {
                    step::read(slots.iter().map(|slot| slot.clone().unsqueeze()).collect()).await?
                }
            });
        }
        Ok(OptimizerState { steps: self.step, memory })
    }

    /// Goes on with what was remembered for a network of the same layers.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] where it does not fit the network's parameters or this optimizer.
    pub fn write(&mut self, network: &Network, state: OptimizerState, device: &Device) -> Result<()> {
        let mut ids = Ids::default();
        network.visit(&mut ids);
        let fits = |size: usize, slots: &[Vec<f32>]| slots.iter().all(|slot| slot.len() == size);
        let sizes = ids.0.iter().map(|(_, size)| *size);
        if ids.0.len() != state.memory.len()
            || !sizes.zip(&state.memory).all(|(size, slots)| fits(size, slots))
        {
            let message =
                say!("What the optimizer remembers does not belong to this network. Use another checkpoint.");
            return Err(Error::new(ErrorCode::BadData, message));
        }
        let inner = device.clone().inner();
        let upload = |slot: Vec<f32>| {
            let size = slot.len();
            Tensor::from_data(TensorData::new(slot, [size]), &inner)
        };
        let remembered = ids.0.into_iter().zip(state.memory).filter(|(_, slots)| !slots.is_empty());
        self.memory = remembered
            .map(|((id, _), slots)| match self.on_processor {
                true => (id, Memory::Processor(slots)),
                false => (id, Memory::Gpu(slots.into_iter().map(upload).collect())),
            })
            .collect();
        self.step = state.steps;
        Ok(())
    }

    /// Moves every parameter that has a gradient: `weight * (1 - rate * decay) - rate * direction`,
    /// where only AdamW and Lion have a decay.
    pub fn step(&mut self, rate: f64, network: Network, gradients: GradientsParams) -> Network {
        self.step += 1;
        let taken = self.step as i32;
        let unbias = |beta: f64| 1.0 / (1.0 - beta.powi(taken));
        let adam = move |beta1: f64, beta2: f64, epsilon: f64| Adam {
            beta1: beta1 as f32,
            beta2: beta2 as f32,
            epsilon: epsilon as f32,
            unbias1: unbias(beta1) as f32,
            unbias2: unbias(beta2).sqrt() as f32,
        };
        let mut step = Step { optimizer: self, gradients, rate: rate as f32, keep: 1.0 };
        match step.optimizer.spec {
            OptimizerSpec::Sgd { momentum: 0.0, .. } => step.with(network, Sgd),
            OptimizerSpec::Sgd { momentum, nesterov } => {
                step.with(network, Momentum { momentum: momentum as f32, nesterov })
            }
            OptimizerSpec::RmsProp { alpha, momentum, epsilon } => {
                let rms = RmsProp { alpha: alpha as f32, epsilon: epsilon as f32 };
                match momentum {
                    0.0 => step.with(network, rms),
                    _ => step.with(network, RmsPropMomentum { rms, momentum: momentum as f32 }),
                }
            }
            OptimizerSpec::Adagrad { epsilon } => step.with(network, Adagrad { epsilon: epsilon as f32 }),
            OptimizerSpec::Adam { beta1, beta2, epsilon } => step.with(network, adam(beta1, beta2, epsilon)),
            OptimizerSpec::AdamW { beta1, beta2, epsilon, weight_decay } => {
                step.keep = (1.0 - rate * weight_decay) as f32;
                step.with(network, adam(beta1, beta2, epsilon))
            }
            OptimizerSpec::Lion { beta1, beta2, weight_decay } => {
                step.keep = (1.0 - rate * weight_decay) as f32;
                step.with(network, Lion { beta1: beta1 as f32, beta2: beta2 as f32 })
            }
        }
    }
}

/// The parameters of a network and their sizes, in the order of visiting.
#[derive(Default)]
struct Ids(Vec<(ParamId, usize)>);

impl ModuleVisitor for Ids {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push((param.id, param.val().shape().num_elements()));
    }
}

/// One step over all parameters.
struct Step<'a> {
    optimizer: &'a mut Optimizer,
    gradients: GradientsParams,
    rate: f32,
    /// Share of each weight that decay leaves.
    keep: f32,
}

impl Step<'_> {
    fn with<const S: usize>(self, network: Network, rule: impl Rule<S>) -> Network {
        network.map(&mut Mapper { step: self, rule })
    }
}

struct Mapper<'a, R, const S: usize> {
    step: Step<'a>,
    rule: R,
}

impl<const S: usize, R: Rule<S>> ModuleMapper for Mapper<'_, R, S> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, weights, mapper) = param.consume();
        let Step { optimizer, gradients, rate, keep } = &mut self.step;
        let weights = match gradients.remove::<D>(id) {
            None => weights,
            Some(gradient) => {
                let (dims, device) = (weights.dims(), gradient.device());
                let (weights, gradient) = (flat(weights.inner()), flat(gradient));
                let moved = if optimizer.on_processor {
                    let memory = match optimizer.memory.remove(&id) {
                        Some(Memory::Processor(memory)) if memory.len() == S => memory,
                        _ => vec![vec![0.0; dims.iter().product()]; S],
                    };
                    let (moved, memory) = on_processor(&self.rule, *rate, *keep, weights, gradient, memory);
                    optimizer.memory.insert(id, Memory::Processor(memory));
                    Tensor::from_data(TensorData::new(moved, dims), &device)
                } else {
                    let memory = match optimizer.memory.remove(&id) {
                        Some(Memory::Gpu(memory)) if memory.len() == S => memory,
                        _ => vec![gradient.zeros_like(); S],
                    };
                    let (moved, memory) = on_gpu(&self.rule, *rate, *keep, weights, gradient, memory);
                    optimizer.memory.insert(id, Memory::Gpu(memory));
                    moved.reshape(dims)
                };
                Tensor::from_inner(moved).require_grad()
            }
        };
        Param::from_mapped_value(id, weights, mapper)
    }
}

fn flat<const D: usize>(tensor: Tensor<D>) -> Tensor<1> {
    let size = tensor.shape().num_elements();
    tensor.reshape([size])
}

/// One pass over weights, gradient and memory, in place where the tensors have no other owner.
fn on_processor<const S: usize>(
    rule: &impl Rule<S>,
    rate: f32,
    keep: f32,
    weights: Tensor<1>,
    gradient: Tensor<1>,
    mut memory: Vec<Vec<f32>>,
) -> (Vec<f32>, Vec<Vec<f32>>) {
    let (mut weights, gradient) = (floats(weights), floats(gradient));
    let size = weights.len().min(gradient.len());
    let (moved, gradient) = (&mut weights[..size], &gradient[..size]);
    // Slices of one known length, so that the loop needs no checks and becomes SIMD.
    let mut arrays = memory.iter_mut().map(|array| &mut array[..size]);
    let mut slots: [&mut [f32]; S] = std::array::from_fn(|_| arrays.next().unwrap_or_default());
    for i in 0..size {
        let (direction, remembered) = rule.direction(gradient[i], std::array::from_fn(|slot| slots[slot][i]));
        for (slot, value) in slots.iter_mut().zip(remembered) {
            slot[i] = value;
        }
        moved[i] = moved[i] * keep - direction * rate;
    }
    (weights, memory)
}

/// The numbers of a tensor on a processor, where reading neither waits nor fails.
fn floats(tensor: Tensor<1>) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap_or_default()
}

fn on_gpu<const S: usize>(
    rule: &impl Rule<S>,
    rate: f32,
    keep: f32,
    weights: Tensor<1>,
    gradient: Tensor<1>,
    memory: Vec<Tensor<1>>,
) -> (Tensor<1>, Vec<Tensor<1>>) {
    let mut memory = memory.into_iter();
    let zeros = || gradient.zeros_like();
    let slots: [Tensor<1>; S] = std::array::from_fn(|_| memory.next().unwrap_or_else(zeros));
    let (direction, slots) = rule.direction(gradient, slots);
    let kept = if keep == 1.0 { weights } else { weights * keep };
    (kept - direction * rate, slots.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pass over slices and the tensor operations, three steps of each.
    fn both<const S: usize>(rule: &impl Rule<S>, keep: f32) -> [Vec<f32>; 2] {
        // Odd in length, of both signs, one gradient zero.
        let weights: Vec<f32> = (0..101).map(|i| (i as f32 * 0.37).sin()).collect();
        let gradient = |step: usize| -> Vec<f32> {
            (0..101).map(|i| ((i - 50) as f32 * 0.1) * (step + i as usize % 3) as f32).collect()
        };
        let tensor = |values: Vec<f32>| Tensor::from_data(TensorData::new(values, [101]), &Device::flex());
        let (mut slices, mut memory) = (weights.clone(), vec![vec![0.0; 101]; S]);
        let (mut tensors, mut remembered) = (tensor(weights), Vec::new());
        for step in 1..=3 {
            let gradient = tensor(gradient(step));
            (slices, memory) = on_processor(rule, 0.01, keep, tensor(slices), gradient.clone(), memory);
            (tensors, remembered) = on_gpu(rule, 0.01, keep, tensors, gradient, remembered);
        }
        [slices, floats(tensors)]
    }

    #[test]
    fn slices_and_tensors_move_alike() {
        let rms = || RmsProp { alpha: 0.9, epsilon: 1e-8 };
        let adam = Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, unbias1: 10.0, unbias2: 30.0 };
        let pairs = [
            both(&Sgd, 1.0),
            both(&Momentum { momentum: 0.9, nesterov: false }, 1.0),
            both(&Momentum { momentum: 0.9, nesterov: true }, 1.0),
            both(&rms(), 1.0),
            both(&RmsPropMomentum { rms: rms(), momentum: 0.5 }, 1.0),
            both(&Adagrad { epsilon: 1e-10 }, 1.0),
            both(&adam, 0.99),
            both(&Lion { beta1: 0.9, beta2: 0.99 }, 0.99),
        ];
        for (rule, [slices, tensors]) in pairs.iter().enumerate() {
            for (slice, tensor) in slices.iter().zip(tensors) {
                assert!(
                    (slice - tensor).abs() <= 1e-5 * tensor.abs().max(1e-3),
                    "rule {rule}: {slice} {tensor}"
                );
            }
        }
    }
}
