//! The pictures: scenes drawn by rule as SVG, hung where a page has room for them.

mod drawings;
mod photographs;

use super::TypesetError;
use super::fonts::Fonts;
use super::ink::{Area, Ink};
use super::raster;
use resvg::usvg::{Options, Tree};
use std::fmt::Write;
use std::rc::Rc;

/// An issue's pictures as they are made.
#[derive(Default)]
pub(crate) struct Gallery {
    files: Vec<(String, Vec<u8>)>,
}

impl Gallery {
    /// Draws the scene of an article's picture to fit its place, and keeps its file.
    pub(crate) fn hang(
        &mut self,
        article: u32,
        index: usize,
        scene: &str,
        area: Area,
        fonts: &Fonts,
    ) -> Result<Ink, TypesetError> {
        let seed = article.wrapping_mul(31).wrapping_add(index as u32);
        let name = format!("{article}_{}.jpg", index + 1);
        let pixels = (area.width * 1.9).clamp(600.0, 1000.0) as u32;
        let photograph =
            photographs::draw(scene, Canvas::new(1000.0, 1000.0 * area.height / area.width, seed));
        if let Some(svg) = photograph {
            let tree = parse(scene, &svg, fonts)?;
            let jpeg = raster::jpeg(&raster::scene(&tree, pixels, true)?, 72)?;
            self.files.push((name, jpeg.clone()));
            return Ok(Ink::Photo { area, jpeg: Rc::new(jpeg) });
        }
        let tree = Self::drawing(scene, area.width, area.height, fonts)?;
        self.files.push((name, raster::jpeg(&raster::scene(&tree, pixels, false)?, 82)?));
        Ok(Ink::Drawing { area, tree })
    }

    pub(crate) fn drawing(
        scene: &str,
        width: f32,
        height: f32,
        fonts: &Fonts,
    ) -> Result<Rc<Tree>, TypesetError> {
        let svg = drawings::draw(scene, Canvas::new(width, height, 7))
            .ok_or_else(|| TypesetError::NoScene(scene.to_owned()))?;
        parse(scene, &svg, fonts).map(Rc::new)
    }

    pub(crate) fn into_files(self) -> Vec<(String, Vec<u8>)> {
        self.files
    }
}

fn parse(name: &str, svg: &str, fonts: &Fonts) -> Result<Tree, TypesetError> {
    let options = Options { fontdb: fonts.database.clone(), ..Options::default() };
    Tree::from_str(svg, &options)
        .map_err(|error| TypesetError::BadScene { name: name.to_owned(), what: error.to_string() })
}

/// An SVG being written, with a chance that always falls the same way.
struct Canvas {
    w: f32,
    h: f32,
    seed: u32,
    defs: String,
    body: String,
    gradients: u32,
}

impl Canvas {
    fn new(w: f32, h: f32, seed: u32) -> Self {
        Self { w, h, seed: seed | 1, defs: String::new(), body: String::new(), gradients: 0 }
    }

