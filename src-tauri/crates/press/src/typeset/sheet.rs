//! A page: heights shared out over its tree, every article printed in its frame, the rules between.

use super::TypesetError;
use super::fonts::{Face, Fonts};
use super::ink::{Area, BLACK, Colour, Ink};
use super::layout::{Node, Sheet, Style};
use super::manuscript::Manuscript;
use super::module::{Module, Printed, Wish};
use super::scenes::Gallery;
use super::setter::single;

/// 350 by 500 mm, in points.
pub(crate) const WIDTH: f32 = 350.0 / 25.4 * 72.0;
pub(crate) const HEIGHT: f32 = 500.0 / 25.4 * 72.0;
const MARGIN: f32 = 14.0 / 25.4 * 72.0;
/// Between units, and so between neighbours in a row.
const GAP: f32 = 16.0;
const UNITS: u32 = 12;
const SPREAD_UNITS: u32 = 24;
/// Between neighbours in a stack: room for a rule.
const STACK_GAP: f32 = 21.0;
const GAP_GIVE: f32 = 4.0;
const NARROWEST_GAP: f32 = 13.0;
const WIDEST_GAP: f32 = 34.0;
const RULE: Colour = (120, 114, 106);
pub(crate) const RED: Colour = (176, 32, 24);

/// Where an article is printed, in points.
pub(crate) struct Region {
    pub(crate) article: u32,
    pub(crate) corners: Vec<(f32, f32)>,
}

/// A page ready for the press.
pub(crate) struct Made {
    pub(crate) width: f32,
    pub(crate) inks: Vec<Ink>,
    pub(crate) regions: Vec<Region>,
    /// Articles in the order in which the tree names them.
    pub(crate) list: Vec<u32>,
    pub(crate) reports: Vec<String>,
    /// What does not fit; a page with any is not printed.
    pub(crate) misfits: Vec<String>,
}

pub(crate) struct Maker<'a> {
    pub(crate) manuscript: &'a Manuscript,
    pub(crate) fonts: &'a Fonts,
    pub(crate) gallery: &'a mut Gallery,
    /// An evening paper: red and louder.
    pub(crate) evening: bool,
    /// Printed pages in the issue, for the masthead.
    pub(crate) pages: usize,
    unit: f32,
    made: Made,
}

impl<'a> Maker<'a> {
    pub(crate) fn new(
        manuscript: &'a Manuscript,
        fonts: &'a Fonts,
        gallery: &'a mut Gallery,
        evening: bool,
        pages: usize,
    ) -> Self {
        let made = Made {
            width: WIDTH,
            inks: Vec::new(),
            regions: Vec::new(),
            list: Vec::new(),
            reports: Vec::new(),
            misfits: Vec::new(),
        };
        Self { manuscript, fonts, gallery, evening, pages, unit: 0.0, made }
    }

    pub(crate) fn make(mut self, sheet: &Sheet) -> Result<Made, TypesetError> {
        let (width, units) = if sheet.spread { (WIDTH * 2.0, SPREAD_UNITS) } else { (WIDTH, UNITS) };
        self.made.width = width;
        let inner = width - 2.0 * MARGIN;
        self.unit = (inner - GAP * (units as f32 - 1.0)) / units as f32;
        let front = sheet.number == "01";
        let top = if front { self.masthead() } else { self.folio(sheet, width) };
        let bottom = HEIGHT - if front { 50.0 } else { 36.0 };
        if front {
            self.imprint(bottom);
        }
        let area = Area { x: MARGIN, y: top, width: inner, height: bottom - top };
        self.node(&sheet.root, area)?;
        Ok(self.made)
    }

    fn text(
        &mut self,
        face: Face,
        size: f32,
        tracking: f32,
        colour: Colour,
        (x, top): (f32, f32),
        text: &str,
    ) -> f32 {
        let line = single(text, self.fonts.get(face), size, tracking);
        self.made.inks.push(Ink::line(face, size, colour, x, top, &line));
        line.width
    }

