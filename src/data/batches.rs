//! Which images a step sees: the split into training and validation, the order of an epoch, and
//! batches as numbers.
//!
//! Everything follows from the seed and the labels alone, never from when a shard arrived. So that
//! training can start with the first shard, the first epoch goes through the file in blocks and
//! shuffles within each; from the second epoch on all images are shuffled together.

use super::dataset::Images;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use std::ops::Range;

/// Images per block of the first epoch; the page's shards are cut at the same places.
pub const BLOCK: usize = 5000;

/// Which of the training part's images are trained on and which are held out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdout {
    /// Trained on, in the order of the file.
    pub train: Vec<u32>,
    /// Held out for validation, in the order of the file.
    pub validation: Vec<u32>,
}

impl Holdout {
    /// Holds out `validation` images, the same share of every class, chosen by `seed`.
    ///
    /// Shares that are not whole are rounded so that the total is exact (largest remainder; of
    /// equal remainders the lower class).
    pub fn stratified(labels: &[u8], classes: usize, validation: usize, seed: u64) -> Self {
        let mut by_class: Vec<Vec<u32>> = vec![Vec::new(); classes];
        for (index, label) in (0u32..).zip(labels) {
            if let Some(class) = by_class.get_mut(usize::from(*label)) {
                class.push(index);
            }
        }
        let total = labels.len().max(1);
        let mut quotas: Vec<usize> = by_class.iter().map(|c| c.len() * validation / total).collect();
        let mut by_remainder: Vec<usize> = (0..classes).collect();
        by_remainder.sort_by_key(|c| std::cmp::Reverse(by_class[*c].len() * validation % total));
        let missing = validation.saturating_sub(quotas.iter().sum());
        for class in by_remainder.into_iter().take(missing) {
            quotas[class] += 1;
        }
        let mut rng = generator(seed, Stream::Holdout);
        let mut held_out = vec![false; labels.len()];
        for (class, quota) in by_class.iter_mut().zip(quotas) {
            let (chosen, _) = class.partial_shuffle(&mut rng, quota);
            chosen.iter().for_each(|index| held_out[*index as usize] = true);
        }
        let (validation, train) = (0..labels.len() as u32).partition(|i| held_out[*i as usize]);
        Self { train, validation }
    }
}

/// The order in which an epoch, counted from 0, goes through the training images.
pub fn epoch_order(train: &[u32], epoch: usize, seed: u64) -> Vec<u32> {
    let mut rng = generator(seed, Stream::Epoch(epoch));
    let mut order = train.to_vec();
    if epoch == 0 {
        for block in order.chunk_by_mut(|a, b| *a as usize / BLOCK == *b as usize / BLOCK) {
            block.shuffle(&mut rng);
        }
    } else {
        order.shuffle(&mut rng);
    }
    order
}

/// How many images of the file must have arrived before `order[steps]` can be gathered.
pub fn images_needed(order: &[u32], range: Range<usize>) -> usize {
    let last = order.get(range).into_iter().flatten().max();
    last.map_or(0, |index| *index as usize + 1)
}

/// A batch as the network takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// `[batch, channels * height * width]`, normalised.
    pub pixels: Vec<f32>,
    /// The class that each image is trained as.
    pub labels: Vec<u8>,
}

/// Gathers images that have all arrived, each with its label among `labels`; `(scale, shift)` turns
/// a grey value into the network's input.
pub fn gather(images: &Images, labels: &[u8], indices: &[u32], affine: (f32, f32)) -> Batch {
    gathered(images, labels, indices, |pixels, _, out| out.extend(normal(pixels, affine)))
}

/// As [`gather`], of images that `draw` may distort on the way: it is given an image's pixels and index, and
/// writes grey values from 0 to 255.
pub fn gather_drawn(
    images: &Images,
    labels: &[u8],
    indices: &[u32],
    (scale, shift): (f32, f32),
    mut draw: impl FnMut(&[u8], u32, &mut [f32]),
) -> Batch {
    gathered(images, labels, indices, |pixels, index, out| {
        let start = out.len();
        out.resize(start + pixels.len(), 0.0);
        draw(pixels, index, &mut out[start..]);
        out[start..].iter_mut().for_each(|pixel| *pixel = *pixel * scale + shift);
    })
}

