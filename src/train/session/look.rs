//! Looks at the network as it is now, which change nothing of the run.

use super::{Session, interrupted};
use crate::data::Dataset;
use crate::error::{Error, ErrorCode, Result};
use crate::model::Mode;
use crate::model::inspect::{self, Filters, Inspection};
use crate::protocol::Split;
use crate::say::say;
use crate::train::examine::{ExamineRequest, Examining};
use crate::train::{evaluate, passes, step};
use burn::module::Module;
use burn::tensor::Tensor;

impl Session {
    /// The class probabilities of one image of `height * width` grey values, 0 to 255.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] where the image has another size; [`ErrorCode::DeviceLost`] where the
    /// device does not answer.
    pub async fn predict(&self, pixels: &[f32]) -> Result<Vec<f32>> {
        let images = self.image(pixels)?;
        let Some(network) = &self.network else { return Err(interrupted()) };
        let logits = network.valid().forward(images, &mut Mode::Evaluate);
        let probabilities = burn::tensor::activation::softmax(logits, 1);
        let mut read = step::read(vec![probabilities]).await?.pop().unwrap_or_default();
        read.truncate(self.spec.data.dataset.classes());
        Ok(read)
    }

    /// What the network sees in one image of `height * width` grey values, 0 to 255: the output of
    /// each layer, and which pixels `class` hangs on, or where there is none the predicted class.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadData`] where the image has another size or there is no such class;
    /// [`ErrorCode::DeviceLost`] where the device does not answer.
    pub async fn inspect(&self, pixels: &[f32], class: Option<usize>) -> Result<Inspection> {
        let images = self.image(pixels)?;
        let Some(network) = &self.network else { return Err(interrupted()) };
        inspect::inspect(network, images, class).await
    }

    /// The weights of the layer with this index in the spec; none where it has none.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DeviceLost`] where the device does not answer.
    pub async fn filters(&self, layer: usize) -> Result<Option<Filters>> {
        let Some(network) = &self.network else { return Err(interrupted()) };
        inspect::filters(network, layer).await
    }

    /// One image as the network takes it, `[rows, channels, height, width]`: with as many rows as an
    /// evaluation has, so that a device compiles few shapes.
    fn image(&self, pixels: &[f32]) -> Result<Tensor<4>> {
        let shape = self.spec.data.dataset.image_shape();
        if pixels.len() != shape.size() || pixels.iter().any(|pixel| !pixel.is_finite()) {
            let message = say!(
                "An image of {values} finite grey values is expected, from 0 to 255.",
                values = shape.size()
            );
            return Err(Error::new(ErrorCode::BadData, message));
        }
        let (scale, shift) = self.spec.data.affine();
        let pixels = pixels.iter().map(|pixel| pixel * scale + shift).collect();
        let rows = passes::rows(self.spec.train.batch_size.get());
        Ok(step::images(pixels, rows, shape, &self.device.inference()))
    }

    /// Begins a close look at all images of a split with the network as it is now; the run may
    /// train on meanwhile. The request must be free of problems.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DataMissing`] where not all images of the split have arrived.
    pub fn examine(&self, data: &Dataset, request: ExamineRequest) -> Result<Examining> {
        let Some(network) = &self.network else { return Err(interrupted()) };
        let count = match request.split {
            Split::Validation => self.holdout.validation.len(),
            Split::Test => self.test_images,
        };
        let indices = evaluate::images(request.split, &self.holdout, count);
        Examining::new(request, network.valid(), indices, self.step, (&self.spec, &self.device, data))
    }
}
