//! A table of images in MNIST's column order: one line per image, its class first, then its 784
//! pixels row by row, all whole numbers between commas.
//!
//! A first line of column names is skipped: it is told by a letter in its first column. Lines may
//! end in LF or CRLF, values may stand in double quotes or have spaces around them, and a
//! byte order mark is skipped. Anything else is an error that names its line and column, from 1 on.

use super::{CLASSES, ImageSet, MOST_IMAGES, SIDE, bad, count_classes, numbers};
use crate::error::Result;
use crate::say::{Sentence, say};

/// The class and the pixels.
const COLUMNS: usize = 1 + SIDE * SIDE;

/// Reads a whole file; `name` is for the sentence of an error. Classes are called by their numbers.
///
/// # Errors
///
/// [`ErrorCode::BadData`](crate::error::ErrorCode::BadData) with the file's name, the line and the
/// column of the first fault, and how to mend it.
pub fn read(name: &str, bytes: &[u8]) -> Result<ImageSet> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut labels, mut pixels) = (Vec::new(), Vec::new());
    // The end of the last line starts no new one.
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    for (line, text) in (1_usize..).zip(bytes.split(|byte| *byte == b'\n')) {
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if line == 1 && has_names(text) {
            continue;
        }
        if labels.len() == MOST_IMAGES {
            return bad(name, say!("it has more than {most} images. Use fewer.", most = MOST_IMAGES));
        }
        read_line(name, line, text, &mut labels, &mut pixels)?;
    }
    let class_names = numbers(count_classes(name, &labels)?);
    Ok(ImageSet { class_names, labels, pixels })
}

/// Whether the first line names the columns.
fn has_names(line: &[u8]) -> bool {
    let first = line.split(|byte| *byte == b',').next().unwrap_or_default();
    line.contains(&b',') && first.iter().any(u8::is_ascii_alphabetic)
}

fn read_line(name: &str, line: usize, text: &[u8], labels: &mut Vec<u8>, pixels: &mut Vec<u8>) -> Result<()> {
    let at = |column: usize, fault: Sentence| {
        bad(name, fault.about(say!("line {line}, column {column}", line, column)))
    };
    let mut columns = 0;
    for (column, cell) in (1..).zip(text.split(|byte| *byte == b',')) {
        columns = column;
        if column > COLUMNS {
            continue;
        }
        let is_label = column == 1;
        let most = if is_label { CLASSES.end() - 1 } else { 255 };
        match number(cell) {
            Cell::Number(value) if value <= most => {
                if is_label { &mut *labels } else { &mut *pixels }.push(value as u8);
            }
            // A line of one cell is no line of numbers at all: its length is the better complaint.
            _ if is_label && !text.contains(&b',') => {}
            Cell::Number(value) => {
                let fault = match is_label {
                    true => say!("the label {value} is too large.", value),
                    false => say!("the pixel {value} is too large.", value),
                };
                return at(column, fault.and(say!("It must be from 0 to {most}.", most)));
            }
            Cell::Empty => {
                let fault =
                    if is_label { say!("the label is missing.") } else { say!("the pixel is missing.") };
                return at(column, fault.and(say!("Fill in a whole number from 0 to {most}.", most)));
            }
            Cell::Other => {
                let found: String = String::from_utf8_lossy(cell).trim().chars().take(20).collect();
                let fault = match is_label {
                    true => say!("the label “{found}” is not a whole number from 0 to {most}.", found, most),
                    false => say!("the pixel “{found}” is not a whole number from 0 to {most}.", found, most),
                };
                return at(column, fault);
            }
        }
    }
    if columns == COLUMNS {
        return Ok(());
    }
    let hint = match text {
        [] => Some(say!("The line is empty; take it out.")),
        _ if columns == 1 && text.contains(&b';') => Some(say!("It uses semicolons; save it with commas.")),
        _ if columns == 1 && text.contains(&b'\t') => Some(say!("It uses tabs; save it with commas.")),
        _ => None,
    };
    let fault = match columns < COLUMNS {
        true => say!(
            "too few columns: {columns} instead of {expected}, the label and {side} x {side} pixels.",
            columns,
            expected = COLUMNS,
            side = SIDE
        ),
        false => say!(
            "too many columns: {columns} instead of {expected}, the label and {side} x {side} pixels.",
            columns,
            expected = COLUMNS,
            side = SIDE
        ),
    };
    bad(name, fault.and(hint).about(say!("line {line}", line)))
}

/// What stands between two commas.
enum Cell {
    Number(usize),
    Empty,
    Other,
}

