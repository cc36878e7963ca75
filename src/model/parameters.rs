//! A network's numbers as plain arrays, and back: for checkpoints, and to compare networks.
//!
//! The order is the one in which modules are visited: layer after layer, of a layer the weight,
//! then the bias; of a batch normalisation scale, shift, running mean and running variance; of a
//! residual block the inner layers, then the projection. Dense weights are `[inputs, units]`.

use super::Network;
use crate::error::{Error, ErrorCode, Result};
use crate::say::{Sentence, say};
use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Device, Tensor, TensorData, Transaction};
use serde::{Deserialize, Serialize};

/// One tensor's numbers, the last dimension's neighbours next to each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Array {
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// As many as the dimensions multiply to.
    pub values: Vec<f32>,
}

/// Reads all numbers of a network back from its device at once, running means included.
///
/// # Errors
///
/// [`ErrorCode::DeviceLost`] where the device does not give them.
pub async fn read(network: &Network) -> Result<Vec<Array>> {
    let mut reader = Reader::default();
    // Running means are visited as they were before the last batch; only `valid` brings them up to date.
    network.valid().visit(&mut reader);
    read_back(reader.0).await
}

/// Reads tensors back from their device, all at once and without blocking.
///
/// # Errors
///
/// [`ErrorCode::DeviceLost`] where the device does not give them.
pub(crate) async fn read_back(tensors: Transaction) -> Result<Vec<Array>> {
    let lost = |why: String| {
        let message = say!("The device stopped answering: {why}. Start a new run.", why = why);
        Error::new(ErrorCode::DeviceLost, message)
    };
    let read = tensors.execute_async().await.map_err(|error| lost(format!("{error:?}")))?;
    read.into_iter()
        .map(|data| {
            let shape = data.shape().to_vec();
            let values = data.try_into_vec::<f32>().map_err(|error| lost(format!("{error:?}")))?;
            Ok(Array { shape, values })
        })
        .collect()
}

/// A network of the same layers as `network`, with these numbers, on `device`; to be trained where
/// the device is made for that. Each parameter keeps its identity, so an optimizer goes on with it.
///
/// # Errors
///
/// [`ErrorCode::BadData`] where the arrays are not those of such a network.
pub fn write(network: &Network, arrays: &[Array], device: &Device) -> Result<Network> {
    let mut shapes = Shapes::default();
    network.visit(&mut shapes);
    if shapes.0.len() != arrays.len() {
        return misfit(say!(
            "The weights do not belong to this network: it has {expected} arrays of numbers, here are {found}. \
             Restore them into the network they were saved from.",
            expected = shapes.0.len(),
            found = arrays.len()
        ));
    }
    write_first(network, arrays, device)
}

/// As [`write`], but only the first arrays are given; the network's others stay as they are.
///
/// # Errors
///
/// [`ErrorCode::BadData`] where they are not the first arrays of such a network.
pub fn write_first(network: &Network, arrays: &[Array], device: &Device) -> Result<Network> {
    let mut shapes = Shapes::default();
    network.visit(&mut shapes);
    for (i, (shape, array)) in shapes.0.iter().zip(arrays).enumerate() {
        if *shape != array.shape || array.values.len() != shape.iter().product::<usize>() {
            return misfit(say!(
                "The weights do not belong to this network: array {array} has the shape {found} with {values} \
                 numbers, not {expected}. Restore them into the network they were saved from.",
                array = i + 1,
                found = format_args!("{:?}", array.shape),
                values = array.values.len(),
                expected = format_args!("{shape:?}")
            ));
        }
    }
    // `valid` also gives the copy running means of its own; a clone would share them with `network`.
    let mut writer = Writer { arrays: arrays.iter(), device: device.clone().without_autodiff() };
    let written = network.valid().map(&mut writer);
    Ok(if device.is_autodiff() { written.train() } else { written })
}

/// All numbers of a network on a processor, one array after the other, running means included.
pub fn flat(network: &Network) -> Vec<f32> {
    let mut flat = Flat(Vec::new());
    network.valid().visit(&mut flat);
    flat.0
}

/// As [`write`], but of one long array as [`flat`] gives it.
///
/// # Errors
///
/// [`ErrorCode::BadData`] where it is not as long as such a network's.
pub fn write_flat(network: &Network, numbers: &[f32], device: &Device) -> Result<Network> {
    let mut shapes = Shapes::default();
    network.visit(&mut shapes);
    let expected = shapes.0.iter().map(|shape| shape.iter().product::<usize>()).sum::<usize>();
    if numbers.len() != expected {
        return misfit(say!(
            "The weights do not belong to this network: it has {expected} numbers, here are {found}.",
            expected,
            found = numbers.len()
        ));
    }
    let mut writer = FlatWriter { numbers, device: device.clone().without_autodiff() };
    let written = network.valid().map(&mut writer);
    Ok(if device.is_autodiff() { written.train() } else { written })
}

