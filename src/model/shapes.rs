//! Shapes through a network, one layer at a time, without building it.

use crate::say::{Sentence, say};
use crate::spec::{
    Checker, Count, DatasetSpec, Initializer, LIMITS, LayerSpec, Padding, ProblemCode, RunSpec,
};

/// The shape of one image's signal between two layers; the batch dimension is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An image or a stack of feature maps.
    Map {
        /// Grey images have one.
        channels: usize,
        /// Rows.
        height: usize,
        /// Columns.
        width: usize,
    },
    /// A plain vector.
    Flat {
        /// Its length.
        features: usize,
    },
}

impl Shape {
    /// How many numbers it holds.
    pub fn size(self) -> usize {
        match self {
            Self::Map { channels, height, width } => channels * height * width,
            Self::Flat { features } => features,
        }
    }

    /// Channels of a map, features of a vector.
    pub fn channels(self) -> usize {
        match self {
            Self::Map { channels, .. } => channels,
            Self::Flat { features } => features,
        }
    }

    /// `[channels, height, width]` or `[features]`.
    pub fn dims(self) -> Vec<usize> {
        match self {
            Self::Map { channels, height, width } => vec![channels, height, width],
            Self::Flat { features } => vec![features],
        }
    }
}

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Map { channels, height, width } => {
                say!("{channels} x {height} x {width}", channels, height, width).fmt(f)
            }
            Self::Flat { features } => features.fmt(f),
        }
    }
}

/// Why a layer cannot take the signal it is given: the field of the layer, and the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Path within the layer of the field to mend, or none where the layer as a whole is in the
    /// wrong place.
    pub field: Option<String>,
    /// What does not fit and how to mend it.
    pub message: Sentence,
}

/// The shape a layer makes of its input.
///
/// # Errors
///
/// [`Misfit`] where the layer cannot take such an input. The layer's own numbers must be in range.
pub fn output(layer: &LayerSpec, input: Shape) -> Result<Shape, Misfit> {
    match (layer, input) {
        (LayerSpec::Dense { units }, Shape::Flat { .. }) => Ok(Shape::Flat { features: units.get() }),
        (LayerSpec::Dense { .. }, Shape::Map { .. }) => Err(Misfit {
            field: None,
            message: say!(
                "A dense layer takes a plain vector, but here comes a map of {input}. Put a flatten layer before \
                 it.",
                input
            ),
        }),
        (LayerSpec::Conv2d { filters, kernel, stride, padding }, Shape::Map { height, width, .. }) => {
            let window = Window { size: *kernel, stride: *stride, padding: *padding, field: "kernel" };
            Ok(Shape::Map {
                channels: filters.get(),
                height: window.output(height, input)?,
                width: window.output(width, input)?,
            })
        }
        (
            LayerSpec::MaxPool2d { size, stride } | LayerSpec::AvgPool2d { size, stride },
            Shape::Map { channels, height, width },
        ) => {
            let window = Window { size: *size, stride: *stride, padding: Padding::Valid, field: "size" };
            Ok(Shape::Map {
                channels,
                height: window.output(height, input)?,
                width: window.output(width, input)?,
            })
        }
        (
            LayerSpec::Conv2d { .. }
            | LayerSpec::MaxPool2d { .. }
            | LayerSpec::AvgPool2d { .. }
            | LayerSpec::GlobalAvgPool,
            Shape::Flat { features },
        ) => Err(Misfit {
            field: None,
            message: say!(
                "This layer needs an image, but here comes a plain vector of {features}. Move it before the \
                 flatten layer.",
                features
            ),
        }),
        (LayerSpec::Flatten, Shape::Map { .. }) => Ok(Shape::Flat { features: input.size() }),
        (LayerSpec::Flatten, Shape::Flat { .. }) => Err(Misfit {
            field: None,
            message: say!("The signal is flat already. Remove this flatten layer."),
        }),
        (LayerSpec::GlobalAvgPool, Shape::Map { channels, .. }) => Ok(Shape::Flat { features: channels }),
        (
            LayerSpec::Activation { .. }
            | LayerSpec::BatchNorm
            | LayerSpec::LayerNorm
            | LayerSpec::Dropout { .. },
            _,
        ) => Ok(input),
        (LayerSpec::Residual { layers, projection }, _) => residual(layers, *projection, input),
    }
}

