//! From gradients to new weights: the rules of the field, with PyTorch's definitions.
//!
//! Each rule is written once, over numbers of any kind: on a processor it runs over plain slices, one pass
//! for weights and state together, with no tensor in between; on a GPU the same lines become a program, one run of it
//! for each parameter.

#[cfg(any(feature = "webgpu", test))]
mod program;
mod rules;

use super::step;
use crate::device;
use crate::error::{Error, ErrorCode, Result};
#[cfg(feature = "webgpu")]
use crate::kernels;
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
    /// [`ErrorCode::BadData`] where it does not fit the network's parameters. Of another kind of optimizer nothing is
    /// remembered.
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
        #[cfg(feature = "webgpu")]
        let program = gpu_program(&rule, self.rate, self.keep);
        network.map(&mut Mapper {
            step: self,
            rule,
            #[cfg(feature = "webgpu")]
            program,
        })
    }
}

struct Mapper<'a, R, const S: usize> {
    step: Step<'a>,
    rule: R,
    #[cfg(feature = "webgpu")]
    program: kernels::UpdateProgram,
}

impl<const S: usize, R: Rule<S>> ModuleMapper for Mapper<'_, R, S> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, weights, mapper) = param.consume();
        let weights = match self.step.gradients.remove::<D>(id) {
            None => weights,
            Some(gradient) => {
                let dims = weights.dims();
                let moved = self.update(id, flat(weights.inner()), flat(gradient));
                Tensor::from_inner(moved.reshape(dims)).require_grad()
            }
        };
        Param::from_mapped_value(id, weights, mapper)
    }
}

impl<const S: usize, R: Rule<S>> Mapper<'_, R, S> {
    /// New weights from weights and gradient; the memory is kept.
    fn update(&mut self, id: ParamId, weights: Tensor<1>, gradient: Tensor<1>) -> Tensor<1> {
        let Step { optimizer, rate, keep, .. } = &mut self.step;
        let memory = optimizer.memory.remove(&id);
        #[cfg(feature = "webgpu")]
        if !optimizer.on_processor {
            let memory = match memory {
                Some(Memory::Gpu(memory)) => memory.try_into().ok(),
                _ => None,
            };
            let memory = memory.unwrap_or_else(|| std::array::from_fn(|_| gradient.zeros_like()));
            let (moved, memory) = kernels::updated::<S>(weights, gradient, memory, self.program.clone());
            optimizer.memory.insert(id, Memory::Gpu(memory.into()));
            return moved;
        }
        let (device, size) = (weights.device(), weights.dims());
        let memory = match memory {
            Some(Memory::Processor(memory)) if memory.len() == S => memory,
            _ => vec![vec![0.0; size.iter().product()]; S],
        };
        let (moved, memory) = on_processor(&self.rule, *rate, *keep, weights, gradient, memory);
        optimizer.memory.insert(id, Memory::Processor(memory));
        Tensor::from_data(TensorData::new(moved, size), &device)
    }
}

#[cfg(feature = "webgpu")]
fn gpu_program<const S: usize>(rule: &impl Rule<S>, rate: f32, keep: f32) -> kernels::UpdateProgram {
    let listing = program::Listing::of(rule);
    let constants = [&[rate, keep], &listing.constants[..]].concat();
    kernels::UpdateProgram { text: listing.program().into(), constants: constants.into(), slots: S }
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
    let (mut weights, gradient) = (step::floats(weights), step::floats(gradient));
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
