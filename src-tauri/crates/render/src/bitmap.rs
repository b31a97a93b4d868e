//! Opaque pixels, and how they leave this crate.

use crate::RenderError;

/// Opaque RGB pixels, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    pub width: u32,
    pub height: u32,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

impl Bitmap {
    /// A part of it that lies within it.
    pub(crate) fn part(&self, left: u32, top: u32, width: u32, height: u32) -> Self {
        let row = self.width as usize * 3;
        let (left, length) = (left as usize * 3, width as usize * 3);
        let rows = self.rgb.chunks_exact(row).skip(top as usize).take(height as usize);
        let mut rgb = Vec::with_capacity(length * height as usize);
        rows.for_each(|row| rgb.extend_from_slice(&row[left..left + length]));
        Self { width, height, rgb }
    }

    /// As a PNG, packed quickly rather than tightly: a tile is looked at once and thrown away. A page without colours is
    /// kept as grey, a third of the work for whoever packs and unpacks it.
    pub fn png(&self) -> Result<Vec<u8>, RenderError> {
        let failed = |error: png::EncodingError| RenderError::Encoding(error.to_string());
        let pixels = self.rgb.as_chunks::<3>().0;
        let colourless = pixels.iter().all(|[red, green, blue]| red == green && green == blue);
        let grey: Option<Vec<u8>> = colourless.then(|| pixels.iter().map(|pixel| pixel[0]).collect());
        let mut bytes = Vec::with_capacity(self.rgb.len() / 4);
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(if colourless { png::ColorType::Grayscale } else { png::ColorType::Rgb });
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder.set_filter(png::Filter::Up);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(grey.as_ref().unwrap_or(&self.rgb)).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }

    /// As a JPEG of a quality between 1 and 100, for what was a photograph before. Below 90 colours are half as sharp as
    /// what is light and dark, as is usual.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, RenderError> {
        let failed = |error: &dyn std::fmt::Display| RenderError::Encoding(error.to_string());
        let side = |length: u32| u16::try_from(length).map_err(|error| failed(&error));
        let mut bytes = Vec::with_capacity(self.rgb.len() / 8);
        jpeg_encoder::Encoder::new(&mut bytes, quality)
            .encode(&self.rgb, side(self.width)?, side(self.height)?, jpeg_encoder::ColorType::Rgb)
            .map_err(|error| failed(&error))?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_has_the_pixels_that_went_in_with_colours_and_without() {
        for tint in [0, 40] {
            let rgb =
                (0..64 * 32).flat_map(|index| [(index % 251) as u8 / 2 + tint, (index % 251) as u8 / 2, 9]);
            let rgb: Vec<u8> = if tint == 0 {
                (0..64 * 32).flat_map(|index| [(index % 251) as u8; 3]).collect()
            } else {
                rgb.collect()
            };
            let bitmap = Bitmap { width: 64, height: 32, rgb };
            let read = image::load_from_memory(&bitmap.png().unwrap()).unwrap();
            assert_eq!(read.color().has_color(), tint != 0);
            assert_eq!(read.into_rgb8().into_raw(), bitmap.rgb);
            let part = bitmap.part(5, 7, 3, 2);
            assert_eq!(part.rgb[..3], bitmap.rgb[(7 * 64 + 5) * 3..][..3]);
            assert_eq!(part.rgb[9..12], bitmap.rgb[(8 * 64 + 5) * 3..][..3]);
        }
    }
}