/// The shape of a residual block: that of its inner layers, where the skip connection can follow.
fn residual(layers: &[LayerSpec], projection: bool, input: Shape) -> Result<Shape, Misfit> {
    let (shapes, misfit) = walk(layers, input);
    if let Some(inner) = misfit {
        let field = inner.field.map(|field| format!(".{field}")).unwrap_or_default();
        return Err(Misfit {
            field: Some(format!("layers.{}{field}", shapes.len())),
            message: inner.message,
        });
    }
    let output = shapes.last().copied().unwrap_or(input);
    if output == input || (projection && projection_stride(input, output).is_some()) {
        return Ok(output);
    }
    let mend = match projection_stride(input, output) {
        Some(_) => say!("Switch its projection on, or keep the shape."),
        None => {
            say!("No 1 x 1 convolution can bridge that: keep the shape, or only add channels and strides.")
        }
    };
    Err(Misfit {
        field: Some("projection".into()),
        message: say!(
            "The block makes {output} of {input}, so its input cannot be added to its output.",
            output,
            input
        )
        .and(mend),
    })
}

/// The stride of the 1x1 convolution that brings `input` to the size of `output`, if there is one.
pub fn projection_stride(input: Shape, output: Shape) -> Option<usize> {
    let (Shape::Map { height: h, width: w, .. }, Shape::Map { height, width, .. }) = (input, output) else {
        return None;
    };
    let stride = h.div_ceil(height.max(1)).max(1);
    ((h - 1) / stride + 1 == height && (w - 1) / stride + 1 == width).then_some(stride)
}

/// A square window that slides over an image.
struct Window {
    size: Count,
    stride: Count,
    padding: Padding,
    field: &'static str,
}

impl Window {
    /// How many places the window has along a side of `extent` pixels.
    fn output(&self, extent: usize, input: Shape) -> Result<usize, Misfit> {
        let (size, stride) = (self.size.get(), self.stride.get());
        match self.padding {
            Padding::Same => Ok(extent.div_ceil(stride)),
            Padding::Valid if size <= extent => Ok((extent - size) / stride + 1),
            Padding::Valid => Err(oversized(self.field, size, input, extent)),
        }
    }
}

fn oversized(field: &str, size: usize, input: Shape, extent: usize) -> Misfit {
    Misfit {
        field: Some(field.into()),
        message: say!(
            "A window of {size} x {size} is larger than its input of {input}. Use at most {extent}, or drop a \
             pooling layer before it.",
            size,
            input,
            extent
        ),
    }
}

/// The first convolution whose kernel is larger than its input although padding would let it
/// compute: most of it would only ever see zeros. With it, the path to its layer.
fn oversized_kernel(at: &str, layers: &[LayerSpec], input: Shape) -> Option<(String, Misfit)> {
    let outputs = walk(layers, input).0;
    let inputs = std::iter::once(input).chain(outputs);
    layers.iter().zip(inputs).enumerate().find_map(|(i, (layer, input))| {
        let at = format!("{at}.{i}");
        match (layer, input) {
            (LayerSpec::Conv2d { kernel, .. }, Shape::Map { height, width, .. }) => {
                let extent = height.min(width);
                (kernel.get() > extent).then(|| (at, oversized("kernel", kernel.get(), input, extent)))
            }
            (LayerSpec::Residual { layers, .. }, _) => {
                oversized_kernel(&format!("{at}.layers"), layers, input)
            }
            _ => None,
        }
    })
}

