//! A rule as a program for the GPU: the rule's own lines, computed with names instead of numbers, are written down as they
//! are gone through.

use super::rules::{Number, Rule};
use std::cell::RefCell;
use std::fmt::Write;
use std::ops::{Add, Div, Mul};
use std::rc::Rc;

/// What a rule does with the numbers of one weight.
pub(super) struct Listing {
    /// In WGSL, a `let` for each operation.
    pub lines: String,
    /// The name of the direction.
    pub direction: String,
    /// The names of what is remembered.
    pub memory: Vec<String>,
    /// Numbers that differ from step to step, as `numbers.c0` and so on.
    pub constants: Vec<f32>,
}

impl Listing {
    /// Goes through a rule, with `gradient` and `memory0` and so on for names.
    pub fn of<const S: usize>(rule: &impl Rule<S>) -> Self {
        let written = Rc::new(RefCell::new(Written::default()));
        let symbol = |name: String| Symbol { name, written: written.clone() };
        let memory = std::array::from_fn(|slot| symbol(format!("memory{slot}")));
        let (direction, memory) = rule.direction(symbol("gradient".into()), memory);
        let memory = memory.into_iter().map(|symbol| symbol.name).collect();
        let direction = direction.name;
        let Written { lines, constants, .. } = written.take();
        Self { lines, direction, memory, constants }
    }

    /// The whole program, for arrays of weights, gradient and memory, and those that take weights and memory, whose
    /// type is `Each`: numbers, or vectors of them.
    /// Its numbers are the learning rate, the share of a weight that decay leaves, and the constants; and a zero
    /// where they would be odd in number.
    pub fn program(&self) -> String {
        let slots = self.memory.len();
        let mut text = String::from("struct Numbers {\n    rate: f32,\n    keep: f32,\n");
        for constant in 0..self.constants.len().next_multiple_of(2) {
            let _ = writeln!(text, "    c{constant}: f32,");
        }
        text.push_str("}\n\n");
        let mut binding = 0;
        let mut bind = |text: &mut String, access: &str, name: &str| {
            let _ = writeln!(
                text,
                "@group(0) @binding({binding}) var<storage, {access}> all_{name}: array<Each>;"
            );
            binding += 1;
        };
        bind(&mut text, "read", "weights");
        bind(&mut text, "read", "gradient");
        (0..slots).for_each(|slot| bind(&mut text, "read", &format!("memory{slot}")));
        bind(&mut text, "read_write", "moved");
        (0..slots).for_each(|slot| bind(&mut text, "read_write", &format!("remembered{slot}")));
        let _ = writeln!(text, "@group(0) @binding({binding}) var<uniform> numbers: Numbers;");
        text.push_str(
            "
@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    if (thread >= arrayLength(&all_weights)) {
        return;
    }
    let gradient = all_gradient[thread];
",
        );
        for slot in 0..slots {
            let _ = writeln!(text, "    let memory{slot} = all_memory{slot}[thread];");
        }
        text.push_str(&self.lines);
        let direction = &self.direction;
        let _ = writeln!(
            text,
            "    all_moved[thread] = all_weights[thread] * numbers.keep - {direction} * numbers.rate;"
        );
        for (slot, name) in self.memory.iter().enumerate() {
            let _ = writeln!(text, "    all_remembered{slot}[thread] = {name};");
        }
        text.push_str("}\n");
        text
    }
}

#[derive(Default)]
struct Written {
    lines: String,
    count: usize,
    constants: Vec<f32>,
}

/// A number that is known by name.
#[derive(Clone)]
struct Symbol {
    name: String,
    written: Rc<RefCell<Written>>,
}

impl Symbol {
    /// What an expression makes.
    fn made(&self, expression: String) -> Self {
        let mut written = self.written.borrow_mut();
        let name = format!("t{}", written.count);
        written.count += 1;
        let _ = writeln!(written.lines, "    let {name} = {expression};");
        Self { name, written: self.written.clone() }
    }

    fn constant(&self, number: f32) -> String {
        let constants = &mut self.written.borrow_mut().constants;
        constants.push(number);
        format!("numbers.c{}", constants.len() - 1)
    }
}

