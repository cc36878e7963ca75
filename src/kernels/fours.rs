//! Four numbers at a time, which is one of WebAssembly's vectors.

/// How many.
pub const FOUR: usize = 4;

pub type Numbers = [f32; FOUR];
/// Where what each number is multiplied by begins.
pub type Places = [u32; FOUR];

#[cfg(not(target_arch = "wasm32"))]
pub use plain::{front, transposed};
#[cfg(target_arch = "wasm32")]
pub use simd::{front, transposed};

#[cfg(not(target_arch = "wasm32"))]
mod plain {
    use super::{FOUR, Numbers, Places};

    /// Writes the numbers that are not zero, with their places, and after them anything; returns how many they are.
    /// There is no branch that could be guessed wrongly.
    pub fn front(numbers: Numbers, places: Places, to: Option<(&mut Numbers, &mut Places)>) -> usize {
        let (mut front, mut places_of_front, mut count) = ([0.0; FOUR], [0; FOUR], 0);
        for (number, place) in numbers.into_iter().zip(places) {
            (front[count], places_of_front[count]) = (number, place);
            count += usize::from(number != 0.0);
        }
        if let Some(to) = to {
            (*to.0, *to.1) = (front, places_of_front);
        }
        count
    }

    /// Rows as columns.
    pub fn transposed(rows: [Numbers; FOUR]) -> [Numbers; FOUR] {
        std::array::from_fn(|column| rows.map(|row| row[column]))
    }
}

#[cfg(target_arch = "wasm32")]
mod simd {
    use super::{FOUR, Numbers, Places};
    use core::arch::wasm32::{
        f32x4, f32x4_extract_lane as lane, f32x4_ne, i8x16_swizzle, u32x4, u32x4_bitmask,
        u32x4_extract_lane as place, u32x4_shuffle as shuffle, v128,
    };

    /// For each set of four lanes, their bytes in order.
    const ORDERS: [v128; 16] = orders();

    const fn orders() -> [v128; 16] {
        let mut orders = [u32x4(0, 0, 0, 0); 16];
        let mut set = 0;
        while set < orders.len() {
            let (mut bytes, mut count, mut lane) = ([0; FOUR], 0, 0);
            while lane < FOUR {
                if set >> lane & 1 == 1 {
                    bytes[count] = 0x0302_0100 + lane as u32 * 0x0404_0404;
                    count += 1;
                }
                lane += 1;
            }
            orders[set] = u32x4(bytes[0], bytes[1], bytes[2], bytes[3]);
            set += 1;
        }
        orders
    }

    /// Writes the numbers that are not zero, with their places, and after them anything; returns how many they are.
    /// There is no branch that could be guessed wrongly.
    #[inline(always)]
    pub fn front(numbers: Numbers, places: Places, to: Option<(&mut Numbers, &mut Places)>) -> usize {
        let (numbers, [e, f, g, h]) = (vector(numbers), places);
        let set = u32x4_bitmask(f32x4_ne(numbers, f32x4(0.0, 0.0, 0.0, 0.0)));
        let order = ORDERS[usize::from(set) % ORDERS.len()];
        let (numbers, places) = (i8x16_swizzle(numbers, order), i8x16_swizzle(u32x4(e, f, g, h), order));
        if let Some(to) = to {
            *to.0 = numbers_of(numbers);
            *to.1 = places_of(places);
        }
        set.count_ones() as usize
    }

    /// Rows as columns.
    #[inline(always)]
    pub fn transposed(rows: [Numbers; FOUR]) -> [Numbers; FOUR] {
        let [a, b, c, d] = rows.map(vector);
        let (ab, cd) = (shuffle::<0, 4, 1, 5>(a, b), shuffle::<0, 4, 1, 5>(c, d));
        let (ef, gh) = (shuffle::<2, 6, 3, 7>(a, b), shuffle::<2, 6, 3, 7>(c, d));
        [
            shuffle::<0, 1, 4, 5>(ab, cd),
            shuffle::<2, 3, 6, 7>(ab, cd),
            shuffle::<0, 1, 4, 5>(ef, gh),
            shuffle::<2, 3, 6, 7>(ef, gh),
        ]
        .map(numbers_of)
    }

    #[inline(always)]
    fn vector([a, b, c, d]: Numbers) -> v128 {
        f32x4(a, b, c, d)
    }

    #[inline(always)]
    fn places_of(v: v128) -> Places {
        [place::<0>(v), place::<1>(v), place::<2>(v), place::<3>(v)]
    }

    /// Lane by lane: a store of a vector would be unsafe, and the compiler makes one of it.
    #[inline(always)]
    fn numbers_of(v: v128) -> Numbers {
        [lane::<0>(v), lane::<1>(v), lane::<2>(v), lane::<3>(v)]
    }
}
