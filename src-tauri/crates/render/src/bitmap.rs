//! Opaque pixels, and how they leave this crate.

use crate::RenderError;
use image::ImageEncoder;
use image::codecs::{jpeg::JpegEncoder, png};

/// Opaque RGB pixels, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    pub width: u32,
    pub height: u32,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

impl Bitmap {
    /// As a PNG, packed quickly rather than tightly: a tile is looked at once and thrown away.
    pub fn png(&self) -> Result<Vec<u8>, RenderError> {
        let mut bytes = Vec::with_capacity(self.rgb.len() / 4);
        png::PngEncoder::new_with_quality(&mut bytes, png::CompressionType::Fast, png::FilterType::Up)
            .write_image(&self.rgb, self.width, self.height, image::ExtendedColorType::Rgb8)
            .map_err(|error| RenderError::Encoding(error.to_string()))?;
        Ok(bytes)
    }

    /// As a JPEG of a quality between 1 and 100, for what was a photograph before.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, RenderError> {
        let mut bytes = Vec::with_capacity(self.rgb.len() / 8);
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .write_image(&self.rgb, self.width, self.height, image::ExtendedColorType::Rgb8)
            .map_err(|error| RenderError::Encoding(error.to_string()))?;
        Ok(bytes)
    }
}
