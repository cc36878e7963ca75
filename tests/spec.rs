//! Wrong specs are refused in words, each problem with its field; sound ones are described.

use emberlab::model::describe;
use emberlab::spec::{
    Activation, Count, Decay, LayerSpec, OptimizerSpec, Padding, Preset, ProblemCode, RunSpec,
};

fn dense(units: f64) -> LayerSpec {
    LayerSpec::Dense { units: Count(units) }
}

fn conv(filters: f64, kernel: f64, padding: Padding) -> LayerSpec {
    LayerSpec::Conv2d { filters: Count(filters), kernel: Count(kernel), stride: 1.into(), padding }
}

fn max_pool(size: f64) -> LayerSpec {
    LayerSpec::MaxPool2d { size: Count(size), stride: Count(size) }
}

#[test]
fn the_presets_are_what_they_are_called() {
    let mlp = describe(&Preset::Mlp.spec());
    assert_eq!(mlp.problems, []);
    assert_eq!(mlp.parameters, 109_386.0);
    assert_eq!(mlp.flops_per_image, 2.0 * (784.0 * 128.0 + 128.0 * 64.0 + 640.0) + 192.0);
    let cnn = describe(&Preset::Cnn.spec());
    assert_eq!(cnn.problems, []);
    assert_eq!(cnn.parameters, 320.0 + 18_496.0 + 401_536.0 + 8256.0 + 650.0);
    let shapes: Vec<&[usize]> = cnn.layers.iter().map(|layer| layer.output_shape.as_slice()).collect();
    let expected: [&[usize]; 12] = [
        &[32, 28, 28],
        &[32, 28, 28],
        &[32, 14, 14],
        &[64, 14, 14],
        &[64, 14, 14],
        &[64, 7, 7],
        &[3136],
        &[128],
        &[128],
        &[64],
        &[64],
        &[10],
    ];
    assert_eq!(shapes, expected);
}

#[test]
fn every_preset_can_be_trained_and_is_as_large_as_its_recipe() {
    // Weights and biases of each layer, scales and shifts of each normalisation.
    let expected = [
        (Preset::Mlp, 109_386),
        (Preset::Mlp8020, 109_386),
        (Preset::Cnn, 429_258),
        (Preset::TwoConvs, 640 + 18_464 + 46_090),
        (Preset::BatchNorm, 40 + 8 + 592 + 32 + 9280 + 128 + 73_856 + 256 + 4128 + 64 + 330),
        (Preset::LeNet5, 156 + 2416 + 48_120 + 10_164 + 850),
        (Preset::ResNet, 80 + 16 + 1200 + 3696 + 14_560 + 330),
        (Preset::Fast99, 80 + 16 + 1168 + 32 + 4640 + 64 + 18_496 + 650),
    ];
    assert_eq!(expected.len(), Preset::ALL.len());
    for (preset, parameters) in expected {
        let description = describe(&preset.spec());
        assert_eq!(description.problems, [], "{preset:?}");
        assert_eq!(description.parameters, f64::from(parameters), "{preset:?}");
    }
}

