//! The photographs that a PDF draws: its interpreter runs once, and each image tells where it is.

use crate::pdf::PlacedPdf;
use crate::photographs::{Photograph, Photographs, Silhouette};
use crate::tones::Tones;
use crate::{RenderError, fonts};
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_syntax::object::Dict;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, FillRule, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, LumaData, RasterImage, SoftMask, interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use hayro::vello_cpu::{PixelMetadata, Pixmap};
use std::sync::Arc;

/// A picture with a shorter side than this, in points (six millimetres), is an ornament.
const LEAST_SIDE: f64 = 17.0;

/// And so is one with fewer pixels a side.
const LEAST_PIXELS: u32 = 48;

/// What is wider and higher than this share of the page lies under it: a ground, or the scan of all of it.
const GROUND: f64 = 0.9;

/// A page that images cover to this share, and on which little else is drawn, is a picture.
const ALL_PICTURE: f64 = 0.85;
const FEW_MARKS: usize = 200;

/// A printed code for telephones is a square of at most this share of the page's width.
const CODE_SIDE: f64 = 0.2;

/// More images than this are a pattern.
const MOST: usize = 400;

/// As many pixels of an image are looked at, about, and a cover is kept as large.
const LOOKED_AT: (u32, u32) = (512, 512);
const MOST_COVER: u32 = 4096;

/// What a PDF's drawing says of its photographs.
pub(crate) enum Found {
    Photographs(Photographs),
    /// The page is nothing but a picture: only its pixels tell.
    OnlyPicture,
}

