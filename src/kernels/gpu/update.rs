//! A step of an optimizer over a whole parameter, weights and memory in one program.

use super::{Array, empty, launch_each};
use burn::backend::tensor::FloatTensor;
use burn::backend::wgpu::{CubeBackend, into_contiguous};
use burn::backend::{Backend, Dispatch, TensorMetadata, backend_extension};
use burn::tensor::Tensor;
use std::sync::Arc;

/// The program of an optimizer's rule, and the numbers of this step.
#[derive(Debug, Clone)]
pub struct Program {
    /// WGSL, over the arrays of weights, gradient and memory, and those that take weights and memory, all of `Each`.
    pub text: Arc<str>,
    /// What the program finds behind the arrays.
    pub constants: Arc<[f32]>,
    /// How many arrays the rule remembers, at most two.
    pub slots: usize,
}

/// New weights and memory from weights, gradient and memory, each of them `[size]`.
pub fn updated<const S: usize>(
    weights: Tensor<1>,
    gradient: Tensor<1>,
    memory: [Tensor<1>; S],
    program: Program,
) -> (Tensor<1>, [Tensor<1>; S]) {
    let unused = gradient.clone().into_dispatch();
    let mut memory = memory.into_iter().map(Tensor::into_dispatch);
    let [first, second] = std::array::from_fn(|_| memory.next().unwrap_or_else(|| unused.clone()));
    let (weights, gradient) = (weights.into_dispatch(), gradient.into_dispatch());
    let (weights, first, second) = Dispatch::updated(weights, gradient, first, second, program);
    let mut remembered = [first, second].into_iter();
    let memory = std::array::from_fn(|_| remembered.next().unwrap_or_else(|| unused.clone()));
    (Tensor::from_dispatch(weights), memory.map(Tensor::from_dispatch))
}

/// Optimizers on the GPU.
#[backend_extension(Cube)]
pub trait Updates: Backend {
    /// New weights and memory from weights, gradient and memory, each of them `[size]`. What a rule does not
    /// remember is handed through.
    fn updated(
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        program: Program,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

impl Updates for CubeBackend {
    fn updated(
        weights: Array,
        gradient: Array,
        first: Array,
        second: Array,
        program: Program,
    ) -> (Array, Array, Array) {
        let [weights, gradient, first, second] = [weights, gradient, first, second].map(into_contiguous);
        let size = weights.shape().num_elements();
        let (moved, memory) = (empty(&weights, [size]), [first, second]);
        let remembered: Vec<Array> = (0..program.slots).map(|_| empty(&weights, [size])).collect();
        let inputs = [&weights, &gradient].into_iter().chain(memory.iter().take(program.slots));
        let arrays: Vec<&Array> = inputs.chain([&moved]).chain(&remembered).collect();
        let constants: Vec<u32> = program.constants.iter().map(|constant| constant.to_bits()).collect();
        launch_each(&program.text, size, &arrays, &constants);
        let [first, second] = memory;
        let mut remembered = remembered.into_iter();
        let [first, second] = [first, second].map(|before| remembered.next().unwrap_or(before));
        (moved, first, second)
    }
}
