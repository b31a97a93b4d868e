//! One page made ready for drawing, and the pyramid of tiles that a viewer asks for.

use crate::confine::confined;
use crate::drawn_images::{self, Found};
use crate::pdf::{self, PlacedPdf};
use crate::picture::{self, Picture};
use crate::{Bitmap, Frame, Photographs, RenderError, alignment, found_areas, night};
use image::RgbImage;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Side of a tile in pixels.
pub const TILE_SIZE: u32 = 1024;

/// The most pixels that are decoded from a file, or drawn at once: a broadsheet at 600 dpi has 118
/// million.
pub const MOST_PIXELS: u64 = 160_000_000;

/// The longer side of the largest level drawn from a PDF: a comma of 9-point type is 15 pixels high there.
const PDF_LONG_SIDE: f64 = 8192.0;

/// How many times its full size a page is drawn at most: a viewer's sizes are the screen's, doubled until
/// nothing is missing.
const MOST_ENLARGED: u32 = 4;

/// A PDF's page of no more pixels than this is drawn whole for its first tile, and the others are cut from that: drawing
/// it anew for each would read its fonts and pictures anew.
const WHOLE_AT_ONCE: u64 = 6_000_000;

/// The longest side that the rasteriser's 16-bit sizes allow.
const LONGEST_SIDE: f64 = 65_535.0;

/// What a page is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Picture,
}

/// A part of a page, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Cut {
    pub const WHOLE: Self = Self { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
}

/// How large a whole page is drawn, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// Pixels to draw: `left` and `top` in pixels of the page at `scale` pixels a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    pub(crate) scale: f64,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

#[derive(Clone)]
enum Source {
    Pdf(PlacedPdf),
    Picture(Arc<Picture>),
}

struct Drawn {
    page: Size,
    bitmap: Arc<Bitmap>,
}

/// What a drawing is made from, everything decoded.
enum Ready {
    Pdf(PlacedPdf),
    Pixels(Arc<RgbImage>),
}

/// A page's file, opened. Cheap to clone; drawing may go on from several threads.
#[derive(Clone)]
pub struct Sheet {
    source: Source,
    /// In points for a PDF, in pixels for a picture.
    width: f64,
    height: f64,
    /// Found when they are first asked for, once for all clones.
    photographs: Arc<OnceLock<Photographs>>,
    /// The last whole drawing, by day, once for all clones.
    drawn: Arc<Mutex<Option<Drawn>>>,
    /// Those that keep their colours while the rest of the page is drawn in the night's.
    night: Option<Photographs>,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:?} of {}x{}", self.kind(), self.width, self.height)
    }
}

impl Sheet {
    /// Opens a PDF (its first page) or a picture, told apart by their first bytes. A picture is decoded when it is
    /// first drawn, once for all who wait for it.
    pub fn open(bytes: Vec<u8>) -> Result<Self, RenderError> {
        confined(move || {
            // Readers look for the header in the first kilobyte; sites have sent blank lines before it.
            let head = &bytes[..bytes.len().min(1024)];
            if head.windows(5).any(|window| window == b"%PDF-") {
                let pdf = pdf::open(bytes)?;
                let (width, height) = (pdf.width, pdf.height);
                return Ok(Self::new(Source::Pdf(pdf), width, height));
            }
            let picture = Picture::open(bytes)?;
            let (width, height) = picture.size();
            Ok(Self::new(Source::Picture(Arc::new(picture)), f64::from(width), f64::from(height)))
        })
    }

    fn new(source: Source, width: f64, height: f64) -> Self {
        Self { source, width, height, photographs: Arc::default(), drawn: Arc::default(), night: None }
    }

    /// The photographs on the page: the images that a PDF draws; where the page is only a picture, those found in it.
    pub fn photographs(&self) -> Result<Photographs, RenderError> {
        if let Some(photographs) = self.photographs.get() {
            return Ok(photographs.clone());
        }
        let day = Self { night: None, ..self.clone() };
        let found = day.find_photographs()?;
        Ok(self.photographs.get_or_init(|| found).clone())
    }

    fn find_photographs(&self) -> Result<Photographs, RenderError> {
        if let Source::Pdf(pdf) = &self.source {
            let pdf = pdf.clone();
            if let Found::Photographs(photographs) = confined(move || drawn_images::find(&pdf))? {
                return Ok(photographs);
            }
        }
        let longer = self.width.max(self.height);
        let most = f64::from(found_areas::LONG_SIDE);
        // A small picture is looked at as it is: enlarging it shows nothing new.
        let scale = if self.kind() == Kind::Picture { (most / longer).min(1.0) } else { most / longer };
        let side = |length: f64| (length * scale).round().max(1.0) as u32;
        let (width, height) = (side(self.width), side(self.height));
        let page = self.draw(Window { scale, left: 0.0, top: 0.0, width, height })?;
        confined(move || Ok(found_areas::find(&page)))
    }

