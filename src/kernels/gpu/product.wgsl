// The product of two matrices, to which a bias may be added to each row: a thread for 8 x 4 of its numbers.

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

fn put(row: u32, column: u32, sums: vec4<f32>) {
    for (var i = 0u; i < 4u; i++) {
        if (row < shape.rows && column + i < shape.columns) {
            product[row * shape.columns + column + i] = sums[i];
        }
    }
}

@compute @workgroup_size(64)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) index: u32,
) {
    let thread = (group.y * groups.x + group.x) * 64u + index;
    let across = (shape.columns + 3u) / 4u;
    let row = thread / across * 8u;
    let column = thread % across * 4u;
    if (row >= shape.rows) {
        return;
    }
    let next = vec4<u32>(0u, 1u, 2u, 3u);
    let columns = min(column + next, vec4<u32>(shape.columns - 1u));
    // Rows and columns beyond the last are the last once more, and are not put down.
    var a = min(row + next, vec4<u32>(shape.rows - 1u)) * shape.left_row;
    var b = min(row + 4u + next, vec4<u32>(shape.rows - 1u)) * shape.left_row;
    var c = columns * shape.right_column;
    var start = vec4<f32>();
    if (shape.biased == 1u) {
        start = vec4<f32>(bias[columns.x], bias[columns.y], bias[columns.z], bias[columns.w]);
    }
    var s0 = start;
    var s1 = start;
    var s2 = start;
    var s3 = start;
    var s4 = start;
    var s5 = start;
    var s6 = start;
    var s7 = start;
    for (var i = 0u; i < shape.depth; i++) {
        let across = vec4<f32>(right[c.x], right[c.y], right[c.z], right[c.w]);
        s0 += left[a.x] * across;
        s1 += left[a.y] * across;
        s2 += left[a.z] * across;
        s3 += left[a.w] * across;
        s4 += left[b.x] * across;
        s5 += left[b.y] * across;
        s6 += left[b.z] * across;
        s7 += left[b.w] * across;
        a += shape.left_column;
        b += shape.left_column;
        c += shape.right_row;
    }
    put(row, column, s0);
    put(row + 1u, column, s1);
    put(row + 2u, column, s2);
    put(row + 3u, column, s3);
    put(row + 4u, column, s4);
    put(row + 5u, column, s5);
    put(row + 6u, column, s6);
    put(row + 7u, column, s7);
}
