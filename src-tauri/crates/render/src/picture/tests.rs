//! Pictures of every kind that sites send, made here, and those that are meant to do harm.

use super::*;
use crate::{Cut, RenderError, Sheet};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;
use moxcms::ColorProfile;
use std::io::Write;

const RED: [u8; 3] = [200, 40, 40];
const GREEN: [u8; 3] = [40, 160, 60];
const BLUE: [u8; 3] = [40, 60, 180];
const GREY: [u8; 3] = [128, 128, 128];

macro_rules! picture {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../tests/pictures/", $name)).as_slice())
    };
}

fn fields(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => GREY,
        })
    })
}

fn as_jpeg(picture: &RgbImage, profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).unwrap();
    }
    encoder.encode_image(picture).unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Arc<Picture> {
    Arc::new(Picture::open(bytes.to_vec()).unwrap())
}

fn decoded(bytes: &[u8]) -> Arc<RgbImage> {
    open(bytes).pixels(1.0).unwrap()
}

fn is_near(seen: [u8; 3], wanted: [u8; 3], most: u8) -> bool {
    seen.iter().zip(wanted).all(|(seen, wanted)| seen.abs_diff(wanted) <= most)
}

#[track_caller]
fn check_fields(name: &str, pixels: &RgbImage, wanted: [[u8; 3]; 4]) {
    let (width, height) = pixels.dimensions();
    let middles = [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| (width * x / 4, height * y / 4));
    for ((x, y), wanted) in middles.into_iter().zip(wanted) {
        let seen = pixels.get_pixel(x, y).0;
        assert!(is_near(seen, wanted, 4), "{name} at {x},{y}: {seen:?}, not {wanted:?}");
    }
}

#[test]
fn every_way_in_which_a_picture_is_kept_is_read() {
    for (name, bytes) in [
        picture!("baseline.jpg"),
        picture!("progressive.jpg"),
        picture!("cmyk-adobe.jpg"),
        picture!("ycck-adobe.jpg"),
        picture!("turned.jpg"),
        picture!("palette.png"),
        picture!("palette.gif"),
        picture!("lossless.webp"),
    ] {
        let picture = open(bytes);
        assert_eq!(picture.size(), (48, 32), "{name}");
        check_fields(name, &picture.pixels(1.0).unwrap(), [RED, GREEN, BLUE, GREY]);
        assert!(!picture.is_cut_short(), "{name}");
    }
    let grey = |[r, g, b]: [u8; 3]| {
        [((299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b)) / 1000) as u8; 3]
    };
    let (name, bytes) = picture!("grey.jpg");
    check_fields(name, &decoded(bytes), [RED, GREEN, BLUE, GREY].map(grey));
}

fn four_pixels(
    colour: ::png::ColorType,
    depth: ::png::BitDepth,
    profile: Option<Vec<u8>>,
    samples: &[u8],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut info = ::png::Info::with_size(2, 2);
    info.color_type = colour;
    info.bit_depth = depth;
    info.icc_profile = profile.map(Into::into);
    let encoder = ::png::Encoder::with_info(&mut bytes, info).unwrap();
    encoder.write_header().unwrap().write_image_data(samples).unwrap();
    bytes
}

#[test]
fn deep_and_transparent_png_is_read_on_white() {
    let deep: Vec<u8> = [RED, GREEN, BLUE, GREY].concat().into_iter().flat_map(|value| [value, 99]).collect();
    let read = decoded(&four_pixels(::png::ColorType::Rgb, ::png::BitDepth::Sixteen, None, &deep));
    assert_eq!(read.as_raw(), &[RED, GREEN, BLUE, GREY].concat());
    let clear = [[0, 0, 0, 255], [0, 0, 0, 0], [200, 40, 40, 255], [0, 0, 0, 128]].concat();
    let read = decoded(&four_pixels(::png::ColorType::Rgba, ::png::BitDepth::Eight, None, &clear));
    assert_eq!(read.as_raw(), &[[0; 3], [255; 3], RED, [127; 3]].concat());
    let clear = [10, 255, 10, 0, 0, 255, 0, 128];
    let read = decoded(&four_pixels(::png::ColorType::GrayscaleAlpha, ::png::BitDepth::Eight, None, &clear));
    assert_eq!(read.as_raw(), &[[10; 3], [255; 3], [0; 3], [127; 3]].concat());
    // One bit a pixel, as faxes and old scans are.
    let read = decoded(&four_pixels(
        ::png::ColorType::Grayscale,
        ::png::BitDepth::One,
        None,
        &[0b0100_0000, 0b1000_0000],
    ));
    assert_eq!(read.as_raw(), &[[0; 3], [255; 3], [255; 3], [0; 3]].concat());
}

