//! JPEG: baseline and progressive, grey, YCbCr, RGB, CMYK and YCCK.
//!
//! zune-jpeg is the faster of the two decoders; jpeg-decoder knows how to decode an eighth of each side and
//! gives inks as inks.

use super::colour::{Samples, to_screen};
use super::{Decoded, Header, MOST_BYTES, orientation, pixels_of};
use crate::RenderError;
use image::RgbImage;
use jpeg_decoder::{CodingProcess, ImageInfo, PixelFormat};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A JPEG's blocks are so many rows high: fewer are not missed.
const BLOCK: usize = 8;

pub(super) fn header(bytes: &[u8]) -> Result<Header, RenderError> {
    let mut decoder = lenient(bytes, None);
    decoder.decode_headers().map_err(|error| unreadable(&error))?;
    let (width, height) =
        decoder.dimensions().ok_or_else(|| RenderError::Unreadable("it does not say its size".into()))?;
    let orientation = orientation(decoder.exif().map(Vec::as_slice));
    Ok(Header { width: width as u32, height: height as u32, orientation })
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, RenderError> {
    let info = info(bytes);
    let whole = ends_well(bytes);
    if whole && info.is_some_and(|info| info.pixel_format == PixelFormat::CMYK32) {
        return decode_strictly(bytes, None).map(|rgb| Decoded { rgb, cut_short: false });
    }
    let mut decoder = lenient(bytes, None);
    decoder.decode_headers().map_err(|error| unreadable(&error))?;
    let grey = matches!(decoder.input_colorspace(), Some(ColorSpace::Luma));
    let (kind, space) =
        if grey { (Samples::Grey, ColorSpace::Luma) } else { (Samples::Rgb, ColorSpace::RGB) };
    let mut decoder = lenient(bytes, Some(space));
    let samples = decoder.decode().map_err(|error| unreadable(&error))?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let profile = decoder.icc_profile();
    let mut rgb = to_screen(samples, kind, profile.as_deref());
    let mut cut_short = false;
    if !whole {
        let unread = whiten_the_end(&mut rgb, width * 3);
        if unread == height {
            return Err(RenderError::Unreadable("the file ends before the picture begins".into()));
        }
        // Some encoders leave the end mark out, and nothing is missing. A progressive picture lacks sharpness all over.
        let progressive = info.is_some_and(|info| info.coding_process == CodingProcess::DctProgressive);
        cut_short = progressive || unread >= BLOCK;
    }
    Ok(Decoded { rgb: pixels_of(width as u32, height as u32, rgb)?, cut_short })
}

/// A half, a quarter or an eighth of the pixels a side, at least `wanted` across.
pub(super) fn decode_reduced(bytes: &[u8], wanted: u32) -> Result<RgbImage, RenderError> {
    decode_strictly(bytes, Some(wanted))
}

fn decode_strictly(bytes: &[u8], wanted: Option<u32>) -> Result<RgbImage, RenderError> {
    let failed = |error: jpeg_decoder::Error| RenderError::Unreadable(error.to_string());
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(MOST_BYTES as usize);
    if let Some(wanted) = wanted {
        // It stops at the first size that is enough either way, so that only one way is asked for.
        decoder.scale(u16::try_from(wanted).unwrap_or(u16::MAX), u16::MAX).map_err(failed)?;
    }
    let samples = decoder.decode().map_err(failed)?;
    let info = decoder.info().ok_or_else(|| RenderError::Unreadable("it does not say its size".into()))?;
    let (kind, samples) = match info.pixel_format {
        PixelFormat::L8 => (Samples::Grey, samples),
        // Two bytes a pixel, the machine's order; the eye is content with eight bits.
        PixelFormat::L16 => {
            let top = |pair: &[u8; 2]| (u16::from_ne_bytes(*pair) >> 8) as u8;
            (Samples::Grey, samples.as_chunks::<2>().0.iter().map(top).collect())
        }
        PixelFormat::RGB24 => (Samples::Rgb, samples),
        PixelFormat::CMYK32 => (Samples::Cmyk, samples),
    };
    let profile = decoder.icc_profile();
    let rgb = to_screen(samples, kind, profile.as_deref());
    pixels_of(u32::from(info.width), u32::from(info.height), rgb)
}

fn lenient(bytes: &[u8], space: Option<ColorSpace>) -> JpegDecoder<ZCursor<&[u8]>> {
    let sizes = usize::from(u16::MAX);
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(sizes).set_max_height(sizes);
    let options = space.map_or(options, |space| options.jpeg_set_out_colorspace(space));
    JpegDecoder::new_with_options(ZCursor::new(bytes), options)
}

fn unreadable(error: &zune_jpeg::errors::DecodeErrors) -> RenderError {
    RenderError::Unreadable(error.to_string())
}

fn info(bytes: &[u8]) -> Option<ImageInfo> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.read_info().ok()?;
    decoder.info()
}

/// Whether the end mark comes behind the picture's data.
fn ends_well(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[first, mark]) = bytes.get(at..at + 2).and_then(|pair| pair.first_chunk()) {
        match (first, mark) {
            (0xFF, 0xD9) => return true,
            // A stuffed byte, a restart, padding, or a byte of data.
            (0xFF, 0x00 | 0xD0..=0xD7) => at += 2,
            (0xFF, 0xFF) => at += 1,
            (0xFF, _) => {
                let Some(length) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            _ => at += 1,
        }
    }
    false
}

/// Rows at the end that are one colour throughout were never read: they become paper. Says how many there are, and
/// none where they are paper already.
fn whiten_the_end(rgb: &mut [u8], row: usize) -> usize {
    let Some(last) = rgb.last_chunk::<3>().copied().filter(|last| *last != [255; 3]) else { return 0 };
    let plain = |row: &[u8]| row.as_chunks::<3>().0.iter().all(|pixel| *pixel == last);
    let unread = rgb.rchunks_exact(row).take_while(|row| plain(row)).count();
    let from = rgb.len() - unread * row;
    rgb[from..].fill(255);
    unread
}
