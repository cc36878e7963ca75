//! Data that is not right is refused in words: each way of being wrong has its own sentence.

#[path = "data/own.rs"]
mod own;
mod support;

use emberlab::data::Dataset;
use emberlab::data::import::pictures::PictureSet;
use emberlab::data::import::{ImageSet, csv, pair, zip};
use emberlab::error::{ErrorCode, Result};
use emberlab::protocol::DeviceName;
use emberlab::spec::{DatasetSpec, Preset};
use emberlab::train::Session;
use support::{dataset, idx, open};

/// Blank images of these labels.
fn own_set(labels: &[u8], classes: usize) -> ImageSet {
    let class_names = (0..classes).map(|class| class.to_string()).collect();
    ImageSet { class_names, labels: labels.to_vec(), pixels: vec![0; labels.len() * 784] }
}

/// A zip archive of files that are not packed.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (path, bytes) in files {
        let (place, size) = (archive.len() as u32, (bytes.len() as u32).to_le_bytes());
        let name = (path.len() as u16).to_le_bytes();
        let checksum = zip::crc32(bytes).to_le_bytes();
        let common = [&[0; 10], checksum.as_slice(), &size, &size, &name, &[0; 2]].concat();
        archive.extend([b"PK\x03\x04".as_slice(), &common, path.as_bytes(), bytes].concat());
        let places = [[0; 10].as_slice(), &place.to_le_bytes()].concat();
        directory.extend([b"PK\x01\x02".as_slice(), &[0; 2], &common, &places, path.as_bytes()].concat());
    }
    let (size, start) = ((directory.len() as u32).to_le_bytes(), (archive.len() as u32).to_le_bytes());
    [&archive, &directory, b"PK\x05\x06".as_slice(), &[0; 8], &size, &start, &[0; 2]].concat()
}

fn from_zip(bytes: &[u8]) -> Result<PictureSet> {
    let paths: Vec<String> = zip::entries("digits.zip", bytes)?.into_iter().map(|entry| entry.path).collect();
    PictureSet::new("digits.zip", &paths)
}

/// A table of so many lines, classes in turn, with one cell changed.
fn table(labels: &[&str], (line, column, text): (usize, usize, &str)) -> String {
    let lines = labels.iter().zip(1..).map(|(label, at)| {
        let mut cells = [vec![*label], vec!["7"; 784]].concat();
        if at == line {
            cells[column - 1] = text;
        }
        cells.join(",") + "\n"
    });
    lines.collect()
}

/// An own data set of an IDX pair; the images' header claims `claimed` of them and `sent` follow.
fn from_idx(labels: &[u8], claimed: usize, sent: usize) -> Result<()> {
    let mut images = idx(&[claimed, 28, 28], &[]);
    images.resize(images.len() + sent * 784, 9);
    let set = pair::read(("labels.idx", &idx(&[labels.len()], labels)), ("images.idx", &images))?;
    Dataset::own(set, None, 1).map(drop)
}