fn gathered(
    images: &Images,
    labels: &[u8],
    indices: &[u32],
    mut append: impl FnMut(&[u8], u32, &mut Vec<f32>),
) -> Batch {
    let mut batch = Batch { pixels: Vec::new(), labels: Vec::with_capacity(indices.len()) };
    for index in indices {
        let at = *index as usize;
        if let (Some(pixels), Some(label)) = (images.pixels(at), labels.get(at)) {
            let start = batch.pixels.len();
            batch.pixels.reserve_exact(indices.len() * pixels.len() - start);
            append(pixels, *index, &mut batch.pixels);
            batch.labels.push(*label);
        }
    }
    batch
}

/// Images as [`gather`] gives them to the network.
pub fn normalised(pixels: &[u8], affine: (f32, f32)) -> Vec<f32> {
    normal(pixels, affine).collect()
}

fn normal(pixels: &[u8], (scale, shift): (f32, f32)) -> impl ExactSizeIterator<Item = f32> {
    pixels.iter().map(move |pixel| f32::from(*pixel) * scale + shift)
}

/// The uses of randomness; each has a generator of its own, so that none disturbs another.
pub(crate) enum Stream {
    Holdout,
    TestPart,
    Search,
    Epoch(usize),
    Dropout(usize),
    /// Dropout of a share of a step's batch that is not the leader's; `share` is from 1 to 7.
    ShareDropout {
        share: usize,
        step: usize,
    },
}

pub(crate) fn generator(seed: u64, stream: Stream) -> Pcg64Mcg {
    let stream = match stream {
        Stream::Holdout => 1,
        Stream::TestPart => 2,
        Stream::Search => 3,
        Stream::Epoch(epoch) => 1 << 24 | epoch as u64,
        Stream::Dropout(step) => 1 << 28 | step as u64,
        Stream::ShareDropout { share, step } => (share as u64) << 29 | 1 << 28 | step as u64,
    };
    // The seed is at most 32 bits, so seed and stream do not overlap.
    Pcg64Mcg::seed_from_u64(stream << 32 | seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(count: usize) -> Vec<u8> {
        (0..count).map(|i| if i % 7 == 0 { 0 } else { 1 + (i % 3) as u8 }).collect()
    }

    fn sorted(mut values: Vec<u32>) -> Vec<u32> {
        values.sort_unstable();
        values
    }

    #[test]
    fn holds_out_the_same_share_of_every_class() {
        for (images, held_out) in [(1000, 100), (1000, 333), (60_000, 5000), (7, 3)] {
            let labels = labels(images);
            let split = Holdout::stratified(&labels, 4, held_out, 1);
            assert_eq!(split.validation.len(), held_out);
            let both = split.train.iter().chain(&split.validation).copied().collect();
            assert_eq!(sorted(both), (0..images as u32).collect::<Vec<_>>());
            for class in 0..4 {
                let all = labels.iter().filter(|l| **l == class).count();
                let held = split.validation.iter().filter(|i| labels[**i as usize] == class).count();
                let share = (all * held_out) as f64 / images as f64;
                assert!((held as f64 - share).abs() < 1.0, "class {class}: {held} of {share}");
            }
        }
    }

    #[test]
    fn the_seed_alone_decides() {
        let labels = labels(2000);
        let split = |seed| Holdout::stratified(&labels, 4, 200, seed);
        assert_eq!(split(1), split(1));
        assert_ne!(split(1), split(2));
        let train = split(1).train;
        for epoch in [0, 1, 5] {
            assert_eq!(epoch_order(&train, epoch, 1), epoch_order(&train, epoch, 1));
            assert_ne!(epoch_order(&train, epoch, 1), epoch_order(&train, epoch, 2));
            assert_ne!(epoch_order(&train, epoch, 1), epoch_order(&train, epoch + 1, 1));
            assert_eq!(sorted(epoch_order(&train, epoch, 1)), train, "every image once");
        }
    }

    #[test]
    fn the_first_epoch_needs_no_later_block() {
        let train: Vec<u32> = (0..12_000).filter(|i| i % 10 != 0).collect();
        let order = epoch_order(&train, 0, 9);
        assert!(images_needed(&order, 0..4500) <= BLOCK);
        assert!(images_needed(&order, 4500..9000) <= 2 * BLOCK);
        assert_ne!(order[..4500], train[..4500], "shuffled within the block");
        assert!(images_needed(&epoch_order(&train, 1, 9), 0..4500) > 2 * BLOCK);
    }
}
