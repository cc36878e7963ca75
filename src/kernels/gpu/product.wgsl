// The product of two matrices, to which a bias may be added to each row: a thread for 8 x 8 of its numbers: to
// load numbers costs more than to compute with them.

struct Shape {
    rows: u32,
    columns: u32,
    depth: u32,
    // How far apart the numbers of a factor are, from row to row and from column to column.
    left_row: u32,
    left_column: u32,
    right_row: u32,
    right_column: u32,
    biased: u32,
}

@group(0) @binding(0) var<storage, read> left: array<f32>;
@group(0) @binding(1) var<storage, read> right: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> product: array<f32>;
@group(0) @binding(4) var<uniform> shape: Shape;

fn put(row: u32, column: u32, near: vec4<f32>, far: vec4<f32>) {
    let sums = array(near, far);
    for (var i = 0u; i < 8u; i++) {
        if (row < shape.rows && column + i < shape.columns) {
            product[row * shape.columns + column + i] = sums[i / 4u][i % 4u];
        }
    }
}

@compute @workgroup_size(32)
fn main(own: Thread) {
    let thread = number_of(own, 32u);
    let across = (shape.columns + 7u) / 8u;
    let row = thread / across * 8u;
    let column = thread % across * 8u;
    if (row >= shape.rows) {
        return;
    }
    let next = vec4<u32>(0u, 1u, 2u, 3u);
    let last = vec4<u32>(shape.columns - 1u);
    let columns = array(min(column + next, last), min(column + 4u + next, last));
    // Rows and columns beyond the last are the last once more, and are not put down.
    var a = min(row + next, vec4<u32>(shape.rows - 1u)) * shape.left_row;
    var b = min(row + 4u + next, vec4<u32>(shape.rows - 1u)) * shape.left_row;
    var c = columns[0] * shape.right_column;
    var d = columns[1] * shape.right_column;
    var s0 = vec4<f32>();
    var t0 = vec4<f32>();
    if (shape.biased == 1u) {
        s0 = vec4<f32>(bias[columns[0].x], bias[columns[0].y], bias[columns[0].z], bias[columns[0].w]);
        t0 = vec4<f32>(bias[columns[1].x], bias[columns[1].y], bias[columns[1].z], bias[columns[1].w]);
    }
    var s1 = s0;
    var t1 = t0;
    var s2 = s0;
    var t2 = t0;
    var s3 = s0;
    var t3 = t0;
    var s4 = s0;
    var t4 = t0;
    var s5 = s0;
    var t5 = t0;
    var s6 = s0;
    var t6 = t0;
    var s7 = s0;
    var t7 = t0;
    for (var i = 0u; i < shape.depth; i++) {
        let near = vec4<f32>(right[c.x], right[c.y], right[c.z], right[c.w]);
        let far = vec4<f32>(right[d.x], right[d.y], right[d.z], right[d.w]);
        let upper = vec4<f32>(left[a.x], left[a.y], left[a.z], left[a.w]);
        let lower = vec4<f32>(left[b.x], left[b.y], left[b.z], left[b.w]);
        s0 += upper.x * near;
        t0 += upper.x * far;
        s1 += upper.y * near;
        t1 += upper.y * far;
        s2 += upper.z * near;
        t2 += upper.z * far;
        s3 += upper.w * near;
        t3 += upper.w * far;
        s4 += lower.x * near;
        t4 += lower.x * far;
        s5 += lower.y * near;
        t5 += lower.y * far;
        s6 += lower.z * near;
        t6 += lower.z * far;
        s7 += lower.w * near;
        t7 += lower.w * far;
        a += shape.left_column;
        b += shape.left_column;
        c += shape.right_row;
        d += shape.right_row;
    }
    put(row + 0u, column, s0, t0);
    put(row + 1u, column, s1, t1);
    put(row + 2u, column, s2, t2);
    put(row + 3u, column, s3, t3);
    put(row + 4u, column, s4, t4);
    put(row + 5u, column, s5, t5);
    put(row + 6u, column, s6, t6);
    put(row + 7u, column, s7, t7);
}
