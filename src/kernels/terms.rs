//! Sums of products that pass over what is zero, even where the other factor is infinite.

use super::fours::{FOUR, Numbers, Places, front};
use super::lanes::{LANES, Lanes};

/// So many lots of lanes are summed up at once: with more of them, a browser runs out of registers.
const WIDE: usize = 4;
const RUN: usize = WIDE * LANES;

/// So many rows at once: those of a window of 3 x 3.
const ROWS: usize = 3;

/// One of so many chunks of numbers is looked at to see what most of them are: an odd number, so that it is another part of
/// each image, unless images have a multiple of seven chunks. A guess that is wrong costs time, no more.
const SAMPLED: usize = 7;

/// The share of numbers that are `number`, by a sample of them.
pub fn share_of(number: f32, numbers: &[f32]) -> f64 {
    let sample = || numbers.chunks(LANES * LANES).step_by(SAMPLED);
    let equal = |chunk: &[f32]| chunk.iter().map(|x| u32::from(*x == number)).sum::<u32>();
    f64::from(sample().map(equal).sum::<u32>()) / sample().map(<[f32]>::len).sum::<usize>() as f64
}

/// The terms of a sum: numbers that are not zero, and where what each is multiplied by begins.
pub struct Terms {
    numbers: Vec<f32>,
    places: Vec<u32>,
    count: usize,
}

impl Terms {
    /// No terms, with room for as many as `numbers`.
    pub fn of_up_to(numbers: usize) -> Self {
        // Numbers are written by four, of which as many count as are not zero.
        Self { numbers: vec![0.0; numbers + FOUR], places: vec![0; numbers + FOUR], count: 0 }
    }

    /// Takes up by how much numbers differ from a background, in place of what was there; `places` has one for
    /// each number.
    pub fn collect(&mut self, numbers: &[f32], background: f32, places: &[u32]) {
        let (fours, rest) = numbers.as_chunks::<FOUR>();
        let (places_of_fours, places_of_rest) = places.as_chunks::<FOUR>();
        let mut count = 0;
        for (four, places) in fours.iter().zip(places_of_fours) {
            count += front(four.map(|x| x - background), *places, self.room(count));
        }
        for (number, place) in rest.iter().zip(places_of_rest) {
            count += front([number - background, 0.0, 0.0, 0.0], [*place; FOUR], self.room(count));
        }
        self.count = count;
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds `number * factors[place..]` for each term to as many sums as fill lanes.
    pub fn add_to(&self, factors: &[f32], sums: &mut [f32]) {
        let (runs, rest) = sums.as_chunks_mut::<RUN>();
        let beyond = runs.len() * RUN;
        for (i, run) in runs.iter_mut().enumerate() {
            let run = run.as_chunks_mut().0;
            let sums = self.sums::<WIDE>(&factors[i * RUN..], run);
            run.iter_mut().zip(sums).for_each(|(run, sums)| *run = sums.numbers());
        }
        for (i, run) in rest.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let [sums] = self.sums::<1>(&factors[beyond + i * LANES..], &[*run]);
            *run = sums.numbers();
        }
    }

    /// As [`add_to`](Self::add_to) for each of some rows of factors, which begin at `rows` and are one lot of lanes wide.
    pub fn add_to_rows(&self, factors: &[f32], rows: &[usize], sums: &mut [f32]) {
        let runs = rows.chunks(ROWS).zip(sums.as_chunks_mut().0.chunks_mut(ROWS));
        for (rows, sums) in runs {
            match *rows {
                [a] => self.add_rows([a], factors, sums),
                [a, b] => self.add_rows([a, b], factors, sums),
                _ => self.add_rows(std::array::from_fn::<_, ROWS, _>(|i| rows[i]), factors, sums),
            }
        }
    }

    #[inline(always)]
    fn add_rows<const N: usize>(&self, rows: [usize; N], factors: &[f32], sums: &mut [[f32; LANES]]) {
        let rows = rows.map(|row| &factors[row..]);
        let mut lanes = [Lanes::ZERO; N];
        lanes.iter_mut().zip(&*sums).for_each(|(lanes, sums)| *lanes = Lanes::from(sums));
        for (number, place) in self.numbers[..self.count].iter().zip(&self.places[..self.count]) {
            for (sums, row) in lanes.iter_mut().zip(rows) {
                debug_assert!(*place as usize + LANES <= row.len());
                // Never shorter, as below.
                let run =
                    row.get(*place as usize..).and_then(|row| row.first_chunk()).unwrap_or(&[0.0; LANES]);
                sums.add(*number, Lanes::from(run));
            }
        }
        sums.iter_mut().zip(lanes).for_each(|(sums, lanes)| *sums = lanes.numbers());
    }

    /// Appends the sums that [`add_to`](Self::add_to) makes of others.
    pub fn append_sums(&self, factors: &[f32], sums: &[f32], to: &mut Vec<f32>) {
        let (runs, rest) = sums.as_chunks::<RUN>();
        let beyond = runs.len() * RUN;
        for (i, run) in runs.iter().enumerate() {
            let sums = self.sums::<WIDE>(&factors[i * RUN..], run.as_chunks().0);
            sums.into_iter().for_each(|sums| to.extend_from_slice(&sums.numbers()));
        }
        for (i, run) in rest.as_chunks::<LANES>().0.iter().enumerate() {
            let [sums] = self.sums::<1>(&factors[beyond + i * LANES..], &[*run]);
            to.extend_from_slice(&sums.numbers());
        }
    }

    #[inline(always)]
    fn sums<const N: usize>(&self, factors: &[f32], sums: &[[f32; LANES]]) -> [Lanes; N] {
        let mut lanes = [Lanes::ZERO; N];
        lanes.iter_mut().zip(sums).for_each(|(lanes, sums)| *lanes = Lanes::from(sums));
        for (number, place) in self.numbers[..self.count].iter().zip(&self.places[..self.count]) {
            debug_assert!(*place as usize + N * LANES <= factors.len());
            // Never shorter: a check that cannot panic leaves the loop without a way out.
            let run = factors.get(*place as usize..*place as usize + N * LANES).unwrap_or_default();
            for (sums, run) in lanes.iter_mut().zip(run.as_chunks().0) {
                sums.add(*number, Lanes::from(run));
            }
        }
        lanes
    }

    /// Where the next four are written.
    #[inline(always)]
    fn room(&mut self, count: usize) -> Option<(&mut Numbers, &mut Places)> {
        self.numbers[count..].first_chunk_mut().zip(self.places[count..].first_chunk_mut())
    }
}
