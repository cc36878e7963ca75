//! A user's own images become a run's data, can be looked at, and can be added to by hand.

use crate::own_set;
use crate::support::{advance, bars, dataset, idx, open, spec, train};
use emberlab::data::import::picture::Polarity;
use emberlab::data::import::pictures::PictureSet;
use emberlab::data::import::{ImageSet, csv, pair};
use emberlab::data::sabotage::SabotageSpec;
use emberlab::data::{Dataset, MOST_ADDED, Part, TrainingSet, preview};
use emberlab::error::ErrorCode;
use emberlab::protocol::{DeviceName, Split};
use emberlab::spec::{DatasetSpec, Normalization, Preset, RunSpec};
use emberlab::train::Session;

/// Bars of the first `classes` classes.
fn letters(count: usize, classes: u8) -> ImageSet {
    let (labels, pixels) = bars(count, count);
    let images = labels.iter().zip(pixels.chunks(784)).filter(|(label, _)| **label < classes);
    let (labels, pixels): (Vec<u8>, Vec<&[u8]>) = images.unzip();
    ImageSet { pixels: pixels.concat(), ..own_set(&labels, classes.into()) }
}

fn mlp(data: &Dataset, batch_size: usize, epochs: usize) -> RunSpec {
    let mut spec = Preset::Mlp.spec().adapted_to(data.spec());
    (spec.train.batch_size, spec.train.epochs) = (batch_size.into(), epochs.into());
    spec
}

fn counts(labels: &[u8], classes: usize) -> Vec<usize> {
    (0..classes).map(|class| labels.iter().filter(|label| usize::from(**label) == class).count()).collect()
}

#[test]
fn a_network_learns_an_own_data_set_of_seven_classes() {
    let data = Dataset::own(letters(1500, 7), None, 1).expect("a sound set");
    let spec = mlp(&data, 20, 3);
    let mut session = Session::new(spec, &data, open(DeviceName::Cpu)).expect("the spec is for it");
    let all = train(&mut session, &data);
    let mut tests = all.iter().flat_map(|p| &p.evaluations).filter(|e| e.split == Split::Test);
    let last = tests.next_back().expect("tested");
    assert_eq!(last.confusion.len(), 49);
    assert_eq!(last.images, data.spec().test_images());
    assert!(last.accuracy > 0.9, "{}", last.accuracy);
    let probabilities = pollster::block_on(session.predict(&[0.0; 784])).expect("an image");
    assert_eq!(probabilities.len(), 7);
}

#[test]
fn a_fifth_of_each_class_is_kept_for_testing() {
    // 1, 2, 3, 8 and 50 images of five classes, mixed.
    let sizes = [1, 2, 3, 8, 50];
    let mut labels: Vec<u8> = (0..5_u8).flat_map(|class| vec![class; sizes[usize::from(class)]]).collect();
    labels.sort_by_key(|label| usize::from(*label) * 31 % 7);
    // Every image is told from every other by its first pixels.
    let pixels: Vec<u8> =
        (0..labels.len()).flat_map(|i| [vec![i as u8 + 1, labels[i]], vec![0; 782]].concat()).collect();
    let set = || ImageSet { pixels: pixels.clone(), ..own_set(&labels, 5) };
    let split = |seed| Dataset::own(set(), None, seed).expect("a sound set");
    let data = split(1);
    let (train, test) = (data.part(Part::Train), data.part(Part::Test));
    assert_eq!(counts(test.labels(), 5), [0, 1, 1, 2, 10]);
    assert_eq!(counts(train.labels(), 5), [1, 1, 2, 6, 40]);
    let mut seen = Vec::new();
    for part in [train, test] {
        let images: Vec<&[u8]> = (0..part.ready()).filter_map(|i| part.pixels(i)).collect();
        assert!(images.is_sorted_by_key(|image| image[0]), "in the order they came");
        assert!(images.iter().zip(part.labels()).all(|(image, label)| image[1] == *label));
        seen.extend(images.iter().map(|image| image[0]));
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=64).collect::<Vec<u8>>(), "every image once");
    let test_images = |data: &Dataset| data.batch(Part::Test, &(0..14).collect::<Vec<_>>());
    assert_eq!(test_images(&split(1)), test_images(&data));
    assert_ne!(test_images(&split(2)), test_images(&data));
}

