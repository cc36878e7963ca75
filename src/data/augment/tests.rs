use super::*;
use crate::spec::{Count, ProblemCode};

const SIDE: usize = 28;

/// A bright, uneven blot away from the border, so that no distortion of it looks like another.
fn blot() -> Vec<u8> {
    let mut image = vec![0; SIDE * SIDE];
    for y in 8..20 {
        for x in 10..18 {
            image[y * SIDE + x] = (60 + 9 * (y - 8) + 12 * (x - 10)) as u8;
        }
    }
    image
}

fn warp(pixels: &[u8], side: usize, map: Affine) -> Vec<u8> {
    let mut out = vec![-1.0; pixels.len()];
    Warp::new(side, side).apply(pixels, &map, None, &mut out);
    out.into_iter().map(to_byte).collect()
}

fn augment(spec: &AugmentSpec, seed: u64, epoch: usize, index: u32) -> Vec<f32> {
    let mut out = vec![-1.0; SIDE * SIDE];
    Augmenter::new(spec, SIDE, SIDE, seed).augment(&blot(), epoch, index, &mut out);
    out
}

/// Each distortion alone, and all together.
fn specs() -> Vec<(&'static str, AugmentSpec)> {
    let off = AugmentSpec::default;
    let mut specs = vec![
        ("rotation", AugmentSpec { rotation: 20.0, ..off() }),
        ("shift", AugmentSpec { shift: 4.0, ..off() }),
        ("zoom", AugmentSpec { zoom: 0.3, ..off() }),
        ("shear", AugmentSpec { shear: 20.0, ..off() }),
        ("elastic", AugmentSpec { elastic_alpha: 34.0, ..off() }),
        ("brightness", AugmentSpec { brightness: 0.4, ..off() }),
        ("contrast", AugmentSpec { contrast: 0.5, ..off() }),
        ("noise", AugmentSpec { noise: 0.2, ..off() }),
        ("cutout", AugmentSpec { cutout: Count(8.0), ..off() }),
    ];
    let all = AugmentSpec {
        rotation: 20.0,
        shift: 4.0,
        zoom: 0.3,
        shear: 20.0,
        elastic_alpha: 34.0,
        elastic_sigma: 4.0,
        brightness: 0.4,
        contrast: 0.5,
        noise: 0.2,
        cutout: Count(8.0),
    };
    specs.push(("all", all));
    specs
}

#[test]
fn off_means_unchanged() {
    let off = AugmentSpec::default();
    assert!(off.is_off());
    let expected: Vec<f32> = blot().into_iter().map(f32::from).collect();
    assert_eq!(augment(&off, 1, 2, 3), expected);
    for (name, spec) in specs() {
        assert!(!spec.is_off(), "{name}");
        assert!((0..5).any(|index| augment(&spec, 1, 0, index) != expected), "{name} does nothing");
    }
    let sigma_alone = AugmentSpec { elastic_sigma: 6.0, ..AugmentSpec::default() };
    assert!(sigma_alone.is_off(), "nothing is smoothed where nothing is displaced");
}

#[test]
fn seed_epoch_and_index_alone_decide() {
    for (name, spec) in specs() {
        // One augmenter over many images, backwards, gives what fresh ones give.
        let mut augmenter = Augmenter::new(&spec, SIDE, SIDE, 1);
        let mut out = vec![0.0; SIDE * SIDE];
        let (mut by_seed, mut by_epoch, mut by_index) = (0, 0, 0);
        for index in (0..20).rev() {
            augmenter.augment(&blot(), 2, index, &mut out);
            assert_eq!(out, augment(&spec, 1, 2, index), "{name}, image {index}");
            by_seed += usize::from(out != augment(&spec, 2, 2, index));
            by_epoch += usize::from(out != augment(&spec, 1, 3, index));
            by_index += usize::from(out != augment(&spec, 1, 2, index + 1));
        }
        // Two squares that both miss the blot look the same, but not most of the time.
        assert!(by_seed.min(by_epoch).min(by_index) >= 10, "{name}: {by_seed} {by_epoch} {by_index}");
    }
}

/// The numbers themselves, to the last bit: a seed must give the same images in a browser as here,
/// and the same as last year.
#[test]
fn images_are_the_same_on_every_machine() {
    let (_, all) = specs().pop().expect("there are specs");
    let digest = (0..20).flat_map(|index| augment(&all, 1, 3, index)).fold(0_u64, |digest, grey| {
        (digest ^ u64::from(grey.to_bits())).wrapping_mul(0x0100_0000_01b3).rotate_left(5)
    });
    assert_eq!(digest, 9_601_128_843_368_728_630);
}

