//! The core beside PyTorch: runs the cases of `fixtures/{layers,training}.json` on a device and
//! says how far apart the two are. Nothing in here is bound to a platform, so that the same cases
//! run natively and in a browser.
#![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData, Transaction};
use emberlab::device::Opened;
use emberlab::kernels;
use emberlab::model::parameters::{self, Array};
use emberlab::model::shapes::Shape;
use emberlab::model::{Mode, Network};
use emberlab::spec::{Initializer, LayerSpec, ModelSpec, OptimizerSpec, Regularization};
use emberlab::train::Optimizer;
use emberlab::train::step::{self, Rule};
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use serde::Deserialize;

/// `fixtures/layers.json`.
#[derive(Deserialize)]
pub struct Layers {
    pub cases: Vec<LayerCase>,
    pub losses: Vec<LossCase>,
}

/// A small network, what goes in and what must come out.
#[derive(Deserialize)]
pub struct LayerCase {
    pub name: String,
    pub layers: Vec<LayerSpec>,
    /// Channels, height, width.
    input: [usize; 3],
    labels: Vec<u8>,
    /// All go forward in training, in turn; the expected values are of the last.
    batches: Vec<Vec<f32>>,
    parameters: Vec<Array>,
    logits: Vec<f32>,
    /// None for running means.
    gradients: Vec<Option<Vec<f32>>>,
    /// Running means after all batches; none for parameters.
    running: Vec<Option<Vec<f32>>>,
    /// The logits outside training.
    evaluated: Vec<f32>,
}

/// A loss of given logits.
#[derive(Deserialize)]
pub struct LossCase {
    classes: usize,
    logits: Vec<f32>,
    labels: Vec<u8>,
    smoothing: f64,
    loss: f32,
    gradient: Vec<f32>,
}

/// `fixtures/training.json`.
#[derive(Deserialize)]
pub struct Training {
    setting: Setting,
    pub runs: Vec<Run>,
}

/// What all runs have in common.
#[derive(Deserialize)]
struct Setting {
    input: [usize; 3],
    batches: Vec<Vec<f32>>,
    labels: Vec<Vec<u8>>,
    networks: std::collections::BTreeMap<String, Start>,
}

/// A network before training.
#[derive(Deserialize)]
struct Start {
    layers: Vec<LayerSpec>,
    parameters: Vec<Array>,
}

/// A recipe, and how it went.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    name: String,
    network: String,
    pub optimizer: OptimizerSpec,
    learning_rate: f64,
    regularization: Regularization,
    /// Before each step.
    losses: Vec<f32>,
    /// After the last.
    parameters: Vec<Vec<f32>>,
}

/// How far something is from what it should be.
#[derive(Debug)]
pub struct Deviation {
    /// The case, and what of it.
    pub what: String,
    /// The largest distance, as a share of the largest expected magnitude.
    pub found: f64,
    /// What is put up with.
    pub allowed: f64,
}

impl Deviation {
    /// Compares two tensors. Magnitudes below `floor` count as that.
    fn new(what: String, found: &[f32], expected: &[f32], floor: f64, allowed: f64) -> Self {
        assert_eq!(found.len(), expected.len(), "{what}");
        let scale = largest(expected).max(floor);
        let distance = found.iter().zip(expected).map(|(a, b)| (f64::from(*a) - f64::from(*b)).abs());
        // `f64::max` would drop a NaN.
        let furthest = distance.fold(0.0, |most, d| if d <= most { most } else { d });
        Self { what, found: furthest / scale, allowed }
    }

    /// Whether it is too far; no number is.
    pub fn is_too_far(&self) -> bool {
        self.found.is_nan() || self.found > self.allowed
    }
}

fn largest(values: &[f32]) -> f64 {
    values.iter().fold(0.0, |most, value| f64::from(value.abs()).max(most))
}

