//! A page's picture: opened by its header, decoded when it is looked at, upright, in sRGB and on white.

mod colour;
mod jpeg;
mod others;
mod png;

use crate::confine::confined;
use crate::sheet::Window;
use crate::{Bitmap, MOST_PIXELS, RenderError};
use fast_image_resize::images::{Image as Resized, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, RgbImage};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What decoding one picture may take at once, in bytes.
const MOST_BYTES: u64 = 1 << 30;

/// A picture of fewer pixels is decoded in full at once: that takes no longer than a glance.
const LEAST_REDUCED: u64 = 2_000_000;

/// What a decoder gives.
struct Decoded {
    rgb: RgbImage,
    /// The file ends before the picture does; what is missing is white.
    cut_short: bool,
}

/// What is known without decoding.
struct Header {
    width: u32,
    height: u32,
    orientation: Orientation,
}

struct Whole {
    pixels: Arc<RgbImage>,
    cut_short: bool,
    /// Half as wide and high, a quarter, and so on, each from the one before when it is first drawn from.
    halves: Mutex<Vec<Arc<RgbImage>>>,
}

impl Whole {
    /// The smallest pixels at least `wanted` wide.
    fn pixels(&self, wanted: u32) -> Result<Arc<RgbImage>, RenderError> {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pixels = Arc::clone(&self.pixels);
        let mut made = 0;
        while pixels.width() > 1 && pixels.width().div_ceil(2) >= wanted {
            if made == halves.len() {
                let above = pixels;
                halves.push(confined(move || halved(&above).map(Arc::new))?);
            }
            pixels = Arc::clone(&halves[made]);
            made += 1;
        }
        Ok(pixels)
    }
}

/// A picture's file. It is decoded once, by whoever needs it first; the others wait.
pub(crate) struct Picture {
    bytes: Vec<u8>,
    format: ImageFormat,
    header: Header,
    whole: OnceLock<Result<Whole, RenderError>>,
    /// A half, a quarter or an eighth of it a side, which a JPEG gives in a fraction of the time.
    reduced: Mutex<Option<Arc<RgbImage>>>,
}

impl Picture {
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Self, RenderError> {
        let format = image::guess_format(&bytes)
            .map_err(|_| RenderError::Unreadable("its first bytes are no known picture's".into()))?;
        let header = match format {
            ImageFormat::Jpeg => jpeg::header(&bytes),
            ImageFormat::Png => png::header(&bytes),
            other => others::header(&bytes, other),
        }?;
        let pixels = u64::from(header.width) * u64::from(header.height);
        if pixels == 0 {
            return Err(RenderError::Unreadable("the picture has no pixels".into()));
        }
        if pixels > MOST_PIXELS {
            let what = "the picture's pixel count";
            return Err(RenderError::TooLarge { what, size: pixels, limit: MOST_PIXELS });
        }
        Ok(Self { bytes, format, header, whole: OnceLock::new(), reduced: Mutex::default() })
    }

    /// As it is seen, upright.
    pub(crate) fn size(&self) -> (u32, u32) {
        let Header { width, height, orientation } = self.header;
        if is_turned(orientation) { (height, width) } else { (width, height) }
    }

    /// What it takes to keep it decoded, in bytes: with its halves a third more than the pixels alone.
    pub(crate) fn weight(&self) -> u64 {
        u64::from(self.header.width) * u64::from(self.header.height) * 4 + self.bytes.len() as u64
    }

    /// Known once the picture has been decoded in full.
    pub(crate) fn is_cut_short(&self) -> bool {
        matches!(self.whole.get(), Some(Ok(whole)) if whole.cut_short)
    }

    /// The pixels to draw from at `scale` pixels a pixel of the picture: all of them, or fewer where those do.
    pub(crate) fn pixels(self: &Arc<Self>, scale: f64) -> Result<Arc<RgbImage>, RenderError> {
        if let Some(reduced) = self.reduced(scale) {
            return Ok(reduced);
        }
        let whole = self.whole.get_or_init(|| {
            let picture = Arc::clone(self);
            confined(move || picture.decode())
        });
        whole.as_ref().map_err(Clone::clone)?.pixels(wanted(self.size().0, scale))
    }

    fn decode(&self) -> Result<Whole, RenderError> {
        let decoded = match self.format {
            ImageFormat::Jpeg => jpeg::decode(&self.bytes),
            ImageFormat::Png => png::decode(&self.bytes),
            other => others::decode(&self.bytes, other),
        }?;
        let pixels = Arc::new(upright(decoded.rgb, self.header.orientation));
        Ok(Whole { pixels, cut_short: decoded.cut_short, halves: Mutex::default() })
    }