#[test]
fn values_stay_between_black_and_white() {
    let strong = AugmentSpec { brightness: 1.0, contrast: 0.9, noise: 1.0, ..AugmentSpec::default() };
    for (name, spec) in specs().into_iter().chain([("strong", strong)]) {
        for index in 0..50 {
            let out = augment(&spec, 1, 0, index);
            assert!(out.iter().all(|v| (0.0..=255.0).contains(v)), "{name}, image {index}");
        }
    }
}

#[test]
fn one_distortion_does_not_change_what_another_draws() {
    let turned = AugmentSpec { rotation: 20.0, ..AugmentSpec::default() };
    let and_darker = AugmentSpec { brightness: 0.1, ..turned.clone() };
    for index in 0..20 {
        let (one, both) = (augment(&turned, 1, 0, index), augment(&and_darker, 1, 0, index));
        let gaps: Vec<f32> = one.iter().zip(&both).map(|(a, b)| b - a).collect();
        let change = gaps[14 * SIDE + 14];
        let inside = |i: &usize| (30.0..225.0).contains(&one[*i]);
        assert!(
            (0..one.len()).filter(inside).all(|i| (gaps[i] - change).abs() < 1e-3),
            "image {index} is turned otherwise"
        );
    }
}

#[test]
fn whole_pixels_shift_exactly() {
    for (right, down) in [(3, 0), (0, 3), (-2, 5), (-4, -6), (10, 8), (-30, 0)] {
        let map = Affine { shift: (f64::from(right), f64::from(down)), ..Affine::IDENTITY };
        let shifted = warp(&blot(), SIDE, map);
        let mut expected = vec![0; SIDE * SIDE];
        for (i, pixel) in blot().into_iter().enumerate() {
            let (x, y) = ((i % SIDE) as i32 + right, (i / SIDE) as i32 + down);
            if (0..SIDE as i32).contains(&x) && (0..SIDE as i32).contains(&y) {
                expected[y as usize * SIDE + x as usize] = pixel;
            }
        }
        assert_eq!(shifted, expected, "{right} right, {down} down");
    }
    let half = warp(&[0, 0, 0, 100, 200, 0, 0, 0, 0], 3, Affine { shift: (0.5, 0.0), ..Affine::IDENTITY });
    assert_eq!(half, [0, 0, 0, 50, 150, 100, 0, 0, 0]);
}

#[test]
fn turns_and_mirrors_known_patterns() {
    #[rustfmt::skip]
    let pattern = [
        1, 2, 3,
        4, 5, 6,
        7, 8, 9,
    ];
    let turn = |rotation| Affine { rotation, ..Affine::IDENTITY };
    let cases: [(Affine, [u8; 9]); 6] = [
        (Affine::IDENTITY, pattern),
        (turn(90.0), [7, 4, 1, 8, 5, 2, 9, 6, 3]),
        (turn(180.0), [9, 8, 7, 6, 5, 4, 3, 2, 1]),
        (turn(-90.0), [3, 6, 9, 2, 5, 8, 1, 4, 7]),
        // A lean of 45° moves the row above the centre one pixel left, the one below one right.
        (Affine { shear: 45.0, ..Affine::IDENTITY }, [2, 3, 0, 4, 5, 6, 0, 7, 8]),
        // At half size the neighbours of the centre come from the border's pixels beyond.
        (Affine { zoom: 0.5, ..Affine::IDENTITY }, [0, 0, 0, 0, 5, 0, 0, 0, 0]),
    ];
    for (map, expected) in cases {
        assert_eq!(warp(&pattern, 3, map), expected, "{map:?}");
    }
    // Sheared first, turned afterwards.
    let both = Affine { shear: 45.0, rotation: 90.0, ..Affine::IDENTITY };
    assert_eq!(warp(&pattern, 3, both), [0, 4, 2, 7, 5, 3, 8, 6, 0]);
}

