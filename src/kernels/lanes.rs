//! Numbers that are worked on side by side: two of WebAssembly's vectors.

/// How many.
pub const LANES: usize = 8;

#[cfg(not(target_feature = "relaxed-simd"))]
pub use plain::Lanes;
#[cfg(target_feature = "relaxed-simd")]
pub use relaxed::Lanes;

#[cfg(all(feature = "relaxed-simd", not(target_feature = "relaxed-simd")))]
compile_error!("The feature relaxed-simd wants the compiler's flag of that name: ./build.sh dist sets both.");

/// Plain arrays, which the compiler turns into the vectors of the target.
#[cfg(not(target_feature = "relaxed-simd"))]
mod plain {
    use super::LANES;

    /// [`LANES`] numbers.
    #[derive(Clone, Copy)]
    pub struct Lanes([f32; LANES]);

    impl Lanes {
        pub const ZERO: Self = Self([0.0; LANES]);

        #[inline(always)]
        pub fn from(numbers: &[f32; LANES]) -> Self {
            Self(*numbers)
        }

        /// One number in all lanes.
        #[inline(always)]
        pub fn of(number: f32) -> Self {
            Self([number; LANES])
        }

        #[inline(always)]
        pub fn numbers(self) -> [f32; LANES] {
            self.0
        }

        /// Adds `factor * numbers`.
        #[inline(always)]
        pub fn add(&mut self, factor: f32, numbers: Self) {
            self.0.iter_mut().zip(numbers.0).for_each(|(sum, x)| *sum += factor * x);
        }

        #[inline(always)]
        pub fn plus(self, other: Self) -> Self {
            Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
        }

        #[inline(always)]
        pub fn minus(self, other: Self) -> Self {
            Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
        }
    }
}

/// Multiplies and adds in one instruction, where the processor has it. It rounds once and not twice,
/// therefore the compiler may not choose it by itself.
#[cfg(target_feature = "relaxed-simd")]
mod relaxed {
    use super::LANES;
    use core::arch::wasm32::{
        f32x4, f32x4_add, f32x4_extract_lane as lane, f32x4_relaxed_madd, f32x4_splat, f32x4_sub, v128,
    };

    /// [`LANES`] numbers.
    #[derive(Clone, Copy)]
    pub struct Lanes([v128; 2]);

    impl Lanes {
        pub const ZERO: Self = Self([f32x4(0.0, 0.0, 0.0, 0.0); 2]);

        #[inline(always)]
        pub fn from([a, b, c, d, e, f, g, h]: &[f32; LANES]) -> Self {
            Self([f32x4(*a, *b, *c, *d), f32x4(*e, *f, *g, *h)])
        }

        /// One number in all lanes.
        #[inline(always)]
        pub fn of(number: f32) -> Self {
            Self([f32x4_splat(number); 2])
        }

        /// Lane by lane: a store of a vector would be unsafe, and the compiler makes one of it.
        #[inline(always)]
        pub fn numbers(self) -> [f32; LANES] {
            let Self([a, b]) = self;
            let [e, f] = [a, b].map(|v| [lane::<0>(v), lane::<1>(v), lane::<2>(v), lane::<3>(v)]);
            [e[0], e[1], e[2], e[3], f[0], f[1], f[2], f[3]]
        }

        /// Adds `factor * numbers`.
        #[inline(always)]
        pub fn add(&mut self, factor: f32, numbers: Self) {
            let factor = f32x4_splat(factor);
            for (sum, x) in self.0.iter_mut().zip(numbers.0) {
                *sum = f32x4_relaxed_madd(factor, x, *sum);
            }
        }

        #[inline(always)]
        pub fn plus(self, other: Self) -> Self {
            Self([f32x4_add(self.0[0], other.0[0]), f32x4_add(self.0[1], other.0[1])])
        }

        #[inline(always)]
        pub fn minus(self, other: Self) -> Self {
            Self([f32x4_sub(self.0[0], other.0[0]), f32x4_sub(self.0[1], other.0[1])])
        }
    }
}

/// The sum of a term of each number, in as many sums side by side: the compiler may not reorder a sum by itself.
pub fn sum(numbers: &[f32], term: impl Fn(f32) -> f32) -> f64 {
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, x)| *sum += term(*x));
    }
    rest.iter().map(|x| term(*x)).chain(sums).map(f64::from).sum()
}
