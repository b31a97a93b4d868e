//! Pictures of pages and scenes: drawn, scaled down, written as JPEG.

use super::TypesetError;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ExtendedColorType, RgbImage};

/// Draws a PDF's page to exactly this many pixels, from `oversample` times as many.
pub(crate) fn page(pdf: Vec<u8>, width: u32, height: u32, oversample: u32) -> Result<RgbImage, TypesetError> {
    let wrong = |what: &str| TypesetError::Raster(what.to_owned());
    let pdf = Pdf::new(pdf).map_err(|_| wrong("the page's own PDF cannot be read"))?;
    let pages = pdf.pages();
    let page = pages.first().ok_or_else(|| wrong("the page's own PDF is empty"))?;
    let (points, _) = page.render_dimensions();
    let (wide, high) = (width * oversample, height * oversample);
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| wrong("a page wider than 65535 pixels"));
    let transform =
        Affine::scale(f64::from(wide) / f64::from(points)) * page.initial_transform(true).to_kurbo();
    let mut context = RenderContext::new(side(wide)?, side(high)?);
    let settings = InterpreterSettings::default();
    render_into(page, &RenderCache::new(), &settings, &RenderSettings::default(), &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(side(wide)?, side(high)?);
    let paper = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), paper);
    let rgb = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let picture = RgbImage::from_raw(wide, high, rgb).ok_or_else(|| wrong("a page without pixels"))?;
    if oversample == 1 {
        return Ok(picture);
    }
    Ok(image::imageops::resize(&picture, width, height, FilterType::Lanczos3))
}

/// Draws a scene; a photograph is given grain and darker corners.
pub(crate) fn scene(
    tree: &resvg::usvg::Tree,
    width: u32,
    photograph: bool,
) -> Result<RgbImage, TypesetError> {
    let size = tree.size();
    let scale = width as f32 / size.width();
    let height = (size.height() * scale).round().max(1.0) as u32;
    let mut pixmap = resvg::tiny_skia::Pixmap::new(width, height)
        .ok_or_else(|| TypesetError::Raster("a scene without pixels".into()))?;
    pixmap.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let mut picture = RgbImage::from_fn(width, height, |x, y| {
        pixmap.pixel(x, y).map_or(image::Rgb([255; 3]), |p| image::Rgb([p.red(), p.green(), p.blue()]))
    });
    if photograph {
        let mut seed = 0x2545_f491_u32;
        let (wide, high) = (width as f32, height as f32);
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            let grain = (seed >> 24) as f32 / 255.0 * 9.0 - 4.5;
            let (dx, dy) = (x as f32 / wide - 0.5, y as f32 / high - 0.5);
            let light = 1.04 - 0.32 * (dx * dx + dy * dy);
            for channel in &mut pixel.0 {
                *channel = (f32::from(*channel) * light + grain).clamp(0.0, 255.0) as u8;
            }
        }
    }
    Ok(picture)
}

pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, TypesetError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(|error| TypesetError::Raster(error.to_string()))?;
    Ok(bytes)
}
