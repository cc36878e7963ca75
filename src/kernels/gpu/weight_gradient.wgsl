// The gradient of a convolution's weights, and, as the weight of an input that is always one, of its bias; summed
// over a lot of the images: a thread for four weights of eight filters.

struct Shape {
    batch: u32,
    channels: u32,
    filters: u32,
    input_height: u32,
    input_width: u32,
    height: u32,
    width: u32,
    kernel_height: u32,
    kernel_width: u32,
    stride_y: i32,
    stride_x: i32,
    before_y: i32,
    before_x: i32,
    // Lots of images.
    lots: u32,
}

@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;
@group(0) @binding(3) var<uniform> shape: Shape;

fn put(lot: u32, of_filter: u32, column: u32, columns: u32, numbers: vec4<f32>) {
    for (var i = 0u; i < 4u; i++) {
        if (of_filter < shape.filters && column + i < columns) {
            sums[(lot * shape.filters + of_filter) * columns + column + i] = numbers[i];
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
    let taps = shape.kernel_height * shape.kernel_width;
    let columns = shape.channels * taps + 1u;
    let across = (columns + 3u) / 4u;
    let down = (shape.filters + 7u) / 8u;
    let column = thread % across * 4u;
    let first = thread / across % down * 8u;
    let lot = thread / across / down;
    if (lot >= shape.lots) {
        return;
    }
    let next = vec4<u32>(0u, 1u, 2u, 3u);
    let own = column + next;
    let is_bias = own >= vec4<u32>(columns - 1u);
    let weight = min(own, vec4<u32>(columns - 2u));
    let channel = weight / taps;
    let ky = vec4<i32>(weight % taps / shape.kernel_width);
    let kx = vec4<i32>(weight % shape.kernel_width);
    let area = shape.height * shape.width;
    let map = shape.input_height * shape.input_width;
    let f = min(first + next, vec4<u32>(shape.filters - 1u)) * area;
    let g = min(first + 4u + next, vec4<u32>(shape.filters - 1u)) * area;
    var s0 = vec4<f32>();
    var s1 = vec4<f32>();
    var s2 = vec4<f32>();
    var s3 = vec4<f32>();
    var s4 = vec4<f32>();
    var s5 = vec4<f32>();
    var s6 = vec4<f32>();
    var s7 = vec4<f32>();
    for (var image = lot; image < shape.batch; image += shape.lots) {
        let from_f = image * shape.filters * area + f;
        let from_g = image * shape.filters * area + g;
        for (var y = 0u; y < shape.height; y++) {
            let row = i32(y) * shape.stride_y + ky - shape.before_y;
            let row_there = (row >= vec4<i32>()) & (row < vec4<i32>(i32(shape.input_height)));
            let in_row = vec4<i32>((image * shape.channels + channel) * map) + row * i32(shape.input_width);
            for (var x = 0u; x < shape.width; x++) {
                let place = i32(x) * shape.stride_x + kx - shape.before_x;
                let there = row_there & (place >= vec4<i32>()) & (place < vec4<i32>(i32(shape.input_width)));
                let at = vec4<u32>(select(vec4<i32>(), in_row + place, there));
                let found = vec4<f32>(input[at.x], input[at.y], input[at.z], input[at.w]);
                let across = select(select(vec4<f32>(), found, there), vec4<f32>(1.0), is_bias);
                let position = y * shape.width + x;
                s0 += gradient[from_f.x + position] * across;
                s1 += gradient[from_f.y + position] * across;
                s2 += gradient[from_f.z + position] * across;
                s3 += gradient[from_f.w + position] * across;
                s4 += gradient[from_g.x + position] * across;
                s5 += gradient[from_g.y + position] * across;
                s6 += gradient[from_g.z + position] * across;
                s7 += gradient[from_g.w + position] * across;
            }
        }
    }
    put(lot, first, column, columns, s0);
    put(lot, first + 1u, column, columns, s1);
    put(lot, first + 2u, column, columns, s2);
    put(lot, first + 3u, column, columns, s3);
    put(lot, first + 4u, column, columns, s4);
    put(lot, first + 5u, column, columns, s5);
    put(lot, first + 6u, column, columns, s6);
    put(lot, first + 7u, column, columns, s7);
}
