//! The rules of the field, with PyTorch's definitions, each written once over a [`Number`].

use std::ops::{Add, Div, Mul};

/// What a rule computes with: numbers, or the names of such.
pub(super) trait Number: Clone + Add<Output = Self> + Mul<Output = Self> + Div<Output = Self> {
    fn times(self, factor: f32) -> Self;
    fn plus(self, term: f32) -> Self;
    fn root(self) -> Self;
    /// -1, 0 or 1.
    fn sign(self) -> Self;
}

/// A rule that remembers `S` numbers for each weight, all zero before the first step.
pub(super) trait Rule<const S: usize> {
    /// The direction to subtract, and what to remember.
    fn direction<N: Number>(&self, gradient: N, memory: [N; S]) -> (N, [N; S]);
}

pub(super) struct Sgd;

pub(super) struct Momentum {
    pub momentum: f32,
    pub nesterov: bool,
}

pub(super) struct RmsProp {
    pub alpha: f32,
    pub epsilon: f32,
}

pub(super) struct RmsPropMomentum {
    pub rms: RmsProp,
    pub momentum: f32,
}

pub(super) struct Adagrad {
    pub epsilon: f32,
}

pub(super) struct Adam {
    pub beta1: f32,
    pub beta2: f32,
    pub epsilon: f32,
    /// `1 / (1 - beta1^t)` at step `t`.
    pub unbias1: f32,
    /// `1 / sqrt(1 - beta2^t)`.
    pub unbias2: f32,
}

pub(super) struct Lion {
    pub beta1: f32,
    pub beta2: f32,
}

impl Rule<0> for Sgd {
    fn direction<N: Number>(&self, gradient: N, memory: [N; 0]) -> (N, [N; 0]) {
        (gradient, memory)
    }
}

impl Rule<1> for Momentum {
    fn direction<N: Number>(&self, gradient: N, [velocity]: [N; 1]) -> (N, [N; 1]) {
        let velocity = velocity.times(self.momentum) + gradient.clone();
        let direction =
            if self.nesterov { gradient + velocity.clone().times(self.momentum) } else { velocity.clone() };
        (direction, [velocity])
    }
}

impl Rule<1> for RmsProp {
    fn direction<N: Number>(&self, gradient: N, [square]: [N; 1]) -> (N, [N; 1]) {
        let square = mean(square, gradient.clone() * gradient.clone(), self.alpha);
        (gradient / square.clone().root().plus(self.epsilon), [square])
    }
}

impl Rule<2> for RmsPropMomentum {
    fn direction<N: Number>(&self, gradient: N, [square, velocity]: [N; 2]) -> (N, [N; 2]) {
        let (direction, [square]) = self.rms.direction(gradient, [square]);
        let velocity = velocity.times(self.momentum) + direction;
        (velocity.clone(), [square, velocity])
    }
}

impl Rule<1> for Adagrad {
    fn direction<N: Number>(&self, gradient: N, [sum]: [N; 1]) -> (N, [N; 1]) {
        let sum = sum + gradient.clone() * gradient.clone();
        (gradient / sum.clone().root().plus(self.epsilon), [sum])
    }
}

impl Rule<2> for Adam {
    fn direction<N: Number>(&self, gradient: N, [first, second]: [N; 2]) -> (N, [N; 2]) {
        let first = mean(first, gradient.clone(), self.beta1);
        let second = mean(second, gradient.clone() * gradient, self.beta2);
        let spread = second.clone().root().times(self.unbias2).plus(self.epsilon);
        (first.clone().times(self.unbias1) / spread, [first, second])
    }
}

impl Rule<1> for Lion {
    fn direction<N: Number>(&self, gradient: N, [momentum]: [N; 1]) -> (N, [N; 1]) {
        let direction = mean(momentum.clone(), gradient.clone(), self.beta1).sign();
        (direction, [mean(momentum, gradient, self.beta2)])
    }
}

/// A running mean after one more value.
fn mean<N: Number>(mean: N, value: N, decay: f32) -> N {
    mean.times(decay) + value.times(1.0 - decay)
}

impl Number for f32 {
    fn times(self, factor: f32) -> Self {
        self * factor
    }

    fn plus(self, term: f32) -> Self {
        self + term
    }

    fn root(self) -> Self {
        self.sqrt()
    }

    fn sign(self) -> Self {
        // `signum` of zero is one.
        f32::from(u8::from(self > 0.0)) - f32::from(u8::from(self < 0.0))
    }
}
