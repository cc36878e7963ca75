// ReLU: what is negative becomes zero. What is no number stays, so that it is seen.

struct Shape {
    size: u32,
    unused: u32,
}

@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
@group(0) @binding(2) var<uniform> shape: Shape;

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    if (thread >= shape.size) {
        return;
    }
    let number = input[thread];
    output[thread] = select(number, 0.0, number < 0.0);
}