    /// A JPEG's pixels in a smaller number that is still enough, where there is such a number.
    fn reduced(self: &Arc<Self>, scale: f64) -> Option<Arc<RgbImage>> {
        let Header { width, height, .. } = self.header;
        let small = u64::from(width) * u64::from(height) < LEAST_REDUCED;
        if self.format != ImageFormat::Jpeg || scale > 0.5 || small {
            return None;
        }
        let wanted = wanted(width, scale);
        let mut reduced = self.reduced.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = |pixels: &RgbImage| {
            let across = if is_turned(self.header.orientation) { pixels.height() } else { pixels.width() };
            across >= wanted
        };
        if let Some(pixels) = reduced.as_ref().filter(|pixels| enough(pixels)) {
            return Some(Arc::clone(pixels));
        }
        if self.whole.get().is_some() {
            return None;
        }
        let picture = Arc::clone(self);
        // What cannot be read this way is tried in full, which has the words for what is wrong.
        let pixels = confined(move || {
            let pixels = jpeg::decode_reduced(&picture.bytes, wanted)?;
            Ok(upright(pixels, picture.header.orientation))
        });
        let pixels = Arc::new(pixels.ok()?);
        *reduced = Some(Arc::clone(&pixels));
        Some(pixels)
    }
}

/// How many pixels across it takes to draw a picture `width` wide at `scale`.
fn wanted(width: u32, scale: f64) -> u32 {
    // A hair above a whole number is rounding.
    (f64::from(width) * scale - 1e-6).ceil() as u32
}

/// Half as wide and high. The filter is as sharp as may be of those that look at no more than what becomes one pixel.
fn halved(pixels: &RgbImage) -> Result<RgbImage, RenderError> {
    let (width, height) = (pixels.width().div_ceil(2), pixels.height().div_ceil(2));
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Hamming));
    pixels_of(width, height, resized(pixels, width, height, &options)?)
}

fn resized(
    pixels: &RgbImage,
    width: u32,
    height: u32,
    options: &ResizeOptions,
) -> Result<Vec<u8>, RenderError> {
    let failed = |error: &dyn std::fmt::Display| RenderError::Unreadable(error.to_string());
    let source = ImageRef::new(pixels.width(), pixels.height(), pixels.as_raw(), PixelType::U8x3)
        .map_err(|error| failed(&error))?;
    let mut target = Resized::new(width, height, PixelType::U8x3);
    Resizer::new().resize(&source, &mut target, options).map_err(|error| failed(&error))?;
    Ok(target.into_vec())
}

fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn upright(rgb: RgbImage, orientation: Orientation) -> RgbImage {
    if orientation == Orientation::NoTransforms {
        return rgb;
    }
    let mut picture = DynamicImage::ImageRgb8(rgb);
    picture.apply_orientation(orientation);
    picture.into_rgb8()
}

fn orientation(exif: Option<&[u8]>) -> Orientation {
    // A missing or odd orientation means upright.
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

fn pixels_of(width: u32, height: u32, rgb: Vec<u8>) -> Result<RgbImage, RenderError> {
    RgbImage::from_raw(width, height, rgb)
        .ok_or_else(|| RenderError::Unreadable("it holds fewer pixels than it says".into()))
}

fn over_white([red, green, blue, alpha]: [u8; 4]) -> [u8; 3] {
    [red, green, blue].map(|channel| {
        let (channel, alpha) = (u32::from(channel), u32::from(alpha));
        ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    })
}

/// Draws a window of a picture `full` pixels wide and high from its pixels, or from fewer of them.
pub(crate) fn draw(
    pixels: &RgbImage,
    (full_width, full_height): (f64, f64),
    window: Window,
) -> Result<Bitmap, RenderError> {
    let (across, down) = (f64::from(pixels.width()) / full_width, f64::from(pixels.height()) / full_height);
    // Rounding may put the last column a hair outside; a window never reaches beyond the picture.
    let left = (window.left / window.scale).clamp(0.0, full_width - 1.0);
    let top = (window.top / window.scale).clamp(0.0, full_height - 1.0);
    let width = (f64::from(window.width) / window.scale).min(full_width - left);
    let height = (f64::from(window.height) / window.scale).min(full_height - top);
    let options = ResizeOptions::new().crop(left * across, top * down, width * across, height * down);
    let rgb = resized(pixels, window.width, window.height, &options)?;
    Ok(Bitmap { width: window.width, height: window.height, rgb })
}

#[cfg(test)]
mod tests;