/// Compares logits in training and outside, gradients, and running means.
pub async fn layers(case: &LayerCase, opened: &Opened, forward: f64, gradient: f64) -> Vec<Deviation> {
    let network = network(&case.layers, case.input, &case.parameters, &opened.training());
    let mut logits = None;
    let mut mode = mode(&case.layers);
    for batch in &case.batches {
        logits = Some(network.forward(images(batch, case.input, &opened.training()), &mut mode));
    }
    let logits = logits.expect("a case has a batch");
    let targets = step::targets(&case.labels, logits.dims()[1], &opened.training());
    let loss = kernels::cross_entropy(logits.clone(), targets);
    let found = gradients(&network, &GradientsParams::from_grads(loss.backward(), &network)).await;
    let evaluated =
        network.valid().forward(images(last(case), case.input, &opened.inference()), &mut Mode::Evaluate);
    let [logits, evaluated]: [Vec<f32>; 2] = step::read(vec![logits.inner(), evaluated])
        .await
        .expect("the device answers")
        .try_into()
        .expect("as many as were asked for");
    let after = parameters::read(&network).await.expect("the device answers");

    let what = |of: &str| format!("{}: {of}", case.name);
    let mut all = vec![
        Deviation::new(what("logits"), &logits, &case.logits, 0.0, forward),
        Deviation::new(what("logits outside training"), &evaluated, &case.evaluated, 0.0, forward),
    ];
    // Where a gradient is nothing but rounding, it is measured by the others.
    let floor = 1e-2 * case.gradients.iter().flatten().map(|g| largest(g)).fold(0.0, f64::max);
    for (i, (found, expected)) in found.iter().zip(&case.gradients).enumerate() {
        let what = what(&format!("gradient {i} {:?}", case.parameters[i].shape));
        match (found, expected) {
            (Some(found), Some(expected)) => {
                all.push(Deviation::new(what, found, expected, floor, gradient));
            }
            (found, expected) => assert_eq!(found, expected, "{what}"),
        }
    }
    for (i, expected) in case.running.iter().enumerate() {
        if let Some(expected) = expected {
            let what = what(&format!("running mean or variance, array {i}"));
            all.push(Deviation::new(what, &after[i].values, expected, 0.0, forward));
        }
    }
    all
}

/// Compares gradients with central differences of the loss (extrapolated from two widths, after
/// Richardson): up to `COUNT` weights of each array, evenly spaced, are moved to both sides.
///
/// Where the loss has a kink, as ReLU and max-pooling make them, there is no slope to compare. It
/// shows: the widths disagree, or the slope's change does not shrink with the width. At most half
/// of a case's weights may sit at one.
pub async fn differences(case: &LayerCase, opened: &Opened, allowed: f64) -> Vec<Deviation> {
    const COUNT: usize = 12;
    const WIDTH: f32 = 8e-3;
    let device = opened.training();
    let loss = async |arrays: &[Array]| {
        let network = network(&case.layers, case.input, arrays, &device);
        let logits = network.forward(images(last(case), case.input, &device), &mut mode(&case.layers));
        let classes = logits.dims()[1];
        let logits = step::read(vec![logits.inner()]).await.expect("the device answers").remove(0);
        // Counted in `f64`: the difference of two losses has few digits left.
        let losses = logits
            .chunks(classes)
            .zip(&case.labels)
            .map(|(row, label)| emberlab::metrics::cross_entropy(row, *label));
        losses.sum::<f64>() / case.labels.len() as f64
    };
    let network = network(&case.layers, case.input, &case.parameters, &device);
    let logits = network.forward(images(last(case), case.input, &device), &mut mode(&case.layers));
    let targets = step::targets(&case.labels, logits.dims()[1], &device);
    let backward = kernels::cross_entropy(logits, targets).backward();
    let found = gradients(&network, &GradientsParams::from_grads(backward, &network)).await;
    let steepest = found.iter().flatten().map(|g| largest(g)).fold(0.0, f64::max);

    let here = loss(&case.parameters).await;
    let mut all = Vec::new();
    let (mut smooth, mut probed) = (0, 0);
    for (i, gradient) in found.iter().enumerate() {
        let Some(gradient) = gradient else { continue };
        let mut probe = case.parameters.clone();
        let (mut some, mut differences) = (Vec::new(), Vec::new());
        for at in (0..gradient.len()).step_by(gradient.len().div_ceil(COUNT)) {
            let middle = probe[i].values[at];
            // The slope across, and by how much it changes on the way.
            let mut across = async |width: f32| {
                let (above, below) = (middle + width, middle - width);
                probe[i].values[at] = above;
                let rise = loss(&probe).await;
                probe[i].values[at] = below;
                let fall = loss(&probe).await;
                probe[i].values[at] = middle;
                let width = f64::from(above - below);
                ((rise - fall) / width, 2.0 * (rise - 2.0 * here + fall) / width)
            };
            let (wide, narrow) = (across(WIDTH).await, across(WIDTH / 2.0).await);
            probed += 1;
            let kink = (wide.0 - narrow.0).abs().max((wide.1 - 2.0 * narrow.1).abs());
            if kink <= allowed * steepest {
                smooth += 1;
                some.push(gradient[at]);
                differences.push(((4.0 * narrow.0 - wide.0) / 3.0) as f32);
            }
        }
        let what = format!("{}: gradient {i} by differences", case.name);
        all.push(Deviation::new(what, &some, &differences, steepest, allowed));
    }
    assert!(smooth * 2 >= probed, "{}: only {smooth} of {probed} weights have a slope", case.name);
    all
}