#[test]
fn every_wrong_number_has_its_own_sentence_and_field() {
    type Change = fn(&mut RunSpec);
    use ProblemCode::{NotANumber, NotWhole, OutOfRange};
    let cases: [(Change, &str, ProblemCode, &str); 14] = [
        (
            |s| s.train.learning_rate = f64::NAN,
            "train.learningRate",
            NotANumber,
            "Learning rate is not a number. Use a number from 1e-6 to 10.",
        ),
        (
            |s| s.train.learning_rate = 0.0,
            "train.learningRate",
            OutOfRange,
            "Learning rate is 0, which is too small.",
        ),
        (|s| s.train.learning_rate = f64::INFINITY, "train.learningRate", NotANumber, "not a number"),
        (
            |s| s.train.batch_size = Count(60_001.0),
            "train.batchSize",
            OutOfRange,
            "Batch size is 60,001, which is too large. Use a whole number from 1 to 1,024.",
        ),
        (
            |s| s.train.batch_size = Count(12.5),
            "train.batchSize",
            NotWhole,
            "Batch size is 12.5, not a whole number.",
        ),
        (|s| s.train.epochs = Count(0.0), "train.epochs", OutOfRange, "too small"),
        (
            |s| s.train.seed = Count(-1.0),
            "train.seed",
            OutOfRange,
            "Seed is -1, which is too small. Use a whole number from 0 to 4,294,967,295.",
        ),
        (
            |s| s.train.optimizer = OptimizerSpec::Sgd { momentum: 1.0, nesterov: false },
            "train.optimizer.momentum",
            OutOfRange,
            "Momentum is 1",
        ),
        (|s| s.data.validation_images = Count(60_000.0), "data.validationImages", OutOfRange, "60,000"),
        (
            |s| s.model.layers[1] = dense(0.0),
            "model.layers.1.units",
            OutOfRange,
            "Units is 0, which is too small.",
        ),
        (
            |s| s.model.layers[1] = dense(1e9),
            "model.layers.1.units",
            OutOfRange,
            "Units is 1,000,000,000, which is too large.",
        ),
        (
            |s| s.model.layers[0] = conv(f64::NAN, 3.0, Padding::Same),
            "model.layers.0.filters",
            NotANumber,
            "Filters",
        ),
        (|s| s.model.layers[0] = max_pool(0.0), "model.layers.0.size", OutOfRange, "Window size"),
        (
            |s| s.model.layers = vec![dense(10.0); 41],
            "model.layers",
            OutOfRange,
            "The number of layers is 41",
        ),
    ];
    for (change, field, code, sentence) in cases {
        let mut spec = Preset::Mlp.spec();
        change(&mut spec);
        let problems = describe(&spec).problems;
        let problem =
            problems.iter().find(|p| p.field == field).unwrap_or_else(|| panic!("{field}: {problems:?}"));
        assert_eq!(problem.code, code, "{problem:?}");
        assert!(problem.message.contains(sentence), "{problem:?}");
    }
}

#[test]
fn layers_that_do_not_fit_say_which_and_how_to_mend_it() {
    use ProblemCode::{OutputLayer, ShapeMismatch};
    let relu = || LayerSpec::Activation { function: Activation::Relu };
    let flatten = || LayerSpec::Flatten;
    let residual = |inner, projection| LayerSpec::Residual { layers: vec![inner], projection };
    let cases: [(Vec<LayerSpec>, &str, ProblemCode, &str); 12] = [
        (vec![dense(10.0)], "model.layers.0", ShapeMismatch, "Put a flatten layer before it"),
        (vec![flatten(), flatten(), dense(10.0)], "model.layers.1", ShapeMismatch, "flat already"),
        (
            vec![flatten(), conv(4.0, 3.0, Padding::Same), dense(10.0)],
            "model.layers.1",
            ShapeMismatch,
            "Move it before the flatten",
        ),
        (
            vec![max_pool(8.0), conv(4.0, 5.0, Padding::Valid), flatten(), dense(10.0)],
            "model.layers.1.kernel",
            ShapeMismatch,
            "5 x 5 is larger than its input of 1 x 3 x 3. Use at most 3",
        ),
        (
            vec![max_pool(8.0), conv(4.0, 5.0, Padding::Same), flatten(), dense(10.0)],
            "model.layers.1.kernel",
            ShapeMismatch,
            "Use at most 3",
        ),
        (
            vec![max_pool(4.0), max_pool(8.0), flatten(), dense(10.0)],
            "model.layers.1.size",
            ShapeMismatch,
            "at most 7",
        ),
        (
            vec![residual(conv(4.0, 3.0, Padding::Same), false), flatten(), dense(10.0)],
            "model.layers.0.projection",
            ShapeMismatch,
            "The block makes 4 x 28 x 28 of 1 x 28 x 28, so its input cannot be added to its output. Switch its \
             projection on",
        ),
        (
            vec![residual(conv(1.0, 3.0, Padding::Valid), true), flatten(), dense(10.0)],
            "model.layers.0.projection",
            ShapeMismatch,
            "The block makes 1 x 26 x 26 of 1 x 28 x 28, so its input cannot be added to its output. No 1 x 1",
        ),
        (
            vec![flatten(), residual(dense(300.0), true), dense(10.0)],
            "model.layers.1.projection",
            ShapeMismatch,
            "The block makes 300 of 784",
        ),
        (vec![flatten(), dense(12.0)], "model.layers.1", OutputLayer, "10 units"),
        (vec![flatten(), dense(10.0), relu()], "model.layers.2", OutputLayer, "must end"),
        (vec![flatten()], "model.layers.0", OutputLayer, "must end"),
    ];
    for (layers, field, code, sentence) in cases {
        let mut spec = Preset::Mlp.spec();
        spec.model.layers = layers;
        let problems = describe(&spec).problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!((problems[0].field.as_str(), problems[0].code), (field, code), "{problems:?}");
        assert!(problems[0].message.contains(sentence), "{problems:?}");
    }
}

