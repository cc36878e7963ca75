//! The JavaScript boundary, in a real browser: what crosses it, and what is thrown.
#![cfg(target_arch = "wasm32")]

use emberlab::protocol::DeviceName;
use emberlab::spec::{Changes, Preset};
use emberlab::web::Trainer;
use js_sys::{Array, Float32Array, Reflect, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const CPUS: [DeviceName; 2] = [DeviceName::Cpu, DeviceName::Ndarray];
const IMAGES: usize = 400;

fn js<T: serde::Serialize>(value: T) -> JsValue {
    serde_wasm_bindgen::to_value(&value).expect("plain values cross")
}

fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| {
        Reflect::get(&value, &key.into()).expect("the path leads through objects")
    })
}

fn number(value: &JsValue, path: &str) -> f64 {
    get(value, path).as_f64().expect("a number")
}

fn text(value: &JsValue, path: &str) -> String {
    get(value, path).as_string().expect("a string")
}

/// A preset with 100 validation images and steps of 20, changed at one path.
fn spec(preset: Preset, path: &str, value: impl Into<JsValue>) -> JsValue {
    let mut spec = preset.spec();
    spec.data.validation_images = 100.into();
    spec.train.batch_size = 20.into();
    let spec = js(spec);
    if let Some((parents, key)) = path.rsplit_once('.') {
        Reflect::set(&get(&spec, parents), &key.into(), &value.into()).expect("the parent is an object");
    }
    spec
}

fn idx(dims: &[usize], values: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, dims.len() as u8];
    dims.iter().for_each(|dim| bytes.extend((*dim as u32).to_be_bytes()));
    bytes.extend(values);
    bytes
}

/// A trainer with pictures of one bright row, the row telling the class.
async fn trainer(device: DeviceName) -> Trainer {
    let mut trainer =
        Trainer::open(js(device)).await.map_err(|e| text(&e, "message")).expect("a processor opens");
    let label = |i: usize| (i * 7 % 10) as u8;
    for part in ["train", "test"] {
        let labels = idx(&[IMAGES], (0..IMAGES).map(label));
        trainer.load_labels(part.into(), "labels", &labels).expect("labels are sound");
        let pixel = |at: usize| if at % 784 / 28 == usize::from(label(at / 784)) * 2 { 200 } else { 10 };
        let images = idx(&[IMAGES, 28, 28], (0..IMAGES * 784).map(pixel));
        trainer.load_images(part.into(), "images", &images).expect("images are sound");
    }
    trainer
}

#[wasm_bindgen_test]
fn describes_a_spec_as_plain_objects() {
    let cnn = Trainer::describe(js(Preset::Cnn.spec())).expect("a description");
    assert_eq!(number(&cnn, "parameters"), 429_258.0);
    assert_eq!(Array::from(&get(&cnn, "problems")).length(), 0);
    assert_eq!(number(&cnn, "layers.2.outputShape.1"), 14.0);
}

#[wasm_bindgen_test]
fn whatever_is_no_spec_is_a_problem_with_an_address() {
    let cases: [(JsValue, &str, &str); 9] = [
        (JsValue::UNDEFINED, "malformed", ""),
        ("MLP".into(), "malformed", ""),
        (js([1, 2]), "malformed", ""),
        (spec(Preset::Mlp, "train.learningRate", "fast"), "malformed", "train.learningRate"),
        (spec(Preset::Mlp, "train.extra", 1), "malformed", "train.extra"),
        (spec(Preset::Mlp, "data.dataset", "cats"), "malformed", "data.dataset"),
        (spec(Preset::Mlp, "train.learningRate", f64::NAN), "not_a_number", "train.learningRate"),
        (spec(Preset::Mlp, "train.batchSize", 0.5), "not_whole", "train.batchSize"),
        (spec(Preset::Mlp, "model.layers.1.units", 1e9), "out_of_range", "model.layers.1.units"),
    ];
    for (value, code, field) in cases {
        let description = Trainer::describe(value).expect("a description");
        assert_eq!(text(&description, "problems.0.code"), code, "{field}");
        assert!(
            text(&description, "problems.0.field").starts_with(field),
            "{:?}",
            text(&description, "problems.0.field")
        );
        assert!(!text(&description, "problems.0.message").is_empty());
    }
}

/// What is said of a learning rate that is too small.
fn refusal() -> String {
    let description = Trainer::describe(spec(Preset::Mlp, "train.learningRate", -1.5));
    text(&description.expect("a description"), "problems.0.message")
}

