//! What a set of images looks like as a whole: how many there are of each class, the mean image, and
//! the mean and deviation of all pixels, by which images are normalised.

use crate::protocol::{float32_array, uint32_array};
use serde::Serialize;

/// Figures of a set of images.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SetStatistics {
    /// How many images there are of each class, from class 0 on.
    #[serde(serialize_with = "uint32_array")]
    #[cfg_attr(test, ts(type = "Uint32Array"))]
    pub class_counts: Vec<u32>,
    /// `[height * width]`, row by row: the mean of each pixel over all images, 0 to 255.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub mean_image: Vec<f32>,
    /// `[classes, height * width]`: the same over the images of each class; black for a class
    /// without images.
    #[serde(serialize_with = "float32_array")]
    #[cfg_attr(test, ts(type = "Float32Array"))]
    pub class_means: Vec<f32>,
    /// Mean of all pixels, with white as 1.
    pub mean: f64,
    /// Standard deviation of all pixels about that mean (divided by their number, as PyTorch's
    /// recipes do), with white as 1.
    pub deviation: f64,
}

impl SetStatistics {
    /// Of images of `size` pixels each, given with their labels. An image of another size or of a
    /// class past `classes` is passed over. Sums are whole numbers, so the order does not matter.
    pub fn of<'a>(images: impl IntoIterator<Item = (u8, &'a [u8])>, size: usize, classes: usize) -> Self {
        let mut counts = vec![0_u32; classes];
        let mut sums = vec![0_u64; classes * size];
        let mut squares = 0_u64;
        for (label, pixels) in images {
            let class = usize::from(label);
            if class >= classes || pixels.len() != size {
                continue;
            }
            counts[class] += 1;
            let sums = &mut sums[class * size..][..size];
            sums.iter_mut().zip(pixels).for_each(|(sum, pixel)| *sum += u64::from(*pixel));
            squares += pixels.iter().map(|pixel| u64::from(*pixel).pow(2)).sum::<u64>();
        }
        let total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let of_class = |class: usize| &sums[class * size..][..size];
        let average = |sum: u64, count: u64| sum as f64 / count.max(1) as f64;
        let mean_image = (0..size)
            .map(|pixel| (0..classes).map(|class| of_class(class)[pixel]).sum::<u64>())
            .map(|sum| average(sum, total) as f32)
            .collect();
        let class_means = counts
            .iter()
            .enumerate()
            .flat_map(|(class, count)| of_class(class).iter().map(|sum| (*sum, u64::from(*count))))
            .map(|(sum, count)| average(sum, count) as f32)
            .collect();
        let pixels = total * size as u64;
        let mean = average(sums.iter().sum(), pixels);
        // The variance is never below zero but for rounding.
        let deviation = (average(squares, pixels) - mean * mean).max(0.0).sqrt();
        Self {
            class_counts: counts,
            mean_image,
            class_means,
            mean: mean / 255.0,
            deviation: deviation / 255.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_by_hand() {
        let images: [(u8, &[u8]); 6] =
            [(0, &[0, 255]), (2, &[10, 30]), (2, &[30, 50]), (0, &[2, 255]), (3, &[9, 9]), (1, &[1, 2, 3])];
        let figures = SetStatistics::of(images, 2, 3);
        assert_eq!(figures.class_counts, [2, 0, 2], "class 3 and the image of another size do not count");
        assert_eq!(figures.mean_image, [10.5, 147.5]);
        assert_eq!(figures.class_means, [1.0, 255.0, 0.0, 0.0, 20.0, 40.0]);
        let pixels = [0.0, 255.0, 10.0, 30.0, 30.0, 50.0, 2.0, 255.0_f64];
        let mean = pixels.iter().sum::<f64>() / 8.0;
        let variance = pixels.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>() / 8.0;
        assert!((figures.mean - mean / 255.0).abs() < 1e-12);
        assert!((figures.deviation - variance.sqrt() / 255.0).abs() < 1e-12);
        let backwards = SetStatistics::of(images.into_iter().rev(), 2, 3);
        assert_eq!(backwards, figures, "order does not matter");
    }

    #[test]
    fn a_set_without_images_has_zeros() {
        let figures = SetStatistics::of([], 2, 2);
        assert_eq!(figures.class_counts, [0, 0]);
        assert_eq!(figures.mean_image, [0.0, 0.0]);
        assert_eq!((figures.mean, figures.deviation), (0.0, 0.0));
    }

    #[test]
    fn an_even_set_has_no_deviation() {
        let image = [77_u8; 784];
        let figures = SetStatistics::of((0..1000).map(|i| ((i % 10) as u8, image.as_slice())), 784, 10);
        assert_eq!(figures.class_counts, [100; 10]);
        assert!((figures.mean - 77.0 / 255.0).abs() < 1e-12 && figures.deviation < 1e-6);
    }
}
