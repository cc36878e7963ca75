// The gradient of ReLU, from its output.

@group(0) @binding(0) var<storage, read> output: array<Each>;
@group(0) @binding(1) var<storage, read> gradient: array<Each>;
@group(0) @binding(2) var<storage, read_write> of_input: array<Each>;

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    if (thread >= arrayLength(&output)) {
        return;
    }
    of_input[thread] = select(Each(), gradient[thread], output[thread] > Each());
}
