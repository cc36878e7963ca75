//! Pictures in folders: the folder a picture lies in is its class.
//!
//! Nothing is opened here. From the paths inside a folder or an archive follows which files are
//! pictures, which class each has, and, where the set comes in two parts, which part. Both
//! `digits/3/a.png` and `digits/train/3/a.png` are understood.

use super::{MOST_IMAGES, bad, check_classes};
use crate::data::Part;
use crate::error::Result;
use crate::say::say;
use std::cmp::Ordering;

/// What pictures' names end in, in small letters.
const ENDINGS: [&str; 3] = ["png", "jpg", "jpeg"];

/// Names of the folders that hold the two parts, in small letters.
const TRAIN: [&str; 2] = ["train", "training"];
const TEST: [&str; 3] = ["test", "testing", "t10k"];

/// A picture to be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the list of paths.
    pub path: usize,
    /// Its class.
    pub label: u8,
    /// The part it belongs to, where a folder above it says so.
    pub part: Option<Part>,
}

/// What a folder of pictures holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The name of each class: its folder's. Numbers come in the order of their values, then words
    /// in the order of their letters.
    pub class_names: Vec<String>,
    /// The pictures, in the order of the paths given.
    pub entries: Vec<Entry>,
}

/// Sorts out the paths of a folder or archive, written with `/` or `\`; `name` is for the sentence
/// of an error. What is no picture, is hidden, or was added by an archiver is passed over.
///
/// # Errors
///
/// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) where there is no picture, one lies in
/// no folder, or there are too few or too many classes or pictures.
pub fn sort<P: AsRef<str>>(name: &str, paths: &[P]) -> Result<Folder> {
    let mut found = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let parts: Vec<&str> =
            path.as_ref().split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
        let hidden = parts.iter().any(|part| part.starts_with('.') || *part == "__MACOSX");
        let Some((file, folders)) = parts.split_last() else { continue };
        if hidden || !is_picture(file) {
            continue;
        }
        let Some((class, above)) = folders.split_last() else {
            let fault = say!("it lies in no folder. Put each picture into a folder named after its class.");
            return bad(name, fault.about(path.as_ref()));
        };
        let part = part_of(above);
        if part.is_none() && part_of(&[class]).is_some() {
            let fault = say!("“{class}” is no class. Put a folder for each class into it.", class);
            return bad(name, fault.about(path.as_ref()));
        }
        found.push((index, *class, part));
    }
    if found.is_empty() {
        let fault = say!(
            "it holds no pictures: none of its {files} files ends in .{endings}.",
            files = paths.len(),
            endings = ENDINGS.join(", .")
        );
        return bad(name, fault);
    }
    if found.len() > MOST_IMAGES {
        return bad(name, say!("it has more than {most} pictures. Use fewer.", most = MOST_IMAGES));
    }
    let mut classes: Vec<&str> = found.iter().map(|(_, class, _)| *class).collect();
    classes.sort_unstable_by(|a, b| by_number(a, b));
    classes.dedup();
    check_classes(name, classes.len())?;
    let label = |class| classes.binary_search_by(|other| by_number(other, class)).unwrap_or(0) as u8;
    let entries =
        found.iter().map(|(path, class, part)| Entry { path: *path, label: label(class), part: *part });
    Ok(Folder {
        entries: entries.collect(),
        class_names: classes.iter().map(|class| class.to_string()).collect(),
    })
}

/// Whether a file's name ends as a picture's does.
pub fn is_picture(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
}

/// The part that one of these folders names; the innermost counts.
fn part_of(folders: &[&str]) -> Option<Part> {
    folders.iter().rev().find_map(|folder| {
        let folder = folder.to_ascii_lowercase();
        let is = |names: &[&str]| names.contains(&folder.as_str());
        if is(&TRAIN) {
            Some(Part::Train)
        } else if is(&TEST) {
            Some(Part::Test)
        } else {
            None
        }
    })
}

/// Numbers before words, numbers by value, words and equal values (`7` and `07`) by letters.
fn by_number(a: &str, b: &str) -> Ordering {
    let value = |text: &str| text.parse::<u64>().ok();
    match (value(a), value(b)) {
        (Some(x), Some(y)) => x.cmp(&y).then_with(|| a.cmp(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    fn entry(path: usize, label: u8, part: Option<Part>) -> Entry {
        Entry { path, label, part }
    }

    #[test]
    fn folders_are_classes() {
        let paths = ["d/10/a.png", "d/9/b.PNG", "d/", "d/9/notes.txt", "d/cat/c.jpeg", "d/9/d.jpg"];
        let folder = sort("d.zip", &paths).expect("three classes");
        assert_eq!(folder.class_names, ["9", "10", "cat"]);
        let expected = [entry(0, 1, None), entry(1, 0, None), entry(4, 2, None), entry(5, 0, None)];
        assert_eq!(folder.entries, expected);
    }

    #[test]
    fn parts_are_told_by_the_folder_above() {
        let (train, test) = (Some(Part::Train), Some(Part::Test));
        let cases: [(&[&str], Vec<Entry>); 3] = [
            (&["m/training/0/a.png", "m/testing/1/b.png"], vec![entry(0, 0, train), entry(1, 1, test)]),
            (&["Train/0/a.png", ".\\TEST\\1\\b.png"], vec![entry(0, 0, train), entry(1, 1, test)]),
            // Inside a part even a class may be called so.
            (&["train/test/a.png", "train/dog/b.png"], vec![entry(0, 1, train), entry(1, 0, train)]),
        ];
        for (paths, expected) in cases {
            assert_eq!(sort("m.zip", paths).expect("two classes").entries, expected, "{paths:?}");
        }
    }

    #[test]
    fn what_archivers_add_is_passed_over() {
        let paths =
            ["__MACOSX/d/0/._a.png", "d/.DS_Store", "d/.git/x.png", "d/0/._a.png", "d/0/a.png", "d/1/b.png"];
        let folder = sort("d.zip", &paths).expect("two classes");
        assert_eq!(folder.entries, [entry(4, 0, None), entry(5, 1, None)]);
    }

    #[test]
    fn faults_are_named() {
        let many: Vec<String> = (0..63).map(|class| format!("{class}/a.png")).collect();
        let cases: [(Vec<&str>, &str); 6] = [
            (vec![], "it holds no pictures: none of its 0 files ends in .png, .jpg, .jpeg."),
            (vec!["readme.txt", "a/b.gif"], "none of its 2 files"),
            (vec!["0/a.png", "b.png"], "b.png: it lies in no folder. Put each picture into a folder"),
            (vec!["train/a.png", "test/b.png"], "train/a.png: “train” is no class."),
            (vec!["0/a.png", "0/b.png"], "it has only one class."),
            (many.iter().map(String::as_str).collect(), "it has 63 classes. At most 62"),
        ];
        for (paths, fault) in cases {
            let error = sort("set.zip", &paths).expect_err(fault);
            assert_eq!(error.code, ErrorCode::BadData);
            assert!(error.message.starts_with("set.zip: "), "{error}");
            assert!(error.message.contains(fault), "{error} should say {fault}");
        }
    }
}
