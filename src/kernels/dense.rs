//! A dense layer and its gradients, as products of panels; or, where most inputs are one number, as the
//! paper that a digit is written on, by the difference of the others to it.

use super::lanes::LANES;
use super::terms::{add_terms, collect};
use super::tile::{add_product, column_panels, row_panels, sum_of_rows};

/// The shapes of a dense layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dense {
    /// Images.
    pub batch: usize,
    /// Numbers of an image.
    pub inputs: usize,
    /// Numbers of an output.
    pub units: usize,
}

impl Dense {
    /// `[batch, inputs] -> [batch, units]`; the weight is `[inputs, units]`.
    pub fn forward(&self, input: &[f32], weight: &[f32], bias: &[f32]) -> Vec<f32> {
        match self.background(input) {
            None => {
                let mut output = bias.repeat(self.batch);
                let (rows, columns) = (row_panels(input, self.inputs), column_panels(weight, self.units));
                add_product(&rows, &columns, self.inputs, self.units, &mut output);
                output
            }
            Some(background) => self.forward_of_sparse(input, background, weight, bias),
        }
    }

    /// The gradient of the input from that of the output.
    pub fn input_gradient(&self, gradient: &[f32], weight: &[f32]) -> Vec<f32> {
        let mut input = vec![0.0; self.batch * self.inputs];
        let (rows, columns) = (row_panels(gradient, self.units), row_panels(weight, self.units));
        add_product(&rows, &columns, self.units, self.inputs, &mut input);
        input
    }

    /// The gradient of the weight from that of the output.
    pub fn weight_gradient(&self, input: &[f32], gradient: &[f32]) -> Vec<f32> {
        match self.background(input) {
            None => {
                let mut weight = vec![0.0; self.inputs * self.units];
                let (rows, columns) =
                    (column_panels(input, self.inputs), column_panels(gradient, self.units));
                add_product(&rows, &columns, self.batch, self.units, &mut weight);
                weight
            }
            Some(background) => self.weight_gradient_of_sparse(input, background, gradient),
        }
    }

    /// The gradient of the bias from that of the output.
    pub fn bias_gradient(&self, gradient: &[f32]) -> Vec<f32> {
        sum_of_rows(gradient, self.units)
    }

    /// What more than half of the inputs are, if that is zero, as behind ReLU, or what an image has in its
    /// corner; none where it would not pay to pass over it.
    fn background(&self, input: &[f32]) -> Option<f32> {
        let most = |background: &f32| {
            let same = |chunk: &[f32]| chunk.iter().map(|x| u32::from(x == background)).sum::<u32>();
            input.chunks(LANES * LANES).map(same).sum::<u32>() as usize > input.len() / 2
        };
        let candidates = [0.0, *input.first()?];
        if self.units.is_multiple_of(LANES) { candidates.into_iter().find(most) } else { None }
    }

    fn forward_of_sparse(&self, input: &[f32], background: f32, weight: &[f32], bias: &[f32]) -> Vec<f32> {
        let mut of_background = bias.to_vec();
        if background != 0.0 {
            let sums = sum_of_rows(weight, self.units);
            of_background.iter_mut().zip(sums).for_each(|(bias, sum)| *bias += background * sum);
        }
        let mut output = of_background.repeat(self.batch);
        let mut terms = vec![(0.0, 0); self.inputs];
        for (image, output) in input.chunks_exact(self.inputs).zip(output.chunks_exact_mut(self.units)) {
            let differences = image.iter().map(|x| x - background);
            let terms = collect(differences.zip((0..).step_by(self.units)), &mut terms);
            add_terms(terms, weight, output);
        }
        output
    }

    fn weight_gradient_of_sparse(&self, input: &[f32], background: f32, gradient: &[f32]) -> Vec<f32> {
        let mut of_background = self.bias_gradient(gradient);
        of_background.iter_mut().for_each(|x| *x *= background);
        let mut weight = of_background.repeat(self.inputs);
        let mut terms = vec![(0.0, 0); self.batch];
        for (place, weight) in weight.chunks_exact_mut(self.units).enumerate() {
            let differences = input[place..].iter().step_by(self.inputs).map(|x| x - background);
            let terms = collect(differences.zip((0..).step_by(self.units)), &mut terms);
            add_terms(terms, gradient, weight);
        }
        weight
    }
}