    /// Text that ends at `right`.
    fn text_to(&mut self, face: Face, size: f32, colour: Colour, right: f32, top: f32, text: &str) {
        let width = single(text, self.fonts.get(face), size, 0.0).width;
        self.text(face, size, 0.0, colour, (right - width, top), text);
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32), colour: Colour, width: f32) {
        self.made.inks.push(Ink::Rule { from, to, colour, width });
    }

    /// 报头. Returns where the page's articles begin.
    fn masthead(&mut self) -> f32 {
        let (left, right, top) = (MARGIN, WIDTH - MARGIN, 38.0);
        let name = self.manuscript.publication.clone();
        let date = self.manuscript.date;
        let day = format!("{}年{}月{}日", date.year(), date.month(), date.day());
        let weekday = weekday(date);
        let serial = format!("总第{}期　今日{}版", self.manuscript.serial, self.pages);
        let weather = self.manuscript.weather.clone();
        if self.evening {
            let banner = Area { x: left, y: top, width: 398.0, height: 92.0 };
            self.made.inks.push(Ink::Fill { area: banner, colour: RED });
            self.text(Face::SongBlack, 80.0, 0.12, (255, 255, 255), (left + 16.0, top + 5.0), &name);
            let x = banner.right() + 20.0;
            self.text(Face::HeiBlack, 25.0, 0.0, RED, (x, top + 4.0), &day);
            self.text(Face::HeiBold, 15.0, 0.0, BLACK, (x, top + 39.0), &format!("{weekday}　{serial}"));
            self.text(Face::Hei, 11.5, 0.0, BLACK, (x, top + 66.0), &weather.replace('|', "　"));
            self.text_to(Face::Kai, 15.0, BLACK, right, top + 8.0, "晚饭桌上的清川");
            self.text_to(Face::Hei, 9.5, BLACK, right, top + 39.0, "示例刊号　SL 00-0002");
            self.text_to(Face::Hei, 9.5, BLACK, right, top + 68.0, "示例日报社出版");
            self.rule((left, top + 102.0), (right, top + 102.0), RED, 2.4);
            return top + 120.0;
        }
        let width = self.text(Face::SongBlack, 98.0, 0.14, BLACK, (left - 4.0, top - 4.0), &name);
        let x = left + width + 26.0;
        self.rule((x - 12.0, top + 2.0), (x - 12.0, top + 96.0), RULE, 0.6);
        self.text(Face::Hei, 8.0, 0.42, RED, (x, top + 1.0), "SHILI RIBAO");
        self.text(Face::SongBold, 25.0, 0.0, BLACK, (x, top + 18.0), &day);
        self.text(Face::SongBold, 14.0, 0.0, BLACK, (x, top + 54.0), &format!("{weekday}　{serial}"));
        self.text(Face::Hei, 10.0, 0.0, BLACK, (x, top + 83.0), "示例刊号　SL 00-0001　　示例日报社出版");
        let ear = Area { x: right - 150.0, y: top + 2.0, width: 150.0, height: 94.0 };
        self.made.inks.push(Ink::Frame { area: ear, colour: RULE, width: 0.6 });
        self.text(Face::HeiBold, 10.5, 0.0, RED, (ear.x + 10.0, ear.y + 10.0), "清川天气");
        for (i, part) in weather.split('|').enumerate() {
            self.text(Face::Hei, 10.0, 0.0, BLACK, (ear.x + 10.0, ear.y + 30.0 + i as f32 * 16.0), part);
        }
        let y = top + 108.0;
        self.rule((left, y), (right, y), BLACK, 2.2);
        self.rule((left, y + 3.6), (right, y + 3.6), BLACK, 0.5);
        y + 19.0
    }

    /// 版头 of an inside page: the number at the outer edge.
    fn folio(&mut self, sheet: &Sheet, width: f32) -> f32 {
        let (left, right, top) = (MARGIN, width - MARGIN, 30.0);
        let accent = if self.evening { RED } else { BLACK };
        let date = self.manuscript.date;
        let day = format!("{}年{}月{}日　{}", date.year(), date.month(), date.day(), weekday(date));
        let editors = format!("责任编辑　{}　　版式　示例", sheet.editor);
        let name = self.manuscript.publication.clone();
        let last = sheet.number.bytes().last().unwrap_or(b'0');
        if sheet.spread {
            let (first, second) = sheet.number.split_once('-').unwrap_or((&sheet.number, ""));
            let number = self.text(Face::HeiBlack, 27.0, 0.0, accent, (left, top), first);
            self.text(Face::SongBlack, 22.0, 0.06, accent, (left + number + 14.0, top + 4.0), &sheet.name);
            self.text_to(Face::HeiBlack, 27.0, accent, right, top, second);
            self.text_to(Face::Hei, 9.5, BLACK, right - 52.0, top + 14.0, &format!("{day}　　{editors}"));
            let middle = single(&name, self.fonts.get(Face::SongBlack), 17.0, 0.3).width;
            self.text(Face::SongBlack, 17.0, 0.3, BLACK, ((width - middle) / 2.0, top + 7.0), &name);
        } else if last % 2 == 1 {
            self.text(Face::SongBlack, 15.0, 0.1, BLACK, (left, top + 11.0), &name);
            self.text(Face::Hei, 9.5, 0.0, BLACK, (left + 92.0, top + 15.0), &day);
            self.text(Face::Hei, 9.5, 0.0, BLACK, (left + 330.0, top + 15.0), &editors);
            self.text_to(Face::HeiBlack, 27.0, accent, right, top, &sheet.number);
            self.text_to(Face::SongBlack, 22.0, accent, right - 50.0, top + 4.0, &sheet.name);
        } else {
            let number = self.text(Face::HeiBlack, 27.0, 0.0, accent, (left, top), &sheet.number);
            self.text(Face::SongBlack, 22.0, 0.06, accent, (left + number + 14.0, top + 4.0), &sheet.name);
            self.text_to(Face::SongBlack, 15.0, BLACK, right, top + 11.0, &name);
            self.text_to(Face::Hei, 9.5, BLACK, right - 88.0, top + 15.0, &day);
            self.text_to(Face::Hei, 9.5, BLACK, right - 330.0, top + 15.0, &editors);
        }
        let y = top + 36.0;
        self.rule((left, y), (right, y), accent, 1.8);
        self.rule((left, y + 3.2), (right, y + 3.2), accent, 0.4);
        y + 18.0
    }

    /// What stands at a front page's foot.
    fn imprint(&mut self, bottom: f32) {
        let y = bottom + 10.0;
        self.rule((MARGIN, y), (WIDTH - MARGIN, y), BLACK, 0.6);
        let words = "本报地址：清川市望江区示例路1号　　总编室：000-0000-0001　　发行热线：000-0000-0002　　印刷：示例印务　　本报内容均为虚构示例";
        let width = single(words, self.fonts.get(Face::Hei), 8.5, 0.0).width;
        self.text(Face::Hei, 8.5, 0.0, BLACK, ((WIDTH - width) / 2.0, y + 5.0), words);
    }

    fn units(&self, units: u32) -> f32 {
        self.unit * units as f32 + GAP * (units as f32 - 1.0)
    }

    fn module<'b>(&'b self, id: u32, style: &'b Style) -> Result<Module<'b>, TypesetError>
    where
        'a: 'b,
    {
        Ok(Module::new(self.manuscript.piece(id)?, style, self.fonts))
    }

    fn wish(&self, node: &Node, width: f32) -> Result<Wish, TypesetError> {
        match node {
            Node::Article { id, style } => Ok(self.module(*id, style)?.wish(width)),
            Node::Ell { id, style, units, inner } => {
                let outer = self.module(*id, style)?.wish(width);
                let corner = self.units(*units);
                let inside = self.wish(inner, corner)?;
                let height = outer.height + (inside.height + STACK_GAP) * (corner + GAP) / width;
                Ok(Wish { height, give: outer.give.hypot(inside.give * corner / width) })
            }
            Node::Picture { id, index, ratio } => {
                let style = Style::default();
                Ok(self.module(*id, &style)?.picture_wish(width, index - 1, *ratio))
            }
            Node::Poster { height, .. } => Ok(Wish { height: *height, give: height * 0.12 }),
            Node::Band { .. } => Ok(Wish { height: 21.0, give: 0.0 }),
            Node::Stack(children) => {
                let mut height = STACK_GAP * (children.len().saturating_sub(1)) as f32;
                let mut give = 0.0_f32;
                for child in children {
                    let wish = self.wish(child, width)?;
                    height += wish.height;
                    give += wish.give.powi(2);
                }
                Ok(Wish { height, give: give.sqrt() })
            }
            Node::Row(children) => {
                let (mut sum, mut weights) = (0.0, 0.0);
                for (units, child) in children {
                    let wish = self.wish(child, self.units(*units))?;
                    let weight = 1.0 / wish.give.max(0.5).powi(2);
                    sum += wish.height * weight;
                    weights += weight;
                }
                Ok(Wish { height: sum / weights, give: 1.0 / weights.sqrt() })
            }
        }
    }

    fn node(&mut self, node: &Node, area: Area) -> Result<(), TypesetError> {
        match node {
            Node::Article { id, style } => {
                let printed = self.module(*id, style)?.print(area, None);
                self.print_if_fit(*id, printed)?;
                self.region(*id, rectangle(&area));
            }
            Node::Ell { id, style, units, inner } => {
                let width = self.units(*units);
                let wish = self.wish(inner, width)?;
                let height = wish.height;
                let corner = Area { x: area.right() - width, y: area.bottom() - height, width, height };
                let printed = self.module(*id, style)?.print(area, Some(corner));
                self.print_if_fit(*id, printed)?;
                let (left, top) = (corner.x - GAP / 2.0, corner.y - STACK_GAP / 2.0);
                self.region(
                    *id,
                    vec![
                        (area.x, area.y),
                        (area.right(), area.y),
                        (area.right(), top),
                        (left, top),
                        (left, area.bottom()),
                        (area.x, area.bottom()),
                    ],
                );
                if !framed(inner) {
                    self.rule((left, top), (area.right(), top), RULE, 0.5);
                    self.rule((left, top), (left, area.bottom()), RULE, 0.5);
                }
                self.node(inner, corner)?;
            }
            Node::Picture { id, index, .. } => {
                let style = Style::default();
                let mut printed =
                    Printed { inks: Vec::new(), windows: Vec::new(), report: String::new(), misfit: None };
                self.module(*id, &style)?.print_picture(&mut printed, area, index - 1);
                self.print(*id, printed)?;
                self.region(*id, rectangle(&area));
            }
            Node::Poster { id, scene, .. } => {
                let tree = Gallery::drawing(scene, area.width, area.height, self.fonts)?;
                self.made.inks.push(Ink::Drawing { area, tree });
                self.region(*id, rectangle(&area));
            }
            Node::Band { text } => {
                let colour = if self.evening { RED } else { BLACK };
                self.made.inks.push(Ink::Fill { area, colour });
                let line = single(text, self.fonts.get(Face::HeiBold), 12.5, 0.2);
                let x = area.x + (area.width - line.width) / 2.0;
                let top = area.y + (area.height - 12.5) / 2.0;
                self.made.inks.push(Ink::line(Face::HeiBold, 12.5, (255, 255, 255), x, top, &line));
            }
            Node::Stack(children) => self.stack(children, area)?,
            Node::Row(children) => {
                let mut x = area.x;
                for (i, (units, child)) in children.iter().enumerate() {
                    let mut width = self.units(*units);
                    if i + 1 == children.len() {
                        width = area.right() - x;
                    }
                    let wish = self.wish(child, width)?;
                    if (wish.height - area.height).abs() > 1.6 * wish.give {
                        let report = format!(
                            "row at {:.0}: child {} asks for {:.0} pt (give {:.0}) and gets {:.0}",
                            area.y,
                            i + 1,
                            wish.height,
                            wish.give,
                            area.height
                        );
                        self.made.reports.push(report);
                    }
                    self.node(child, Area { x, width, ..area })?;
                    x += width + GAP;
                    if let Some((_, next)) = children.get(i + 1)
                        && !framed(child)
                        && !framed(next)
                    {
                        let middle = x - GAP / 2.0;
                        self.rule((middle, area.y), (middle, area.bottom()), RULE, 0.5);
                    }
                }
            }
        }
        Ok(())
    }

    fn stack(&mut self, children: &[Node], area: Area) -> Result<(), TypesetError> {
        let mut wishes = Vec::new();
        for child in children {
            wishes.push(self.wish(child, area.width)?);
        }
        let asked: f32 = wishes.iter().map(|wish| wish.height).sum();
        let gaps = STACK_GAP * (children.len().saturating_sub(1)) as f32;
        let count = children.len().saturating_sub(1) as f32;
        let articles: f32 = wishes.iter().map(|wish| wish.give.powi(2)).sum();
        let give = articles + count * GAP_GIVE.powi(2);
        let missing = area.height - gaps - asked;
        // Gaps give too, so that short items keep the leading they were written for.
        let gap = (STACK_GAP + missing * GAP_GIVE.powi(2) / give.max(1.0)).clamp(NARROWEST_GAP, WIDEST_GAP);
        let missing = area.height - gap * count - asked;
        let mut y = area.y;
        for (i, (child, wish)) in children.iter().zip(&wishes).enumerate() {
            let share = if articles > 0.0 { wish.give.powi(2) / articles } else { 0.0 };
            let height =
                if i + 1 == children.len() { area.bottom() - y } else { wish.height + missing * share };
            self.node(child, Area { y, height, ..area })?;
            y += height + gap;
            if let Some(next) = children.get(i + 1)
                && !framed(child)
                && !framed(next)
            {
                let middle = y - gap / 2.0;
                self.rule((area.x, middle), (area.right(), middle), RULE, 0.5);
            }
        }
        Ok(())
    }

    /// Every misfit of a page is told at once, for the one who mends them.
    fn print_if_fit(&mut self, id: u32, printed: Result<Printed, TypesetError>) -> Result<(), TypesetError> {
        match printed {
            Ok(printed) => self.print(id, printed),
            Err(misfit @ TypesetError::DoesNotFit { .. }) => {
                self.made.misfits.push(misfit.to_string());
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    fn print(&mut self, id: u32, printed: Printed) -> Result<(), TypesetError> {
        self.made.misfits.extend(printed.misfit);
        self.made.inks.extend(printed.inks);
        let piece = self.manuscript.piece(id)?;
        for window in printed.windows {
            let scene = piece.scenes.get(window.index).map_or("", String::as_str);
            let ink = self.gallery.hang(id, window.index, scene, window.area, self.fonts)?;
            self.made.inks.push(ink);
        }
        if !printed.report.is_empty() {
            self.made.reports.push(printed.report);
        }
        Ok(())
    }

    fn region(&mut self, article: u32, corners: Vec<(f32, f32)>) {
        self.made.regions.push(Region { article, corners });
        if !self.made.list.contains(&article) {
            self.made.list.push(article);
        }
    }
}

/// What has its own edge needs no rule beside it.
fn framed(node: &Node) -> bool {
    match node {
        Node::Article { style, .. } => style.boxed || style.tint.is_some(),
        Node::Picture { .. } | Node::Poster { .. } | Node::Band { .. } => true,
        Node::Ell { .. } | Node::Stack(_) | Node::Row(_) => false,
    }
}

fn rectangle(area: &Area) -> Vec<(f32, f32)> {
    let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
    vec![(left, top), (right, top), (right, bottom), (left, bottom)]
}

fn weekday(date: jiff::civil::Date) -> &'static str {
    const NAMES: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
    NAMES[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
}
