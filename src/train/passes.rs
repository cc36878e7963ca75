//! Forward passes over many images, in slices, so that a worker can answer messages in between.

use super::step;
use crate::data::batches;
use crate::data::{Dataset, Part};
use crate::error::Result;
use crate::model::{Mode, Network};
use crate::protocol::Split;
use crate::spec::RunSpec;
use burn::tensor::Device;

/// Images per forward pass: the batch of training within these bounds, so that a device compiles
/// few shapes, and neither a tiny nor a huge batch makes evaluation slow.
const ROWS: std::ops::RangeInclusive<usize> = 32..=256;

/// Images per forward pass for a run with this batch size.
pub fn rows(batch_size: usize) -> usize {
    batch_size.clamp(*ROWS.start(), *ROWS.end())
}

/// Where a split's images are.
pub fn part(split: Split) -> Part {
    match split {
        Split::Validation => Part::Train,
        Split::Test => Part::Test,
    }
}

/// One image's true class and its logits, as they came from the network.
pub type Judged<'a> = (u8, &'a [f32]);

/// Passes in hand: the images, how far they have come, and the network as it was when they began.
#[derive(Debug)]
pub struct Passes {
    network: Network,
    split: Split,
    indices: Vec<u32>,
    done: usize,
    rows: usize,
}

impl Passes {
    /// Prepares passes over these images of the split's part, in this order. The network must be
    /// one that is not trained on: its `valid()`.
    pub fn new(network: Network, split: Split, indices: Vec<u32>, rows: usize) -> Self {
        Self { network, split, indices, done: 0, rows }
    }

    /// The images, by their index in the file.
    pub fn indices(&self) -> &[u32] {
        &self.indices
    }

    /// How many images have been through.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Whether all images have been through.
    pub fn is_done(&self) -> bool {
        self.done == self.indices.len()
    }

    /// Whether the next pass's images have arrived.
    pub fn can_go_on(&self, data: &Dataset) -> bool {
        let end = (self.done + self.rows).min(self.indices.len());
        batches::images_needed(&self.indices, self.done..end) <= data.part(part(self.split)).ready()
    }

    /// Whether all images have arrived.
    pub fn can_finish(&self, data: &Dataset) -> bool {
        let needed = batches::images_needed(&self.indices, self.done..self.indices.len());
        needed <= data.part(part(self.split)).ready()
    }

    /// Makes up to `most` passes, as far as images have arrived, and reads them back together.
    /// `draw` may change an image on its way to the network, as in [`batches::gather`]; `judge` is
    /// given each image's outcome, in order.
    pub async fn go_on(
        &mut self,
        data: &Dataset,
        spec: &RunSpec,
        most: usize,
        device: &Device,
        mut draw: impl FnMut(&[u8], u32, &mut [f32]),
        mut judge: impl FnMut(Judged),
    ) -> Result<()> {
        let images = data.part(part(self.split));
        let (affine, shape) = (spec.data.affine(), spec.data.dataset.image_shape());
        let mut labels = Vec::new();
        let mut logits = Vec::new();
        while logits.len() < most && !self.is_done() && self.can_go_on(data) {
            let end = (self.done + self.rows).min(self.indices.len());
            let indices = &self.indices[self.done..end];
            let batch = batches::gather(images, images.labels(), indices, affine, &mut draw);
            // Always as many rows, so that the last pass has no shape of its own.
            let input = step::images(batch.pixels, self.rows, shape, device);
            logits.push(self.network.forward(input, &mut Mode::Evaluate));
            labels.push(batch.labels);
            self.done = end;
        }
        for (logits, labels) in step::read(logits).await?.iter().zip(labels) {
            let rows = logits.chunks(spec.data.dataset.classes());
            labels.into_iter().zip(rows).for_each(&mut judge);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Preset;
    use burn::module::Module;

    fn idx(dims: &[u32], values: Vec<u8>) -> Vec<u8> {
        let magic = [0, 0, 8, dims.len() as u8];
        magic.into_iter().chain(dims.iter().flat_map(|dim| dim.to_be_bytes())).chain(values).collect()
    }

    /// 100 test images, of which so many have arrived.
    fn data(arrived: u32) -> Dataset {
        let mut data = Dataset::mnist();
        let labels = idx(&[100], (0..100).map(|i| i % 10).collect());
        let pixels = (0..arrived * 784).map(|i| (i.wrapping_mul(i) / 7) as u8).collect();
        data.load_labels(Part::Test, "labels", &labels).expect("they are sound");
        data.load_images(Part::Test, "images", &idx(&[arrived, 28, 28], pixels)).expect("they are sound");
        data
    }

    fn passes(spec: &RunSpec) -> Passes {
        let device = Device::flex();
        let network = Network::new(&spec.model, spec.data.dataset.image_shape(), 1, &device.autodiff());
        Passes::new(network.valid(), Split::Test, (0..100).rev().collect(), 32)
    }

    fn go_on(passes: &mut Passes, data: &Dataset, spec: &RunSpec, most: usize) -> Vec<(u8, Vec<f32>)> {
        let mut judged = Vec::new();
        let keep = |(label, logits): Judged| judged.push((label, logits.to_vec()));
        let draw = batches::as_it_is;
        pollster::block_on(passes.go_on(data, spec, most, &Device::flex(), draw, keep))
            .expect("the processor answers");
        judged
    }

    #[test]
    fn however_many_passes_are_read_back_together_the_outcome_is_the_same() {
        let (spec, data) = (Preset::Mlp.spec(), data(100));
        let whole = go_on(&mut passes(&spec), &data, &spec, usize::MAX);
        assert_eq!(whole.len(), 100, "what fills up the last pass is no image");
        assert!((0..100).rev().map(|i| i % 10).eq(whole.iter().map(|(label, _)| *label)));
        for most in [1, 3] {
            let (mut passes, mut sliced) = (passes(&spec), Vec::new());
            while !passes.is_done() {
                let slice = go_on(&mut passes, &data, &spec, most);
                assert!(slice.len() <= 32 * most && !slice.is_empty());
                sliced.extend(slice);
            }
            assert_eq!(sliced, whole);
        }
    }

    #[test]
    fn passes_go_as_far_as_images_have_arrived() {
        let spec = Preset::Mlp.spec();
        let mut forward = Passes { indices: (0..100).collect(), ..passes(&spec) };
        assert_eq!(go_on(&mut forward, &data(70), &spec, usize::MAX).len(), 64);
        assert!(!forward.can_go_on(&data(70)) && !forward.can_finish(&data(70)) && !forward.is_done());
        assert_eq!(go_on(&mut forward, &data(100), &spec, usize::MAX).len(), 36);
        assert!(forward.is_done() && forward.can_go_on(&data(100)));
    }
}
