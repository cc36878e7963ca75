//! A pair of IDX files, the form in which MNIST, EMNIST, Fashion-MNIST and their like come: one of
//! labels, one of images. What each holds is told by the file itself, not by the order.

use super::picture::Grey;
use super::{ImageSet, MOST_IMAGES, SIDE, bad, count_classes};
use crate::data::Idx;
use crate::error::Result;
use crate::say::say;

/// Reads both files, in either order; the names are for the sentence of an error. Classes are
/// called by their numbers, and one may be without images: the letters of EMNIST start at 1.
/// Images of another size than 28 x 28 are scaled.
///
/// # Errors
///
/// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where a file is faulty, both hold the
/// same, they are of unequal count, or there are too few or too many images or classes.
pub fn read(first: (&str, &[u8]), second: (&str, &[u8])) -> Result<ImageSet> {
    let (a, b) = (Idx::read(first.0, first.1)?, Idx::read(second.0, second.1)?);
    let (labels_name, labels, images_name, (height, width, pixels)) = match (a, b) {
        (Idx::Labels(labels), Idx::Images { height, width, pixels }) => {
            (first.0, labels, second.0, (height, width, pixels))
        }
        (Idx::Images { height, width, pixels }, Idx::Labels(labels)) => {
            (second.0, labels, first.0, (height, width, pixels))
        }
        (Idx::Labels(_), Idx::Labels(_)) => {
            let fault =
                say!("it holds labels, and so does {other}. Choose the images too.", other = second.0);
            return bad(first.0, fault);
        }
        (Idx::Images { .. }, Idx::Images { .. }) => {
            let fault =
                say!("it holds images, and so does {other}. Choose the labels too.", other = second.0);
            return bad(first.0, fault);
        }
    };
    let images = pixels.len() / (height * width);
    if images != labels.len() {
        let fault = say!(
            "it holds {images} images, and {other} holds {labels} labels. Choose two files of the same set.",
            images,
            other = labels_name,
            labels = labels.len()
        );
        return bad(images_name, fault);
    }
    if images > MOST_IMAGES {
        return bad(images_name, say!("it has more than {most} images. Use fewer.", most = MOST_IMAGES));
    }
    let classes = count_classes(labels_name, labels)?;
    let pixels = if (height, width) == (SIDE, SIDE) {
        pixels.to_vec()
    } else {
        let mut scaled = Vec::with_capacity(images * SIDE * SIDE);
        for image in pixels.chunks_exact(height * width) {
            let picture = Grey::new(images_name, width, height, image.to_vec())?;
            scaled.extend_from_slice(picture.fit(SIDE).pixels());
        }
        scaled
    };
    Ok(ImageSet { class_names: super::numbers(classes), labels: labels.to_vec(), pixels })
}
