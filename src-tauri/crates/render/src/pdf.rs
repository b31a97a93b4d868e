//! A page's PDF, drawn by hayro.

use crate::sheet::Window;
use crate::{Bitmap, Frame, RenderError, fonts};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{PixmapMut, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use std::sync::Arc;

/// A page wider or taller than this many points (14 metres) is not paper.
const LONGEST_SIDE: f32 = 40_000.0;

/// The first page of a PDF, a site gives one file a page, and where it lies on the sheet.
#[derive(Clone)]
pub(crate) struct PlacedPdf {
    pub(crate) pdf: Arc<Pdf>,
    /// From the page, upright and in points, to the sheet.
    place: Affine,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl PlacedPdf {
    pub(crate) fn page(&self) -> Result<&Page<'_>, RenderError> {
        self.pdf.pages().first().ok_or(RenderError::Empty)
    }

    /// From the PDF's own space to points of the sheet.
    pub(crate) fn transform(&self) -> Result<Affine, RenderError> {
        Ok(self.place * self.page()?.initial_transform(true).to_kurbo())
    }

    /// The same page, seen through a frame on it.
    pub(crate) fn framed(&self, frame: &Frame) -> Self {
        let (place, width, height) = frame.place((self.width, self.height));
        Self { pdf: Arc::clone(&self.pdf), place: place * self.place, width, height }
    }
}

pub(crate) fn open(bytes: Vec<u8>) -> Result<PlacedPdf, RenderError> {
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
    let (width, height) = (f64::from(width), f64::from(height));
    Ok(PlacedPdf { pdf: Arc::new(pdf), place: Affine::IDENTITY, width, height })
}

pub(crate) fn draw(pdf: &PlacedPdf, window: Window) -> Result<Bitmap, RenderError> {
    let page = pdf.page()?;
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| RenderError::OutsidePage);
    let (width, height) = (side(window.width)?, side(window.height)?);
    let settings =
        InterpreterSettings { font_resolver: Arc::new(fonts::resolve), ..InterpreterSettings::default() };
    let transform =
        Affine::translate((-window.left, -window.top)) * Affine::scale(window.scale) * pdf.transform()?;
    let mut context = RenderContext::new(width, height);
    render_into(page, &RenderCache::new(), &settings, &RenderSettings::default(), &mut context, transform);
    context.flush();
    let paper = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    let mut pixels = vec![0; usize::from(width) * usize::from(height) * 4];
    let target = PixmapMut::new(width, height, &mut pixels).ok_or(RenderError::OutsidePage)?;
    context.render_with(target, &mut Resources::default(), paper);
    Ok(Bitmap { width: window.width, height: window.height, rgb: without_alpha(pixels) })
}

/// Drawn on white, every pixel is opaque, and the alpha byte says nothing. It goes in place: half of the time of a large
/// drawing is memory that is touched for the first time.
fn without_alpha(mut pixels: Vec<u8>) -> Vec<u8> {
    let count = pixels.len() / 4;
    for index in 0..count {
        pixels.copy_within(index * 4..index * 4 + 3, index * 3);
    }
    pixels.truncate(count * 3);
    pixels
}
