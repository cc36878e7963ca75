use super::*;

fn grey(width: usize, height: usize, pixels: &[u8]) -> Grey {
    Grey::new("test", width, height, pixels.to_vec()).expect("sizes fit")
}

fn filled(width: usize, height: usize, value: impl Fn(usize, usize) -> u8) -> Grey {
    let pixels: Vec<u8> = (0..width * height).map(|i| value(i % width, i / width)).collect();
    grey(width, height, &pixels)
}

#[test]
fn colours_become_grey_as_in_pillow() {
    // Pillow 13: Image.new("RGB", (1, 1), color).convert("L").getpixel((0, 0))
    let cases = [
        ([0, 0, 0], 0),
        ([255, 255, 255], 255),
        ([255, 0, 0], 76),
        ([0, 255, 0], 150),
        ([0, 0, 255], 29),
        ([12, 200, 99], 132),
    ];
    for ([red, green, blue], expected) in cases {
        let picture = Grey::from_rgba("p", 1, 1, &[red, green, blue, 255]).expect("one pixel");
        assert_eq!(picture.pixels(), [expected], "{red} {green} {blue}");
    }
}

#[test]
fn transparency_shows_the_ground_that_sets_off_the_ink() {
    let clear = [0, 0, 0, 0];
    let cases = [
        ("black ink", [[0, 0, 0, 255], clear], [0, 255]),
        ("white ink", [[255, 255, 255, 255], clear], [255, 0]),
        ("half-transparent black", [[0, 0, 0, 128], clear], [127, 255]),
        ("white hidden under transparency", [[0, 0, 0, 255], [255, 255, 255, 0]], [0, 255]),
    ];
    for (name, colors, expected) in cases {
        let picture = Grey::from_rgba(name, 2, 1, colors.as_flattened()).expect("two pixels");
        assert_eq!(picture.pixels(), expected, "{name}");
    }
}

#[test]
fn a_picture_of_the_right_size_stays_as_it_is() {
    let picture = filled(28, 28, |x, y| ((x * 31 + y * 17) % 256) as u8);
    assert_eq!(picture.fit(28), picture);
    assert_eq!(normalise_image(&picture, Polarity::LightOnDark), picture.pixels());
    let inverse: Vec<u8> = picture.pixels().iter().map(|v| 255 - v).collect();
    assert_eq!(normalise_image(&picture, Polarity::DarkOnLight), inverse);
}

#[test]
fn smaller_is_the_average_of_the_area() {
    // Exactly halved: each pixel is the mean of four.
    let picture = grey(4, 4, &[0, 20, 255, 255, 40, 60, 255, 255, 8, 8, 0, 100, 8, 8, 0, 100]);
    assert_eq!(picture.fit(2).pixels(), [30, 255, 8, 50]);
    // Three to two: the middle one is shared, 100 * 2/3 + 40 * 1/3 = 80 and 40/3 + 10 * 2/3 = 20.
    let stripes = filled(3, 3, |x, _| [100, 40, 10][x]);
    assert_eq!(stripes.fit(2).pixels(), [80, 20, 80, 20]);
    // The mean of a large picture stays, whatever the ratio.
    for side in [29, 57, 100, 333] {
        let picture = filled(side, side, |x, y| ((x * 7 + y * 13) % 256) as u8);
        let mean = |picture: &Grey| {
            picture.pixels().iter().map(|v| f64::from(*v)).sum::<f64>() / picture.pixels().len() as f64
        };
        assert!((mean(&picture) - mean(&picture.fit(28))).abs() < 0.6, "side {side}");
    }
}

#[test]
fn larger_is_interpolated() {
    let picture = grey(2, 2, &[0, 100, 0, 100]);
    assert_eq!(picture.fit(4).pixels(), [0, 25, 75, 100].repeat(4));
    assert_eq!(grey(1, 1, &[9]).fit(3).pixels(), [9; 9]);
}

#[test]
fn proportions_stay_and_the_rest_is_like_the_border() {
    // Ink in the middle, ground of 5 around it.
    let wide = filled(56, 28, |x, y| if (20..36).contains(&x) && (10..18).contains(&y) { 200 } else { 5 });
    let fitted = wide.fit(28);
    for (i, pixel) in fitted.pixels().iter().enumerate() {
        let inside = (10..18).contains(&(i % 28)) && (12..16).contains(&(i / 28));
        assert_eq!(*pixel, if inside { 200 } else { 5 }, "column {}, row {}", i % 28, i / 28);
    }
    // A line of a pixel does not vanish, and odd sizes leave the larger rest below.
    assert_eq!(grey(1, 100, &[7; 100]).fit(28).pixels(), [7; 784]);
    let tall = grey(1, 2, &[10, 20]).fit(3).pixels().to_vec();
    assert_eq!(tall.len(), 9);
}

#[test]
fn polarity_is_told_by_the_border() {
    let ink_touching = |ground: u8, ink: u8| {
        // A stroke from the left border to the right one.
        filled(40, 40, move |_, y| if (15..22).contains(&y) { ink } else { ground })
    };
    let cases = [
        (ink_touching(250, 10), Polarity::Automatic, true),
        (ink_touching(3, 240), Polarity::Automatic, false),
        (ink_touching(128, 0), Polarity::Automatic, true),
        (ink_touching(127, 255), Polarity::Automatic, false),
        (ink_touching(3, 240), Polarity::DarkOnLight, true),
        (ink_touching(250, 10), Polarity::LightOnDark, false),
    ];
    for (picture, polarity, inverts) in cases {
        let border = picture.border();
        assert_eq!(polarity.inverts(&[border]), inverts, "border {border}, {polarity:?}");
        let ground = normalise_image(&picture, polarity)[0];
        assert_eq!(ground, if inverts { 255 - border } else { border });
    }
    // A set is inverted as a whole.
    assert!(Polarity::Automatic.inverts(&[250, 240, 20]));
    assert!(!Polarity::Automatic.inverts(&[250, 10, 20]));
    assert!(!Polarity::Automatic.inverts(&[250, 10]));
    assert!(!Polarity::Automatic.inverts(&[]));
}

#[test]
fn faults_are_named() {
    let cases = [
        (0, 5, 0, "empty"),
        (5, 0, 0, "empty"),
        (8193, 1, 8193, "8193 x 1; at most 8192 x 8192"),
        (2, 2, 3, "2 x 2, which takes 4 values; it has 3"),
        (2, 2, 5, "it has 5"),
    ];
    for (width, height, values, fault) in cases {
        let error = Grey::new("a.png", width, height, vec![0; values]).expect_err(fault);
        assert!(error.message.starts_with("a.png: ") && error.message.contains(fault), "{error}");
    }
    let error = Grey::from_rgba("a.png", 2, 2, &[0; 4]).expect_err("too few");
    assert!(error.message.contains("takes 16 values; it has 4"), "{error}");
}
