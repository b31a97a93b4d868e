//! A page's picture: JPEG, PNG, WebP, GIF or BMP, upright and on white.

use crate::sheet::Window;
use crate::{Bitmap, MOST_PIXELS, RenderError};
use fast_image_resize::images::{Image as Resized, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// What decoding one picture may take at once, in bytes.
const MOST_BYTES: u64 = 1 << 30;

pub(crate) fn open(bytes: &[u8]) -> Result<RgbImage, RenderError> {
    let unreadable = |error: image::ImageError| RenderError::Unreadable(error.to_string());
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| RenderError::Unreadable(error.to_string()))?;
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return Err(RenderError::TooLarge {
            what: "the picture's pixel count",
            size: pixels,
            limit: MOST_PIXELS,
        });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    decoder.set_limits(limits).map_err(unreadable)?;
    // A missing or odd orientation means upright.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    Ok(on_white(picture))
}

fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    let (width, height) = rgba.dimensions();
    let mut flat = RgbImage::new(width, height);
    for (to, from) in flat.pixels_mut().zip(rgba.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over_white = |channel: u32| ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        to.0 = [red, green, blue].map(over_white);
    }
    flat
}

pub(crate) fn draw(picture: &RgbImage, window: Window) -> Result<Bitmap, RenderError> {
    let failed = |error: String| RenderError::Unreadable(error);
    let (full_width, full_height) = (f64::from(picture.width()), f64::from(picture.height()));
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3)
        .map_err(|error| failed(error.to_string()))?;
    let mut target = Resized::new(window.width, window.height, PixelType::U8x3);
    // Rounding may put the last column a hair outside; a window never reaches beyond the picture.
    let left = (window.left / window.scale).clamp(0.0, full_width - 1.0);
    let top = (window.top / window.scale).clamp(0.0, full_height - 1.0);
    let width = (f64::from(window.width) / window.scale).min(full_width - left);
    let height = (f64::from(window.height) / window.scale).min(full_height - top);
    Resizer::new()
        .resize(&source, &mut target, &ResizeOptions::new().crop(left, top, width, height))
        .map_err(|error| failed(error.to_string()))?;
    Ok(Bitmap { width: window.width, height: window.height, rgb: target.into_vec() })
}