/// Compares the penalties of L1 and L2 with the sums over all that is trained.
pub async fn penalty(case: &LayerCase, opened: &Opened, allowed: f64) -> Vec<Deviation> {
    let network = network(&case.layers, case.input, &case.parameters, &opened.training());
    let (l1, l2) = (0.25, 0.5);
    let trained = case.parameters.iter().zip(&case.gradients).filter(|(_, gradient)| gradient.is_some());
    let of_one = |w: f64| l1 * w.abs() + l2 / 2.0 * w * w;
    let expected: f64 =
        trained.flat_map(|(array, _)| array.values.iter().map(|w| of_one(f64::from(*w)))).sum();
    let found = network.penalty(l1, l2).expect("it is asked for").inner().unsqueeze();
    let found = step::read(vec![found]).await.expect("the device answers");
    vec![Deviation::new(format!("{}: penalty", case.name), &found[0], &[expected as f32], 0.0, allowed)]
}

/// Compares a loss and its gradient at the logits.
pub async fn loss(case: &LossCase, opened: &Opened, forward: f64, gradient: f64) -> Vec<Deviation> {
    let device = opened.training();
    let data = TensorData::new(case.logits.clone(), [case.labels.len(), case.classes]);
    let logits: Tensor<2> = Tensor::from_data(data, &device).require_grad();
    let targets = step::targets(&case.labels, case.classes, &device);
    let loss = kernels::cross_entropy(logits.clone(), step::smooth(targets, case.smoothing));
    let slope = logits.grad(&loss.backward()).expect("the loss depends on the logits");
    let read = step::read(vec![loss.inner().unsqueeze(), slope]).await.expect("the device answers");
    let what = |of| format!("{of} of {:?}, smoothing {}", case.logits, case.smoothing);
    vec![
        Deviation::new(what("loss"), &read[0], &[case.loss], 1e-2, forward),
        Deviation::new(what("gradient"), &read[1], &case.gradient, 1e-2, gradient),
    ]
}

/// Compares the losses of 20 steps, and the weights after them.
pub async fn training(all: &Training, run: &Run, opened: &Opened, allowed: f64) -> Vec<Deviation> {
    let setting = &all.setting;
    let start = &setting.networks[&run.network];
    let device = opened.training();
    let mut network = network(&start.layers, setting.input, &start.parameters, &device);
    let mut optimizer = Optimizer::new(&run.optimizer, &device);
    let rule = Rule { learning_rate: run.learning_rate, regularization: run.regularization };
    let mut losses = Vec::new();
    for step in 0..run.losses.len() {
        let batch = step % setting.batches.len();
        let images = images(&setting.batches[batch], setting.input, &device);
        let targets = step::targets(&setting.labels[batch], 4, &device);
        let mut mode = mode(&start.layers);
        let (next, logits) = step::train(network, &mut optimizer, images, targets.clone(), &rule, &mut mode);
        network = next;
        losses.push(kernels::cross_entropy(logits, targets.inner()).unsqueeze());
    }
    let losses = step::read(losses).await.expect("the device answers");
    let after = parameters::read(&network).await.expect("the device answers");
    let mut deviations: Vec<Deviation> = losses
        .iter()
        .zip(&run.losses)
        .enumerate()
        .map(|(i, (found, expected))| {
            Deviation::new(format!("{}: loss of step {i}", run.name), found, &[*expected], 0.0, allowed)
        })
        .collect();
    assert_eq!(after.len(), run.parameters.len(), "{}", run.name);
    deviations.extend(after.iter().zip(&run.parameters).enumerate().map(|(i, (found, expected))| {
        let what = format!("{}: weights {i} {:?} after the last step", run.name, found.shape);
        Deviation::new(what, &found.values, expected, 0.0, allowed)
    }));
    deviations
}

