//! Forward passes over many images, in slices, so that a worker can answer messages in between.

use super::step;
use super::team::{Answering, Team, Unjudged};
use crate::data::batches::{self, Batch};
use crate::data::{Dataset, Part};
use crate::error::Result;
use crate::model::{Mode, Network, parameters};
use crate::protocol::Split;
use crate::spec::RunSpec;
use burn::tensor::{Device, Tensor};
use std::ops::Range;
use std::rc::Rc;
use std::task::{Context, Poll};

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
    /// All numbers of the network, once a helper has been given them.
    weights: Option<Rc<Vec<f32>>>,
    split: Split,
    indices: Vec<u32>,
    done: usize,
    rows: usize,
}

/// Images that a helper was given to judge.
pub struct HandedOut {
    range: Range<usize>,
    answer: Answer,
}

enum Answer {
    Awaited(Answering),
    Come(Option<Vec<f32>>),
}

impl HandedOut {
    /// Looks whether the helper has answered.
    pub fn poll_answer(&mut self, context: &mut Context) -> Poll<()> {
        if let Answer::Awaited(answering) = &mut self.answer {
            let Poll::Ready(answer) = answering.as_mut().poll(context) else { return Poll::Pending };
            self.answer = Answer::Come(answer);
        }
        Poll::Ready(())
    }
}

impl Passes {
    /// Prepares passes over these images of the split's part, in this order. The network must be
    /// one that is not trained on: its `valid()`.
    pub fn new(network: Network, split: Split, indices: Vec<u32>, rows: usize) -> Self {
        Self { network, weights: None, split, indices, done: 0, rows }
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
        self.have_arrived(data, self.next())
    }

    /// Whether all images have arrived.
    pub fn can_finish(&self, data: &Dataset) -> bool {
        self.have_arrived(data, self.done..self.indices.len())
    }

    /// Makes up to `most` passes, as far as images have arrived, and reads them back together.
    /// `draw` may change an image on its way to the network, as in [`batches::gather_drawn`]; `judge` is
    /// given each image's outcome, in order.
    pub async fn go_on(
        &mut self,
        data: &Dataset,
        spec: &RunSpec,
        most: usize,
        device: &Device,
        mut draw: impl FnMut(&[u8], u32, &mut [f32]),
        judge: impl FnMut(Judged),
    ) -> Result<()> {
        let range = self.take(data, most);
        let (images, affine) = (data.part(part(self.split)), spec.data.affine());
        let gather =
            |indices: &[u32]| batches::gather_drawn(images, images.labels(), indices, affine, &mut draw);
        self.look(range, spec, device, gather, judge).await
    }

    /// As [`go_on`](Self::go_on) with images as they are; each helper of the team makes as many passes.
    pub async fn go_on_together(
        &mut self,
        data: &Dataset,
        spec: &RunSpec,
        most: usize,
        device: &Device,
        team: &mut Team,
        mut judge: impl FnMut(Judged),
    ) -> Result<()> {
        let left = (self.indices.len() - self.done).div_ceil(self.rows);
        let most = most.min(left.div_ceil(team.threads()));
        let own = self.take(data, most);
        let handed: Vec<_> =
            (1..team.threads()).map_while(|of| self.hand_out(data, most, team, of)).collect();
        self.look(own, spec, device, self.as_they_are(data, spec), &mut judge).await?;
        for handed in handed {
            self.take_back(handed, data, spec, device, team, &mut judge).await?;
        }
        Ok(())
    }

    /// Hands up to `most` passes to a helper of the team; none where no image is left that has arrived.
    pub fn hand_out(&mut self, data: &Dataset, most: usize, team: &Team, helper: usize) -> Option<HandedOut> {
        let range = self.take(data, most);
        if range.is_empty() {
            return None;
        }
        let weights = self.weights.get_or_insert_with(|| Rc::new(parameters::flat(&self.network))).clone();
        let images = data.part(part(self.split));
        let size = images.pixels(0).map_or(0, <[u8]>::len);
        let mut pixels = Vec::with_capacity(range.len() * size);
        for index in &self.indices[range.clone()] {
            pixels.extend_from_slice(images.pixels(*index as usize).unwrap_or_default());
        }
        let answering = team.judge(helper, &Unjudged { weights, pixels });
        Some(HandedOut { range, answer: Answer::Awaited(answering) })
    }

