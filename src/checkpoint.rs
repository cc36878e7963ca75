//! A run on a shelf: everything needed to go on with it, in one block of bytes.
//!
//! ```text
//! "EMBERLAB"  version: u32  length of the header: u32  header: CBOR  numbers: f32 ...  CRC-32: u32
//! ```
//!
//! All integers and floats are little-endian. The header holds the spec, where the run stands, and the
//! shape of every array of the numbers, in their order: the network's, then the best network's where
//! early stopping keeps one, then the optimizer's. Randomness needs no place of its own: every draw
//! follows from the seed in the spec and the step.

use crate::data::import::zip::crc32;
use crate::error::{Error, ErrorCode, Result};
use crate::model::parameters::Array;
use crate::say::{Sentence, say};
use crate::spec::RunSpec;
use crate::train::{OptimizerState, Standing};
use serde::{Deserialize, Serialize};

/// Of the layout and of what the header means.
pub const VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"EMBERLAB";

/// A run that can be gone on with.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// What the run is, changes made on the way included.
    pub spec: RunSpec,
    /// How far it has come.
    pub standing: Standing,
    /// The network's numbers, in the order of [`parameters`](crate::model::parameters).
    pub network: Vec<Array>,
    /// The best network's so far, where early stopping watches.
    pub best: Option<Vec<Array>>,
    /// What the optimizer remembers.
    pub optimizer: OptimizerState,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Header {
    spec: RunSpec,
    standing: Standing,
    optimizer_steps: u32,
    network: Vec<Vec<usize>>,
    best: Option<Vec<Vec<usize>>>,
    /// Lengths of what is remembered for each parameter.
    optimizer: Vec<Vec<usize>>,
}

impl Checkpoint {
    /// The bytes to keep.
    pub fn to_bytes(&self) -> Vec<u8> {
        let shapes = |arrays: &[Array]| arrays.iter().map(|array| array.shape.clone()).collect();
        let header = Header {
            spec: self.spec.clone(),
            standing: self.standing.clone(),
            optimizer_steps: self.optimizer.steps,
            network: shapes(&self.network),
            best: self.best.as_deref().map(shapes),
            optimizer: self
                .optimizer
                .memory
                .iter()
                .map(|slots| slots.iter().map(Vec::len).collect())
                .collect(),
        };
        // Plain values written to memory: neither can fail.
        let cbor = cbor4ii::serde::to_vec(Vec::new(), &header).unwrap_or_default();
        let networks = self.network.iter().chain(self.best.iter().flatten()).map(|array| &array.values);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((cbor.len() as u32).to_le_bytes());
        bytes.extend(cbor);
        for values in networks.chain(self.optimizer.memory.iter().flatten()) {
            bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        }
        bytes.extend(crc32(&bytes).to_le_bytes());
        bytes
    }

    /// Reads bytes that [`to_bytes`](Self::to_bytes) made.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] where they are not a checkpoint, are of another version, or were cut
    /// short or changed on the way. That the spec is free of problems is for its validator to say.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            return bad(say!("This is not a checkpoint of Emberlab. Choose a file that was saved by it."));
        };
        let (version, rest) = u32_from(rest)?;
        if version != VERSION {
            return bad(say!(
                "The checkpoint is of version {found} and this page reads version {known}. Open it with the \
                 version of Emberlab that saved it.",
                found = version,
                known = VERSION
            ));
        }
        let (sealed, seal) = bytes.split_last_chunk::<4>().ok_or_else(damaged)?;
        if crc32(sealed) != u32::from_le_bytes(*seal) {
            return Err(damaged());
        }
        let (length, rest) = u32_from(rest)?;
        let (header, rest) = rest.split_at_checked(length as usize).ok_or_else(damaged)?;
        let header: Header = match cbor4ii::serde::from_slice(header) {
            Ok(header) => header,
            Err(error) => {
                return bad(say!("The checkpoint says what no run is: {error}. Save it anew.", error));
            }
        };
        let (numbers, _) = rest.split_last_chunk::<4>().ok_or_else(damaged)?;
        let mut numbers = Numbers(numbers);
        let checkpoint = Self {
            network: numbers.arrays(header.network)?,
            best: header.best.map(|shapes| numbers.arrays(shapes)).transpose()?,
            optimizer: OptimizerState {
                steps: header.optimizer_steps,
                memory: numbers.memory(header.optimizer)?,
            },
            spec: header.spec,
            standing: header.standing,
        };
        if numbers.0.is_empty() { Ok(checkpoint) } else { Err(damaged()) }
    }
}

/// The numbers not yet read.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    /// The next `count`; checked against what is there before anything is allocated.
    fn take(&mut self, count: Option<usize>) -> Result<Vec<f32>> {
        let length = count.and_then(|count| count.checked_mul(4)).ok_or_else(damaged)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(damaged)?;
        self.0 = rest;
        let (floats, _) = taken.as_chunks::<4>();
        Ok(floats.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn arrays(&mut self, shapes: Vec<Vec<usize>>) -> Result<Vec<Array>> {
        let array = |shape: Vec<usize>| {
            let size = shape.iter().try_fold(1usize, |size, side| size.checked_mul(*side));
            Ok(Array { values: self.take(size)?, shape })
        };
        shapes.into_iter().map(array).collect()
    }

    fn memory(&mut self, lengths: Vec<Vec<usize>>) -> Result<Vec<Vec<Vec<f32>>>> {
        let mut slots =
            |lengths: Vec<usize>| lengths.into_iter().map(|length| self.take(Some(length))).collect();
        lengths.into_iter().map(&mut slots).collect()
    }
}

fn u32_from(bytes: &[u8]) -> Result<(u32, &[u8])> {
    let (value, rest) = bytes.split_first_chunk::<4>().ok_or_else(damaged)?;
    Ok((u32::from_le_bytes(*value), rest))
}

fn bad<T>(message: Sentence) -> Result<T> {
    Err(Error::new(ErrorCode::BadData, message))
}

fn damaged() -> Error {
    Error::new(
        ErrorCode::BadData,
        say!(
            "The checkpoint is damaged: it was cut short or changed since it was saved. Use another copy of it."
        ),
    )
}