pub(crate) fn find(pdf: &PlacedPdf) -> Result<Found, RenderError> {
    let page = pdf.page()?;
    let settings =
        InterpreterSettings { font_resolver: Arc::new(fonts::resolve), ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let area = Rect::new(0.0, 0.0, pdf.width, pdf.height);
    let mut context = Context::new(pdf.transform()?, area, &cache, page.xref(), settings);
    let mut finder = Finder {
        area,
        clips: Vec::new(),
        photographs: Vec::new(),
        images: Vec::new(),
        looked_at: 0,
        marks: 0,
    };
    interpret_page(page, &mut context, &mut finder);
    if finder.marks <= FEW_MARKS && share_covered(&finder.images, area) >= ALL_PICTURE {
        return Ok(Found::OnlyPicture);
    }
    Ok(Found::Photographs(finder.photographs.into_iter().collect()))
}

/// How much of the page lies under images, told by a grid of points.
fn share_covered(images: &[Rect], area: Rect) -> f64 {
    const GRID: u32 = 32;
    let along = |index: u32, length: f64| (f64::from(index) + 0.5) / f64::from(GRID) * length;
    let points = (0..GRID).flat_map(|row| (0..GRID).map(move |column| (column, row)));
    let under = points.filter(|&(column, row)| {
        let point = (along(column, area.width()), along(row, area.height()));
        images.iter().any(|image| image.contains(point))
    });
    under.count() as f64 / f64::from(GRID * GRID)
}

/// Draws nothing, and notes the images.
struct Finder {
    /// The page, in points.
    area: Rect,
    clips: Vec<(BezPath, FillRule)>,
    photographs: Vec<Photograph>,
    images: Vec<Rect>,
    looked_at: usize,
    marks: usize,
}

impl Finder {
    fn raster(&mut self, image: &RasterImage<'_>, transform: Affine) {
        let own = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = transform.transform_rect_bbox(own);
        let seen = self
            .clips
            .iter()
            .fold(bounds.intersect(self.area), |seen, (clip, _)| seen.intersect(clip.bounding_box()));
        if seen.is_zero_area() {
            return;
        }
        if self.images.len() < MOST {
            self.images.push(seen);
        }
        let ground = seen.width() > GROUND * self.area.width() && seen.height() > GROUND * self.area.height();
        let small = seen.width().min(seen.height()) < LEAST_SIDE
            || image.width().min(image.height()) < LEAST_PIXELS.min(21);
        if ground || small || self.looked_at == MOST {
            return;
        }
        self.looked_at += 1;
        let square = (0.95..1.05).contains(&(seen.width() / seen.height()))
            && seen.width() < CODE_SIDE * self.area.width();
        let few_pixels = image.width().min(image.height()) < LEAST_PIXELS;
        let to_fractions = Affine::scale_non_uniform(1.0 / self.area.width(), 1.0 / self.area.height());
        let mut photograph = None;
        image.with_rgba(
            |data, alpha| {
                let tones = tones_of(&data, alpha.as_ref());
                // A telephone reads dark upon light.
                let code = square && tones.is_two_toned();
                if !code && (few_pixels || !tones.is_photograph()) {
                    return;
                }
                let clips = self.clips.iter().map(|(clip, rule)| (to_fractions * clip, *rule)).collect();
                let outline = to_fractions * (transform * own.to_path(0.1));
                let silhouette = alpha
                    .filter(|alpha| alpha.data.iter().any(|&alpha| alpha < 255))
                    .and_then(|alpha| silhouette(&alpha, to_fractions * transform));
                photograph = Some(Photograph { outline, clips, silhouette });
            },
            Some(LOOKED_AT),
        );
        self.photographs.extend(photograph);
    }
}

fn tones_of(data: &ImageData, alpha: Option<&LumaData>) -> Tones {
    let (width, height) = (data.width(), data.height());
    let printed = |x: u32, y: u32| {
        alpha.is_none_or(|alpha| {
            let across = u64::from(x) * u64::from(alpha.width) / u64::from(width.max(1));
            let down = u64::from(y) * u64::from(alpha.height) / u64::from(height.max(1));
            alpha
                .data
                .get((down * u64::from(alpha.width) + across) as usize)
                .is_some_and(|&alpha| alpha > 127)
        })
    };
    // A prime stride does not fall in step with a screen's rows.
    let stride =
        (width as usize * height as usize / (LOOKED_AT.0 as usize * LOOKED_AT.1 as usize)).max(1) | 1;
    let mut tones = Tones::default();
    for index in (0..width as usize * height as usize).step_by(stride) {
        let pixel = match data {
            ImageData::Rgb(rgb) => rgb.data.get(index * 3..index * 3 + 3).map(|rgb| [rgb[0], rgb[1], rgb[2]]),
            ImageData::Luma(luma) => luma.data.get(index).map(|&grey| [grey; 3]),
        };
        let (x, y) = (index as u32 % width, index as u32 / width);
        if let Some(pixel) = pixel.filter(|_| printed(x, y)) {
            tones.add(pixel);
        }
    }
    tones
}

/// `place` goes from the image's pixels to fractions of the page.
fn silhouette(alpha: &LumaData, place: Affine) -> Option<Silhouette> {
    let step = alpha.width.max(alpha.height).div_ceil(MOST_COVER).max(1);
    let (width, height) = (alpha.width.div_ceil(step), alpha.height.div_ceil(step));
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for y in (0..alpha.height).step_by(step as usize) {
        for x in (0..alpha.width).step_by(step as usize) {
            let cover = *alpha.data.get((y as usize) * (alpha.width as usize) + x as usize)?;
            rgba.extend([cover; 4]);
        }
    }
    // Premultiplied white of that cover.
    let metadata = PixelMetadata { may_have_transparency: true, ..PixelMetadata::default() };
    let cover = Pixmap::from_parts(rgba, u16::try_from(width).ok()?, u16::try_from(height).ok()?, metadata);
    let (across, down) = alpha.scale_factors;
    let place = place
        * Affine::scale_non_uniform(f64::from(across), f64::from(down))
        * Affine::scale(f64::from(step));
    Some(Silhouette { cover: Arc::new(cover), place })
}

impl<'a> Device<'a> for Finder {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        match image {
            // A stencil is ink in a shape: type, a screen, a logo.
            Image::Stencil(_) => self.marks += 1,
            Image::Raster(raster) => self.raster(&raster, props.transform),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.clips.push((clip.path.clone(), clip.fill));
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.marks += 1;
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, mode: &DrawMode) {
        // The text under a scan is there to be searched.
        if !matches!(mode, DrawMode::Invisible) {
            self.marks += 1;
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&Dict<'_>>) {}
}

#[cfg(test)]
mod tests {
    use crate::testing::{one_page, stream};
    use crate::{Bitmap, Cut, NIGHT_INK, NIGHT_PAPER, Sheet, Size};

    /// A PDF of one page of 200 by 300 points with these images: what is in their dictionaries, and their bytes.
    fn pdf(content: &str, images: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let names: Vec<String> =
            (0..images.len()).map(|index| format!("/I{index} {} 0 R", index + 5)).collect();
        let resources = format!("/Resources<</XObject<<{}>>>>", names.join(" "));
        let page = format!("/MediaBox[0 0 200 300]{resources}");
        let images = images
            .iter()
            .map(|(dictionary, bytes)| stream(&format!("/Type/XObject/Subtype/Image{dictionary}"), bytes));
        one_page(&page, content, images.collect())
    }

    const COLOURED: &str = "/Width 64/Height 64/BitsPerComponent 8/ColorSpace/DeviceRGB";
    const GREY: &str = "/Width 64/Height 64/BitsPerComponent 8/ColorSpace/DeviceGray";

    fn scene() -> Vec<u8> {
        (0..64 * 64).flat_map(|index| [(index % 64 * 3) as u8, (index / 64 * 3 + 20) as u8, 140]).collect()
    }

    /// Type in the top fifth, as far as this test is concerned, and the image in the middle of the page.
    fn with_image(more: &str, image: (&str, Vec<u8>)) -> Vec<u8> {
        pdf(&format!("0 g 20 250 160 20 re f {more} q 100 0 0 100 50 100 cm /I0 Do Q"), &[image])
    }

    fn pixel(bitmap: &Bitmap, x: u32, y: u32) -> [u8; 3] {
        let at = ((y * bitmap.width + x) * 3) as usize;
        [bitmap.rgb[at], bitmap.rgb[at + 1], bitmap.rgb[at + 2]]
    }

    fn both(bytes: Vec<u8>) -> (Bitmap, Bitmap) {
        let sheet = Sheet::open(bytes).unwrap();
        let night = sheet.at_night(sheet.photographs().unwrap());
        (sheet.cut(Cut::WHOLE, 400).unwrap(), night.cut(Cut::WHOLE, 400).unwrap())
    }

    #[test]
    fn type_turns_light_and_a_photograph_stays_as_it_is() {
        let (day, night) = both(with_image("", (COLOURED, scene())));
        assert_eq!((pixel(&day, 200, 80), pixel(&night, 200, 80)), ([0; 3], NIGHT_INK));
        assert_eq!((pixel(&day, 20, 300), pixel(&night, 20, 300)), ([255; 3], NIGHT_PAPER));
        // The image lies at 100,200 to 300,400, and around it is paper.
        for (x, y) in (0..400).flat_map(|x| (100..600).map(move |y| (x, y))) {
            let inside = (100..300).contains(&x) && (200..400).contains(&y);
            let wanted = if inside { pixel(&day, x, y) } else { NIGHT_PAPER };
            assert_eq!(pixel(&night, x, y), wanted, "{x},{y}");
        }
    }

    #[test]
    fn tiles_at_night_are_the_parts_of_the_page_at_night() {
        let sheet = Sheet::open(with_image("", (COLOURED, scene()))).unwrap();
        let night = sheet.at_night(sheet.photographs().unwrap());
        let size = Size { width: 1200, height: 1800 };
        let whole = night.cut(Cut::WHOLE, size.width).unwrap();
        for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let tile = night.tile(size, x, y).unwrap();
            for (column, row) in
                (0..tile.width).step_by(7).flat_map(|x| (0..tile.height).step_by(7).map(move |y| (x, y)))
            {
                let (day, night) =
                    (pixel(&whole, x * 1024 + column, y * 1024 + row), pixel(&tile, column, row));
                let apart = day.into_iter().zip(night).map(|(a, b)| a.abs_diff(b)).max();
                assert!(apart <= Some(1), "{column},{row} of {x},{y}: {day:?} and {night:?}");
            }
        }
    }

    #[test]
    fn what_a_clip_hides_of_a_photograph_is_print() {
        let (day, night) = both(pdf(
            "0 g 20 250 160 20 re f q 50 100 50 100 re W n 100 0 0 100 50 100 cm /I0 Do Q",
            &[(COLOURED, scene())],
        ));
        assert_eq!(pixel(&night, 150, 300), pixel(&day, 150, 300));
        assert_eq!(pixel(&night, 250, 300), NIGHT_PAPER);
    }

    #[test]
    fn a_photograph_that_is_cut_out_stands_on_the_nights_paper() {
        // Its left half is printed.
        let mask: Vec<u8> = (0..64 * 64).map(|index| if index % 64 < 32 { 255 } else { 0 }).collect();
        let image = format!("{COLOURED}/SMask 6 0 R");
        let bytes = pdf("q 100 0 0 100 50 100 cm /I0 Do Q", &[(&image, scene()), (GREY, mask)]);
        let (day, night) = both(bytes);
        assert_eq!(pixel(&night, 150, 300), pixel(&day, 150, 300));
        assert_eq!(pixel(&night, 280, 300), NIGHT_PAPER);
    }

    #[test]
    fn drawings_and_stencils_are_print_and_codes_are_not() {
        // Black upon white, one pixel in four: a map, a table, a masthead.
        let drawing: Vec<u8> = (0..64 * 64).map(|index| if index % 4 == 0 { 0 } else { 255 }).collect();
        let (_, night) = both(with_image("", (GREY, drawing.clone())));
        assert!(pixel(&night, 101, 300)[0] < 128 || pixel(&night, 103, 300)[0] < 128);
        assert_eq!(pixel(&both(with_image("", (GREY, vec![255; 64 * 64]))).1, 200, 300), NIGHT_PAPER);
        let stencil = ("/Width 64/Height 64/BitsPerComponent 1/ImageMask true", vec![0x0F; 64 * 8]);
        let (_, night) = both(with_image("", stencil));
        assert_eq!(pixel(&night, 101, 210), NIGHT_INK);
        // A telephone reads dark upon light: a small square of both.
        let code: Vec<u8> =
            (0..64 * 64).map(|index| if (index / 4 + index / 256) % 2 == 0 { 0 } else { 255 }).collect();
        let (day, night) = both(pdf("q 30 0 0 30 150 20 cm /I0 Do Q", &[(GREY, code)]));
        for (x, y) in [(302, 502), (310, 520), (330, 540)] {
            assert_eq!(pixel(&night, x, y), pixel(&day, x, y));
        }
    }

    #[test]
    fn a_ground_under_the_page_is_no_photograph() {
        let ground: Vec<u8> = (0..64 * 64).flat_map(|index| [250, 246, 226 + (index % 9) as u8]).collect();
        let content = format!("q 200 0 0 300 0 0 cm /I0 Do Q 0 g {}", "20 250 2 20 re f ".repeat(300));
        let (_, night) = both(pdf(&content, &[(COLOURED, ground)]));
        assert!(pixel(&night, 200, 400).iter().all(|&channel| channel < 64), "{:?}", pixel(&night, 200, 400));
    }

    #[test]
    fn in_a_scan_the_photograph_is_found_in_the_picture() {
        // A page as one image: lines of type, and a scene in the middle of it.
        let (width, height) = (400_u32, 600_u32);
        let inside = |x: u32, y: u32| (100..300).contains(&x) && (200..400).contains(&y);
        let air = |x: u32, y: u32| (90..310).contains(&x) && (190..410).contains(&y);
        let scan: Vec<u8> = (0..width * height)
            .flat_map(|index| {
                let (x, y) = (index % width, index / width);
                match (inside(x, y), air(x, y)) {
                    (true, _) => [(x % 200) as u8, (y % 180 + 30) as u8, 120],
                    (_, true) => [255; 3],
                    _ if y % 12 < 7 && x % 5 < 2 => [20; 3],
                    _ => [255; 3],
                }
            })
            .collect();
        let dictionary = format!("/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceRGB");
        let (day, night) = both(pdf("q 200 0 0 300 0 0 cm /I0 Do Q", &[(&dictionary, scan)]));
        for (x, y) in [(104, 204), (200, 300), (296, 396), (104, 396)] {
            assert_eq!(pixel(&night, x, y), pixel(&day, x, y), "{x},{y}");
        }
        for (x, y) in [(95, 300), (305, 300), (200, 195), (200, 405), (3, 10)] {
            assert!(pixel(&night, x, y)[0] < 40, "{x},{y}: {:?}", pixel(&night, x, y));
        }
    }
}