    /// Waits for what was handed out, and gives `judge` each image's outcome. What the helper fails to answer is
    /// done here; from then on the team has none.
    pub async fn take_back(
        &self,
        handed: HandedOut,
        data: &Dataset,
        spec: &RunSpec,
        device: &Device,
        team: &mut Team,
        judge: impl FnMut(Judged),
    ) -> Result<()> {
        let HandedOut { range, answer } = handed;
        let answer = match answer {
            Answer::Awaited(answering) => answering.await,
            Answer::Come(answer) => answer,
        };
        let numbers = range.len() * spec.data.dataset.classes();
        if let Some(logits) = answer.filter(|logits| logits.len() == numbers) {
            let labels = self.labels(range, data);
            judge_all(&labels, &logits, spec, judge);
            return Ok(());
        }
        team.dismiss();
        self.look(range, spec, device, self.as_they_are(data, spec), judge).await
    }

    /// The images of the next pass.
    fn next(&self) -> Range<usize> {
        self.done..(self.done + self.rows).min(self.indices.len())
    }

    fn have_arrived(&self, data: &Dataset, range: Range<usize>) -> bool {
        batches::images_needed(&self.indices, range) <= data.part(part(self.split)).ready()
    }

    /// The images of up to `most` passes from here on that have arrived, which count as done from now on.
    fn take(&mut self, data: &Dataset, most: usize) -> Range<usize> {
        let from = self.done;
        let passes = self.indices.len().div_ceil(self.rows).min(most);
        for _ in 0..passes {
            let next = self.next();
            if !self.have_arrived(data, next.clone()) {
                break;
            }
            self.done = next.end;
        }
        from..self.done
    }

    /// Gathers images of the split.
    fn as_they_are(&self, data: &Dataset, spec: &RunSpec) -> impl Fn(&[u32]) -> Batch {
        let (images, affine) = (data.part(part(self.split)), spec.data.affine());
        move |indices| batches::gather(images, images.labels(), indices, affine)
    }

    /// Passes over images that have arrived, read back together.
    async fn look(
        &self,
        range: Range<usize>,
        spec: &RunSpec,
        device: &Device,
        mut gather: impl FnMut(&[u32]) -> Batch,
        mut judge: impl FnMut(Judged),
    ) -> Result<()> {
        let (mut labels, mut logits) = (Vec::new(), Vec::new());
        for indices in self.indices[range].chunks(self.rows) {
            let batch = gather(indices);
            logits.push(forward(&self.network, batch.pixels, self.rows, spec, device));
            labels.push(batch.labels);
        }
        for (logits, labels) in step::read(logits).await?.iter().zip(labels) {
            judge_all(&labels, logits, spec, &mut judge);
        }
        Ok(())
    }

    fn labels(&self, range: Range<usize>, data: &Dataset) -> Vec<u8> {
        let labels = data.part(part(self.split)).labels();
        self.indices[range].iter().filter_map(|index| labels.get(*index as usize).copied()).collect()
    }
}

/// One pass of a network that is not trained on, always with as many rows, so that the last one has no shape
/// of its own.
pub fn forward(
    network: &Network,
    pixels: Vec<f32>,
    rows: usize,
    spec: &RunSpec,
    device: &Device,
) -> Tensor<2> {
    let input = step::images(pixels, rows, spec.data.dataset.image_shape(), device);
    network.forward(input, &mut Mode::Evaluate)
}

fn judge_all(labels: &[u8], logits: &[f32], spec: &RunSpec, judge: impl FnMut(Judged)) {
    labels.iter().copied().zip(logits.chunks(spec.data.dataset.classes())).for_each(judge);
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
        let draw = |pixels: &[u8], _: u32, out: &mut [f32]| {
            out.iter_mut().zip(pixels).for_each(|(out, pixel)| *out = f32::from(*pixel));
        };
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
