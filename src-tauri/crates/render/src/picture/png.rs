//! PNG: any depth, palettes, transparency, interlaced or not; what could be read of one that is cut short.

use super::colour::{Samples, each, to_screen};
use super::{Decoded, Header, MOST_BYTES, orientation, over_white, pixels_of};
use crate::RenderError;
use png::{ColorType, Decoder, DecodingError, Limits, Transformations};
use std::io::Cursor;

pub(super) fn header(bytes: &[u8]) -> Result<Header, RenderError> {
    let mut decoder = decoder(bytes);
    let info = decoder.read_header_info().map_err(|error| unreadable(&error))?;
    let (width, height) = info.size();
    // The orientation stands behind the header, in a chunk of its own.
    let exif = decoder.read_info().ok().and_then(|reader| reader.info().exif_metadata.clone());
    Ok(Header { width, height, orientation: orientation(exif.as_deref()) })
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, RenderError> {
    let mut reader = decoder(bytes).read_info().map_err(|error| unreadable(&error))?;
    let (width, height) = reader.info().size();
    let profile = reader.info().icc_profile.clone();
    let size = reader.output_buffer_size().filter(|&size| size as u64 <= MOST_BYTES);
    let size = size.ok_or_else(|| RenderError::Unreadable("it takes too much memory".into()))?;
    // What is not read stays white: an opaque white, or a transparent one, is paper either way.
    let mut samples = vec![255; size];
    let read = reader.next_frame(&mut samples);
    let cut_short = read.is_err();
    if let Err(error) = read
        && samples.iter().all(|&sample| sample == 255)
    {
        return Err(unreadable(&error));
    }
    let profile = profile.as_deref();
    let rgb = match reader.output_color_type().0 {
        ColorType::Grayscale => to_screen(samples, Samples::Grey, profile),
        ColorType::Rgb | ColorType::Indexed => to_screen(samples, Samples::Rgb, profile),
        ColorType::GrayscaleAlpha => each(&samples, |[grey, alpha]| over_white([grey, grey, grey, alpha])),
        ColorType::Rgba => to_screen(each(&samples, over_white), Samples::Rgb, profile),
    };
    Ok(Decoded { rgb: pixels_of(width, height, rgb)?, cut_short })
}

fn decoder(bytes: &[u8]) -> Decoder<Cursor<&[u8]>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MOST_BYTES as usize });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    // Words inside a picture may unpack to anything, and nobody reads them here.
    decoder.set_ignore_text_chunk(true);
    decoder
}

fn unreadable(error: &DecodingError) -> RenderError {
    RenderError::Unreadable(error.to_string())
}
