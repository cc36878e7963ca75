// The product of two matrices, to which a bias may be added to each row: a thread for 8 x 8 of its numbers, and two
// steps of depth at a time: to load numbers, and to keep sums from step to step, costs more than to compute with them.

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

// Rows beyond the last are the last once more, and so are columns: they are put down as often, the same each time.
fn put(row: u32, columns: array<vec4<u32>, 2>, near: vec4<f32>, far: vec4<f32>) {
    let start = min(row, shape.rows - 1u) * shape.columns;
    product[start + columns[0].x] = near.x;
    product[start + columns[0].y] = near.y;
    product[start + columns[0].z] = near.z;
    product[start + columns[0].w] = near.w;
    product[start + columns[1].x] = far.x;
    product[start + columns[1].y] = far.y;
    product[start + columns[1].z] = far.z;
    product[start + columns[1].w] = far.w;
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
    for (var i = 0u; i < shape.depth; i += 2u) {
        // The last step of an odd depth has no second: it is the first once more, with factors of zero.
        let paired = i + 1u < shape.depth;
        let e = a + select(0u, shape.left_column, paired);
        let f = b + select(0u, shape.left_column, paired);
        let g = c + select(0u, shape.right_row, paired);
        let h = d + select(0u, shape.right_row, paired);
        let one = select(0.0, 1.0, paired);
        let near = mat4x2<f32>(
            right[c.x], right[g.x],
            right[c.y], right[g.y],
            right[c.z], right[g.z],
            right[c.w], right[g.w],
        );
        let far = mat4x2<f32>(
            right[d.x], right[h.x],
            right[d.y], right[h.y],
            right[d.z], right[h.z],
            right[d.w], right[h.w],
        );
        let l0 = vec2<f32>(left[a.x], left[e.x] * one);
        let l1 = vec2<f32>(left[a.y], left[e.y] * one);
        let l2 = vec2<f32>(left[a.z], left[e.z] * one);
        let l3 = vec2<f32>(left[a.w], left[e.w] * one);
        let l4 = vec2<f32>(left[b.x], left[f.x] * one);
        let l5 = vec2<f32>(left[b.y], left[f.y] * one);
        let l6 = vec2<f32>(left[b.z], left[f.z] * one);
        let l7 = vec2<f32>(left[b.w], left[f.w] * one);
        s0 += l0 * near;
        t0 += l0 * far;
        s1 += l1 * near;
        t1 += l1 * far;
        s2 += l2 * near;
        t2 += l2 * far;
        s3 += l3 * near;
        t3 += l3 * far;
        s4 += l4 * near;
        t4 += l4 * far;
        s5 += l5 * near;
        t5 += l5 * far;
        s6 += l6 * near;
        t6 += l6 * far;
        s7 += l7 * near;
        t7 += l7 * far;
        a += 2u * shape.left_column;
        b += 2u * shape.left_column;
        c += 2u * shape.right_row;
        d += 2u * shape.right_row;
    }
    put(row + 0u, columns, s0, t0);
    put(row + 1u, columns, s1, t1);
    put(row + 2u, columns, s2, t2);
    put(row + 3u, columns, s3, t3);
    put(row + 4u, columns, s4, t4);
    put(row + 5u, columns, s5, t5);
    put(row + 6u, columns, s6, t6);
    put(row + 7u, columns, s7, t7);
}
