//! A reader for IDX files, the format MNIST comes in.
//!
//! Layout, from the format's description on MNIST's own page: two zero bytes, one byte for the type
//! of the values (8 = unsigned byte), one for the number of dimensions, each dimension as a
//! big-endian `u32`, then the values. Whatever the header claims is checked against the length of
//! the file before anything is allocated.

use crate::error::{Error, ErrorCode, Result};
use crate::say::{Sentence, say};

/// Most images one data set may have.
const MAX_IMAGES: usize = 1_000_000;

/// Longest side of an image, in pixels, that the reader takes.
const MAX_SIDE: usize = 512;

const UNSIGNED_BYTE: u8 = 8;

/// What an IDX file of images or labels holds; the values are borrowed from the file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idx<'a> {
    /// One byte per image.
    Labels(&'a [u8]),
    /// Grey images, row by row, one after the other.
    Images {
        /// Rows of each image.
        height: usize,
        /// Columns of each image.
        width: usize,
        /// `count * height * width` bytes.
        pixels: &'a [u8],
    },
}

impl<'a> Idx<'a> {
    /// Reads a whole file; `name` is for the sentence of an error.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] with the file's name and its fault.
    pub fn read(name: &str, bytes: &'a [u8]) -> Result<Self> {
        let fault = |what: Sentence| Err(Error::new(ErrorCode::BadData, what.about(name)));
        let [zero0, zero1, kind, dimensions, rest @ ..] = bytes else {
            return fault(say!(
                "the file has {bytes} bytes, too few for an IDX header. It was cut off; fetch it again.",
                bytes = bytes.len()
            ));
        };
        if (*zero0, *zero1) != (0, 0) {
            let hint = ((*zero0, *zero1) == (0x1f, 0x8b)).then(|| say!("It is still gzipped."));
            return fault(say!("this is not an IDX file: it does not start with two zero bytes.").and(hint));
        }
        if *kind != UNSIGNED_BYTE {
            return fault(say!(
                "its values are of type {kind}; only unsigned bytes (0x08) can be read.",
                kind = format_args!("0x{kind:02x}")
            ));
        }
        let (dims, values) = match (*dimensions, rest) {
            (1, [a, b, c, d, values @ ..]) => ([dim([a, b, c, d]), 1, 1], values),
            (3, [a, b, c, d, e, f, g, h, i, j, k, l, values @ ..]) => {
                ([dim([a, b, c, d]), dim([e, f, g, h]), dim([i, j, k, l])], values)
            }
            (1 | 3, _) => {
                return fault(say!("the file ends inside its header. It was cut off; fetch it again."));
            }
            (other, _) => {
                return fault(say!(
                    "it has {dimensions} dimensions; labels have 1 and images have 3.",
                    dimensions = other
                ));
            }
        };
        let [count, height, width] = dims;
        if count == 0 || height == 0 || width == 0 {
            return fault(say!("it holds nothing: one of its dimensions is zero."));
        }
        if count > MAX_IMAGES || height > MAX_SIDE || width > MAX_SIDE {
            return fault(say!(
                "its header claims {count} items of {height} x {width}; at most {most} of {side} x {side} can be \
                 read.",
                count,
                height,
                width,
                most = MAX_IMAGES,
                side = MAX_SIDE
            ));
        }
        // Within the bounds above the product fits 64 bits.
        let expected = count as u64 * height as u64 * width as u64;
        let found = values.len() as u64;
        if found != expected {
            return fault(match found < expected {
                true => say!(
                    "the file is cut off: its header promises {expected} bytes of values, {found} follow. Fetch it \
                     again.",
                    expected,
                    found
                ),
                false => say!(
                    "the file is too long: its header promises {expected} bytes of values, {found} follow. It is \
                     not what its header says.",
                    expected,
                    found
                ),
            });
        }
        Ok(match dimensions {
            1 => Self::Labels(values),
            _ => Self::Images { height, width, pixels: values },
        })
    }
}

fn dim(bytes: [&u8; 4]) -> usize {
    u32::from_be_bytes(bytes.map(|byte| *byte)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(kind: u8, dims: &[u32], values: usize) -> Vec<u8> {
        let mut bytes = vec![0, 0, kind, dims.len() as u8];
        dims.iter().for_each(|d| bytes.extend(d.to_be_bytes()));
        bytes.extend((0..values).map(|i| i as u8));
        bytes
    }

    #[test]
    fn reads_labels_and_images() {
        assert_eq!(Idx::read("l", &file(8, &[3], 3)), Ok(Idx::Labels(&[0, 1, 2])));
        let bytes = file(8, &[2, 1, 2], 4);
        let images = Idx::Images { height: 1, width: 2, pixels: &[0, 1, 2, 3] };
        assert_eq!(Idx::read("i", &bytes), Ok(images));
    }

    #[test]
    fn names_the_file_and_the_fault() {
        let cases: [(&[u8], &str); 12] = [
            (&[], "0 bytes"),
            (&[0, 0, 8], "3 bytes"),
            (b"<!doctype html>", "not an IDX file"),
            (&[0x1f, 0x8b, 8, 0], "still gzipped"),
            (&file(0x0d, &[1], 4), "0x0d"),
            (&file(8, &[1, 2], 2), "2 dimensions"),
            (&[0, 0, 8, 3, 0, 0, 0, 1], "inside its header"),
            (&file(8, &[0], 0), "holds nothing"),
            (&file(8, &[u32::MAX, u32::MAX, u32::MAX], 9), "claims 4294967295"),
            (&file(8, &[1_000_000, 512, 512], 9), "promises 262144000000 bytes"),
            (&file(8, &[3], 2), "cut off"),
            (&file(8, &[3], 4), "too long"),
        ];
        for (bytes, fault) in cases {
            let error = Idx::read("shard-3.idx", bytes).expect_err(fault);
            assert_eq!(error.code, ErrorCode::BadData);
            assert!(error.message.starts_with("shard-3.idx: "), "{error}");
            assert!(error.message.contains(fault), "{error} should say {fault}");
        }
    }
}