fn misfit<T>(message: Sentence) -> Result<T> {
    Err(Error::new(ErrorCode::BadData, message))
}

#[derive(Default)]
struct Reader(Transaction);

impl ModuleVisitor for Reader {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0 = std::mem::take(&mut self.0).register(param.val());
    }
}

#[derive(Default)]
struct Shapes(Vec<Vec<usize>>);

impl ModuleVisitor for Shapes {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push(param.val().dims().to_vec());
    }
}

struct Writer<'a> {
    arrays: std::slice::Iter<'a, Array>,
    device: Device,
}

impl ModuleMapper for Writer<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let Some(array) = self.arrays.next() else { return param };
        let data = TensorData::new(array.values.clone(), array.shape.clone());
        param.map(|_| Tensor::from_data(data, &self.device))
    }
}

struct Flat(Vec<f32>);

impl ModuleVisitor for Flat {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        // On a processor reading neither waits nor fails.
        self.0.extend(param.val().into_data().as_slice::<f32>().unwrap_or_default());
    }
}

struct FlatWriter<'a> {
    numbers: &'a [f32],
    device: Device,
}

impl ModuleMapper for FlatWriter<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = param.val().dims();
        let (mine, others) = self.numbers.split_at(shape.iter().product::<usize>().min(self.numbers.len()));
        self.numbers = others;
        let data = TensorData::new(mine.to_vec(), shape);
        param.map(|_| Tensor::from_data(data, &self.device))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::batches::{Stream, generator};
    use crate::model::Mode;
    use crate::model::shapes::Shape;
    use crate::spec::{Initializer, LayerSpec, ModelSpec};
    use burn::optim::GradientsParams;

    fn network(seed: u64) -> Network {
        let layers = vec![
            LayerSpec::BatchNorm,
            LayerSpec::Flatten,
            LayerSpec::Dense { units: 3.into() },
            LayerSpec::LayerNorm,
        ];
        let model = ModelSpec { layers, initializer: Initializer::Pytorch };
        let input = Shape::Map { channels: 2, height: 2, width: 1 };
        Network::new(&model, input, seed, &Device::flex().autodiff())
    }

    fn images(device: &Device) -> Tensor<4> {
        let values: Vec<f32> = (0..8).map(|i| (i * i) as f32).collect();
        Tensor::from_data(TensorData::new(values, [2, 2, 2, 1]), device)
    }

    fn train() -> Mode {
        Mode::Train(generator(0, Stream::Dropout(0)))
    }

    fn arrays(network: &Network) -> Vec<Array> {
        pollster::block_on(read(network)).expect("the processor answers")
    }

    #[test]
    fn numbers_come_in_the_order_of_the_layers() {
        let shapes: Vec<_> = arrays(&network(1)).into_iter().map(|array| array.shape).collect();
        let norm = vec![2];
        assert_eq!(
            shapes,
            [norm.clone(), norm.clone(), norm.clone(), norm, vec![4, 3], vec![3], vec![3], vec![3]]
        );
    }

    #[test]
    fn a_written_network_computes_the_same_and_goes_on_training() {
        let device = Device::flex().autodiff();
        let (from, to) = (network(1), network(2));
        from.forward(images(&device), &mut train());
        let saved = arrays(&from);
        assert_ne!(saved[2].values, [0.0, 0.0], "the running means have moved");
        let untouched = arrays(&to);
        let written = write(&to, &saved, &device).expect("they are of the same layers");
        assert_eq!(arrays(&written), saved);
        assert_eq!(arrays(&to), untouched, "the network it is made from stays as it is");
        let copied = write_flat(&to, &flat(&from), &device).expect("they are of the same layers");
        assert_eq!(arrays(&copied), saved, "as one long array too");
        let logits = |network: &Network| {
            let logits = network.valid().forward(images(&Device::flex()), &mut Mode::Evaluate);
            logits.into_data().try_into_vec::<f32>().expect("floats")
        };
        assert_eq!(logits(&written), logits(&from));
        let loss = written.forward(images(&device), &mut train()).slice([0..1, 0..1]).sum();
        let gradients = GradientsParams::from_grads(loss.backward(), &written);
        assert_eq!(gradients.len(), 6, "weights, biases, scales and shifts, but no running means");
        assert_ne!(arrays(&written)[2], saved[2], "running means go on");
        assert_eq!(arrays(&from)[2], saved[2], "and are its own");
    }

    #[test]
    fn arrays_of_another_network_are_refused() {
        let network = network(1);
        let mut arrays = arrays(&network);
        arrays[4].shape = vec![3, 4];
        for wrong in [&arrays[..], &arrays[..3]] {
            let error = write(&network, wrong, &Device::flex()).expect_err("they do not fit");
            assert_eq!(error.code, ErrorCode::BadData);
            assert!(error.message.contains("do not belong to this network"), "{error}");
        }
    }
}
