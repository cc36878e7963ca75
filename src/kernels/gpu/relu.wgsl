// ReLU: what is negative becomes zero. What is no number stays, so that it is seen.

@group(0) @binding(0) var<storage, read> input: array<Each>;
@group(0) @binding(1) var<storage, read_write> output: array<Each>;

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    if (thread >= arrayLength(&input)) {
        return;
    }
    let numbers = input[thread];
    output[thread] = select(numbers, Each(), numbers < Each());
}
