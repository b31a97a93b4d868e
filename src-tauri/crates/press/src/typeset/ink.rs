//! What is printed, as marks on paper, and the PDF they make.

use super::TypesetError;
use super::fonts::{Face, Fonts, Type};
use super::setter::{Line, Widths};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::KrillaGlyph;
use krilla_svg::{SurfaceExt, SvgSettings};
use std::ops::Range;
use std::rc::Rc;

pub(crate) type Colour = (u8, u8, u8);
pub(crate) const BLACK: Colour = (24, 22, 20);

/// An upright box in points from the page's top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Area {
    pub(crate) fn right(&self) -> f32 {
        self.x + self.width
    }

    pub(crate) fn bottom(&self) -> f32 {
        self.y + self.height
    }

    pub(crate) fn inset(&self, by: f32) -> Self {
        Self { x: self.x + by, y: self.y + by, width: self.width - 2.0 * by, height: self.height - 2.0 * by }
    }
}

/// One mark on the paper; later ones lie over earlier ones.
pub(crate) enum Ink {
    /// Characters by their places; `y` is the base line.
    Text {
        face: Face,
        size: f32,
        colour: Colour,
        x: f32,
        y: f32,
        glyphs: Vec<(char, f32)>,
    },
    Fill {
        area: Area,
        colour: Colour,
    },
    Frame {
        area: Area,
        colour: Colour,
        width: f32,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        colour: Colour,
        width: f32,
    },
    Photo {
        area: Area,
        jpeg: Rc<Vec<u8>>,
    },
    Drawing {
        area: Area,
        tree: Rc<resvg::usvg::Tree>,
    },
}

impl Ink {
    /// A set line whose em boxes begin at `top`.
    pub(crate) fn line(face: Face, size: f32, colour: Colour, x: f32, top: f32, line: &Line) -> Self {
        // Noto's and Kai's base lines stand 0.88 of the em below its top.
        Self::Text { face, size, colour, x, y: top + 0.88 * size, glyphs: line.glyphs.clone() }
    }
}

pub(crate) fn pdf(width: f32, height: f32, inks: &[Ink], fonts: &Fonts) -> Result<Vec<u8>, TypesetError> {
    let mut document = Document::new();
    let settings =
        PageSettings::from_wh(width, height).ok_or(TypesetError::Pdf("a page without size".into()))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    for ink in inks {
        draw(&mut surface, ink, fonts)?;
    }
    surface.finish();
    page.finish();
    document.finish().map_err(|error| TypesetError::Pdf(format!("{error:?}")))
}

fn fill((r, g, b): Colour) -> Fill {
    Fill { paint: rgb::Color::new(r, g, b).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn stroke((r, g, b): Colour, width: f32) -> Stroke {
    Stroke { paint: rgb::Color::new(r, g, b).into(), width, ..Default::default() }
}

fn outline(area: &Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(area.x, area.y, area.width, area.height)?);
    path.finish()
}

/// The free Kai sets its marks in the middle of the em, as Taiwan does, and lacks rare characters;
/// Song stands in.
fn printing_face(face: Face, c: char, fonts: &Fonts) -> Face {
    let mark =
        matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '“' | '”' | '‘' | '’' | '·' | '…' | '—');
    if face == Face::Kai && (mark || !fonts.get(face).has(c)) { Face::Song } else { face }
}

/// Characters of one face that stand together.
fn run(
    surface: &mut Surface<'_>,
    face: &Type,
    size: f32,
    (x, y): (f32, f32),
    glyphs: &[(char, f32)],
    range: Range<usize>,
) -> Result<(), TypesetError> {
    let mut text = String::new();
    let mut shaped = Vec::new();
    for i in range.clone() {
        let (c, place) = glyphs[i];
        let start = text.len();
        text.push(c);
        let advance = glyphs.get(i + 1).map_or(face.width(c) * size, |next| next.1 - place) / size;
        shaped.push(KrillaGlyph::new(face.glyph(c)?, advance, 0.0, 0.0, 0.0, start..text.len(), None));
    }
    let left = x + glyphs[range.start].1;
    surface.draw_glyphs(Point::from_xy(left, y), &shaped, face.font.clone(), &text, size, false);
    Ok(())
}

fn draw(surface: &mut Surface<'_>, ink: &Ink, fonts: &Fonts) -> Result<(), TypesetError> {
    let size_of = |area: &Area| {
        Size::from_wh(area.width, area.height).ok_or(TypesetError::Pdf("a picture without size".into()))
    };
    match ink {
        Ink::Text { face, size, colour, x, y, glyphs } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            let faces: Vec<Face> = glyphs.iter().map(|&(c, _)| printing_face(*face, c, fonts)).collect();
            let mut start = 0;
            while start < glyphs.len() {
                let face = faces[start];
                let end = start + faces[start..].iter().take_while(|&&other| other == face).count();
                run(surface, fonts.get(face), *size, (*x, *y), glyphs, start..end)?;
                start = end;
            }
        }
        Ink::Fill { area, colour } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            if let Some(path) = outline(area) {
                surface.draw_path(&path);
            }
        }
        Ink::Frame { area, colour, width } => {
            surface.set_fill(None);
            surface.set_stroke(Some(stroke(*colour, *width)));
            if let Some(path) = outline(area) {
                surface.draw_path(&path);
            }
        }
        Ink::Rule { from, to, colour, width } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            surface.set_fill(None);
            surface.set_stroke(Some(stroke(*colour, *width)));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Ink::Photo { area, jpeg } => {
            let image = Image::from_jpeg(jpeg.as_ref().clone().into(), true).map_err(TypesetError::Pdf)?;
            surface.push_transform(&Transform::from_translate(area.x, area.y));
            surface.draw_image(image, size_of(area)?);
            surface.pop();
        }
        Ink::Drawing { area, tree } => {
            surface.push_transform(&Transform::from_translate(area.x, area.y));
            surface.draw_svg(tree, size_of(area)?, SvgSettings::default());
            surface.pop();
        }
    }
    Ok(())
}
