//! A page's PDF, drawn by hayro.

use crate::sheet::Window;
use crate::{Bitmap, RenderError, fonts};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use std::sync::Arc;

/// A page wider or taller than this many points (14 metres) is not paper.
const LONGEST_SIDE: f32 = 40_000.0;

pub(crate) fn open(bytes: Vec<u8>) -> Result<(Arc<Pdf>, f64, f64), RenderError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => RenderError::Locked,
        LoadPdfError::Invalid => RenderError::Unreadable("the PDF's structure is damaged".into()),
    })?;
    let (width, height) = pdf.pages().first().ok_or(RenderError::Empty)?.render_dimensions();
    let sane = |side: f32| side.is_finite() && side >= 1.0;
    if !sane(width) || !sane(height) {
        return Err(RenderError::Empty);
    }
    if width.max(height) > LONGEST_SIDE {
        let size = width.max(height) as u64;
        return Err(RenderError::TooLarge {
            what: "the page's longer side in points",
            size,
            limit: LONGEST_SIDE as u64,
        });
    }
    Ok((Arc::new(pdf), f64::from(width), f64::from(height)))
}

/// Draws a window of the first page: a site gives one file a page.
pub(crate) fn draw(pdf: &Pdf, window: Window) -> Result<Bitmap, RenderError> {
    let page = pdf.pages().first().ok_or(RenderError::Empty)?;
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| RenderError::OutsidePage);
    let (width, height) = (side(window.width)?, side(window.height)?);
    let settings =
        InterpreterSettings { font_resolver: Arc::new(fonts::resolve), ..InterpreterSettings::default() };
    let transform = Affine::translate((-window.left, -window.top))
        * Affine::scale(window.scale)
        * page.initial_transform(true).to_kurbo();
    let mut context = RenderContext::new(width, height);
    render_into(page, &RenderCache::new(), &settings, &RenderSettings::default(), &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let paper = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), paper);
    // Drawn on white, every pixel is opaque: the alpha byte says nothing.
    let rgb =
        pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Ok(Bitmap { width: window.width, height: window.height, rgb })
}
