// The largest number of each window: a thread for a window.

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
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
@group(0) @binding(2) var<uniform> shape: Shape;

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    let area = shape.height * shape.width;
    let map = thread / area;
    if (map >= shape.maps) {
        return;
    }
    let y = thread % area / shape.width * shape.stride_y;
    let x = thread % shape.width * shape.stride_x;
    let corner = (map * shape.input_height + y) * shape.input_width + x;
    var best = input[corner];
    for (var i = 0u; i < shape.window_height; i++) {
        for (var j = 0u; j < shape.window_width; j++) {
            let number = input[corner + i * shape.input_width + j];
            // What is no number wins, so that it is seen.
            if (number > best || !(number == number)) {
                best = number;
            }
        }
    }
    output[thread] = best;
}
