// The gradient of a convolution's weights, and, as the weight of an input that is always one, of its bias; summed
// over a lot of the images: a thread for eight weights of eight filters.

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

fn put(lot: u32, of_filter: u32, column: u32, near: vec4<f32>, far: vec4<f32>) {
    let columns = columns();
    let numbers = array(near, far);
    for (var i = 0u; i < 8u; i++) {
        if (of_filter < shape.filters && column + i < columns) {
            sums[(lot * shape.filters + of_filter) * columns + column + i] = numbers[i / 4u][i % 4u];
        }
    }
}

// The weights of a filter, and its bias.
fn columns() -> u32 {
    return shape.channels * shape.kernel_height * shape.kernel_width + 1u;
}

// What four weights are multiplied with.
struct Taps {
    is_bias: vec4<bool>,
    channel: vec4<u32>,
    y: vec4<i32>,
    x: vec4<i32>,
}

fn taps(column: u32) -> Taps {
    let all = column + vec4<u32>(0u, 1u, 2u, 3u);
    let last = vec4<u32>(columns() - 1u);
    let weight = min(all, last - 1u);
    let area = shape.kernel_height * shape.kernel_width;
    let y = vec4<i32>(weight % area / shape.kernel_width);
    let x = vec4<i32>(weight % shape.kernel_width);
    return Taps(all >= last, weight / area, y - shape.before_y, x - shape.before_x);
}

// A row of the input under four taps.
struct Row {
    start: vec4<i32>,
    there: vec4<bool>,
}

fn find_row(taps: Taps, image: u32, y: u32) -> Row {
    let row = i32(y) * shape.stride_y + taps.y;
    let there = (row >= vec4<i32>()) & (row < vec4<i32>(i32(shape.input_height)));
    let map = vec4<i32>((image * shape.channels + taps.channel) * shape.input_height);
    return Row((map + row) * i32(shape.input_width), there);
}

fn factors(taps: Taps, row: Row, x: u32) -> vec4<f32> {
    let place = i32(x) * shape.stride_x + taps.x;
    let there = row.there & (place >= vec4<i32>()) & (place < vec4<i32>(i32(shape.input_width)));
    let at = vec4<u32>(select(vec4<i32>(), row.start + place, there));
    let found = vec4<f32>(input[at.x], input[at.y], input[at.z], input[at.w]);
    return select(select(vec4<f32>(), found, there), vec4<f32>(1.0), taps.is_bias);
}

@compute @workgroup_size(32)
fn main(own: Thread) {
    let thread = number_of(own, 32u);
    let across = (columns() + 7u) / 8u;
    let down = (shape.filters + 7u) / 8u;
    let column = thread % across * 8u;
    let first = thread / across % down * 8u;
    let lot = thread / across / down;
    if (lot >= shape.lots) {
        return;
    }
    let next = vec4<u32>(0u, 1u, 2u, 3u);
    let near = taps(column);
    let far = taps(column + 4u);
    let area = shape.height * shape.width;
    let f = min(first + next, vec4<u32>(shape.filters - 1u)) * area;
    let g = min(first + 4u + next, vec4<u32>(shape.filters - 1u)) * area;
    var s0 = vec4<f32>();
    var t0 = vec4<f32>();
    var s1 = vec4<f32>();
    var t1 = vec4<f32>();
    var s2 = vec4<f32>();
    var t2 = vec4<f32>();
    var s3 = vec4<f32>();
    var t3 = vec4<f32>();
    var s4 = vec4<f32>();
    var t4 = vec4<f32>();
    var s5 = vec4<f32>();
    var t5 = vec4<f32>();
    var s6 = vec4<f32>();
    var t6 = vec4<f32>();
    var s7 = vec4<f32>();
    var t7 = vec4<f32>();
    for (var image = lot; image < shape.batch; image += shape.lots) {
        let from_f = image * shape.filters * area + f;
        let from_g = image * shape.filters * area + g;
        for (var y = 0u; y < shape.height; y++) {
            let near_row = find_row(near, image, y);
            let far_row = find_row(far, image, y);
            for (var x = 0u; x < shape.width; x++) {
                let v = factors(near, near_row, x);
                let w = factors(far, far_row, x);
                let a = from_f + y * shape.width + x;
                let b = from_g + y * shape.width + x;
                let upper = vec4<f32>(gradient[a.x], gradient[a.y], gradient[a.z], gradient[a.w]);
                let lower = vec4<f32>(gradient[b.x], gradient[b.y], gradient[b.z], gradient[b.w]);
                s0 += upper.x * v;
                t0 += upper.x * w;
                s1 += upper.y * v;
                t1 += upper.y * w;
                s2 += upper.z * v;
                t2 += upper.z * w;
                s3 += upper.w * v;
                t3 += upper.w * w;
                s4 += lower.x * v;
                t4 += lower.x * w;
                s5 += lower.y * v;
                t5 += lower.y * w;
                s6 += lower.z * v;
                t6 += lower.z * w;
                s7 += lower.w * v;
                t7 += lower.w * w;
            }
        }
    }
    put(lot, first, column, s0, t0);
    put(lot, first + 1u, column, s1, t1);
    put(lot, first + 2u, column, s2, t2);
    put(lot, first + 3u, column, s3, t3);
    put(lot, first + 4u, column, s4, t4);
    put(lot, first + 5u, column, s5, t5);
    put(lot, first + 6u, column, s6, t6);
    put(lot, first + 7u, column, s7, t7);
}