#[test]
fn zooming_keeps_the_centre_and_scales_the_area() {
    // A disc: its centre of mass and its area can be told before and after.
    let disc: Vec<u8> = (0..SIDE * SIDE)
        .map(|i| {
            let (x, y) = ((i % SIDE) as f64 - 13.5, (i / SIDE) as f64 - 13.5);
            if x * x + y * y < 36.0 { 200 } else { 0 }
        })
        .collect();
    let mass = |image: &[u8]| image.iter().map(|v| f64::from(*v)).sum::<f64>();
    for zoom in [0.7, 0.85, 1.0, 1.2, 1.5] {
        let zoomed = warp(&disc, SIDE, Affine { zoom, ..Affine::IDENTITY });
        assert_eq!(zoomed[14 * SIDE + 14], 200, "the centre at {zoom}");
        let mean = |axis: fn(usize) -> usize| {
            let weighted: f64 = zoomed.iter().enumerate().map(|(i, v)| axis(i) as f64 * f64::from(*v)).sum();
            weighted / mass(&zoomed)
        };
        assert!((mean(|i| i % SIDE) - 13.5).abs() < 0.01 && (mean(|i| i / SIDE) - 13.5).abs() < 0.01);
        let area = mass(&zoomed) / mass(&disc);
        assert!((area / (zoom * zoom) - 1.0).abs() < 0.04, "area {area} at {zoom}");
    }
}

#[test]
fn distortions_draw_their_whole_range_and_no_more() {
    let spec = AugmentSpec { shift: 3.0, ..AugmentSpec::default() };
    let center = |image: &[f32]| {
        let mass: f32 = image.iter().sum();
        let x: f32 = image.iter().enumerate().map(|(i, v)| (i % SIDE) as f32 * v).sum();
        x / mass
    };
    let start = center(&augment(&AugmentSpec::default(), 0, 0, 0));
    let moved: Vec<f32> = (0..300).map(|index| center(&augment(&spec, 5, 0, index)) - start).collect();
    let (low, high) = moved.iter().fold((0.0_f32, 0.0_f32), |(l, h), v| (l.min(*v), h.max(*v)));
    assert!((-3.0..-2.9).contains(&low) && (2.9..3.0).contains(&high), "{low} to {high}");
}

#[test]
fn elastic_displacements_have_the_size_the_field_predicts() {
    let spec = AugmentSpec { elastic_alpha: 34.0, ..AugmentSpec::default() };
    let mut elastic = Elastic::new(&spec, 64, 64);
    // Uniform noise has deviation 1/sqrt(3); a Gaussian of sigma leaves 1/(2 sigma sqrt(pi)) of it.
    let expected = 34.0 / 3.0_f64.sqrt() / (2.0 * 4.0 * std::f64::consts::PI.sqrt());
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for image in 0..40 {
        let (right, down) = elastic.draw(&mut generator(Use::Elastic, 1, 0, image));
        assert_ne!(right, down);
        for field in [right, down] {
            // Away from the border, where zeros thin the field out.
            let inner = (0..64 * 64).filter(|i| (12..52).contains(&(i % 64)) && (12..52).contains(&(i / 64)));
            for i in inner {
                let value = f64::from(field[i]);
                (sum, squares, count) = (sum + value, squares + value * value, count + 1.0);
            }
            let steps = (1..64).map(|x| (field[20 * 64 + x] - field[20 * 64 + x - 1]).abs());
            assert!(steps.fold(0.0, f32::max) < 2.0, "neighbours move together");
        }
    }
    let deviation = (squares / count).sqrt();
    assert!((deviation / expected - 1.0).abs() < 0.05, "{deviation} instead of {expected}");
    assert!((sum / count).abs() < 0.15 * expected);
}

#[test]
fn a_gaussian_keeps_the_mass_and_spreads_by_its_sigma() {
    for sigma in [0.75, 1.0, 2.0, 3.0] {
        let mut image = vec![0.0; 41 * 41];
        image[20 * 41 + 20] = 1000.0;
        Gaussian::new(sigma, 41, 41).apply(&mut image);
        let mass: f32 = image.iter().sum();
        assert!((mass - 1000.0).abs() < 0.1, "{mass}");
        let weighted = |axis: fn(usize) -> usize| {
            let values = image.iter().enumerate();
            let sum: f64 = values.map(|(i, v)| (axis(i) as f64 - 20.0).powi(2) * f64::from(*v)).sum();
            (sum / 1000.0).sqrt()
        };
        for deviation in [weighted(|i| i % 41), weighted(|i| i / 41)] {
            assert!((deviation / sigma - 1.0).abs() < 0.03, "{deviation} instead of {sigma}");
        }
    }
}