/// The shapes after each layer, up to the first layer that does not fit; its misfit comes last.
pub fn walk(layers: &[LayerSpec], input: Shape) -> (Vec<Shape>, Option<Misfit>) {
    let mut shapes = Vec::with_capacity(layers.len());
    let mut shape = input;
    for layer in layers {
        match output(layer, shape) {
            Ok(next) => {
                shapes.push(next);
                shape = next;
            }
            Err(misfit) => return (shapes, Some(misfit)),
        }
    }
    (shapes, None)
}

/// Adds the problems of the network: first each layer's own numbers, then, where those are sound,
/// whether the layers fit each other and the classes.
pub(crate) fn check(spec: &RunSpec, check: &mut Checker) {
    let layers = &spec.model.layers;
    if let Initializer::Normal { std } = spec.model.initializer {
        check.number("model.initializer.std", say!("Standard deviation"), std, LIMITS.initial_std);
    }
    let before = check.problems.len();
    check.count("model.layers", say!("The number of layers"), count(layers).into(), LIMITS.layers);
    for (i, layer) in layers.iter().enumerate() {
        check_numbers(&format!("model.layers.{i}"), layer, check);
    }
    if check.problems.len() > before || layers.is_empty() {
        return;
    }
    let (shapes, misfit) = walk(layers, spec.data.dataset.image_shape());
    let misfit = misfit.map(|misfit| (format!("model.layers.{}", shapes.len()), misfit));
    if let Some((mut field, misfit)) =
        misfit.or_else(|| oversized_kernel("model.layers", layers, spec.data.dataset.image_shape()))
    {
        if let Some(own) = misfit.field {
            field = format!("{field}.{own}");
        }
        return check.add(&field, ProblemCode::ShapeMismatch, misfit.message);
    }
    if check.problems.iter().any(|problem| problem.field == DatasetSpec::CLASSES_FIELD) {
        return;
    }
    let classes = spec.data.dataset.classes();
    let ends_well = matches!(layers.last(), Some(LayerSpec::Dense { units }) if units.get() == classes);
    if !ends_well {
        let field = format!("model.layers.{}", layers.len() - 1);
        let message = say!(
            "The network must end in a dense layer with {classes} units, one per class. Add one at the end.",
            classes
        );
        check.add(&field, ProblemCode::OutputLayer, message);
    }
}

fn check_numbers(at: &str, layer: &LayerSpec, check: &mut Checker) {
    let stride_at = format!("{at}.stride");
    match layer {
        LayerSpec::Dense { units } => {
            check.count(&format!("{at}.units"), say!("Units"), *units, LIMITS.units);
        }
        LayerSpec::Conv2d { filters, kernel, stride, .. } => {
            check.count(&format!("{at}.filters"), say!("Filters"), *filters, LIMITS.filters);
            check.count(&format!("{at}.kernel"), say!("Kernel size"), *kernel, LIMITS.kernel);
            check.count(&stride_at, say!("Stride"), *stride, LIMITS.stride);
        }
        LayerSpec::MaxPool2d { size, stride } | LayerSpec::AvgPool2d { size, stride } => {
            check.count(&format!("{at}.size"), say!("Window size"), *size, LIMITS.pool);
            check.count(&stride_at, say!("Stride"), *stride, LIMITS.stride);
        }
        LayerSpec::Dropout { rate } => {
            check.number(&format!("{at}.rate"), say!("Dropout rate"), *rate, LIMITS.dropout);
        }
        LayerSpec::Residual { layers, .. } => {
            for (i, layer) in layers.iter().enumerate() {
                check_numbers(&format!("{at}.layers.{i}"), layer, check);
            }
        }
        LayerSpec::GlobalAvgPool
        | LayerSpec::Flatten
        | LayerSpec::BatchNorm
        | LayerSpec::LayerNorm
        | LayerSpec::Activation { .. } => {}
    }
}

/// Layers in all, those within residual blocks too.
fn count(layers: &[LayerSpec]) -> usize {
    let inner = |layer: &LayerSpec| match layer {
        LayerSpec::Residual { layers, .. } => count(layers),
        _ => 0,
    };
    layers.iter().map(|layer| 1 + inner(layer)).sum()
}