#[test]
fn colours_are_what_their_profile_means() {
    // A saturated green of the wider space is beyond sRGB's; a middling one becomes stronger in numbers.
    let wide = ColorProfile::new_display_p3().encode().unwrap();
    let usual = ColorProfile::new_srgb().encode().unwrap();
    let green = RgbImage::from_pixel(16, 16, image::Rgb([90, 180, 90]));
    let seen = |bytes: &[u8]| decoded(bytes).get_pixel(1, 1).0;
    // By the definitions of both spaces: linear values through P3's matrix and back through sRGB's.
    let wanted = [41, 183, 77];
    let jpeg_seen = seen(&as_jpeg(&green, Some(wide.clone())));
    assert!(is_near(jpeg_seen, wanted, 4), "{jpeg_seen:?}");
    let samples = [90, 180, 90].repeat(4);
    let eight = ::png::BitDepth::Eight;
    let as_png = seen(&four_pixels(::png::ColorType::Rgb, eight, Some(wide.clone()), &samples));
    assert!(is_near(as_png, wanted, 4), "{as_png:?}");
    for profile in [Some(usual), Some(b"not a profile".to_vec()), None] {
        assert_eq!(seen(&four_pixels(::png::ColorType::Rgb, eight, profile, &samples)), [90, 180, 90]);
    }
    // A profile for other samples than these says nothing of them.
    assert_eq!(seen(&four_pixels(::png::ColorType::Grayscale, eight, Some(wide), &[90; 4])), [90; 3]);
    let dark = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    assert!(seen(&four_pixels(::png::ColorType::Grayscale, eight, Some(dark), &[90; 4]))[0] > 140);
}

/// Noise: every block of it has data.
fn noise(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([((x * 7 + y * 13) % 200) as u8, ((x * y) % 180) as u8, ((x ^ y) % 160) as u8])
    })
}

#[test]
fn of_a_picture_that_is_cut_short_the_top_is_shown() {
    let whole = as_jpeg(&noise(200, 400), None);
    let all = decoded(&whole);
    let cut = open(&whole[..whole.len() * 6 / 10]);
    let pixels = cut.pixels(1.0).unwrap();
    assert!(cut.is_cut_short());
    assert!((0..200).all(|y| pixels.get_pixel(50, y) == all.get_pixel(50, y)), "the top is as it is");
    assert!((300..400).all(|y| pixels.get_pixel(50, y).0 == [255; 3]), "the rest is paper");

    let mut bytes = Vec::new();
    let picture = noise(200, 400);
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(picture.as_raw(), 200, 400, image::ExtendedColorType::Rgb8).unwrap();
    let cut = open(&bytes[..bytes.len() * 6 / 10]);
    let pixels = cut.pixels(1.0).unwrap();
    assert!(cut.is_cut_short());
    assert!((0..200).all(|y| pixels.get_pixel(50, y) == picture.get_pixel(50, y)));
    assert!((300..400).all(|y| pixels.get_pixel(50, y).0 == [255; 3]));
}

#[test]
fn without_its_end_mark_alone_nothing_of_a_jpeg_is_missing() {
    let whole = as_jpeg(&noise(200, 400), None);
    let cut = open(&whole[..whole.len() - 2]);
    assert_eq!(cut.pixels(1.0).unwrap().dimensions(), (200, 400));
    assert!(!cut.is_cut_short());
}

#[test]
fn what_has_no_picture_in_it_is_refused_with_words() {
    let whole = as_jpeg(&fields(64, 64), None);
    let data = whole.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    for bytes in
        [&whole[..30], &whole[..data + 4], b"GIF89a", b"\x89PNG\r\n\x1a\n", b"RIFF\x04\0\0\0WEBPVP8 "]
    {
        let error = Sheet::open(bytes.to_vec()).and_then(|sheet| sheet.prepare()).unwrap_err();
        assert!(matches!(error, RenderError::Unreadable(_)), "{error:?}");
        assert!(error.to_string().contains("its text can still be read"));
    }
}

