// The gradient of max-pooling whose windows do not overlap: a thread for a window and all of the input up to the next.

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

@compute @workgroup_size(64)
fn main(own: Thread) {
    let thread = number_of(own, 64u);
    let down = (shape.input_height + shape.stride_y - 1u) / shape.stride_y;
    let across = (shape.input_width + shape.stride_x - 1u) / shape.stride_x;
    let map = thread / across / down;
    if (map >= shape.maps) {
        return;
    }
    let row = thread / across % down;
    let column = thread % across;
    let y = row * shape.stride_y;
    let x = column * shape.stride_x;
    let corner = (map * shape.input_height + y) * shape.input_width + x;
    var place = corner;
    var of_place = 0.0;
    // Beyond the last window there are numbers that no window reaches.
    if (row < shape.height && column < shape.width) {
        of_place = gradient[(map * shape.height + row) * shape.width + column];
        var best = input[corner];
        for (var i = 0u; i < shape.window_height; i++) {
            for (var j = 0u; j < shape.window_width; j++) {
                let at = corner + i * shape.input_width + j;
                let number = input[at];
                if (number > best) {
                    best = number;
                    place = at;
                }
            }
        }
    }
    for (var i = 0u; i < min(shape.stride_y, shape.input_height - y); i++) {
        for (var j = 0u; j < min(shape.stride_x, shape.input_width - x); j++) {
            let at = corner + i * shape.input_width + j;
            of_input[at] = select(0.0, of_place, at == place);
        }
    }
}