fn number(cell: &[u8]) -> Cell {
    let cell = cell.trim_ascii();
    let cell = cell.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(cell);
    let cell = cell.trim_ascii();
    if cell.is_empty() {
        return Cell::Empty;
    }
    // Nine digits fit; more are nothing a table of pixels has.
    if cell.len() > 9 || !cell.iter().all(u8::is_ascii_digit) {
        return Cell::Other;
    }
    Cell::Number(cell.iter().fold(0, |value, digit| 10 * value + usize::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    fn line(label: &str, change: Option<(usize, &str)>) -> String {
        let mut cells: Vec<String> = (0..784).map(|i| (i % 256).to_string()).collect();
        cells.insert(0, label.to_string());
        if let Some((column, text)) = change {
            cells[column - 1] = text.to_string();
        }
        cells.join(",")
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let (three, one) = (line("3", None), line("1", None));
        let names = format!("label,{}", (0..784).map(|i| format!("pixel{i}")).collect::<Vec<_>>().join(","));
        let quoted = line("\"3\"", Some((3, "\"1\"")));
        let spaced = line(" 3 ", Some((5, " 3")));
        let files = [
            format!("{three}\n{one}\n"),
            format!("{three}\n{one}"),
            format!("{three}\r\n{one}\r\n"),
            format!("{names}\n{three}\n{one}\n"),
            format!("\u{feff}\"label\"{}\r\n{three}\r\n{one}", &names[5..]),
            format!("{quoted}\n{one}\n"),
            format!("{spaced}\n{one}\n"),
        ];
        for file in files {
            let set = read("digits.csv", file.as_bytes()).expect(&file[..40]);
            assert_eq!(set.labels, [3, 1]);
            assert_eq!(set.class_names, ["0", "1", "2", "3"]);
            let image: Vec<u8> = (0..784).map(|i| (i % 256) as u8).collect();
            assert_eq!(set.pixels, [image.clone(), image].concat());
        }
        let most = format!("{}\n{}\n", line("61", None), line("0", None));
        assert_eq!(read("letters.csv", most.as_bytes()).expect("62 classes").class_names.len(), 62);
    }

    #[test]
    fn names_the_line_and_the_column() {
        let good = line("1", None);
        let after = |bad: &str| format!("{good}\n{bad}\n{good}\n");
        let short = good.rsplit_once(',').expect("there are commas").0;
        let cases = [
            (after(&line("2", Some((5, "")))), "line 2, column 5: the pixel is missing. Fill in"),
            (after(&line("2", Some((785, "")))), "line 2, column 785: the pixel is missing"),
            (after(&line("", None)), "line 2, column 1: the label is missing"),
            (after(&line("2", Some((7, "\"\"")))), "line 2, column 7: the pixel is missing"),
            (after(&line("2", Some((5, "grey")))), "line 2, column 5: the pixel “grey” is not"),
            (after(&line("2", Some((5, "0.5")))), "“0.5” is not a whole number from 0 to 255."),
            (after(&line("2", Some((5, "-1")))), "“-1” is not a whole number from 0 to 255."),
            (after(&line("2", Some((5, "256")))), "column 5: the pixel 256 is too large"),
            (after(&line("2", Some((5, "99999999999999999999")))), "is not a whole number"),
            (
                after(&line("cat", None)),
                "line 2, column 1: the label “cat” is not a whole number from 0 to 61.",
            ),
            (
                after(&line("62", None)),
                "line 2, column 1: the label 62 is too large. It must be from 0 to 61.",
            ),
            (after(short), "line 2: too few columns: 784 instead of 785"),
            (after(&format!("{good},0")), "line 2: too many columns: 786 instead of 785"),
            (
                after(""),
                "line 2: too few columns: 1 instead of 785, the label and 28 x 28 pixels. The line is empty",
            ),
            (
                good.replace(',', ";"),
                "line 1: too few columns: 1 instead of 785, the label and 28 x 28 pixels. It uses semicolons",
            ),
            (good.replace(',', "\t"), "It uses tabs; save it with commas."),
            ("<!doctype html>".into(), "line 1: too few columns: 1"),
            (String::new(), "The line is empty"),
            (format!("label,{}\n", vec!["p"; 784].join(",")), "it has no class"),
            (line("0", None), "it has only one class. There must be at least 2 to tell apart."),
        ];
        for (file, fault) in cases {
            let error = read("digits.csv", file.as_bytes()).expect_err(fault);
            assert_eq!(error.code, ErrorCode::BadData);
            assert!(error.message.starts_with("digits.csv: "), "{error}");
            assert!(error.message.contains(fault), "{error} should say {fault}");
        }
        let binary = [b"1,\xff\xfe,".as_slice(), &[b'0'; 50]].concat();
        let error = read("digits.csv", &binary).expect_err("not a number");
        assert!(error.message.contains("line 1, column 2"), "{error}");
    }
}