impl Number for Symbol {
    fn times(self, factor: f32) -> Self {
        let factor = self.constant(factor);
        self.made(format!("{} * {factor}", self.name))
    }

    fn plus(self, term: f32) -> Self {
        let term = self.constant(term);
        self.made(format!("{} + {term}", self.name))
    }

    fn root(self) -> Self {
        self.made(format!("sqrt({})", self.name))
    }

    fn sign(self) -> Self {
        self.made(format!("sign({})", self.name))
    }
}

impl Add for Symbol {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.made(format!("{} + {}", self.name, other.name))
    }
}

impl Mul for Symbol {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.made(format!("{} * {}", self.name, other.name))
    }
}

impl Div for Symbol {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        self.made(format!("{} / {}", self.name, other.name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::{Adagrad, Adam, Lion, Momentum, RmsProp, RmsPropMomentum, Sgd};
    use super::*;
    use std::collections::HashMap;

    /// Reads the lines as a GPU would, for one weight.
    fn run(listing: &Listing, gradient: f32, memory: &[f32]) -> Vec<f32> {
        let mut values: HashMap<String, f32> = HashMap::from([("gradient".into(), gradient)]);
        let named = |name: &str, of: &[f32]| -> Vec<_> {
            of.iter().enumerate().map(|(i, x)| (format!("{name}{i}"), *x)).collect()
        };
        values.extend(named("memory", memory));
        values.extend(named("numbers.c", &listing.constants));
        for line in listing.lines.lines() {
            let line =
                line.trim().strip_prefix("let ").and_then(|line| line.strip_suffix(';')).expect("a let");
            let (name, expression) = line.split_once(" = ").expect("a name");
            let inside = |function: &str| {
                let inside = expression.strip_prefix(function)?.strip_prefix('(')?.strip_suffix(')')?;
                Some(values[inside])
            };
            let value = match expression.split(' ').collect::<Vec<_>>()[..] {
                [a, "+", b] => values[a] + values[b],
                [a, "*", b] => values[a] * values[b],
                [a, "/", b] => values[a] / values[b],
                _ => inside("sqrt")
                    .map(f32::sqrt)
                    .or_else(|| inside("sign").map(Number::sign))
                    .expect("a function"),
            };
            values.insert(name.into(), value);
        }
        std::iter::once(&listing.direction).chain(&listing.memory).map(|name| values[name]).collect()
    }

    fn same<const S: usize>(rule: &impl Rule<S>) {
        let listing = Listing::of(rule);
        assert_eq!(listing.memory.len(), S);
        for (gradient, memory) in [(0.3f32, 0.2f32), (-1.5, 0.7), (0.0, 0.1), (2.0, 0.0)] {
            let (direction, remembered) = rule.direction(gradient, [memory; S]);
            let expected: Vec<f32> = std::iter::once(direction).chain(remembered).collect();
            assert_eq!(run(&listing, gradient, &[memory; S]), expected);
        }
        let program = listing.program();
        assert_eq!(program.matches("@binding").count(), 2 * S + 4);
    }

    #[test]
    fn a_listing_computes_what_its_rule_does() {
        let rms = || RmsProp { alpha: 0.9, epsilon: 1e-8 };
        same(&Sgd);
        same(&Momentum { momentum: 0.9, nesterov: false });
        same(&Momentum { momentum: 0.9, nesterov: true });
        same(&rms());
        same(&RmsPropMomentum { rms: rms(), momentum: 0.5 });
        same(&Adagrad { epsilon: 1e-10 });
        same(&Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, unbias1: 10.0, unbias2: 30.0 });
        same(&Lion { beta1: 0.9, beta2: 0.99 });
    }

    #[test]
    fn the_text_is_the_same_in_each_step() {
        let adam = |unbias1| Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, unbias1, unbias2: 30.0 };
        let (first, second) = (Listing::of(&adam(10.0)), Listing::of(&adam(5.0)));
        assert_eq!(first.program(), second.program());
        assert_ne!(first.constants, second.constants);
    }
}