#[test]
fn idx_pairs_are_taken_in_either_order_scaled_and_with_an_empty_class() {
    // As EMNIST's letters: from 1 on.
    let labels: Vec<u8> = (0..40).map(|i| i % 4 + 1).collect();
    let image = |label: u8| (0..256).map(move |i| if i / 16 == usize::from(label) * 3 { 255 } else { 0 });
    let pixels: Vec<u8> = labels.iter().copied().flat_map(image).collect();
    let (labels_file, images_file) = (idx(&[40], &labels), idx(&[40, 16, 16], &pixels));
    let set = pair::read(("l", &labels_file), ("i", &images_file)).expect("a sound pair");
    assert_eq!(pair::read(("i", &images_file), ("l", &labels_file)).expect("either order"), set);
    assert_eq!(set.class_names, ["0", "1", "2", "3", "4"]);
    let rows = |image: &[u8]| image.chunks(28).map(|row| row.iter().map(|p| f64::from(*p)).sum()).collect();
    for (image, label) in set.pixels.chunks(784).zip(&labels) {
        let rows: Vec<f64> = rows(image);
        let total: f64 = rows.iter().sum();
        let centre: f64 = (0..).zip(&rows).map(|(y, sum)| (f64::from(y) + 0.5) * sum).sum::<f64>() / total;
        let expected = (f64::from(*label) * 3.0 + 0.5) * 28.0 / 16.0;
        assert!((centre - expected).abs() < 0.2, "the bar of {label} is at {centre}, not {expected}");
    }
    let data = Dataset::own(set.clone(), None, 1).expect("four classes have images");
    assert_eq!((data.spec().classes(), data.class_names()[4].as_str()), (5, "4"));
    assert_eq!(data.statistics(Part::Train).class_counts, [0, 8, 8, 8, 8]);

    let mut turned = set.clone();
    turned.transpose();
    assert_ne!(turned, set);
    assert_eq!((turned.pixels[3], turned.pixels[84]), (set.pixels[84], set.pixels[3]));
    turned.transpose();
    assert_eq!(turned, set);
}

#[test]
fn a_pair_of_mnists_own_form_stays_as_it_is() {
    let (labels, pixels) = bars(200, 5);
    let read = |count: usize| {
        let (labels, images) =
            (idx(&[count], &labels[..count]), idx(&[count, 28, 28], &pixels[..count * 784]));
        pair::read(("l", &labels), ("i", &images)).expect("a sound pair")
    };
    let data = Dataset::own(read(200), Some(read(100)), 1).expect("a sound set");
    let DatasetSpec::Own { mean, deviation, .. } = data.spec() else { panic!("{:?}", data.spec()) };
    let figures = data.statistics(Part::Train);
    assert!((mean - figures.mean).abs() < 1e-4 && (deviation - figures.deviation).abs() < 1e-4);
    let all: Vec<u32> = (0..200).collect();
    assert_eq!(data.batch(Part::Train, &all).expect("all are there"), pixels);
    assert_eq!(data.batch(Part::Test, &all[..100]).expect("all are there"), pixels[..78_400]);
    let error = data.batch(Part::Test, &[3, 100]).expect_err("there are 100");
    assert_eq!(error.code, ErrorCode::DataMissing);
    assert!(error.message.starts_with("Image 100 is not here: 100 have arrived."), "{error}");
}

#[test]
fn test_images_get_the_classes_of_the_training_images_by_name() {
    let named = |names: &[&str], labels: &[u8]| ImageSet {
        class_names: names.iter().map(|name| name.to_string()).collect(),
        ..own_set(labels, names.len())
    };
    let train = || named(&["ant", "bee", "cat"], &[0, 1, 2].repeat(5));
    let data =
        Dataset::own(train(), Some(named(&["cat", "dog", "ant"], &[0, 2, 2])), 1).expect("no dog is shown");
    assert_eq!(data.part(Part::Test).labels(), [2, 0, 0]);
    assert!(Dataset::own(train(), Some(named(&["cat", "dog"], &[0, 1])), 1).is_err());
}

