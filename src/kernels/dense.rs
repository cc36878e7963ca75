//! A dense layer and its gradients, as products of panels; or, where most inputs are one number, as the
//! paper that a digit is written on, by the difference of the others to it.

use super::lanes::LANES;
use super::terms::{Terms, share_of};
use super::tile::{add_product, column_panels, for_each_column, row_panels, sum_of_rows};

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

    /// What more than half of the inputs are, if that is zero, as behind ReLU, or what an image has in its corner; none
    /// where it would not pay to pass over it.
    fn background(&self, input: &[f32]) -> Option<f32> {
        let candidates = [0.0, *input.first()?];
        let most = |background: &f32| share_of(*background, input) > 0.5;
        if self.units.is_multiple_of(LANES) { candidates.into_iter().find(most) } else { None }
    }

    fn forward_of_sparse(&self, input: &[f32], background: f32, weight: &[f32], bias: &[f32]) -> Vec<f32> {
        let mut of_background = bias.to_vec();
        if background != 0.0 {
            let sums = sum_of_rows(weight, self.units);
            of_background.iter_mut().zip(sums).for_each(|(bias, sum)| *bias += background * sum);
        }
        let places = rows_of(self.units, self.inputs);
        let mut terms = Terms::of_up_to(self.inputs);
        let mut output = Vec::with_capacity(self.batch * self.units);
        for image in input.chunks_exact(self.inputs) {
            terms.collect(image, background, &places);
            terms.append_sums(weight, &of_background, &mut output);
        }
        output
    }

    fn weight_gradient_of_sparse(&self, input: &[f32], background: f32, gradient: &[f32]) -> Vec<f32> {
        let mut of_background = self.bias_gradient(gradient);
        of_background.iter_mut().for_each(|x| *x *= background);
        let places = rows_of(self.units, self.batch);
        let mut terms = Terms::of_up_to(self.batch);
        let mut weight = Vec::with_capacity(self.inputs * self.units);
        for_each_column(input, self.inputs, |column| {
            terms.collect(column, background, &places);
            terms.append_sums(gradient, &of_background, &mut weight);
        });
        weight
    }
}

/// Where so many rows of `width` begin.
fn rows_of(width: usize, rows: usize) -> Vec<u32> {
    (0..rows as u32).map(|row| row * width as u32).collect()
}
