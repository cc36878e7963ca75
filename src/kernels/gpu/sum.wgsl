// The sum of matrices of some rows. The last number of a row goes into an array of its own where it is apart.

struct Shape {
    matrices: u32,
    rows: u32,
    columns: u32,
    apart: u32,
}

@group(0) @binding(0) var<storage, read> matrices: array<f32>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;
@group(0) @binding(2) var<storage, read_write> last: array<f32>;
@group(0) @binding(3) var<uniform> shape: Shape;

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    let size = shape.rows * shape.columns;
    if (thread >= size) {
        return;
    }
    var sum = 0.0;
    for (var i = 0u; i < shape.matrices; i++) {
        sum += matrices[i * size + thread];
    }
    let row = thread / shape.columns;
    let column = thread % shape.columns;
    let together = shape.columns - shape.apart;
    if (column < together) {
        sums[row * together + column] = sum;
    } else {
        last[row] = sum;
    }
}