#[test]
fn pictures_of_a_folder_come_in_any_order_and_are_inverted_together() {
    // Dark ink on white, but one picture is nearly filled with ink.
    let paths = ["d/train/b/1.png", "d/notes.txt", "d/train/a/1.png", "d/test/b/2.png", "d/train/a/2.png"];
    let picture = |ground: u8, ink: u8, side: usize| -> Vec<u8> {
        let middle = side / 4..side * 3 / 4;
        let inside = |i: usize| middle.contains(&(i / side)) && middle.contains(&(i % side));
        (0..side * side)
            .flat_map(|i| [[if inside(i) { ink } else { ground }; 3].as_slice(), &[255]].concat())
            .collect()
    };
    let decoded = [
        (0, picture(255, 0, 28)),
        (2, picture(250, 10, 56)),
        (3, picture(0, 0, 28)),
        (4, picture(240, 20, 28)),
    ];
    let put_together = |order: [usize; 4]| {
        let mut set = PictureSet::new("d", &paths).expect("two classes");
        assert_eq!(set.wanted().collect::<Vec<_>>(), [0, 2, 3, 4]);
        for place in order {
            let (path, rgba) = &decoded[place];
            let side = (rgba.len() / 4).isqrt();
            set.add(*path, side, side, rgba).expect("a sound picture");
        }
        set.finish(Polarity::Automatic).expect("all are there")
    };
    let (train, test) = put_together([0, 1, 2, 3]);
    assert_eq!(put_together([3, 1, 0, 2]), (train.clone(), test.clone()));
    let test = test.expect("a folder says so");
    assert_eq!(
        (train.class_names.join(" "), train.labels, test.labels),
        ("a b".into(), vec![1, 0, 0], vec![1])
    );
    let corners: Vec<u8> = train.pixels.chunks(784).map(|image| image[0]).collect();
    let middles: Vec<u8> = train.pixels.chunks(784).map(|image| image[14 * 28 + 14]).collect();
    assert_eq!((corners, middles), (vec![0, 5, 15], vec![255, 245, 235]));
    assert_eq!(test.pixels, [255; 784], "inverted like the others");

    // Where all are test images there is nothing else to train on.
    let mut tests = PictureSet::new("t10k", &["test/a/1.png", "test/b/1.png"]).expect("two classes");
    (0..2).for_each(|path| tests.add(path, 1, 1, &[9; 4]).expect("a sound picture"));
    let (train, test) = tests.finish(Polarity::LightOnDark).expect("both are there");
    assert_eq!((train.labels, test), (vec![0, 1], None));

    let mut part = PictureSet::new("d", &paths).expect("two classes");
    let error = part.add(1, 1, 1, &[0; 4]).expect_err("notes are no picture");
    assert!(error.message.starts_with("d: file 1 is none of its pictures."), "{error}");
    let error = part.add(2, 2, 2, &[0; 4]).expect_err("too few values");
    assert!(error.message.starts_with("d: d/train/a/1.png: the picture is 2 x 2"), "{error}");
    part.add(0, 28, 28, &decoded[0].1).expect("a sound picture");
    let error = part.finish(Polarity::Automatic).expect_err("three are missing");
    assert!(
        error.message.starts_with("d: d/train/a/1.png: the picture could not be read, nor could 2 others."),
        "{error}"
    );
}

#[test]
fn a_table_becomes_a_runs_data() {
    let line = |label: usize| format!("{label},{}\n", vec![(label * 100).to_string(); 784].join(","));
    let text: String = (0..30).map(|i| line(i % 3)).collect();
    let set = csv::read("t.csv", text.as_bytes()).expect("a sound table");
    let data = Dataset::own(set, None, 1).expect("a sound set");
    assert_eq!(counts(data.part(Part::Train).labels(), 3), [8, 8, 8]);
    let report = data.report();
    assert_eq!((report.training_images, report.test_images, report.added_images), (24, 6, 0));
    assert!(Session::new(mlp(&data, 8, 1), &data, open(DeviceName::Cpu)).is_ok());
}

#[test]
fn drawn_digits_are_trained_on_and_change_nothing_else() {
    let drawn = [77; 784];
    let mut arriving = dataset(600, 500, 100);
    let error = arriving.add_example(&drawn, 3).expect_err("100 are missing");
    assert_eq!(error.code, ErrorCode::DataMissing);
    assert!(error.message.contains("500 of 60,000 are here. Wait"), "{error}");

    let mut data = dataset(600, 600, 100);
    let sets = |data: &Dataset| TrainingSet::new(&spec(Preset::Mlp, 25, 1), data).expect("labels are there");
    let before = sets(&data);
    let run = |data: &Dataset| {
        Session::new(spec(Preset::Mlp, 25, 2), data, open(DeviceName::Cpu)).expect("labels are there")
    };
    let (mut older, mut undisturbed) = (run(&data), run(&data));
    let losses: Vec<f32> = train(&mut undisturbed, &data).into_iter().flat_map(|p| p.losses).collect();
    let mut halfway = advance(&mut older, &data, 10).losses;
    for label in 0..25 {
        data.add_example(&drawn, label % 10).expect("all images are there");
    }
    halfway.extend(train(&mut older, &data).into_iter().flat_map(|p| p.losses));
    assert_eq!(halfway, losses, "a run made before is not changed");

    let after = sets(&data);
    assert_eq!(after.holdout.validation, before.holdout.validation);
    assert_eq!(after.holdout.train, [before.holdout.train, (600..625).collect()].concat());
    assert_eq!(after.labels[600..], *(0..25).map(|i| i % 10).collect::<Vec<u8>>());
    let mut newer = run(&data);
    assert_eq!(newer.standing().steps_per_epoch, 21);
    assert_eq!(train(&mut newer, &data).iter().map(|p| p.losses.len()).sum::<usize>(), 42);
    assert_eq!(data.spec(), DatasetSpec::Mnist);
    assert_eq!(data.report().added_images, 25);
    assert_eq!(data.batch(Part::Train, &[624]).expect("it is there"), drawn);
    assert_eq!(data.statistics(Part::Train).class_counts.iter().sum::<u32>(), 625);

    // The same labels again are no news, and nothing is forgotten.
    let labels = bars(600, 600).0;
    data.load_labels(Part::Train, "labels", &idx(&[600], &labels)).expect("the same labels");
    assert_eq!(data.part(Part::Train).labels().len(), 625);
    for (pixels, label, sentence) in
        [(&drawn[..783], 3, "783 pixels instead of 784"), (&drawn, 10, "its class is 10")]
    {
        let error = data.add_example(pixels, label).expect_err(sentence);
        assert!(error.code == ErrorCode::BadData && error.message.contains(sentence), "{error}");
    }
    (25..MOST_ADDED).for_each(|_| data.add_example(&drawn, 0).expect("there is room"));
    let error = data.add_example(&drawn, 0).expect_err("there is none");
    assert!(error.message.contains("10000 have been added"), "{error}");
    for index in [10_600, u32::MAX] {
        assert!(data.batch(Part::Train, &[index]).is_err(), "{index} is past the end");
    }
    assert!(Dataset::mnist().batch(Part::Train, &[0]).is_err(), "nothing has arrived");
}

