// The gradient of ReLU, from its output.

struct Shape {
    size: u32,
    unused: u32,
}

@group(0) @binding(0) var<storage, read> output: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> of_input: array<f32>;
@group(0) @binding(3) var<uniform> shape: Shape;

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    if (thread >= shape.size) {
        return;
    }
    of_input[thread] = select(0.0, gradient[thread], output[thread] > 0.0);
}
