//! The images: MNIST shard by shard, sets of the user's own, and looks at both.

use super::value::{JsResult, from_js, thrown, to_js};
use super::{Imported, Trainer, sound};
use crate::data::import::picture::Polarity;
use crate::data::import::pictures::PictureSet;
use crate::data::import::{ImageSet, csv, pair, zip};
use crate::data::{Dataset, Part, TrainingSet, preview};
use crate::error::{Error, ErrorCode};
use crate::say::say;
use crate::spec::RunSpec;
use js_sys::{Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Trainer {
    /// Loads the labels of a part of MNIST from the bytes of an IDX file, before its images.
    #[wasm_bindgen(js_name = loadLabels)]
    pub fn load_labels(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
        name: &str,
        bytes: &[u8],
    ) -> JsResult<()> {
        self.data.load_labels(from_js::<Part>(part)?, name, bytes).map_err(thrown)
    }

    /// Appends a shard of a part's images from the bytes of an IDX file.
    #[wasm_bindgen(js_name = loadImages)]
    pub fn load_images(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
        name: &str,
        bytes: &[u8],
    ) -> JsResult<()> {
        self.data.load_images(from_js::<Part>(part)?, name, bytes).map_err(thrown)
    }

    /// What images there are.
    #[wasm_bindgen(unchecked_return_type = "DataReport")]
    pub fn data(&self) -> JsResult<JsValue> {
        to_js(&self.data.report())
    }

    /// Reads a part of an own set from two IDX files, labels and images, in either order.
    /// `transposed` turns images that lie on their side, as EMNIST's do.
    #[wasm_bindgen(js_name = importIdx)]
    pub fn import_idx(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
        first_name: &str,
        first: &[u8],
        second_name: &str,
        second: &[u8],
        transposed: bool,
    ) -> JsResult<()> {
        let mut images = pair::read((first_name, first), (second_name, second)).map_err(thrown)?;
        if transposed {
            images.transpose();
        }
        self.imported(from_js::<Part>(part)?, images);
        Ok(())
    }

    /// Reads a part of an own set from a CSV file in MNIST's column order: label, then pixels.
    #[wasm_bindgen(js_name = importCsv)]
    pub fn import_csv(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
        name: &str,
        bytes: &[u8],
    ) -> JsResult<()> {
        let images = csv::read(name, bytes).map_err(thrown)?;
        self.imported(from_js::<Part>(part)?, images);
        Ok(())
    }

    /// The files of a zip archive, for the page to unpack.
    #[wasm_bindgen(js_name = listZip, unchecked_return_type = "ZipEntry[]")]
    pub fn list_zip(&mut self, name: &str, bytes: &[u8]) -> JsResult<JsValue> {
        let entries = zip::entries(name, bytes).map_err(thrown)?;
        let listed = to_js(&entries)?;
        self.imported.archive = entries;
        Ok(listed)
    }

    /// Checks what the page unpacked of the archive listed last against its checksum.
    #[wasm_bindgen(js_name = checkUnpacked)]
    pub fn check_unpacked(&self, name: &str, entry: u32, unpacked: &[u8]) -> JsResult<()> {
        let entry = self.imported.archive.get(entry as usize).ok_or_else(|| thrown(no_import()))?;
        entry.check(name, unpacked).map_err(thrown)
    }

    /// Begins a set of pictures in folders named by their classes; returns which of the paths are to
    /// be decoded and added.
    #[wasm_bindgen(js_name = importPictures)]
    pub fn import_pictures(&mut self, name: &str, paths: Vec<String>) -> JsResult<Uint32Array> {
        let pictures = PictureSet::new(name, &paths).map_err(thrown)?;
        let wanted: Vec<u32> = pictures.wanted().map(|path| path as u32).collect();
        self.imported.pictures = Some(pictures);
        Ok(Uint32Array::from(wanted.as_slice()))
    }

    /// Adds the decoded picture of a path: red, green, blue and opacity of each pixel.
    #[wasm_bindgen(js_name = addPicture)]
    pub fn add_picture(&mut self, path: u32, width: u32, height: u32, rgba: &[u8]) -> JsResult<()> {
        let Some(pictures) = &mut self.imported.pictures else { return Err(thrown(no_import())) };
        pictures.add(path as usize, width as usize, height as usize, rgba).map_err(thrown)
    }

    /// Makes the pictures into parts of an own set, ink light on dark as `polarity` says.
    #[wasm_bindgen(js_name = finishPictures)]
    pub fn finish_pictures(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Polarity")] polarity: JsValue,
    ) -> JsResult<()> {
        let polarity = from_js::<Polarity>(polarity)?;
        let Some(pictures) = self.imported.pictures.take() else { return Err(thrown(no_import())) };
        let (train, test) = pictures.finish(polarity).map_err(thrown)?;
        self.imported = Imported { train: Some(train), test, ..Imported::default() };
        Ok(())
    }

    /// Trains on what was imported from now on; ends the run in hand. Where it has no test part, a
    /// fifth of it, drawn by `seed`, is kept for testing.
    #[wasm_bindgen(js_name = useImported, unchecked_return_type = "DataReport")]
    pub fn use_imported(&mut self, seed: u32) -> JsResult<JsValue> {
        let Imported { train, test, .. } = std::mem::take(&mut self.imported);
        let Some(train) = train else { return Err(thrown(no_import())) };
        let data = Dataset::own(train, test, u64::from(seed)).map_err(thrown)?;
        self.replace(data)
    }

    /// Goes back to MNIST, whose shards are to be loaded again; ends the run in hand.
    #[wasm_bindgen(js_name = useMnist, unchecked_return_type = "DataReport")]
    pub fn use_mnist(&mut self) -> JsResult<JsValue> {
        self.replace(Dataset::mnist())
    }

    /// Adds an image to the training images of runs to come: grey values row by row, and its class.
    #[wasm_bindgen(js_name = addExample)]
    pub fn add_example(&mut self, pixels: &[u8], label: u8) -> JsResult<()> {
        self.data.add_example(pixels, label).map_err(thrown)
    }

    /// Class counts and mean images of what has arrived of a part.
    #[wasm_bindgen(unchecked_return_type = "SetStatistics")]
    pub fn statistics(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
    ) -> JsResult<JsValue> {
        to_js(&self.data.statistics(from_js::<Part>(part)?))
    }

    /// The grey values of some images of a part, one image after the other.
    pub fn images(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
        indices: &[u32],
    ) -> JsResult<Uint8Array> {
        let pixels = self.data.batch(from_js::<Part>(part)?, indices).map_err(thrown)?;
        Ok(Uint8Array::from(pixels.as_slice()))
    }

    /// The true classes of a part's images.
    pub fn labels(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: JsValue,
    ) -> JsResult<Uint8Array> {
        Ok(Uint8Array::from(self.data.part(from_js::<Part>(part)?).labels()))
    }

    /// Some training images as an epoch, counted from 0, trains on them: augmented.
    pub fn preview(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
        indices: &[u32],
        epoch: u32,
    ) -> JsResult<Uint8Array> {
        let spec = from_js::<RunSpec>(spec)?;
        let seed = spec.train.seed.get() as u64;
        let pixels = preview(&spec.data, &self.data, indices, epoch as usize, seed).map_err(thrown)?;
        Ok(Uint8Array::from(pixels.as_slice()))
    }

    /// How many images of each class a run of the spec trains on and validates with.
    #[wasm_bindgen(unchecked_return_type = "TrainingDistribution")]
    pub fn distribution(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RunSpec")] spec: JsValue,
    ) -> JsResult<JsValue> {
        let set = TrainingSet::new(&sound(spec)?, &self.data).map_err(thrown)?;
        to_js(&set.distribution(&self.data))
    }
}

impl Trainer {
    fn imported(&mut self, part: Part, images: ImageSet) {
        match part {
            Part::Train => self.imported.train = Some(images),
            Part::Test => self.imported.test = Some(images),
        }
    }

    /// A run belongs to its images: with others it ends.
    fn replace(&mut self, data: Dataset) -> JsResult<JsValue> {
        self.data = data;
        self.session = None;
        self.examining = None;
        self.range_test = None;
        to_js(&self.data.report())
    }
}

fn no_import() -> Error {
    Error::new(ErrorCode::WrongState, say!("No training images have been imported. Import some first."))
}
