// A convolution, or the gradient of its input, which is one of its output: a thread for eight positions of eight
// maps.

struct Shape {
    // Maps that are summed over, and maps that are made.
    sources: u32,
    maps: u32,
    source_height: u32,
    source_width: u32,
    height: u32,
    width: u32,
    // Of all images.
    positions: u32,
    kernel_height: u32,
    kernel_width: u32,
    // How far apart the weights of two maps are, and those of two sources.
    weight_map: u32,
    weight_source: u32,
    biased: u32,
    // The source of row y under row k of the kernel is (y * factor_y + offset_y + sign * k) / divisor_y.
    factor_y: i32,
    factor_x: i32,
    offset_y: i32,
    offset_x: i32,
    divisor_y: i32,
    divisor_x: i32,
    sign: i32,
    unused: u32,
}

@group(0) @binding(0) var<storage, read> source: array<f32>;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> made: array<f32>;
@group(0) @binding(4) var<uniform> shape: Shape;

struct Positions {
    image: vec4<u32>,
    y: vec4<i32>,
    x: vec4<i32>,
}

struct Found {
    place: vec4<i32>,
    there: vec4<bool>,
}

fn positions(first: u32) -> Positions {
    let area = shape.height * shape.width;
    let all = min(first + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(shape.positions - 1u));
    let rest = all % area;
    return Positions(all / area, vec4<i32>(rest / shape.width), vec4<i32>(rest % shape.width));
}

fn find(sought: vec4<i32>, divisor: i32, end: u32) -> Found {
    let place = sought / divisor;
    let there = (sought >= vec4<i32>()) & (place * divisor == sought) & (place < vec4<i32>(i32(end)));
    return Found(place, there);
}

fn find_row(y: vec4<i32>, k: u32) -> Found {
    return find(y * shape.factor_y + shape.offset_y + shape.sign * i32(k), shape.divisor_y, shape.source_height);
}

fn find_column(x: vec4<i32>, k: u32) -> Found {
    return find(x * shape.factor_x + shape.offset_x + shape.sign * i32(k), shape.divisor_x, shape.source_width);
}

fn put(first: u32, map: u32, near: vec4<f32>, far: vec4<f32>) {
    let area = shape.height * shape.width;
    let sums = array(near, far);
    for (var i = 0u; i < 8u; i++) {
        let position = first + i;
        if (position < shape.positions && map < shape.maps) {
            made[(position / area * shape.maps + map) * area + position % area] = sums[i / 4u][i % 4u];
        }
    }
}

@compute @workgroup_size(32)
fn main(own: Thread) {
    let thread = number_of(own, 32u);
    let across = (shape.positions + 7u) / 8u;
    let position = thread % across * 8u;
    let map = thread / across * 8u;
    if (map >= shape.maps) {
        return;
    }
    let a = positions(position);
    let b = positions(position + 4u);
    let next = vec4<u32>(0u, 1u, 2u, 3u);
    let near = min(map + next, vec4<u32>(shape.maps - 1u));
    let far = min(map + 4u + next, vec4<u32>(shape.maps - 1u));
    let source_area = shape.source_height * shape.source_width;
    let image = shape.sources * source_area;
    var c = vec4<f32>();
    var d = vec4<f32>();
    if (shape.biased == 1u) {
        c = vec4<f32>(bias[near.x], bias[near.y], bias[near.z], bias[near.w]);
        d = vec4<f32>(bias[far.x], bias[far.y], bias[far.z], bias[far.w]);
    }
    var a0 = vec4<f32>(c.x);
    var b0 = a0;
    var a1 = vec4<f32>(c.y);
    var b1 = a1;
    var a2 = vec4<f32>(c.z);
    var b2 = a2;
    var a3 = vec4<f32>(c.w);
    var b3 = a3;
    var a4 = vec4<f32>(d.x);
    var b4 = a4;
    var a5 = vec4<f32>(d.y);
    var b5 = a5;
    var a6 = vec4<f32>(d.z);
    var b6 = a6;
    var a7 = vec4<f32>(d.w);
    var b7 = a7;
    for (var ky = 0u; ky < shape.kernel_height; ky++) {
        let row_a = find_row(a.y, ky);
        let row_b = find_row(b.y, ky);
        for (var kx = 0u; kx < shape.kernel_width; kx++) {
            let column_a = find_column(a.x, kx);
            let column_b = find_column(b.x, kx);
            let there_a = row_a.there & column_a.there;
            let there_b = row_b.there & column_b.there;
            let width = i32(shape.source_width);
            let in_map_a = vec4<u32>(row_a.place * width + column_a.place);
            let in_map_b = vec4<u32>(row_b.place * width + column_b.place);
            var from_a = select(vec4<u32>(), a.image * image + in_map_a, there_a);
            var from_b = select(vec4<u32>(), b.image * image + in_map_b, there_b);
            let tap = ky * shape.kernel_width + kx;
            var v = near * shape.weight_map + tap;
            var w = far * shape.weight_map + tap;
            for (var i = 0u; i < shape.sources; i++) {
                let found_a = vec4<f32>(source[from_a.x], source[from_a.y], source[from_a.z], source[from_a.w]);
                let found_b = vec4<f32>(source[from_b.x], source[from_b.y], source[from_b.z], source[from_b.w]);
                let of_a = select(vec4<f32>(), found_a, there_a);
                let of_b = select(vec4<f32>(), found_b, there_b);
                let p = vec4<f32>(weight[v.x], weight[v.y], weight[v.z], weight[v.w]);
                let q = vec4<f32>(weight[w.x], weight[w.y], weight[w.z], weight[w.w]);
                a0 += p.x * of_a;
                b0 += p.x * of_b;
                a1 += p.y * of_a;
                b1 += p.y * of_b;
                a2 += p.z * of_a;
                b2 += p.z * of_b;
                a3 += p.w * of_a;
                b3 += p.w * of_b;
                a4 += q.x * of_a;
                b4 += q.x * of_b;
                a5 += q.y * of_a;
                b5 += q.y * of_b;
                a6 += q.z * of_a;
                b6 += q.z * of_b;
                a7 += q.w * of_a;
                b7 += q.w * of_b;
                from_a += source_area;
                from_b += source_area;
                v += shape.weight_source;
                w += shape.weight_source;
            }
        }
    }
    put(position, map, a0, b0);
    put(position, map + 1u, a1, b1);
    put(position, map + 2u, a2, b2);
    put(position, map + 3u, a3, b3);
    put(position, map + 4u, a4, b4);
    put(position, map + 5u, a5, b5);
    put(position, map + 6u, a6, b6);
    put(position, map + 7u, a7, b7);
}
