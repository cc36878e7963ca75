//! The gradients of a step, all parameters together.

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

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
