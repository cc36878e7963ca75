//! The kernels for the GPU: small programs in WGSL, each a file. They are few, take their shapes as numbers, and so are
//! compiled once for all layers.

mod layers;
mod loss;
mod update;

pub use update::{Program as UpdateProgram, updated};

use burn::backend::wgpu::{CubeDim, CubeTensor, KernelSource, SourceKernel, SourceTemplate};
use burn::cubecl::prelude::{CubeCount, KernelId};
use burn::cubecl::server::{KernelArguments, MetadataBindingInfo};
use burn::tensor::DType;
use std::borrow::Cow;

type Array = CubeTensor;

/// Threads of a group, in programs with a number for each thread.
const GROUP: usize = 64;

/// Threads of a group, in programs with a tile for each thread: the layers of a small network fill few of them.
const GROUP_OF_TILES: usize = 32;

/// Groups side by side: WebGPU promises 65,535.
const SIDE_BY_SIDE: usize = 1 << 15;

/// What stands before every program.
const THREAD: &str = include_str!("gpu/thread.wgsl");

/// A program, known by its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Program(Cow<'static, str>);

impl KernelSource for Program {
    fn source(&self) -> SourceTemplate {
        SourceTemplate::new(format!("{THREAD}{}", self.0))
    }

    fn id(&self) -> KernelId {
        KernelId::new::<Self>().info(self.0.clone())
    }

    fn lang(&self) -> &'static str {
        "wgsl"
    }
}

/// Runs a program with at least so many threads in groups of [`GROUP`]; it finds the arrays in this order, and
/// `shape` behind them.
fn launch(text: impl Into<Cow<'static, str>>, threads: usize, arrays: &[&Array], shape: &[u32]) {
    launch_groups(text.into(), threads.div_ceil(GROUP), GROUP, arrays, shape);
}

/// The same in groups of [`GROUP_OF_TILES`].
fn launch_tiles(text: &'static str, tiles: usize, arrays: &[&Array], shape: &[u32]) {
    launch_groups(text.into(), tiles.div_ceil(GROUP_OF_TILES), GROUP_OF_TILES, arrays, shape);
}

/// Runs a program with a thread for each number of arrays of `size`, or for each four where that leaves none over:
/// `Each` is what a thread takes.
fn launch_each(text: &str, size: usize, arrays: &[&Array], shape: &[u32]) {
    let (each, threads) = if size.is_multiple_of(4) { ("vec4<f32>", size / 4) } else { ("f32", size) };
    launch(format!("alias Each = {each};\n\n{text}"), threads, arrays, shape);
}

fn launch_groups(text: Cow<'static, str>, groups: usize, threads: usize, arrays: &[&Array], shape: &[u32]) {
    let Some(client) = arrays.first().map(|array| array.client.clone()) else { return };
    let mut arguments = KernelArguments::new();
    for array in arrays {
        arguments = arguments.with_buffer(array.handle.clone().binding());
    }
    let pair = |pair: &[u32]| pair.iter().rev().fold(0, |word, number| word << 32 | u64::from(*number));
    arguments.info = MetadataBindingInfo::custom(shape.chunks(2).map(pair).collect());
    let across = groups.clamp(1, SIDE_BY_SIDE);
    let count = CubeCount::Static(across as u32, groups.div_ceil(across) as u32, 1);
    let kernel = SourceKernel::new(Program(text), CubeDim::new_1d(threads as u32));
    client.launch(Box::new(kernel), count, arguments);
}

/// An array beside another, to be written.
fn empty<const D: usize>(beside: &Array, shape: [usize; D]) -> Array {
    let size = shape.iter().product::<usize>() * size_of::<f32>();
    let (client, device) = (beside.client.clone(), beside.device.clone());
    let handle = client.empty(size);
    Array::new_contiguous(client, device, shape.into(), handle, DType::F32)
}

/// Sizes as a program takes them.
fn words<const N: usize>(sizes: [usize; N]) -> [u32; N] {
    sizes.map(|size| size as u32)
}
