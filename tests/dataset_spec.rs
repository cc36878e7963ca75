//! A spec for a user's own data set: judged, adapted, read and written.

use emberlab::model::describe;
use emberlab::spec::{Count, DatasetSpec, LayerSpec, Normalization, Preset, ProblemCode, RunSpec};

fn own(classes: f64, training_images: f64, test_images: f64) -> DatasetSpec {
    let [classes, training_images, test_images] = [classes, training_images, test_images].map(Count);
    DatasetSpec::Own { classes, training_images, test_images, mean: 0.2, deviation: 0.3 }
}

#[test]
fn an_own_data_set_is_judged_like_everything_else() {
    use ProblemCode::{NotANumber, NotWhole, OutOfRange};
    let sound = || Preset::Cnn.spec().adapted_to(own(26.0, 2600.0, 500.0));
    assert_eq!(describe(&sound()).problems, []);
    type Change = fn(&mut RunSpec);
    let at = "data.dataset.own.";
    let (classes, training, test) =
        (at.to_owned() + "classes", at.to_owned() + "trainingImages", at.to_owned() + "testImages");
    let (classes, training, test) = (classes.as_str(), training.as_str(), test.as_str());
    let cases: [(Change, &str, ProblemCode, &str); 15] = [
        (|s| s.data.dataset = own(1.0, 2600.0, 500.0), classes, OutOfRange, "from 2 to 62"),
        (
            |s| s.data.dataset = own(63.0, 2600.0, 500.0),
            classes,
            OutOfRange,
            "number of classes is 63, which is too large",
        ),
        (|s| s.data.dataset = own(1e300, 2600.0, 500.0), classes, OutOfRange, "too large"),
        (|s| s.data.dataset = own(f64::NAN, 2600.0, 500.0), classes, NotANumber, "not a number"),
        (|s| s.data.dataset = own(2.5, 2600.0, 500.0), classes, NotWhole, "2.5, not a whole number"),
        (|s| s.data.dataset = own(26.0, 9.0, 500.0), training, OutOfRange, "number of training images is 9"),
        (|s| s.data.dataset = own(26.0, 1e9, 500.0), training, OutOfRange, "from 10 to 300,000"),
        (|s| s.data.dataset = own(26.0, f64::INFINITY, 500.0), training, NotANumber, "not a number"),
        (|s| s.data.dataset = own(26.0, 2600.0, 0.0), test, OutOfRange, "number of test images is 0"),
        (|s| s.data.dataset = own(26.0, 2600.0, -1e9), test, OutOfRange, "too small"),
        (
            |s| {
                s.data.dataset = DatasetSpec::Own {
                    classes: Count(26.0),
                    training_images: Count(2600.0),
                    test_images: Count(500.0),
                    mean: 0.5,
                    deviation: 0.0,
                }
            },
            "data.dataset.own.deviation",
            OutOfRange,
            "standard deviation of the pixels is 0, which is too small",
        ),
        (
            |s| s.data.validation_images = Count(2600.0),
            "data.validationImages",
            OutOfRange,
            "All 2,600 training images would be held out for validation.",
        ),
        (
            |s| s.data.validation_images = Count(2590.0),
            "train.batchSize",
            OutOfRange,
            "The batch of 64 is larger than the 10 images that are left to train on.",
        ),
        (|s| s.model.layers.truncate(11), "model.layers.10", ProblemCode::OutputLayer, "26 units"),
        (
            |s| s.data.sabotage.missing_class = Some(Count(26.0)),
            "data.sabotage.missingClass",
            OutOfRange,
            "from 0 to 25",
        ),
    ];
    for (change, field, code, sentence) in cases {
        let mut spec = sound();
        change(&mut spec);
        let problems = describe(&spec).problems;
        let [problem] = problems.as_slice() else { panic!("{field}, {sentence}: {problems:?}") };
        assert_eq!((problem.field.as_str(), problem.code), (field, code), "{problem:?}");
        assert!(problem.message.contains(sentence), "{problem:?}");
    }
}

#[test]
fn a_recipe_is_adapted_to_another_data_set() {
    for preset in Preset::ALL {
        for dataset in [own(2.0, 10.0, 1.0), own(26.0, 88_800.0, 14_800.0), own(62.0, 3e5, 3e5)] {
            let spec = preset.spec().adapted_to(dataset);
            assert_eq!(describe(&spec).problems, [], "{preset:?} for {dataset:?}");
        }
        assert_eq!(preset.spec().adapted_to(DatasetSpec::Mnist), preset.spec());
    }
    let spec = Preset::Mlp.spec().adapted_to(own(47.0, 12_000.0, 500.0));
    assert_eq!((spec.data.validation_images.get(), spec.train.batch_size.get()), (1000, 64));
    assert_eq!(spec.model.layers.last(), Some(&LayerSpec::Dense { units: 47.into() }));
}

#[test]
fn pixels_are_normalised_by_the_data_sets_own_figures() {
    let mut data = Preset::Mlp.spec().data;
    let (std, mean) = (0.3081_f32, 0.1307_f32);
    assert_eq!(data.affine(), (1.0 / (255.0 * std), -mean / std));
    data.dataset = own(2.0, 10.0, 1.0);
    let (scale, shift) = data.affine();
    let white = 255.0 * scale + shift;
    assert!((shift + 0.2 / 0.3).abs() < 1e-6 && (white - 0.8 / 0.3).abs() < 1e-6, "{scale} {shift}");
    data.normalization = Normalization::Unit;
    assert_eq!(data.affine(), (1.0 / 255.0, 0.0));
}

#[test]
fn data_sets_are_a_word_or_the_measures_of_an_own_one() {
    let read = |text: &str| serde_json::from_str::<DatasetSpec>(text).ok();
    let text = |spec: DatasetSpec| serde_json::to_string(&spec).expect("plain values");
    assert_eq!(text(DatasetSpec::Mnist), "\"mnist\"");
    let measures =
        r#"{"own":{"classes":26.0,"trainingImages":99.0,"testImages":9.0,"mean":0.2,"deviation":0.3}}"#;
    assert_eq!(text(own(26.0, 99.0, 9.0)), measures);
    for spec in [DatasetSpec::Mnist, own(26.0, 99.0, 9.0)] {
        assert_eq!(read(&text(spec)), Some(spec));
    }
    let wrong = [
        "\"own\"",
        "{\"own\":{}}",
        "{\"mnist\":{\"classes\":3}}",
        &measures.replace("26.0", "\"many\""),
        &measures.replace("\"mean\"", "\"median\""),
        &measures.replace("0.3}", "0.3,\"__proto__\":1}"),
    ];
    for text in wrong {
        assert_eq!(read(text), None, "{text}");
    }
}