    fn finish(self) -> String {
        let Self { w, h, defs, body, .. } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.1}\" height=\"{h:.1}\" viewBox=\"0 0 {w:.1} {h:.1}\"><defs>{defs}</defs>{body}</svg>"
        )
    }

    /// Between 0 and 1.
    fn chance(&mut self) -> f32 {
        self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.seed >> 8) as f32 / 16_777_216.0
    }

    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + self.chance() * (high - low)
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[(self.chance() * choices.len() as f32) as usize % choices.len()]
    }

    fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// A gradient downwards; returns the paint to fill with.
    fn gradient(&mut self, stops: &[(f32, &str)]) -> String {
        self.gradients += 1;
        let id = format!("g{}", self.gradients);
        let mut stop_list = String::new();
        for (at, colour) in stops {
            let _ = write!(stop_list, "<stop offset=\"{at}\" stop-color=\"{colour}\"/>");
        }
        let _ = write!(
            self.defs,
            "<linearGradient id=\"{id}\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\">{stop_list}</linearGradient>"
        );
        format!("url(#{id})")
    }

    /// Blurs what is drawn inside.
    fn blurred(&mut self, by: f32, draw: impl FnOnce(&mut Self)) {
        self.gradients += 1;
        let id = format!("b{}", self.gradients);
        let _ = write!(
            self.defs,
            "<filter id=\"{id}\" x=\"-0.3\" y=\"-0.3\" width=\"1.6\" height=\"1.6\"><feGaussianBlur stdDeviation=\"{by:.1}\"/></filter>"
        );
        let _ = write!(self.body, "<g filter=\"url(#{id})\">");
        draw(self);
        self.raw("</g>");
    }

    fn group(&mut self, attributes: &str, draw: impl FnOnce(&mut Self)) {
        let _ = write!(self.body, "<g {attributes}>");
        draw(self);
        self.raw("</g>");
    }

    fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, fill: &str) {
        let _ = write!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\"/>",
            w.max(0.1),
            h.max(0.1)
        );
    }

    fn circle(&mut self, x: f32, y: f32, r: f32, fill: &str) {
        let _ = write!(self.body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" fill=\"{fill}\"/>");
    }

    fn ellipse(&mut self, x: f32, y: f32, rx: f32, ry: f32, fill: &str) {
        let _ = write!(
            self.body,
            "<ellipse cx=\"{x:.1}\" cy=\"{y:.1}\" rx=\"{rx:.1}\" ry=\"{ry:.1}\" fill=\"{fill}\"/>"
        );
    }

    fn polygon(&mut self, points: &[(f32, f32)], fill: &str) {
        let mut list = String::new();
        for (x, y) in points {
            let _ = write!(list, "{x:.1},{y:.1} ");
        }
        let _ = write!(self.body, "<polygon points=\"{list}\" fill=\"{fill}\"/>");
    }

    fn path(&mut self, d: &str, attributes: &str) {
        let _ = write!(self.body, "<path d=\"{d}\" {attributes}/>");
    }

    fn line(&mut self, a: (f32, f32), b: (f32, f32), stroke: &str, width: f32) {
        let _ = write!(
            self.body,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{stroke}\" stroke-width=\"{width:.2}\" stroke-linecap=\"round\"/>",
            a.0, a.1, b.0, b.1
        );
    }

    fn words(&mut self, x: f32, y: f32, size: f32, style: &Lettering<'_>, text: &str) {
        let Lettering { family, weight, fill, anchor, spacing } = style;
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-family=\"{family}\" font-weight=\"{weight}\" font-size=\"{size:.1}\" fill=\"{fill}\" text-anchor=\"{anchor}\" letter-spacing=\"{:.1}\">{text}</text>",
            spacing * size
        );
    }

    /// A range of hills from the left edge to the right, down to the bottom.
    fn ridge(&mut self, base: f32, high: f32, fill: &str) {
        let waves: Vec<(f32, f32, f32)> = (0..7)
            .map(|i| {
                let each = 1.7_f32.powi(i);
                (each * self.between(0.8, 1.3), self.between(0.0, 6.3), 0.62_f32.powi(i))
            })
            .collect();
        let (w, h) = (self.w, self.h);
        let mut points = vec![(0.0, h)];
        for step in 0..=120 {
            let t = step as f32 / 120.0;
            let sum: f32 =
                waves.iter().map(|(each, phase, part)| (t * each * 5.0 + phase).sin() * part).sum();
            points.push((t * w, base - high * (sum * 0.38 + 0.4)));
        }
        points.push((w, h));
        self.polygon(&points, fill);
    }

    /// Water below `top`: short strokes of light.
    fn ripples(&mut self, top: f32, count: usize, colour: &str) {
        for _ in 0..count {
            let depth = self.chance().powf(1.4);
            let y = top + depth * (self.h - top);
            let x = self.between(-20.0, self.w);
            let long = self.between(10.0, 60.0) * (0.4 + depth * 1.6);
            let opacity = self.between(0.08, 0.35);
            let _ = write!(
                self.body,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{long:.1}\" height=\"{:.1}\" rx=\"1\" fill=\"{colour}\" opacity=\"{opacity:.2}\"/>",
                1.0 + depth * 2.4
            );
        }
    }

    /// Someone standing, `tall` high, feet at (x, y).
    fn person(&mut self, x: f32, y: f32, tall: f32, coat: &str, skin: &str) {
        let t = tall;
        self.ellipse(x, y, t * 0.2, t * 0.03, "#00000030");
        let legs = format!(
            "M{:.1} {:.1} L{:.1} {:.1} M{:.1} {:.1} L{:.1} {:.1}",
            x - t * 0.05,
            y - t * 0.42,
            x - t * 0.08,
            y - t * 0.02,
            x + t * 0.05,
            y - t * 0.42,
            x + t * 0.08,
            y - t * 0.02
        );
        self.path(
            &legs,
            &format!("stroke=\"#23262b\" stroke-width=\"{:.1}\" stroke-linecap=\"round\"", t * 0.09),
        );
        let torso = format!(
            "M{:.1} {:.1} Q{x:.1} {:.1} {:.1} {:.1} L{:.1} {:.1} L{:.1} {:.1} Z",
            x - t * 0.14,
            y - t * 0.76,
            y - t * 0.9,
            x + t * 0.14,
            y - t * 0.76,
            x + t * 0.12,
            y - t * 0.38,
            x - t * 0.12,
            y - t * 0.38
        );
        self.path(&torso, &format!("fill=\"{coat}\""));
        let arms = format!(
            "M{:.1} {:.1} L{:.1} {:.1} M{:.1} {:.1} L{:.1} {:.1}",
            x - t * 0.13,
            y - t * 0.74,
            x - t * 0.17,
            y - t * 0.46,
            x + t * 0.13,
            y - t * 0.74,
            x + t * 0.17,
            y - t * 0.46
        );
        self.path(
            &arms,
            &format!("stroke=\"{coat}\" stroke-width=\"{:.1}\" stroke-linecap=\"round\"", t * 0.07),
        );
        self.circle(x, y - t * 0.9, t * 0.085, skin);
        let hair = format!(
            "M{:.1} {:.1} A{r:.1} {r:.1} 0 0 1 {:.1} {:.1} Z",
            x - t * 0.088,
            y - t * 0.9,
            x + t * 0.088,
            y - t * 0.9,
            r = t * 0.088
        );
        self.path(&hair, "fill=\"#1d1a19\"");
    }

    /// A broad-leaved tree, its foot at (x, y).
    fn tree(&mut self, x: f32, y: f32, tall: f32, leaves: &[&str]) {
        self.line((x, y), (x, y - tall * 0.6), "#4a3a2c", tall * 0.05);
        self.line((x, y - tall * 0.4), (x + tall * 0.14, y - tall * 0.62), "#4a3a2c", tall * 0.025);
        self.line((x, y - tall * 0.35), (x - tall * 0.13, y - tall * 0.58), "#4a3a2c", tall * 0.025);
        for _ in 0..70 {
            let (angle, far) = (self.between(0.0, std::f32::consts::TAU), self.chance().sqrt());
            let (dx, dy) = (angle.cos() * far * tall * 0.3, angle.sin() * far * tall * 0.3);
            let colour = self.one_of(leaves);
            let r = self.between(0.03, 0.075) * tall;
            self.circle(x + dx, y - tall * 0.7 + dy, r, colour);
        }
    }

    /// Birds far off.
    fn birds(&mut self, count: usize, low: f32, high: f32, colour: &str) {
        for _ in 0..count {
            let (x, y) = (self.between(0.1, 0.9) * self.w, self.between(low, high) * self.h);
            let s = self.between(6.0, 15.0);
            let d = format!(
                "M{:.1} {:.1} Q{:.1} {:.1} {x:.1} {y:.1} Q{:.1} {:.1} {:.1} {:.1}",
                x - s,
                y - s * 0.3,
                x - s * 0.4,
                y - s * 0.6,
                x + s * 0.4,
                y - s * 0.6,
                x + s,
                y - s * 0.3
            );
            self.path(&d, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{:.1}\"", s * 0.14));
        }
    }
}

/// How a drawing's words are lettered.
struct Lettering<'a> {
    family: &'a str,
    weight: u32,
    fill: &'a str,
    anchor: &'a str,
    /// Ems between characters.
    spacing: f32,
}

const HEI: Lettering<'_> =
    Lettering { family: "Noto Sans CJK SC", weight: 400, fill: "#222", anchor: "middle", spacing: 0.0 };
const SONG: Lettering<'_> =
    Lettering { family: "Noto Serif CJK SC", weight: 900, fill: "#222", anchor: "middle", spacing: 0.0 };
