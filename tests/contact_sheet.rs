//! Draws augmentations and corruptions into a contact sheet each, for a person to judge:
//! `tmp/contact_sheet/*.pgm` in cargo's target folder, or the folder `EMBERLAB_CONTACT_SHEET` names.
//!
//! Real digits where they have been fetched, else digits of this file's own. What must be so
//! whatever the digits is asserted: in every cell there is something to see, and few of a row are
//! alike.

use emberlab::data::Idx;
use emberlab::data::augment::{AugmentSpec, Augmenter, to_byte};
use emberlab::data::corrupt::{Corrupter, Corruption};
use emberlab::spec::Count;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const SIDE: usize = 28;
const GAP: usize = 4;
/// Copies of each digit per row.
const COPIES: usize = 9;

/// A grid of images; every row starts with an original.
struct Sheet {
    rows: Vec<(String, Vec<Vec<u8>>)>,
}

impl Sheet {
    /// Writes a PGM into [`folder`], three pixels for each of an image's.
    fn write(&self, name: &str) -> std::io::Result<()> {
        const SCALE: usize = 3;
        let columns = self.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let (width, height) = (GAP + columns * (SIDE + GAP), GAP + self.rows.len() * (SIDE + GAP));
        let mut pixels = vec![90_u8; width * height];
        for (row, (_, cells)) in self.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                for (y, line) in cell.chunks(SIDE).enumerate() {
                    let at = (GAP + row * (SIDE + GAP) + y) * width + GAP + column * (SIDE + GAP);
                    pixels[at..at + SIDE].copy_from_slice(line);
                }
            }
        }
        let mut file = format!("P5\n{} {}\n255\n", width * SCALE, height * SCALE).into_bytes();
        for line in pixels.chunks(width) {
            let wide: Vec<u8> = line.iter().flat_map(|pixel| [*pixel; SCALE]).collect();
            (0..SCALE).for_each(|_| file.extend(&wide));
        }
        std::fs::create_dir_all(folder())?;
        std::fs::write(folder().join(name), file)
    }
}

fn folder() -> PathBuf {
    let named = std::env::var_os("EMBERLAB_CONTACT_SHEET").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("contact_sheet"))
}

/// Four digits: MNIST's first where they are, else drawn strokes.
fn digits() -> Vec<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/mnist/train-images-idx3-ubyte");
    if let Ok(bytes) = std::fs::read(path)
        && let Ok(Idx::Images { pixels, .. }) = Idx::read("train", &bytes)
    {
        return [0, 1, 7, 9].map(|i| pixels[i * SIDE * SIDE..][..SIDE * SIDE].to_vec()).to_vec();
    }
    let four: &[(f32, f32)] = &[(16.0, 22.0), (16.0, 5.0), (8.0, 16.0), (20.0, 16.0)];
    let seven: &[(f32, f32)] = &[(8.0, 6.0), (19.0, 6.0), (12.0, 22.0)];
    let two: &[(f32, f32)] = &[(9.0, 9.0), (13.0, 5.0), (18.0, 9.0), (9.0, 22.0), (19.0, 22.0)];
    let zero: &[(f32, f32)] = &[(14.0, 5.0), (9.0, 13.0), (14.0, 22.0), (19.0, 13.0), (14.0, 5.0)];
    [four, seven, two, zero].map(drawn).to_vec()
}

/// Lines between points, two pixels thick with soft edges.
fn drawn(points: &[(f32, f32)]) -> Vec<u8> {
    let near = |x: f32, y: f32| {
        let distances = points.windows(2).map(|line| {
            let ((ax, ay), (bx, by)) = (line[0], line[1]);
            let (dx, dy) = (bx - ax, by - ay);
            let along = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
            (x - ax - along * dx).hypot(y - ay - along * dy)
        });
        distances.fold(f32::MAX, f32::min)
    };
    let grey = |i: usize| 255.0 * (1.8 - near((i % SIDE) as f32, (i / SIDE) as f32)).clamp(0.0, 1.0);
    (0..SIDE * SIDE).map(|i| to_byte(grey(i))).collect()
}

fn augmentations() -> Vec<(&'static str, AugmentSpec)> {
    let off = AugmentSpec::default;
    vec![
        ("rotation 20", AugmentSpec { rotation: 20.0, ..off() }),
        ("shift 4", AugmentSpec { shift: 4.0, ..off() }),
        ("zoom 0.3", AugmentSpec { zoom: 0.3, ..off() }),
        ("shear 25", AugmentSpec { shear: 25.0, ..off() }),
        ("elastic 34, 4", AugmentSpec { elastic_alpha: 34.0, ..off() }),
        ("elastic 60, 4", AugmentSpec { elastic_alpha: 60.0, ..off() }),
        ("brightness 0.4", AugmentSpec { brightness: 0.4, ..off() }),
        ("contrast 0.7", AugmentSpec { contrast: 0.7, ..off() }),
        ("noise 0.2", AugmentSpec { noise: 0.2, ..off() }),
        ("cutout 8", AugmentSpec { cutout: Count(8.0), ..off() }),
        (
            "all, mildly",
            AugmentSpec {
                rotation: 12.0,
                shift: 2.0,
                zoom: 0.15,
                shear: 8.0,
                elastic_alpha: 30.0,
                elastic_sigma: 4.0,
                brightness: 0.1,
                contrast: 0.2,
                noise: 0.05,
                cutout: Count(5.0),
            },
        ),
    ]
}

#[test]
fn augmentations_can_be_looked_at() {
    let mut rows = Vec::new();
    for (name, spec) in augmentations() {
        let mut augmenter = Augmenter::new(&spec, SIDE, SIDE, 1);
        for (index, digit) in (0..).zip(digits().into_iter().take(2)) {
            let copies = (0..COPIES).map(|epoch| {
                let mut out = vec![0.0; SIDE * SIDE];
                augmenter.augment(&digit, epoch, index, &mut out);
                out.into_iter().map(to_byte).collect()
            });
            rows.push((name.to_string(), std::iter::once(digit.clone()).chain(copies).collect()));
        }
    }
    let sheet = Sheet { rows };
    sheet.write("augmentations.pgm").expect("the sheet can be written");
    judge(&sheet);
}

#[test]
fn corruptions_can_be_looked_at() {
    let mut rows = Vec::new();
    for corruption in Corruption::ALL {
        for (index, digit) in (0..).zip(digits().into_iter().take(2)) {
            let copies = (1..=5).map(|severity| {
                let mut out = vec![0; SIDE * SIDE];
                Corrupter::new(corruption, severity, SIDE, SIDE, 1).apply(&digit, index, &mut out);
                out
            });
            rows.push((format!("{corruption:?}"), std::iter::once(digit.clone()).chain(copies).collect()));
        }
    }
    let sheet = Sheet { rows };
    sheet.write("corruptions.pgm").expect("the sheet can be written");
    judge(&sheet);
}

/// Every cell shows something, and most of a row differ from each other; not all, for a square cut
/// out beside the digit leaves it as it was.
fn judge(sheet: &Sheet) {
    for (name, cells) in &sheet.rows {
        for (i, cell) in cells.iter().enumerate() {
            assert!(cell.iter().max() > cell.iter().min(), "{name}, cell {i}: nothing is left to see");
        }
        let kinds = cells.iter().collect::<BTreeSet<_>>().len();
        assert!(2 * kinds > cells.len(), "{name}: of {} cells only {kinds} differ", cells.len());
    }
}
