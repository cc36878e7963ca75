// The gradient of max-pooling: a thread for a number of the input, which gets what the windows have for it in which
// it is the first of the largest.

struct Shape {
    maps: u32,
    input_height: u32,
    input_width: u32,
    height: u32,
    width: u32,
    window_height: u32,
    window_width: u32,
    stride_y: u32,
    stride_x: u32,
    unused: u32,
}

@group(0) @binding(0) var<storage, read> input: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> of_input: array<f32>;
@group(0) @binding(3) var<uniform> shape: Shape;

// The first window that reaches a place, and the one behind the last.
fn windows(place: u32, window: u32, stride: u32, count: u32) -> vec2<u32> {
    let first = (max(place + 1u, window) - window + stride - 1u) / stride;
    return vec2<u32>(first, min(place / stride + 1u, count));
}

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    let area = shape.input_height * shape.input_width;
    let map = thread / area;
    if (map >= shape.maps) {
        return;
    }
    let down = windows(thread % area / shape.input_width, shape.window_height, shape.stride_y, shape.height);
    let across = windows(thread % shape.input_width, shape.window_width, shape.stride_x, shape.width);
    var sum = 0.0;
    for (var y = down.x; y < down.y; y++) {
        for (var x = across.x; x < across.y; x++) {
            let corner = map * area + y * shape.stride_y * shape.input_width + x * shape.stride_x;
            var place = corner;
            var best = input[corner];
            for (var i = 0u; i < shape.window_height; i++) {
                for (var j = 0u; j < shape.window_width; j++) {
                    let number = input[corner + i * shape.input_width + j];
                    if (number > best) {
                        best = number;
                        place = corner + i * shape.input_width + j;
                    }
                }
            }
            if (place == thread) {
                sum += gradient[(map * shape.height + y) * shape.width + x];
            }
        }
    }
    of_input[thread] = sum;
}