#[test]
fn grey_values_change_as_they_should() {
    let apply = |change: &dyn Fn(&mut [f32])| {
        let mut image = [0.0, 100.0, 200.0];
        change(&mut image);
        image
    };
    assert_eq!(apply(&|image| pixel::contrast(image, 0.5)), [50.0, 100.0, 150.0]);
    assert_eq!(apply(&|image| pixel::contrast(image, 2.0)), [-100.0, 100.0, 300.0]);
    assert_eq!(apply(&|image| pixel::brightness(image, 0.2)), [51.0, 151.0, 251.0]);
    let clamped = apply(&|image| {
        pixel::brightness(image, 0.4);
        pixel::clamp(image);
    });
    assert_eq!(clamped, [102.0, 202.0, 255.0]);
    let mut flat = vec![128.0; 10_000];
    pixel::noise(&mut flat, 0.1, &mut generator(Use::Noise, 3, 0, 0));
    let variance = flat.iter().map(|v| (v - 128.0) * (v - 128.0)).sum::<f32>() / 1e4;
    assert!((variance.sqrt() - 25.5).abs() < 0.5, "deviation {}", variance.sqrt());
}

#[test]
fn cutout_paints_a_square_and_stops_at_the_border() {
    let cases = [
        ((1, 1), 1, "1111 1.11 1111 1111"),
        ((1, 1), 2, "..11 ..11 1111 1111"),
        ((1, 1), 3, "...1 ...1 ...1 1111"),
        ((0, 0), 3, "..11 ..11 1111 1111"),
        ((3, 3), 3, "1111 1111 11.. 11.."),
        ((2, 1), 28, ".... .... .... ...."),
    ];
    for (center, side, expected) in cases {
        let mut image = [1.0; 16];
        pixel::cutout(&mut image, 4, center, side);
        let rows = image.chunks(4).map(|row| row.iter().map(|v| if *v > 0.0 { '1' } else { '.' }).collect());
        assert_eq!(rows.collect::<Vec<String>>().join(" "), expected, "{side} around {center:?}");
    }
}

#[test]
fn specs_are_read_strictly_but_need_not_be_complete() {
    let read = |text: &str| serde_json::from_str::<AugmentSpec>(text);
    let expected = AugmentSpec { rotation: 10.0, elastic_alpha: 34.0, ..AugmentSpec::default() };
    assert_eq!(read(r#"{"rotation": 10, "elasticAlpha": 34}"#).ok(), Some(expected));
    assert_eq!(read("{}").ok(), Some(AugmentSpec::default()));
    assert!(read(r#"{"rotate": 10}"#).is_err());
    for (name, spec) in specs() {
        let text = serde_json::to_string(&spec).expect("plain numbers");
        assert_eq!(read(&text).ok(), Some(spec), "{name}");
    }
}

#[test]
fn every_value_has_its_range() {
    for (name, spec) in specs() {
        assert_eq!(spec.problems("data.augment"), [], "{name}");
    }
    let bad = AugmentSpec {
        rotation: 181.0,
        shift: -1.0,
        zoom: 1.0,
        shear: f64::NAN,
        elastic_alpha: -0.1,
        elastic_sigma: 0.0,
        brightness: 1.5,
        contrast: 1.0,
        noise: f64::INFINITY,
        cutout: Count(2.5),
    };
    let problems = bad.problems("data.augment");
    use ProblemCode::{NotANumber, NotWhole, OutOfRange};
    let expected = [
        ("rotation", OutOfRange),
        ("shift", OutOfRange),
        ("zoom", OutOfRange),
        ("shear", NotANumber),
        ("elasticAlpha", OutOfRange),
        ("elasticSigma", OutOfRange),
        ("brightness", OutOfRange),
        ("contrast", OutOfRange),
        ("noise", NotANumber),
        ("cutout", NotWhole),
    ];
    let found: Vec<_> = problems.iter().map(|p| (p.field.as_str(), p.code)).collect();
    let expected = expected.map(|(field, code)| (format!("data.augment.{field}"), code));
    assert_eq!(found, expected.each_ref().map(|(field, code)| (field.as_str(), *code)));
    // Even then there is an image, not a panic.
    let out = augment(&bad, 1, 0, 0);
    assert_eq!(out.len(), SIDE * SIDE);
}

#[test]
fn any_size_will_do() {
    let (_, all) = specs().pop().expect("there are specs");
    for (width, height) in [(1, 1), (1, 9), (9, 1), (40, 20), (64, 64), (0, 0)] {
        let pixels = vec![128; width * height];
        let mut out = vec![-1.0; width * height];
        Augmenter::new(&all, width, height, 1).augment(&pixels, 0, 0, &mut out);
        assert!(out.iter().all(|v| (0.0..=255.0).contains(v)), "{width} x {height}");
    }
}