#[test]
fn a_small_view_of_a_large_jpeg_is_decoded_small() {
    for (name, wide, high) in [("upright", 2400, 1200), ("high", 1200, 2400)] {
        let large = fields(wide, high);
        let sheet = Sheet::open(as_jpeg(&large, None)).unwrap();
        let picture = open(&as_jpeg(&large, None));
        let small = picture.pixels(0.2).unwrap();
        assert_eq!(small.dimensions(), (wide / 4, high / 4), "{name}");
        assert!(picture.whole.get().is_none());
        check_fields(name, &small, [RED, GREEN, BLUE, GREY]);
        assert!(Arc::ptr_eq(&small, &picture.pixels(0.1).unwrap()), "what is there is used again");
        assert_eq!(picture.pixels(0.3).unwrap().dimensions(), (wide / 2, high / 2));
        assert_eq!(picture.pixels(0.9).unwrap().dimensions(), (wide, high));
        // Drawn from few pixels or from all, a part of it is the same part.
        let part = Cut { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
        let before = sheet.cut(part, wide / 8).unwrap();
        sheet.prepare().unwrap();
        let after = Sheet::open(as_jpeg(&large, None)).unwrap();
        after.prepare().unwrap();
        let after = after.cut(part, wide / 8).unwrap();
        let apart = before.rgb.iter().zip(&after.rgb).filter(|(a, b)| a.abs_diff(**b) > 24).count();
        assert!(apart * 50 < before.rgb.len(), "{name}: {apart} samples of {}", before.rgb.len());
    }
}

#[test]
fn smaller_views_of_a_whole_picture_are_drawn_from_its_halves() {
    for (wide, high) in [(1001, 703), (64, 900), (1, 40)] {
        let picture = open(&as_jpeg(&fields(wide, high), None));
        let whole = picture.pixels(1.0).unwrap();
        assert_eq!(whole.dimensions(), (wide, high));
        let half = (wide.div_ceil(2), high.div_ceil(2));
        // A hair more than half is all of it; the half's own width is the half, whatever rounding makes of it.
        assert!(Arc::ptr_eq(&picture.pixels(0.51).unwrap(), &whole) || wide == 1);
        let seen = picture.pixels(f64::from(half.0) / f64::from(wide)).unwrap();
        assert_eq!(seen.dimensions(), if wide == 1 { (wide, high) } else { half });
        let quarter = picture.pixels(0.25).unwrap();
        assert!(Arc::ptr_eq(&quarter, &picture.pixels(0.25).unwrap()), "what is there is used again");
        if wide > 100 {
            assert_eq!(quarter.dimensions(), (wide.div_ceil(4), high.div_ceil(4)));
            check_fields("a quarter", &quarter, [RED, GREEN, BLUE, GREY]);
        }
    }
    // Stripes of one pixel become the grey between them, wherever they are.
    let stripes = RgbImage::from_fn(1600, 1200, |x, _| image::Rgb([if x % 2 == 0 { 40 } else { 200 }; 3]));
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(stripes.as_raw(), 1600, 1200, image::ExtendedColorType::Rgb8).unwrap();
    let quarter = open(&bytes).pixels(0.25).unwrap();
    assert!(quarter.pixels().all(|pixel| is_near(pixel.0, [120; 3], 3)));
}

#[test]
fn all_who_wait_get_the_one_decoding() {
    let picture = open(&as_jpeg(&fields(1800, 1800), None));
    let waiting: Vec<_> = (0..6)
        .map(|_| {
            let picture = Arc::clone(&picture);
            std::thread::spawn(move || picture.pixels(1.0).unwrap())
        })
        .collect();
    let got: Vec<_> = waiting.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(got.iter().all(|pixels| Arc::ptr_eq(pixels, &got[0])));
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), data].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&named);
    [&(data.len() as u32).to_be_bytes(), named.as_slice(), &crc.sum().to_be_bytes()].concat()
}

fn packed_zeros(length: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; 1 << 20];
    (0..length >> 20).for_each(|_| encoder.write_all(&zeros).unwrap());
    encoder.finish().unwrap()
}

fn png_of(side: u32, more: &[u8], data: &[u8]) -> Vec<u8> {
    let mut header = [side.to_be_bytes(), side.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let parts =
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &header), more.to_vec(), chunk(*b"IDAT", data)];
    [parts.concat(), chunk(*b"IEND", &[])].concat()
}

#[test]
fn pictures_that_unpack_to_too_much_are_refused_before_they_do() {
    let bomb = packed_zeros(64 << 20);
    let huge = Sheet::open(png_of(60_000, &[], &bomb)).unwrap_err();
    assert!(matches!(huge, RenderError::TooLarge { size: 3_600_000_000, .. }), "{huge:?}");
    // What is beyond the picture's own pixels is not unpacked, nor are words beside it.
    let words = [b"Comment\0\0".as_slice(), &bomb].concat();
    let small = Sheet::open(png_of(8, &chunk(*b"zTXt", &words), &bomb)).unwrap();
    let page = small.cut(Cut::WHOLE, 8).unwrap();
    assert_eq!(page.rgb, vec![0; 8 * 8 * 3]);
    // A JPEG that says it is 60000 pixels a side.
    let mut large = as_jpeg(&fields(64, 64), None);
    let frame = large.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    large[frame + 5..frame + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    assert!(matches!(Sheet::open(large).unwrap_err(), RenderError::TooLarge { size: 3_600_000_000, .. }));
}