    /// The same page in the night's colours, these parts of it as they are: its own photographs, or those of a sharper
    /// sheet of the page.
    #[must_use]
    pub fn at_night(&self, photographs: Photographs) -> Self {
        Self { night: Some(photographs), ..self.clone() }
    }

    /// Where a page's picture lies on this, its PDF; nothing where the two are edge to edge, or where that cannot be told.
    pub fn place_of(&self, picture: &Self) -> Result<Option<Frame>, RenderError> {
        let (Kind::Pdf, Kind::Picture) = (self.kind(), picture.kind()) else { return Ok(None) };
        let whole = |sheet: &Self, side: u32| {
            let scale = f64::from(side) / sheet.width.max(sheet.height);
            let scale = if sheet.kind() == Kind::Picture { scale.min(1.0) } else { scale };
            let exact = (sheet.width * scale, sheet.height * scale);
            let (width, height) = (exact.0.ceil() as u32, exact.1.ceil() as u32);
            let drawn = sheet.draw(Window { scale, left: 0.0, top: 0.0, width, height })?;
            // A picture is stretched to whole pixels, a PDF is drawn as it is.
            let whole = (f64::from(width), f64::from(height));
            Ok((drawn, if sheet.kind() == Kind::Picture { whole } else { exact }))
        };
        let (side, pdf_side) = alignment::sides();
        let (picture, pdf) = (whole(picture, side)?, whole(self, pdf_side)?);
        let frame = confined(move || Ok(alignment::find(&picture, &pdf)))?;
        Ok(frame.filter(|frame| *frame != Frame::WHOLE))
    }

    /// A PDF seen through a frame on it, so that fractions of the page are those of the picture that lies there. What the
    /// picture shows beyond the PDF's edge is paper.
    #[must_use]
    pub fn framed(&self, frame: &Frame) -> Self {
        match &self.source {
            Source::Pdf(pdf) => {
                let pdf = pdf.framed(frame);
                let (width, height) = (pdf.width, pdf.height);
                Self { night: self.night.clone(), ..Self::new(Source::Pdf(pdf), width, height) }
            }
            Source::Picture(_) => self.clone(),
        }
    }

    pub fn kind(&self) -> Kind {
        match self.source {
            Source::Pdf(_) => Kind::Pdf,
            Source::Picture(_) => Kind::Picture,
        }
    }

    /// Decodes a picture in full, so that drawing any part of it is quick, and says what is wrong with it otherwise.
    pub fn prepare(&self) -> Result<(), RenderError> {
        match &self.source {
            Source::Pdf(_) => Ok(()),
            Source::Picture(picture) => picture.pixels(1.0).map(drop),
        }
    }

    /// Whether the file ends before its picture does: what could be read is drawn, and the rest is white. Known once
    /// the picture was drawn.
    pub fn is_cut_short(&self) -> bool {
        matches!(&self.source, Source::Picture(picture) if picture.is_cut_short())
    }

    /// What it takes to keep it open, in bytes, at most: a picture's pixels, or those of a PDF's last whole drawing, mostly.
    pub fn weight(&self) -> u64 {
        match &self.source {
            Source::Pdf(pdf) => pdf.pdf.data().as_ref().len() as u64 + 3 * WHOLE_AT_ONCE,
            Source::Picture(picture) => picture.weight(),
        }
    }

    /// Width and height: points of a PDF, pixels of a picture.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// Beyond this size a page shows nothing new: a picture's own, and for a PDF one at which a comma is
    /// fifteen pixels high.
    pub fn full_size(&self) -> Size {
        let scale = match self.kind() {
            Kind::Pdf => PDF_LONG_SIDE / self.width.max(self.height),
            Kind::Picture => 1.0,
        };
        let side = |length: f64| (length * scale).round().max(1.0) as u32;
        Size { width: side(self.width), height: side(self.height) }
    }

    /// The tile in column `x`, row `y` of the page drawn so large: any size will do, so that a viewer can
    /// have the very pixels of its screen.
    pub fn tile(&self, page: Size, x: u32, y: u32) -> Result<Bitmap, RenderError> {
        let full = self.full_size();
        let most = |side: u32| side.saturating_mul(MOST_ENLARGED).max(TILE_SIZE);
        if page.width == 0
            || page.height == 0
            || page.width > most(full.width)
            || page.height > most(full.height)
        {
            return Err(RenderError::OutsidePage);
        }
        let span = |index: u32, side: u32| {
            let start = index.checked_mul(TILE_SIZE).filter(|&start| start < side)?;
            Some((start, TILE_SIZE.min(side - start)))
        };
        let (left, width) = span(x, page.width).ok_or(RenderError::OutsidePage)?;
        let (top, height) = span(y, page.height).ok_or(RenderError::OutsidePage)?;
        let scale = f64::from(page.width) / self.width;
        let window = Window { scale, left: f64::from(left), top: f64::from(top), width, height };
        let pixels = u64::from(page.width) * u64::from(page.height);
        let alone = width == page.width && height == page.height;
        if self.kind() == Kind::Picture || pixels > WHOLE_AT_ONCE || alone {
            return self.draw(window);
        }
        let whole = self.whole(page, scale)?;
        let (night, size) = (self.night.clone(), self.size());
        confined(move || {
            let mut tile = whole.part(left, top, width, height);
            if let Some(photographs) = night {
                night::turn(&mut tile, &photographs, size, window);
            }
            Ok(tile)
        })
    }

