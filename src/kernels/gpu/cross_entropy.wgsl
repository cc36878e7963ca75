// The mean cross-entropy of a batch: one group of threads, which share the rows.

struct Shape {
    rows: u32,
    classes: u32,
}

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<f32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
@group(0) @binding(3) var<uniform> shape: Shape;

var<workgroup> sums: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) index: u32) {
    var sum = 0.0;
    for (var row = index; row < shape.rows; row += 64u) {
        let first = row * shape.classes;
        var largest = logits[first];
        for (var i = 1u; i < shape.classes; i++) {
            largest = max(largest, logits[first + i]);
        }
        var powers = 0.0;
        for (var i = 0u; i < shape.classes; i++) {
            powers += exp(logits[first + i] - largest);
        }
        // Large logits are taken off each other before they are rounded.
        let rest = log(powers);
        for (var i = 0u; i < shape.classes; i++) {
            sum += targets[first + i] * (rest - (logits[first + i] - largest));
        }
    }
    sums[index] = sum;
    workgroupBarrier();
    if (index == 0u) {
        for (var i = 1u; i < 64u; i++) {
            sum += sums[i];
        }
        loss[0] = sum / f32(shape.rows);
    }
}
