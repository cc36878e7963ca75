//! Sums of products that pass over what is zero, even where the other factor is infinite.

use super::lanes::{LANES, Lanes};

/// So many lots of lanes are summed up at once: a row of a 3 x 3 window over eight channels.
const WIDE: usize = 3;
const RUN: usize = WIDE * LANES;

/// A number that is not zero, and where what it is multiplied by begins.
pub type Term = (f32, u32);

/// Writes what is not zero to the front of `terms`, without a branch that could be guessed wrongly.
pub fn collect(numbers: impl Iterator<Item = Term>, terms: &mut [Term]) -> &[Term] {
    let mut count = 0;
    for (number, place) in numbers {
        // There is room for all: this only spares a check that could panic.
        if let Some(term) = terms.get_mut(count) {
            *term = (number, place);
        }
        count += usize::from(number != 0.0);
    }
    &terms[..count]
}

/// Adds `number * numbers[place..]` for each term to as many sums as fill lanes.
pub fn add_terms(terms: &[Term], numbers: &[f32], sums: &mut [f32]) {
    let (runs, rest) = sums.as_chunks_mut::<RUN>();
    let beyond = runs.len() * RUN;
    for (i, run) in runs.iter_mut().enumerate() {
        add_run::<WIDE>(terms, &numbers[i * RUN..], run.as_chunks_mut().0);
    }
    for (i, run) in rest.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        add_run::<1>(terms, &numbers[beyond + i * LANES..], std::slice::from_mut(run));
    }
}

#[inline(always)]
fn add_run<const N: usize>(terms: &[Term], numbers: &[f32], sums: &mut [[f32; LANES]]) {
    let mut lanes = [Lanes::ZERO; N];
    lanes.iter_mut().zip(&*sums).for_each(|(lanes, sums)| *lanes = Lanes::from(sums));
    for (number, place) in terms {
        debug_assert!(*place as usize + N * LANES <= numbers.len());
        // Never shorter: a check that cannot panic leaves the loop without a way out.
        let run = numbers.get(*place as usize..*place as usize + N * LANES).unwrap_or_default();
        for (sums, run) in lanes.iter_mut().zip(run.as_chunks().0) {
            sums.add(*number, Lanes::from(run));
        }
    }
    sums.iter_mut().zip(lanes).for_each(|(sums, lanes)| *sums = lanes.numbers());
}
