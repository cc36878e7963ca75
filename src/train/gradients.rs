//! The gradients of a step, all parameters together.

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Tensor, TensorData};

/// Shortens all gradients by one factor so that, as one long vector, they are at most `longest`
/// long (Pascanu et al., 2013; PyTorch's `clip_grad_norm_`). Nothing is read back from the device.
pub fn clip_norm<M: Module>(module: &M, gradients: GradientsParams, longest: f64) -> GradientsParams {
    let mut squares = Squares { gradients: &gradients, sum: None };
    module.visit(&mut squares);
    let Some(sum) = squares.sum else { return gradients };
    // The small number is PyTorch's, against division by zero.
    let factor = (sum.sqrt() + 1e-6).recip().mul_scalar(longest).clamp_max(1.0);
    let mut scale = Scale { from: gradients, to: GradientsParams::new(), factor };
    module.visit(&mut scale);
    scale.to
}

/// How many numbers the gradients of a module are.
pub fn count<M: Module>(module: &M, gradients: &GradientsParams) -> usize {
    let mut count = Count { gradients, sum: 0 };
    module.visit(&mut count);
    count.sum
}

/// Appends the gradients of a module on a processor, one array after the other: of the parameters that
/// have one, in the order of visiting.
pub fn append<M: Module>(module: &M, gradients: &GradientsParams, numbers: &mut Vec<f32>) {
    module.visit(&mut Append { gradients, numbers });
}

/// Adds gradients that [`append`] gave for modules of the same form, in their order.
pub fn add<M: Module>(module: &M, gradients: GradientsParams, others: Vec<&[f32]>) -> GradientsParams {
    let mut add = Add { from: gradients, to: GradientsParams::new(), others };
    module.visit(&mut add);
    add.to
}

struct Count<'a> {
    gradients: &'a GradientsParams,
    sum: usize,
}

impl ModuleVisitor for Count<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.sum += self.gradients.get::<D>(param.id).map_or(0, |gradient| gradient.shape().num_elements());
    }
}

struct Append<'a> {
    gradients: &'a GradientsParams,
    numbers: &'a mut Vec<f32>,
}

impl ModuleVisitor for Append<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.get::<D>(param.id) {
            // On a processor reading neither waits nor fails.
            self.numbers.extend(gradient.into_data().as_slice::<f32>().unwrap_or_default());
        }
    }
}

struct Add<'a> {
    from: GradientsParams,
    to: GradientsParams,
    /// What is left of each.
    others: Vec<&'a [f32]>,
}

impl ModuleVisitor for Add<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let Some(gradient) = self.from.remove::<D>(param.id) else { return };
        let (shape, device) = (gradient.dims(), gradient.device());
        let mut sum = gradient.into_data().try_into_vec::<f32>().unwrap_or_default();
        for other in &mut self.others {
            let (mine, rest) = other.split_at(sum.len().min(other.len()));
            *other = rest;
            sum.iter_mut().zip(mine).for_each(|(sum, mine)| *sum += mine);
        }
        self.to.register(param.id, Tensor::<D>::from_data(TensorData::new(sum, shape), &device));
    }
}

struct Squares<'a> {
    gradients: &'a GradientsParams,
    sum: Option<Tensor<1>>,
}

impl ModuleVisitor for Squares<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.get::<D>(param.id) {
            let squares = (gradient.clone() * gradient).sum();
            self.sum = Some(match self.sum.take() {
                Some(sum) => sum + squares,
                None => squares,
            });
        }
    }
}

struct Scale {
    from: GradientsParams,
    to: GradientsParams,
    factor: Tensor<1>,
}

impl ModuleVisitor for Scale {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.from.remove::<D>(param.id) {
            self.to.register(param.id, gradient * self.factor.clone().unsqueeze());
        }
    }
}