#[test]
fn every_kind_of_bad_data_has_its_own_sentence() {
    let two: Vec<u8> = (0..40).map(|i| i % 2).collect();
    let sixty_three: Vec<u8> = (0..126).map(|i| i % 63).collect();
    let folders: Vec<String> = (0..63).map(|class| format!("{class}/a.png")).collect();
    let folders: Vec<(&str, &[u8])> = folders.iter().map(|path| (path.as_str(), b"".as_slice())).collect();
    let read = |text: &str| {
        csv::read("digits.csv", text.as_bytes()).and_then(|set| Dataset::own(set, None, 1)).map(drop)
    };
    let many = vec![1; 300_001];
    let unchanged = (0, 1, "");
    let set = |labels: &[u8]| ImageSet { pixels: vec![0; labels.len() * 784], ..own_set(labels, 2) };
    let cases: Vec<(Result<()>, &str)> = vec![
        // A table with a hole in it.
        (
            read(&table(&["0", "1", "0"], (2, 100, ""))),
            "digits.csv: line 2, column 100: the pixel is missing. Fill in a whole number from 0 to 255.",
        ),
        (read(&table(&["0", "1", "0"], (3, 1, ""))), "digits.csv: line 3, column 1: the label is missing."),
        (
            read(&table(&["0", "1"], unchanged).replacen(",7\n", "\n", 1)),
            "digits.csv: line 1: too few columns: 784 instead of 785",
        ),
        // A zip without pictures.
        (
            from_zip(&archive(&[("digits/readme.txt", b"no pictures"), ("digits/0/", b"")])).map(drop),
            "digits.zip: it holds no pictures: none of its 1 files ends in .png, .jpg, .jpeg.",
        ),
        (from_zip(&archive(&[])).map(drop), "digits.zip: it holds no pictures: none of its 0 files"),
        (from_zip(b"<!doctype html>").map(drop), "digits.zip: this is not a zip archive."),
        // IDX files that lie about their length, in both directions.
        (
            from_idx(&two, 40, 39),
            "images.idx: the file is cut off: its header promises 31360 bytes of values, 30576 follow. Fetch it again.",
        ),
        (
            from_idx(&two, 40, 41),
            "images.idx: the file is too long: its header promises 31360 bytes of values, 32144 follow. It is not",
        ),
        // Labels and images of unequal count.
        (
            from_idx(&two, 41, 41),
            "images.idx: it holds 41 images, and labels.idx holds 40 labels. Choose two files of the same set.",
        ),
        (
            pair::read(("a.idx", &idx(&[2], &[0, 1])), ("b.idx", &idx(&[2], &[0, 1]))).map(drop),
            "a.idx: it holds labels, and so does b.idx. Choose the images too.",
        ),
        (
            pair::read(("a.idx", &idx(&[1, 1, 1], &[0])), ("b.idx", &idx(&[1, 1, 1], &[1]))).map(drop),
            "a.idx: it holds images, and so does b.idx. Choose the labels too.",
        ),
        // One class only, whatever it is called.
        (
            from_idx(&[0; 40], 40, 40),
            "labels.idx: it has only one class. There must be at least 2 to tell apart.",
        ),
        (from_idx(&[7; 40], 40, 40), "labels.idx: it has only one class."),
        (read(&table(&["3"; 20], unchanged)), "digits.csv: it has only one class."),
        (
            from_zip(&archive(&[("d/7/a.png", b""), ("d/7/b.png", b"")])).map(drop),
            "digits.zip: it has only one class.",
        ),
        (Dataset::own(set(&[1; 40]), None, 1).map(drop), "The training set: it has only one class."),
        // 63 classes.
        (from_idx(&sixty_three, 126, 126), "labels.idx: it has 63 classes. At most 62 can be told apart."),
        (
            read(&table(&["0", "62"], unchanged)),
            "digits.csv: line 2, column 1: the label 62 is too large. It must be from 0 to 61.",
        ),
        (from_zip(&archive(&folders)).map(drop), "digits.zip: it has 63 classes. At most 62"),
        // Too few images and too many.
        (
            Dataset::own(set(&two[..11]), None, 1).map(drop),
            "The training set would have 9 images, a fifth of each class kept for testing. There must be at least 10. Bring",
        ),
        (
            Dataset::own(set(&two), Some(set(&[])), 1).map(drop),
            "The test set would have 0 images. There must be at least 1. Bring more.",
        ),
        (
            Dataset::own(own_set(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10), None, 1).map(drop),
            "The test set would have 0 images, a fifth of each class kept for testing. There must be at least 1.",
        ),
        (
            pair::read(("l", &idx(&[300_001], &many)), ("i", &idx(&[300_001, 1, 1], &many))).map(drop),
            "i: it has more than 300000 images. Use fewer.",
        ),
        // Parts that do not belong together.
        (
            Dataset::own(set(&two), Some(own_set(&[0, 1, 2], 3)), 1).map(drop),
            "The test images show the class “2”, and no training image does. Add some, or leave it out.",
        ),
        (
            Dataset::own(ImageSet { pixels: vec![0; 784], ..set(&two) }, None, 1).map(drop),
            "The training set has 40 labels for 1 images.",
        ),
        (
            Dataset::own(own_set(&[0, 1, 2], 2), None, 1).map(drop),
            "The training set has the label 2, which is none of its 2 classes.",
        ),
    ];
    for (result, sentence) in cases {
        let error = result.expect_err(sentence);
        assert_eq!(error.code, ErrorCode::BadData);
        assert!(error.message.starts_with(sentence), "“{error}” should say “{sentence}”");
    }
}

#[test]
fn a_run_is_refused_where_its_spec_is_for_other_data() {
    let labels = |classes: u8| (0..100).map(|i| i % classes).collect::<Vec<u8>>();
    let own = |classes: u8| Dataset::own(own_set(&labels(classes), classes.into()), None, 1).expect("sound");
    let resized = |data: &Dataset, images: usize| match data.spec() {
        DatasetSpec::Own { classes, test_images, mean, deviation, .. } => {
            DatasetSpec::Own { classes, training_images: images.into(), test_images, mean, deviation }
        }
        DatasetSpec::Mnist => DatasetSpec::Mnist,
    };
    let cases = [
        (
            dataset(100, 100, 10),
            own(7).spec(),
            "The spec is for 7 classes and the data that is loaded has 10. Load",
        ),
        (own(10), own(7).spec(), "The spec is for 7 classes and the data that is loaded has 10."),
        (own(7), DatasetSpec::Mnist, "The spec is for 10 classes and the data that is loaded has 7."),
        (own(10), DatasetSpec::Mnist, "The spec is for MNIST, and a data set of your own is loaded."),
        (
            dataset(100, 100, 10),
            own(10).spec(),
            "The spec is for a data set of your own, and MNIST is loaded.",
        ),
        (
            own(10),
            resized(&own(10), 90),
            "The spec is for a data set of 90 training and 20 test images, and the one that is loaded has 80 and 20.",
        ),
    ];
    for (data, spec, sentence) in cases {
        let spec = Preset::Mlp.spec().adapted_to(spec);
        let error = Session::new(spec, &data, open(DeviceName::Cpu)).err().expect(sentence);
        assert_eq!(error.code, ErrorCode::InvalidSpec);
        assert!(error.message.starts_with(sentence), "“{error}” should say “{sentence}”");
    }
}
