//! Where arrays begin in memory: at a line of the processor's cache.
//!
//! WebAssembly's allocator promises 8 bytes, so that it is luck how many of the vectors that nearly all time is spent on
//! straddle two lines. With this it is the same in each run: see the README of the benchmark for what it is worth.
#![allow(
    unsafe_code,
    reason = "an allocator hands out memory; this one passes every call on with a larger alignment"
)]

use std::alloc::{GlobalAlloc, Layout, System};

#[global_allocator]
static ALLOCATOR: Aligned = Aligned;

/// Bytes of a line.
const LINE: usize = 64;

/// Smaller arrays do not matter, and there are many of them.
const SMALLEST: usize = 1024;

struct Aligned;

fn aligned(layout: Layout) -> Layout {
    if layout.size() < SMALLEST { layout } else { layout.align_to(LINE).unwrap_or(layout) }
}

// SAFETY: the system's allocator is called for the same size and at least the alignment that is asked for; what was
// allocated by one layout is freed by the same, as `aligned` depends on nothing else. Growing is the trait's own: it
// allocates, copies and frees by these.
unsafe impl GlobalAlloc for Aligned {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(aligned(layout)) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(aligned(layout)) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, aligned(layout)) }
    }
}
