// The gradient of the mean cross-entropy, for each row of logits the softmax less the target: a thread for a row.

struct Shape {
    rows: u32,
    classes: u32,
}

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
@group(0) @binding(3) var<storage, read_write> of_logits: array<f32>;
@group(0) @binding(4) var<uniform> shape: Shape;

@compute @workgroup_size(64)
fn main(own: Thread) {
    let row = number_of(own, 64u);
    if (row >= shape.rows) {
        return;
    }
    let first = row * shape.classes;
    var largest = logits[first];
    for (var i = 1u; i < shape.classes; i++) {
        largest = max(largest, logits[first + i]);
    }
    var powers = 0.0;
    // One where the target is a distribution.
    var total = 0.0;
    for (var i = 0u; i < shape.classes; i++) {
        powers += exp(logits[first + i] - largest);
        total += targets[first + i];
    }
    let share = gradient[0] / f32(shape.rows);
    for (var i = first; i < first + shape.classes; i++) {
        of_logits[i] = share * (exp(logits[i] - largest) / powers * total - targets[i]);
    }
}