#[test]
fn a_schedule_longer_than_the_run_is_refused() {
    let step = |every: f64| Decay::Step { every: Count(every), factor: 0.5 };
    let plateau = |patience: f64| Decay::OnPlateau { factor: 0.5, patience: Count(patience) };
    let cases = [
        (5.0, 0.0, Decay::Constant, ""),
        (5.0, 4.5, Decay::Cosine, ""),
        (5.0, 5.0, Decay::Constant, "The warm-up takes 5 epochs, and the run is over after 5. Shorten"),
        (
            5.0,
            7.5,
            Decay::OneCycle { rise: 0.3 },
            "The warm-up takes 7.5 epochs, and the run is over after 5.",
        ),
        (1.0, 2.0, Decay::Cosine, "The warm-up takes 2 epochs, and the run is over after 1."),
        (5.0, 0.0, step(4.0), ""),
        (
            5.0,
            0.0,
            step(5.0),
            "would first fall after 5 epochs, when the run of 5 is over. Let it fall more often",
        ),
        (5.0, 0.0, step(30.0), "would first fall after 30 epochs, when the run of 5 is over."),
        // In a run of one epoch the usual step is no mistake: nothing could fall.
        (1.0, 0.0, step(1.0), ""),
        (5.0, 0.0, plateau(4.0), ""),
        (5.0, 0.0, plateau(5.0), "would wait 5 epochs for an improvement, and the run is over after 5."),
    ];
    for (epochs, warmup_epochs, decay, sentence) in cases {
        let mut spec = Preset::Mlp.spec();
        spec.train.epochs = Count(epochs);
        (spec.train.schedule.warmup_epochs, spec.train.schedule.decay) = (warmup_epochs, decay);
        let problems = describe(&spec).problems;
        assert_eq!(problems.len(), usize::from(!sentence.is_empty()), "{decay:?}: {problems:?}");
        for problem in problems {
            assert_eq!(problem.code, ProblemCode::OutOfRange);
            assert!(problem.field.starts_with("train.schedule."), "{problem:?}");
            assert!(problem.message.contains(sentence), "{} should say {sentence}", problem.message);
        }
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let mut spec = Preset::Mlp.spec();
    spec.train.learning_rate = -1.0;
    spec.train.epochs = Count(1e6);
    spec.model.layers[1] = dense(0.0);
    spec.model.layers[3] = dense(0.5);
    assert_eq!(describe(&spec).problems.len(), 4);
}

#[test]
fn what_a_tab_cannot_hold_is_refused() {
    let mut spec = Preset::Mlp.spec();
    let wide = [LayerSpec::Flatten, dense(4096.0), dense(4096.0), dense(4096.0), dense(10.0)];
    spec.model.layers = wide.to_vec();
    let problems = describe(&spec).problems;
    assert_eq!((problems.len(), problems[0].code), (1, ProblemCode::TooLarge));
    assert!(problems[0].message.contains("37 million parameters"), "{problems:?}");
    let mut spec = Preset::Cnn.spec();
    spec.model.layers[0] = conv(256.0, 3.0, Padding::Same);
    spec.train.batch_size = 1024.into();
    let problems = describe(&spec).problems;
    assert_eq!((problems.len(), problems[0].code), (1, ProblemCode::TooLarge));
    assert!(problems[0].message.contains("smaller batch"), "{problems:?}");
}

#[test]
fn unknown_keys_and_foreign_values_are_no_spec() {
    let sound = serde_json::to_value(Preset::Cnn.spec()).expect("a spec is plain values");
    assert!(serde_json::from_value::<RunSpec>(sound.clone()).is_ok());
    let paths = ["", "/train", "/model", "/data", "/train/optimizer", "/model/layers/0"];
    for path in paths {
        let mut spec = sound.clone();
        spec.pointer_mut(path).expect("the path exists")["__proto__"] = 1.into();
        assert!(serde_json::from_value::<RunSpec>(spec).is_err(), "an unknown key at {path:?}");
    }
    for (path, value) in
        [("/train/learningRate", "fast"), ("/model/layers/0/filters", "many"), ("/data/dataset", "other")]
    {
        let mut spec = sound.clone();
        *spec.pointer_mut(path).expect("the path exists") = value.into();
        assert!(serde_json::from_value::<RunSpec>(spec).is_err(), "{value:?} at {path}");
    }
}