/// As `pytorch.py` runs a network: in training, but for dropout, which draws other masks there.
fn mode(layers: &[LayerSpec]) -> Mode {
    if layers.iter().any(|layer| matches!(layer, LayerSpec::Dropout { .. })) {
        return Mode::Evaluate;
    }
    Mode::Train(Pcg64Mcg::seed_from_u64(0))
}

/// A network with the given weights.
fn network(layers: &[LayerSpec], input: [usize; 3], arrays: &[Array], device: &Device) -> Network {
    let [channels, height, width] = input;
    let model = ModelSpec { layers: layers.to_vec(), initializer: Initializer::Zeros };
    let network = Network::new(&model, Shape::Map { channels, height, width }, 0, device);
    parameters::write(&network, arrays, device).expect("the arrays are in the core's order")
}

fn images(values: &[f32], input: [usize; 3], device: &Device) -> Tensor<4> {
    let [channels, height, width] = input;
    let rows = values.len() / (channels * height * width);
    step::images(values.to_vec(), rows, Shape::Map { channels, height, width }, device)
}

fn last(case: &LayerCase) -> &[f32] {
    case.batches.last().expect("a case has a batch")
}

/// The gradients in the order of the parameters, none where there is none.
async fn gradients(network: &Network, gradients: &GradientsParams) -> Vec<Option<Vec<f32>>> {
    let mut reader = Reader { gradients, transaction: Transaction::default(), present: Vec::new() };
    network.visit(&mut reader);
    let mut read = reader.transaction.execute_async().await.expect("the device answers").into_iter();
    let mut next = || read.next()?.try_into_vec::<f32>().ok();
    reader.present.into_iter().map(|present| if present { next() } else { None }).collect()
}

struct Reader<'a> {
    gradients: &'a GradientsParams,
    transaction: Transaction,
    present: Vec<bool>,
}

impl ModuleVisitor for Reader<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let gradient = self.gradients.get::<D>(param.id);
        self.present.push(gradient.is_some());
        if let Some(gradient) = gradient {
            self.transaction = std::mem::take(&mut self.transaction).register(gradient);
        }
    }
}

/// What one dropout layer makes of ones, `[rows, features]`, and how often each of the first
/// `features` biases before it was let through: the gradient of the sum.
pub async fn dropout(rate: f64, rows: usize, features: usize, seed: u64, opened: &Opened) -> [Vec<f32>; 2] {
    let layers =
        [LayerSpec::Flatten, LayerSpec::Dense { units: features.into() }, LayerSpec::Dropout { rate }];
    let array =
        |shape: &[usize], value| Array { shape: shape.to_vec(), values: vec![value; shape.iter().product()] };
    let arrays = [array(&[1, features], 0.0), array(&[features], 1.0)];
    let network = network(&layers, [1; 3], &arrays, &opened.training());
    let mut mode = Mode::Train(Pcg64Mcg::seed_from_u64(seed));
    let ones = network.forward(images(&vec![1.0; rows], [1; 3], &opened.training()), &mut mode);
    let gradients =
        gradients(&network, &GradientsParams::from_grads(ones.clone().sum().backward(), &network)).await;
    let ones = step::read(vec![ones.inner()]).await.expect("the device answers").remove(0);
    [ones, gradients.into_iter().next_back().flatten().expect("the bias has a gradient")]
}
