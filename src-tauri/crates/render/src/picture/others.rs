//! WebP, GIF and BMP: as the image crate reads them, the first frame of what moves.

use super::colour::{Samples, each, to_screen};
use super::{Decoded, Header, MOST_BYTES, over_white, pixels_of};
use crate::RenderError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

pub(super) fn header(bytes: &[u8], format: ImageFormat) -> Result<Header, RenderError> {
    let mut decoder = decoder(bytes, format)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(Header { width, height, orientation })
}

pub(super) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Decoded, RenderError> {
    let mut decoder = decoder(bytes, format)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    decoder.set_limits(limits).map_err(|error| unreadable(&error))?;
    let profile = decoder.icc_profile().unwrap_or_default();
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
    let (width, height) = (picture.width(), picture.height());
    let samples = if picture.color().has_alpha() {
        each(picture.into_rgba8().as_raw(), over_white)
    } else {
        picture.into_rgb8().into_raw()
    };
    let rgb = to_screen(samples, Samples::Rgb, profile.as_deref());
    Ok(Decoded { rgb: pixels_of(width, height, rgb)?, cut_short: false })
}

fn decoder(bytes: &[u8], format: ImageFormat) -> Result<impl ImageDecoder + '_, RenderError> {
    ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|error| unreadable(&error))
}

fn unreadable(error: &ImageError) -> RenderError {
    RenderError::Unreadable(error.to_string())
}