#[wasm_bindgen_test]
fn sentences_are_in_the_language_of_the_catalogue() {
    const ENGLISH: &str = "Learning rate is -1.5, which is too small. Use a number from 1e-6 to 10.";
    assert_eq!(refusal(), ENGLISH);
    let translate = |catalogue: &str| {
        let catalogue = js_sys::JSON::parse(catalogue).expect("sound JSON");
        Trainer::translate(catalogue)
    };
    translate(
        r#"{"sentences": {"Learning rate": "Lernrate", "{name} is {value}, which is too small.":
        "{value} ist zu klein für {name}."}, "thousands": ".", "decimal": ","}"#,
    )
    .expect("a catalogue");
    // What is not translated stays English.
    assert_eq!(refusal(), "-1,5 ist zu klein für Lernrate. Use a number from 1e-6 to 10.");
    translate(r#"{"sentences": 1}"#).expect_err("no catalogue");
    assert!(refusal().contains("zu klein"));
    translate(r#"{"sentences": {}, "thousands": ",", "decimal": "."}"#).expect("a catalogue");
    assert_eq!(refusal(), ENGLISH);
}

#[wasm_bindgen_test]
async fn a_device_shows_its_speed_without_data_or_a_run() {
    for device in CPUS {
        let trainer = Trainer::open(js(device)).await.expect("a processor is always there");
        let speed = trainer.speed(js(Preset::Mlp.spec()), 10.0).await.expect("a sound spec");
        assert!(speed > 0.0 && speed.is_finite(), "{device:?}: {speed}");
        let refused = trainer.speed(spec(Preset::Mlp, "train.batchSize", 0.5), 10.0).await;
        assert_eq!(text(&refused.expect_err("half an image"), "code"), "invalid_spec");
    }
}

#[wasm_bindgen_test]
async fn trains_on_both_processors_and_reports_in_typed_arrays() {
    for device in CPUS {
        let mut trainer = trainer(device).await;
        assert_eq!(get(&trainer.report().expect("a report"), "device"), js(device));
        for preset in [Preset::Mlp, Preset::Cnn] {
            let idle = trainer.create(spec(preset, "train.epochs", 2)).expect("a sound spec");
            assert_eq!(text(&idle, "state"), "idle");
            trainer.warm_up().await.expect("nothing to compile");
            let one = trainer.advance(0.0, 1.0).await.expect("a step");
            let losses: Float32Array = get(&one, "losses").dyn_into().expect("a typed array");
            assert_eq!((losses.length(), number(&one, "step")), (1, 1.0));
            let mut progress = one;
            let mut evaluations = 0;
            while text(&progress, "state") != "finished" {
                progress = trainer.advance(20.0, f64::INFINITY).await.expect("the run goes on");
                for evaluation in Array::from(&get(&progress, "evaluations")) {
                    let confusion: Uint32Array =
                        get(&evaluation, "confusion").dyn_into().expect("a typed array");
                    assert_eq!(
                        f64::from(confusion.to_vec().iter().sum::<u32>()),
                        number(&evaluation, "images")
                    );
                    evaluations += 1;
                }
            }
            assert_eq!(number(&progress, "step"), 30.0);
            assert!(evaluations >= 4, "validation and test at the end of each epoch");
            let losses: Float32Array = get(&progress, "losses").dyn_into().expect("a typed array");
            let last = losses.to_vec().last().copied();
            assert!(last.is_none_or(|last| last < 1.0), "{device:?} {preset:?} ends at {last:?}");
        }
        let image = vec![10.0f32; 784];
        let probabilities = trainer.predict(image.as_slice().into()).await.expect("probabilities").to_vec();
        assert_eq!(probabilities.len(), 10);
        assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
}

#[wasm_bindgen_test]
async fn what_goes_wrong_is_an_error_with_a_code_and_leaves_the_run() {
    let mut trainer = trainer(DeviceName::Cpu).await;
    let code = |error: JsValue| {
        assert!(error.is_instance_of::<js_sys::Error>() && !text(&error, "message").is_empty());
        text(&error, "code")
    };
    assert_eq!(code(trainer.advance(0.0, 1.0).await.expect_err("no run")), "wrong_state");
    trainer.create(spec(Preset::Mlp, "", 0)).expect("a sound spec");
    trainer.advance(1e4, 3.0).await.expect("steps");
    let refused = trainer.create(spec(Preset::Mlp, "train.epochs", 0)).expect_err("no epochs");
    assert_eq!(text(&refused, "problems.0.field"), "train.epochs");
    assert_eq!(code(refused), "invalid_spec");
    let changes = js(Changes { learning_rate: Some(f64::NAN), epochs: None });
    assert_eq!(code(trainer.update(changes).expect_err("no number")), "invalid_spec");
    assert_eq!(code(trainer.update("faster".into()).expect_err("no changes")), "invalid_spec");
    let foreign = trainer.load_images("train".into(), "page.html", b"<!doctype html>").expect_err("no IDX");
    assert!(text(&foreign, "message").starts_with("page.html: "));
    assert_eq!(code(foreign), "bad_data");
    assert_eq!(
        code(trainer.load_labels("third".into(), "labels", &[]).expect_err("no part")),
        "invalid_spec"
    );
    assert_eq!(
        code(trainer.predict(Float32Array::new_with_length(3)).await.expect_err("too small")),
        "bad_data"
    );
    let on = trainer.advance(1e4, 4.0).await.expect("the run goes on");
    assert_eq!(number(&on, "step"), 7.0);
}

#[wasm_bindgen_test]
async fn devices_that_cannot_be_had_say_so() {
    for (name, code) in [(js("quantum"), "invalid_spec"), (js(DeviceName::Webgpu), "device_unavailable")] {
        let error = Trainer::open(name).await.err().expect("no such device in this build");
        assert_eq!(text(&error, "code"), code);
    }
}

/// A run of the small MLP, some steps in.
async fn begun(steps: f64) -> Trainer {
    let mut trainer = trainer(DeviceName::Cpu).await;
    trainer.create(spec(Preset::Mlp, "", 0)).expect("a sound spec");
    trainer.advance(1e4, steps).await.expect("steps");
    trainer
}

fn floats(value: &JsValue, path: &str) -> Vec<f32> {
    get(value, path).dyn_into::<Float32Array>().expect("a typed array").to_vec()
}

#[wasm_bindgen_test]
async fn a_saved_run_goes_on_with_the_same_bits_in_another_trainer() {
    let mut one = begun(5.0).await;
    let saved = one.save().await.expect("the processor answers").to_vec();
    let mut other = trainer(DeviceName::Cpu).await;
    let standing = other.restore(&saved).expect("a sound checkpoint");
    assert_eq!(number(&standing, "step"), 5.0);
    assert_eq!(number(&Trainer::saved_spec(&saved).expect("a spec"), "train.batchSize"), 20.0);
    let losses = [one.advance(1e4, 9.0).await, other.advance(1e4, 9.0).await]
        .map(|progress| floats(&progress.expect("steps"), "losses"));
    assert_eq!(losses[0].len(), 9);
    assert_eq!(losses[0], losses[1]);
    let error = other.restore(&saved[..saved.len() / 2]).expect_err("half a checkpoint");
    assert_eq!(text(&error, "code"), "bad_data");
    other.advance(1e4, 1.0).await.expect("the run in hand is still there");
    let tuned = other.fine_tune(spec(Preset::Mlp, "train.learningRate", 1e-4), &saved).expect("it fits");
    assert_eq!((number(&tuned, "step"), text(&tuned, "state")), (0.0, "idle".into()));
}

#[wasm_bindgen_test]
async fn looks_beside_training_answer_in_typed_arrays() {
    let mut trainer = begun(30.0).await;
    let image = vec![10.0f32; 784];
    let seen = trainer.inspect(image.as_slice().into(), None).await.expect("an inspection");
    assert_eq!(floats(&seen, "saliency").len(), 784);
    assert_eq!(floats(&seen, "layers.1.values").len(), 128);
    let filters = trainer.filters(1).await.expect("weights");
    assert_eq!(floats(&filters, "values").len(), 784 * 128);
    assert!(trainer.filters(0).await.expect("flatten has none").is_null());

    for corruption in ["", "rotated"] {
        let request = js_sys::Object::new();
        Reflect::set(&request, &"split".into(), &"test".into()).expect("an object");
        if !corruption.is_empty() {
            let spoiled = js_sys::JSON::parse(&format!(r#"{{"kind": "{corruption}", "severity": 3}}"#));
            Reflect::set(&request, &"corruption".into(), &spoiled.expect("JSON")).expect("an object");
        }
        trainer.examine(request.clone().into()).expect("a sound request");
        let mut slices = 0;
        let look = loop {
            slices += 1;
            let look = trainer.examine_on(0.0).await.expect("a slice");
            if !look.is_null() {
                break look;
            }
        };
        assert!(slices > 1, "it is cut into slices");
        assert_eq!(floats(&look, "probabilities").len(), IMAGES * 10);
        assert!(number(&look, "report.accuracy") > 0.1);
        assert_eq!(trainer.shown(request.into(), &[0, 7]).expect("pixels").length(), 2 * 784);
    }
    assert_eq!(text(&trainer.examine_on(0.0).await.expect_err("it is over"), "code"), "wrong_state");

    trainer.range_test(spec(Preset::Mlp, "", 0)).expect("a sound spec");
    let mut test = trainer.range_test_on(0.0).await.expect("a step");
    while !get(&test, "done").as_bool().expect("a flag") {
        test = trainer.range_test_on(1e4).await.expect("steps");
    }
    assert_eq!(floats(&test, "rates").len(), floats(&test, "smoothed").len());
    assert!(floats(&test, "rates").len() > 20);
    let on = trainer.advance(1e4, 1.0).await.expect("the run is where it was");
    assert_eq!(number(&on, "step"), 31.0);
}

#[wasm_bindgen_test]
async fn own_data_sets_come_in_whole_or_not_at_all() {
    let mut trainer = begun(1.0).await;
    let line = |label: usize| format!("{label}{}\n", format!(",{}", label * 60).repeat(784));
    let table: String = (0..60).map(|i| line(i % 3)).collect();
    let hole = table.replacen(",60", ",", 1);
    let error = trainer.import_csv("train".into(), "hole.csv", hole.as_bytes()).expect_err("a hole");
    assert!(text(&error, "message").starts_with("hole.csv: "), "{}", text(&error, "message"));
    trainer.advance(1e4, 1.0).await.expect("the run is still there");

    trainer.import_csv("train".into(), "three.csv", table.as_bytes()).expect("a sound table");
    let report = trainer.use_imported(1).expect("three classes");
    assert_eq!(Array::from(&get(&report, "classNames")).length(), 3);
    assert_eq!((number(&report, "trainingImages"), number(&report, "testImages")), (48.0, 12.0));
    assert_eq!(text(&trainer.advance(1e4, 1.0).await.expect_err("the run has ended"), "code"), "wrong_state");
    let refused = trainer.create(spec(Preset::Mlp, "", 0)).expect_err("the spec is MNIST's");
    assert_eq!(text(&refused, "code"), "invalid_spec");
    let adapted = Trainer::adapt(spec(Preset::Mlp, "", 0), get(&report, "dataset")).expect("a spec");
    trainer.create(adapted).expect("it fits now");
    trainer.advance(1e4, 1.0).await.expect("a step");
    assert_eq!(trainer.predict(vec![10.0f32; 784].as_slice().into()).await.expect("three").length(), 3);
    trainer.add_example(&[7; 784], 2).expect("all images are there");
    let figures = trainer.statistics("train".into()).expect("figures");
    let counts: Uint32Array = get(&figures, "classCounts").dyn_into().expect("a typed array");
    assert_eq!(counts.to_vec().iter().sum::<u32>(), 49);
    assert_eq!(trainer.images("train".into(), &[0, 48]).expect("pixels").length(), 2 * 784);
    trainer.use_mnist().expect("MNIST, empty");
    assert_eq!(number(&trainer.data().expect("a report"), "trainingImages"), 0.0);
}

#[wasm_bindgen_test]
fn a_search_is_planned_and_its_results_ranked() {
    let search = js_sys::JSON::parse(
        r#"{"axes": [{"parameter": "learningRate", "values": {"type": "list", "items": [0.001, 0.01]}}],
            "strategy": {"type": "grid"}, "epochsPerTrial": 1}"#,
    );
    let search = search.expect("JSON");
    Reflect::set(&search, &"base".into(), &spec(Preset::Mlp, "", 0)).expect("an object");
    let trials = Trainer::plan_trials(search.clone()).map_err(|error| text(&error, "message"));
    assert_eq!(Array::from(&trials.expect("two trials")).length(), 2);
    Reflect::set(&search, &"axes".into(), &Array::new()).expect("an object");
    let error = Trainer::plan_trials(search).expect_err("nothing to sweep");
    assert_eq!(text(&error, "code"), "invalid_spec");
    assert_eq!(Array::from(&Trainer::rank(Array::new().into()).expect("none")).length(), 0);
}