#[test]
fn a_preview_is_what_an_epoch_trains_on() {
    let mut spec = spec(Preset::Mlp, 25, 2);
    spec.data.normalization = Normalization::Unit;
    // A square cut out leaves whole grey values, so that the preview can stand for the original.
    spec.data.augmentation.cutout = 12.into();
    let data = dataset(600, 600, 100);
    let seed = spec.train.seed.get() as u64;
    let all: Vec<u32> = (0..600).collect();
    let mut session = Session::new(spec.clone(), &data, open(DeviceName::Cpu)).expect("labels are there");
    let first = advance(&mut session, &data, 20).losses;
    let copies = preview(&spec.data, &data, &all, 0, seed).expect("all are there");
    let mut drawn = Dataset::mnist();
    for (part, (labels, pixels)) in [(Part::Train, (bars(600, 600).0, copies)), (Part::Test, bars(100, 100))]
    {
        let count = labels.len();
        drawn.load_labels(part, "labels", &idx(&[count], &labels)).expect("labels are sound");
        drawn.load_images(part, "images", &idx(&[count, 28, 28], &pixels)).expect("images are sound");
    }
    let mut plain = spec.clone();
    plain.data.augmentation.cutout = 0.into();
    let mut same = Session::new(plain.clone(), &drawn, open(DeviceName::Cpu)).expect("labels are there");
    assert_eq!(advance(&mut same, &drawn, 20).losses, first);

    assert_eq!(preview(&plain.data, &data, &all, 0, seed), data.batch(Part::Train, &all));
    assert_ne!(preview(&spec.data, &data, &all, 1, seed), preview(&spec.data, &data, &all, 0, seed));
    let picked = preview(&spec.data, &data, &[599, 3], 0, seed).expect("both are there");
    let whole = preview(&spec.data, &data, &all, 0, seed).expect("all are there");
    assert_eq!(picked, [&whole[599 * 784..], &whole[3 * 784..4 * 784]].concat());
    spec.data.augmentation.rotation = f64::NAN;
    let error = preview(&spec.data, &data, &all, 0, seed).expect_err("no angle");
    assert!(
        error.code == ErrorCode::InvalidSpec && error.message.contains("Rotation is not a number"),
        "{error}"
    );
}

#[test]
fn sabotage_can_be_seen_before_a_step_is_trained() {
    let data = dataset(600, 0, 100);
    let look = |sabotage: SabotageSpec| {
        let mut spec = spec(Preset::Mlp, 25, 1);
        spec.data.sabotage = sabotage;
        TrainingSet::new(&spec, &data).expect("labels are there").distribution(&data)
    };
    let whole = look(SabotageSpec::default());
    let truth = counts(data.part(Part::Train).labels(), 10);
    let all: Vec<usize> =
        whole.trained.iter().zip(&whole.validation).map(|(a, b)| (a + b) as usize).collect();
    assert_eq!((all, whole.mislabelled.as_slice()), (truth, [0; 10].as_slice()));
    let missing = look(SabotageSpec { missing_class: Some(4.into()), ..SabotageSpec::default() });
    assert_eq!((missing.trained[4], missing.validation[4]), (0, whole.validation[4]));
    assert_eq!(missing.trained[5], whole.trained[5]);
    let noisy = look(SabotageSpec { label_noise: 0.5, ..SabotageSpec::default() });
    assert_eq!((noisy.trained.iter().sum::<u32>(), noisy.mislabelled.iter().sum::<u32>()), (500, 250));
    assert!(noisy.mislabelled.iter().zip(&noisy.trained).all(|(wrong, all)| wrong < all));
}