    /// The whole page by day; who comes while it is drawn waits for it.
    fn whole(&self, page: Size, scale: f64) -> Result<Arc<Bitmap>, RenderError> {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawn) = drawn.as_ref().filter(|drawn| drawn.page == page) {
            return Ok(Arc::clone(&drawn.bitmap));
        }
        let day = Self { night: None, ..self.clone() };
        let window = Window { scale, left: 0.0, top: 0.0, width: page.width, height: page.height };
        let bitmap = Arc::new(day.draw(window)?);
        *drawn = Some(Drawn { page, bitmap: Arc::clone(&bitmap) });
        Ok(bitmap)
    }

    /// A part of the page, `width` pixels wide; its height follows from the page's proportions.
    pub fn cut(&self, cut: Cut, width: u32) -> Result<Bitmap, RenderError> {
        let inside = |start: f64, length: f64| start >= 0.0 && length > 0.0 && start + length <= 1.0 + 1e-9;
        if !inside(cut.x, cut.width) || !inside(cut.y, cut.height) || width == 0 {
            return Err(RenderError::OutsidePage);
        }
        let scale = f64::from(width) / (cut.width * self.width);
        let height = (cut.height * self.height * scale).round().max(1.0);
        let pixels = f64::from(width) * height;
        if pixels > MOST_PIXELS as f64 || f64::from(width).max(height) > LONGEST_SIDE {
            let size = pixels as u64;
            return Err(RenderError::TooLarge {
                what: "the drawing's pixel count",
                size,
                limit: MOST_PIXELS,
            });
        }
        let (left, top) = (cut.x * self.width * scale, cut.y * self.height * scale);
        self.draw(Window { scale, left, top, width, height: height as u32 })
    }

    fn draw(&self, window: Window) -> Result<Bitmap, RenderError> {
        let (night, size) = (self.night.clone(), self.size());
        // Whoever waits for another's decoding does so here, on no thread that counts.
        let ready = match &self.source {
            Source::Pdf(pdf) => Ready::Pdf(pdf.clone()),
            Source::Picture(picture) => Ready::Pixels(picture.pixels(window.scale)?),
        };
        confined(move || {
            let mut drawn = match ready {
                Ready::Pdf(pdf) => pdf::draw(&pdf, window)?,
                Ready::Pixels(pixels) => picture::draw(&pixels, size, window)?,
            };
            if let Some(photographs) = night {
                night::turn(&mut drawn, &photographs, size, window);
            }
            Ok(drawn)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assemble, one_page, stream};
    use image::codecs::jpeg::JpegEncoder;

    /// A one-page PDF of 200x300 points: its left half black.
    fn half_black() -> Vec<u8> {
        one_page("/MediaBox[0 0 200 300]", "0 g 0 0 100 300 re f", Vec::new())
    }

    fn left_half_black_jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture =
            RgbImage::from_fn(width, height, |x, _| image::Rgb([if x < width / 2 { 0 } else { 255 }; 3]));
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 95).encode_image(&picture).unwrap();
        bytes
    }

    fn grey(bitmap: &Bitmap, x: u32, y: u32) -> u8 {
        bitmap.rgb[((y * bitmap.width + x) * 3) as usize]
    }

    #[test]
    fn a_page_is_drawn_at_the_size_asked_for() {
        for (bytes, kind) in [(half_black(), Kind::Pdf), (left_half_black_jpeg(400, 600), Kind::Picture)] {
            let sheet = Sheet::open(bytes).unwrap();
            assert_eq!(sheet.kind(), kind);
            let whole = sheet.cut(Cut::WHOLE, 100).unwrap();
            assert_eq!((whole.width, whole.height), (100, 150));
            assert!(grey(&whole, 10, 75) < 8 && grey(&whole, 90, 75) > 247, "{kind:?}");
            let right = sheet.cut(Cut { x: 0.5, y: 0.5, width: 0.5, height: 0.25 }, 200).unwrap();
            assert_eq!((right.width, right.height), (200, 150));
            assert!(grey(&right, 20, 75) > 240 && grey(&right, 199, 149) > 240, "{kind:?}");
        }
    }

    #[test]
    fn tiles_make_up_the_page() {
        let sheet = Sheet::open(half_black()).unwrap();
        assert_eq!(sheet.full_size(), Size { width: 5461, height: 8192 });
        let whole = sheet.tile(Size { width: 683, height: 1024 }, 0, 0).unwrap();
        assert_eq!((whole.width, whole.height), (683, 1024));
        assert!(grey(&whole, 300, 500) < 8 && grey(&whole, 380, 500) > 247);
        let large = Size { width: 5464, height: 8196 };
        let last = sheet.tile(large, 5, 8).unwrap();
        assert_eq!((last.width, last.height), (5464 - 5 * 1024, 8196 - 8 * 1024));
        assert!(grey(&last, 100, 2) > 247);
        // The black half ends at 2732 pixels, within the third tile of its row.
        let middle = sheet.tile(large, 2, 0).unwrap();
        assert!(grey(&middle, 680, 10) < 8 && grey(&middle, 688, 10) > 247);
        for (size, x, y) in [
            (Size { width: 683, height: 1024 }, 1, 0),
            (large, u32::MAX, 0),
            (Size { width: 0, height: 100 }, 0, 0),
            (Size { width: u32::MAX, height: 8192 }, 0, 0),
        ] {
            assert_eq!(sheet.tile(size, x, y), Err(RenderError::OutsidePage), "{size:?} {x} {y}");
        }
    }

    #[test]
    fn bad_files_are_errors_with_words() {
        let open = |bytes: &[u8]| Sheet::open(bytes.to_vec()).unwrap_err();
        assert!(matches!(open(b""), RenderError::Unreadable(_)));
        assert!(matches!(open(b"<html>404</html>"), RenderError::Unreadable(_)));
        assert!(matches!(open(b"%PDF-1.4\nnothing"), RenderError::Unreadable(_) | RenderError::Empty));
        let jpeg = left_half_black_jpeg(400, 600);
        assert!(matches!(open(&jpeg[..200]), RenderError::Unreadable(_)));
        let sheet = Sheet::open(jpeg).unwrap();
        for cut in [
            Cut { x: -0.1, y: 0.0, width: 0.5, height: 0.5 },
            Cut { x: 0.6, y: 0.0, width: 0.5, height: 0.5 },
            Cut { x: 0.0, y: 0.0, width: 0.0, height: 0.5 },
            Cut { x: f64::NAN, y: 0.0, width: 0.5, height: 0.5 },
        ] {
            assert_eq!(sheet.cut(cut, 100), Err(RenderError::OutsidePage));
        }
        assert!(matches!(sheet.cut(Cut::WHOLE, 60_000), Err(RenderError::TooLarge { .. })));
    }

    #[test]
    fn a_locked_pdf_says_so() {
        let locked = include_bytes!("../tests/pictures/locked.pdf").to_vec();
        assert_eq!(Sheet::open(locked).unwrap_err(), RenderError::Locked);
    }

    #[test]
    fn a_pdf_that_goes_in_circles_is_drawn_or_refused() {
        // A form that draws itself, twice each time.
        let form = stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 200 300]/Resources<</XObject<</F 5 0 R>>>>",
            b"/F Do /F Do",
        );
        let page = "/MediaBox[0 0 200 300]/Resources<</XObject<</F 5 0 R>>>>";
        let content = "0 g 0 0 100 300 re f /F Do";
        let sheet = Sheet::open(one_page(page, content, vec![form])).unwrap();
        let drawn = sheet.cut(Cut::WHOLE, 100);
        assert!(matches!(&drawn, Ok(page) if grey(page, 10, 10) == 0) || drawn.is_err());
        // Pages that are their own parent, and a page whose content is the page.
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 3 0 R>>",
        ];
        let objects = objects.map(|object| object.as_bytes().to_vec()).to_vec();
        let opened = Sheet::open(assemble(&objects));
        assert!(opened.is_err() || opened.unwrap().cut(Cut::WHOLE, 100).is_ok());
    }

    #[test]
    fn ten_thousand_objects_do_no_harm() {
        let names: Vec<String> = (5..10_005).map(|number| format!("/F{number} {number} 0 R")).collect();
        let page = format!("/MediaBox[0 0 200 300]/Resources<</XObject<<{}>>>>", names.join(" "));
        let content = (5..10_005).fold(String::new(), |content, number| content + &format!("/F{number} Do "));
        let form = || stream("/Type/XObject/Subtype/Form/BBox[0 0 200 300]", b"0 g 0 0 100 300 re f");
        let sheet = Sheet::open(one_page(&page, &content, (0..10_000).map(|_| form()).collect())).unwrap();
        assert_eq!(grey(&sheet.cut(Cut::WHOLE, 100).unwrap(), 10, 10), 0);
    }
}
