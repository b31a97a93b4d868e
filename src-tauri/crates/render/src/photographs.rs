//! Where a page's photographs are, and which pixels of a drawing they cover.

use crate::sheet::Window;
use hayro::hayro_interpret::FillRule;
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::peniko::{Extend, Fill, ImageQuality, ImageSampler};
use hayro::vello_cpu::{Image, ImageSource, Pixmap, RenderContext, Resources};
use std::sync::Arc;

/// The parts of a page that keep their colours at night. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Photographs(Arc<[Photograph]>);

/// All in fractions of the page.
#[derive(Debug, Clone)]
pub(crate) struct Photograph {
    pub(crate) outline: BezPath,
    pub(crate) clips: Vec<(BezPath, FillRule)>,
    pub(crate) silhouette: Option<Silhouette>,
}

/// A picture that is cut out along its subject: how much of each pixel is printed.
#[derive(Debug, Clone)]
pub(crate) struct Silhouette {
    pub(crate) cover: Arc<Pixmap>,
    /// From the cover's pixels to fractions of the page.
    pub(crate) place: Affine,
}

impl Photograph {
    pub(crate) fn rectangle(area: Rect) -> Self {
        Self { outline: area.to_path(0.0), clips: Vec::new(), silhouette: None }
    }
}

impl FromIterator<Photograph> for Photographs {
    fn from_iter<I: IntoIterator<Item = Photograph>>(photographs: I) -> Self {
        Self(photographs.into_iter().collect())
    }
}

impl Photographs {
    /// Left, top, right and bottom of each, in fractions of the page.
    pub fn bounds(&self) -> Vec<[f64; 4]> {
        let boxes = self.0.iter().map(|photograph| photograph.outline.bounding_box());
        boxes.map(|area| [area.x0, area.y0, area.x1, area.y1]).collect()
    }

    /// How much of each pixel of a window is photograph, of 255; nothing where there is none. `page` is the sheet's
    /// size, which the window's scale belongs to.
    pub(crate) fn cover(&self, page: (f64, f64), window: Window) -> Option<Vec<u8>> {
        let place = Affine::translate((-window.left, -window.top))
            * Affine::scale_non_uniform(page.0 * window.scale, page.1 * window.scale);
        let seen = Rect::new(0.0, 0.0, f64::from(window.width), f64::from(window.height));
        let here: Vec<&Photograph> = self
            .0
            .iter()
            .filter(|photograph| place.transform_rect_bbox(photograph.outline.bounding_box()).overlaps(seen))
            .collect();
        if here.is_empty() {
            return None;
        }
        let (width, height) = (u16::try_from(window.width).ok()?, u16::try_from(window.height).ok()?);
        let mut context = RenderContext::new(width, height);
        for photograph in here {
            photograph.draw(&mut context, place);
        }
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        context.render(&mut pixmap, &mut Resources::default());
        Some(pixmap.data().iter().map(|pixel| pixel.a).collect())
    }
}

impl Photograph {
    fn draw(&self, context: &mut RenderContext, place: Affine) {
        context.set_transform(place);
        context.set_aliasing_threshold(None);
        for (clip, rule) in &self.clips {
            context.set_fill_rule(match rule {
                FillRule::NonZero => Fill::NonZero,
                FillRule::EvenOdd => Fill::EvenOdd,
            });
            context.push_clip_path(clip);
        }
        context.set_fill_rule(Fill::NonZero);
        // A picture fills every pixel that it touches, as hayro draws it.
        context.set_aliasing_threshold(Some(1));
        if let Some(Silhouette { cover, place: own }) = &self.silhouette {
            context.set_transform(place * *own);
            context.set_paint(Image {
                image: ImageSource::Pixmap(Arc::clone(cover)),
                sampler: ImageSampler {
                    x_extend: Extend::Pad,
                    y_extend: Extend::Pad,
                    quality: ImageQuality::Medium,
                    alpha: 1.0,
                },
            });
            context.fill_rect(&Rect::new(0.0, 0.0, f64::from(cover.width()), f64::from(cover.height())));
        } else {
            context.set_paint(WHITE);
            context.fill_path(&self.outline);
        }
        for _ in &self.clips {
            context.pop_clip();
        }
    }
}
