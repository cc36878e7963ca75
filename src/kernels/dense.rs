//! A dense layer and its gradients, as products of panels.

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
        let mut output = bias.repeat(self.batch);
        let (rows, columns) = (row_panels(input, self.inputs), column_panels(weight, self.units));
        add_product(&rows, &columns, self.inputs, self.units, &mut output);
        output
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
        let mut weight = vec![0.0; self.inputs * self.units];
        let (rows, columns) = (column_panels(input, self.inputs), column_panels(gradient, self.units));
        add_product(&rows, &columns, self.batch, self.units, &mut weight);
        weight
    }

    /// The gradient of the bias from that of the output.
    pub fn bias_gradient(&self, gradient: &[f32]) -> Vec<f32> {
        sum_of_rows(gradient, self.units)
    }
}
