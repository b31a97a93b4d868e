//! An article in its frame: decks over columns of text around pictures, fitted until it is full.

use super::TypesetError;
use super::fonts::{Face, Fonts};
use super::ink::{Area, BLACK, Colour, Ink};
use super::layout::{Inset, Place, Side, Style};
use super::manuscript::Piece;
use super::setter::{Line, paragraph, single};
use kanbao_newspaper::Block;

/// Between an article's text columns.
const COLUMN_GAP: f32 = 14.0;
/// Inside a ruled box.
const PADDING: f32 = 9.0;
const CAPTION: f32 = 9.5;
const CAPTION_LEADING: f32 = 13.0;
/// Between an inset and the text that runs past it.
const INSET_GAP: f32 = 7.0;
const TABLE_ROW: f32 = 17.0;
const TABLE_SIZE: f32 = 9.5;
/// What text is set on when nothing pulls at it, in sizes.
const LEADING: f32 = 1.56;
const TIGHTEST: f32 = 1.34;
const LOOSEST: f32 = 1.82;

const SECOND: Colour = (70, 66, 60);
const HAIR: Colour = (150, 145, 138);

/// A picture's place on the page, to be filled with its scene.
pub(crate) struct Window {
    pub(crate) area: Area,
    /// Which of the article's pictures.
    pub(crate) index: usize,
}

/// An article as it is printed.
pub(crate) struct Printed {
    pub(crate) inks: Vec<Ink>,
    pub(crate) windows: Vec<Window>,
    /// How it was made to fit, for the one who lays out.
    pub(crate) report: String,
    /// It was printed, but leaves a hole.
    pub(crate) misfit: Option<String>,
}

/// The height an article asks for, and how far it can be pulled from it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) height: f32,
    pub(crate) give: f32,
}

/// One grid row of a column.
#[derive(Clone)]
enum Row {
    Line(Line),
    /// 小标题: its lines and a row's air above, but at a column's head.
    Subheading(Vec<Line>),
}

impl Row {
    /// Grid rows it takes.
    fn height(&self, at_head: bool) -> usize {
        match self {
            Self::Line(_) => 1,
            Self::Subheading(lines) => lines.len() + usize::from(!at_head),
        }
    }
}

struct Deck {
    face: Face,
    size: f32,
    colour: Colour,
    line: Line,
    /// From the top of the decks to the line's own top.
    top: f32,
}

struct Decks {
    lines: Vec<Deck>,
    note: Option<Note>,
    height: f32,
}

struct Note {
    top: f32,
    height: f32,
    lines: Vec<Line>,
}

const NOTE_SIZE: f32 = 11.0;
const NOTE_LEADING: f32 = 16.5;

pub(crate) struct Module<'a> {
    piece: &'a Piece,
    style: &'a Style,
    fonts: &'a Fonts,
}

struct Shape {
    /// Where the text begins and ends.
    body: Area,
    column: f32,
}

struct Insert {
    first: usize,
    span: usize,
    place: Place,
    rows: usize,
    what: What,
}

#[derive(Clone, Copy)]
enum What {
    Picture(usize),
    Table,
}

struct Slot {
    column: usize,
    first: usize,
    rows: usize,
}

impl<'a> Module<'a> {
    pub(crate) fn new(piece: &'a Piece, style: &'a Style, fonts: &'a Fonts) -> Self {
        Self { piece, style, fonts }
    }

    fn padding(&self) -> f32 {
        if self.style.boxed || self.style.tint.is_some() { PADDING } else { 0.0 }
    }

    fn decks(&self, width: f32) -> Decks {
        let decks = &self.piece.article.decks;
        let style = self.style;
        let vertical = style.vertical.is_some();
        let mut lines = Vec::new();
        let mut top = 0.0;
        let mut push = |face: Face, most: f32, tracking: f32, colour: Colour, text: &str, after: f32| {
            let natural = single(text, self.fonts.get(face), 1.0, tracking).width;
            let size = most.min(width / natural.max(0.1));
            let line = single(text, self.fonts.get(face), size, tracking);
            lines.push(Deck { face, size, colour, line, top });
            top += size + after;
        };
        if !vertical {
            if !decks.kicker.is_empty() {
                let size = (style.head * 0.42).clamp(11.0, 18.0);
                push(Face::Hei, size, 0.02, SECOND, &decks.kicker, size * 0.5);
            }
            let longest = self
                .piece
                .headline
                .iter()
                .map(|line| single(line, self.fonts.get(style.face), 1.0, 0.0).width)
                .fold(0.1, f32::max);
            // A short headline over a wide article is spaced out a little rather than enlarged.
            let spare = (width / (longest * style.head) - 1.0).clamp(0.0, 1.0);
            let tracking = if style.centred { (spare * 0.3).min(0.12) } else { 0.0 };
            let size = style.head.min(width / (longest * (1.0 + tracking)));
            for line in &self.piece.headline {
                push(style.face, size, tracking, style.headline_ink.unwrap_or(BLACK), line, size * 0.22);
            }
            let size = (style.head * 0.38).clamp(11.5, 17.0);
            for line in decks.subheadline.lines() {
                push(Face::SongBold, size, 0.0, BLACK, line, size * 0.42);
            }
            if !decks.byline.is_empty() {
                push(Face::Kai, 11.0, 0.0, SECOND, &decks.byline, 5.0);
            }
            if !lines.is_empty() {
                top += 5.0;
            }
        }
        let note = self.note().map(|text| {
            let lines = paragraph(text, self.fonts.get(Face::Kai), NOTE_SIZE, width - 20.0, 0.0);
            let height = lines.len() as f32 * NOTE_LEADING + 12.0;
            let note = Note { top, height, lines };
            top += height + 9.0;
            note
        });
        Decks { lines, note, height: top }
    }

    fn note(&self) -> Option<&str> {
        self.piece.article.blocks.iter().find_map(|block| match block {
            Block::EditorNote { text } => Some(text.as_str()),
            _ => None,
        })
    }

    fn table(&self) -> Option<&[Vec<String>]> {
        self.piece.article.blocks.iter().find_map(|block| match block {
            Block::Table { rows } => Some(rows.as_slice()),
            _ => None,
        })
    }

    fn caption(&self, index: usize) -> &str {
        let captions = self.piece.article.blocks.iter().filter_map(|block| match block {
            Block::Picture { caption, .. } => Some(caption.as_str()),
            _ => None,
        });
        captions.into_iter().nth(index).unwrap_or_default()
    }

    fn caption_lines(&self, index: usize, width: f32) -> Vec<Line> {
        paragraph(self.caption(index), self.fonts.get(Face::Kai), CAPTION, width, 0.0)
    }

    fn caption_height(&self, index: usize, width: f32) -> f32 {
        let lines = self.caption_lines(index, width).len();
        if lines == 0 { 0.0 } else { lines as f32 * CAPTION_LEADING + 4.0 }
    }

    fn rows(&self, size: f32, column: f32) -> Vec<Row> {
        let song = self.fonts.get(Face::Song);
        let mut rows = Vec::new();
        if self.style.vertical.is_some() && !self.piece.article.decks.byline.is_empty() {
            rows.push(Row::Subheading(self.subheading(&self.piece.article.decks.byline, size, column)));
        }
        for block in &self.piece.article.blocks {
            match block {
                Block::Paragraph { text } => {
                    rows.extend(paragraph(text, song, size, column, 2.0).into_iter().map(Row::Line));
                }
                Block::Subheading { text } => {
                    rows.push(Row::Subheading(self.subheading(text, size + 0.5, column)));
                }
                Block::EditorNote { .. } | Block::Picture { .. } | Block::Table { .. } => {}
            }
        }
        rows
    }

    /// A 小标题, halved when it is longer than its column.
    fn subheading(&self, text: &str, size: f32, column: f32) -> Vec<Line> {
        let hei = self.fonts.get(Face::HeiBold);
        let whole = single(text, hei, size, 0.0);
        if whole.width <= column {
            return vec![whole];
        }
        let characters: Vec<char> = text.chars().collect();
        let middle = characters.len().div_ceil(2);
        // At a mark or a blank near the middle, if there is one.
        let cut = (0..5)
            .flat_map(|far| [middle + far, middle.saturating_sub(far)])
            .find(|&at| {
                at > 0
                    && characters
                        .get(at - 1)
                        .is_some_and(|c| matches!(c, '，' | '：' | '、' | ' ' | '”' | '　'))
            })
            .unwrap_or(middle);
        let (first, second) = characters.split_at(cut);
        [first, second]
            .iter()
            .map(|half| {
                let half: String = half.iter().collect();
                let natural = single(half.trim(), hei, 1.0, 0.0).width;
                single(half.trim(), hei, size.min(column / natural), 0.0)
            })
            .collect()
    }

    fn columns(&self) -> usize {
        self.style.columns
    }

    /// The strip of a vertical headline: its width, and its lines' size.
    fn strip(&self, height: f32) -> Option<(f32, f32)> {
        self.style.vertical?;
        let longest = self.piece.headline.iter().map(|line| line.chars().count()).max().unwrap_or(1);
        let size = self.style.head.min(height / (longest as f32 * 1.08));
        let decks = &self.piece.article.decks;
        let small = usize::from(!decks.kicker.is_empty()) + decks.subheadline.lines().count();
        let width = self.piece.headline.len() as f32 * size * 1.18 + small as f32 * 21.0 + 12.0;
        Some((width, size))
    }

    fn shape(&self, inner: Area, decks: &Decks) -> Shape {
        let mut body = Area { y: inner.y + decks.height, height: inner.height - decks.height, ..inner };
        if let (Some(side), Some((width, _))) = (self.style.vertical, self.strip(body.height)) {
            body.width -= width;
            if side == Side::Left {
                body.x += width;
            }
        }
        let columns = self.columns() as f32;
        let column = (body.width - COLUMN_GAP * (columns - 1.0)) / columns;
        Shape { body, column }
    }

    fn span_of(&self, inset: &Inset) -> usize {
        if inset.span == 0 { self.columns() } else { inset.span.min(self.columns()) }
    }

    fn span_width(shape: &Shape, span: usize) -> f32 {
        shape.column * span as f32 + COLUMN_GAP * (span as f32 - 1.0)
    }

    /// The height that this width asks for. A vertical headline is as high as asked of it.
    pub(crate) fn wish(&self, width: f32) -> Wish {
        let inner = Area { x: 0.0, y: 0.0, width: width - 2.0 * self.padding(), height: 300.0 };
        let decks = self.decks(inner.width);
        let mut shape = self.shape(inner, &decks);
        let rows = self.rows(self.style.size, shape.column);
        let count: usize = rows.iter().map(|row| row.height(false)).sum();
        let text = count as f32 * self.style.size * LEADING;
        let columns = self.columns() as f32;
        let mut free = columns;
        let mut area = text;
        let mut give = (0.07 * text / columns).powi(2);
        for (index, inset) in self.style.pictures.iter().enumerate() {
            let span = self.span_of(inset);
            let wide = Self::span_width(&shape, span);
            if inset.place == Place::Side {
                free -= span as f32;
                continue;
            }
            let high = wide / inset.ratio + self.caption_height(index, wide) + INSET_GAP;
            area += high * span as f32;
            give += (0.3 * high * span as f32 / columns).powi(2);
        }
        if let (Some(rows), Some(inset)) = (self.table(), &self.style.table) {
            area += (rows.len() as f32 * TABLE_ROW + INSET_GAP) * self.span_of(inset) as f32;
        }
        let leading = self.style.size * LEADING;
        shape.body.height = if self.style.pictures.is_empty() && self.style.table.is_none() {
            // Whole rows in every column, and no leading after the last.
            (count as f32 / columns).ceil() * leading - (leading - self.style.size)
        } else {
            area / free.max(1.0)
        };
        let height = decks.height + shape.body.height + 2.0 * self.padding();
        Wish { height, give: (give.sqrt() * self.style.flex).max(1.0) }
    }

    /// Prints it in a frame; `notch` is cut out of the frame's lower right corner.
    pub(crate) fn print(&self, frame: Area, notch: Option<Area>) -> Result<Printed, TypesetError> {
        let inner = frame.inset(self.padding());
        let decks = self.decks(inner.width);
        let shape = self.shape(inner, &decks);
        let mut printed =
            Printed { inks: Vec::new(), windows: Vec::new(), report: String::new(), misfit: None };
        if let Some(colour) = self.style.tint {
            printed.inks.push(Ink::Fill { area: frame, colour });
        }
        if self.style.boxed {
            printed.inks.push(Ink::Frame { area: frame, colour: BLACK, width: 0.8 });
        }
        self.print_decks(&mut printed, inner, &decks, &shape);
        let has_text = self.piece.article.blocks.iter().any(|b| matches!(b, Block::Paragraph { .. }));
        if has_text {
            self.print_body(&mut printed, &shape, notch)?;
        } else {
            self.print_pictures_alone(&mut printed, &shape);
        }
        Ok(printed)
    }

    fn print_decks(&self, printed: &mut Printed, inner: Area, decks: &Decks, shape: &Shape) {
        for deck in &decks.lines {
            let x = inner.x + if self.style.centred { (inner.width - deck.line.width) / 2.0 } else { 0.0 };
            printed.inks.push(Ink::line(
                deck.face,
                deck.size,
                deck.colour,
                x,
                inner.y + deck.top,
                &deck.line,
            ));
        }
        if let Some(note) = &decks.note {
            let area = Area { x: inner.x, y: inner.y + note.top, width: inner.width, height: note.height };
            printed.inks.push(Ink::Frame { area, colour: SECOND, width: 0.6 });
            for (i, line) in note.lines.iter().enumerate() {
                let top = area.y + 8.0 + i as f32 * NOTE_LEADING;
                printed.inks.push(Ink::line(Face::Kai, NOTE_SIZE, BLACK, area.x + 10.0, top, line));
            }
        }
        if let (Some(side), Some((width, size))) = (self.style.vertical, self.strip(shape.body.height)) {
            let body = shape.body;
            let mut x = if side == Side::Left { inner.x } else { body.right() + 12.0 } + width - 12.0;
            let mut down = |text: &str, face: Face, size: f32, pitch: f32, top: f32, ink: Colour| {
                x -= size * 1.18;
                for (i, c) in text.chars().enumerate() {
                    let line = Line { glyphs: vec![(upright(c), 0.0)], width: size, size };
                    printed.inks.push(Ink::line(face, size, ink, x, top + i as f32 * pitch, &line));
                }
            };
            let article = &self.piece.article.decks;
            // Vertical lines are read from the right.
            if !article.kicker.is_empty() {
                down(&article.kicker, Face::Hei, 15.0, 18.0, body.y, SECOND);
            }
            let longest = self.piece.headline.iter().map(|line| line.chars().count()).max().unwrap_or(1);
            let pitch = (body.height / longest as f32).min(size * 1.3);
            for (i, line) in self.piece.headline.iter().enumerate() {
                let ink = self.style.headline_ink.unwrap_or(BLACK);
                down(line, self.style.face, size, pitch, body.y + if i > 0 { pitch } else { 0.0 }, ink);
            }
            for line in article.subheadline.lines() {
                down(line, Face::SongBold, 14.0, 17.5, body.y + size, BLACK);
            }
        }
    }

    fn print_pictures_alone(&self, printed: &mut Printed, shape: &Shape) {
        let count = self.piece.scenes.len().max(1);
        let wide = (shape.body.width - COLUMN_GAP * (count as f32 - 1.0)) / count as f32;
        for index in 0..self.piece.scenes.len() {
            let x = shape.body.x + index as f32 * (wide + COLUMN_GAP);
            let area = Area { x, width: wide, ..shape.body };
            self.print_picture(printed, area, index);
        }
    }

    /// A picture with its caption at the foot of an area.
    pub(crate) fn print_picture(&self, printed: &mut Printed, area: Area, index: usize) {
        let caption = self.caption_height(index, area.width);
        let window = Area { height: area.height - caption, ..area };
        let ragged = self.caption_lines(index, area.width);
        for (i, line) in ragged.iter().enumerate() {
            let top = window.bottom() + 5.0 + i as f32 * CAPTION_LEADING;
            printed.inks.push(Ink::line(Face::Kai, CAPTION, SECOND, area.x, top, line));
        }
        printed.windows.push(Window { area: window, index });
    }

    pub(crate) fn picture_wish(&self, width: f32, index: usize, ratio: f32) -> Wish {
        let height = width / ratio + self.caption_height(index, width);
        Wish { height, give: height * 0.3 }
    }

    fn inserts(&self, shape: &Shape, leading: f32, total: usize, scale: f32) -> Option<Vec<Insert>> {
        let mut inserts = Vec::new();
        for (index, inset) in self.style.pictures.iter().enumerate() {
            let span = self.span_of(inset);
            let wide = Self::span_width(shape, span);
            let high = wide / inset.ratio * scale + self.caption_height(index, wide) + INSET_GAP;
            let rows = if inset.place == Place::Side { total } else { (high / leading).round() as usize };
            inserts.push(self.insert(inset, rows, What::Picture(index)));
        }
        if let (Some(table), Some(inset)) = (self.table(), &self.style.table) {
            let high = table.len() as f32 * TABLE_ROW + INSET_GAP;
            inserts.push(self.insert(inset, (high / leading).ceil() as usize, What::Table));
        }
        inserts.iter().all(|insert| insert.rows <= total).then_some(inserts)
    }

    fn insert(&self, inset: &Inset, rows: usize, what: What) -> Insert {
        let span = self.span_of(inset);
        let first = if inset.side == Side::Left { 0 } else { self.columns() - span };
        // Between other columns, when there is an odd number of them to stand among.
        let first = if inset.place == Place::Middle && span < self.columns() {
            (self.columns() - span).div_ceil(2)
        } else {
            first
        };
        Insert { first, span, place: inset.place, rows, what }
    }

    fn start(insert: &Insert, total: usize) -> usize {
        match insert.place {
            Place::Top | Place::Side => 0,
            Place::Middle => (total - insert.rows) / 2,
            Place::Bottom => total - insert.rows,
        }
    }

    fn slots(inserts: &[Insert], limits: &[usize], total: usize) -> Option<Vec<Slot>> {
        let mut slots = Vec::new();
        for (column, &limit) in limits.iter().enumerate() {
            let mut taken: Vec<(usize, usize)> = inserts
                .iter()
                .filter(|insert| (insert.first..insert.first + insert.span).contains(&column))
                .map(|insert| (Self::start(insert, total), insert.rows))
                .collect();
            taken.sort_unstable();
            let mut row = 0;
            for (start, rows) in taken {
                if start < row || start + rows > limit {
                    return None;
                }
                slots.push(Slot { column, first: row, rows: start - row });
                row = start + rows;
            }
            slots.push(Slot { column, first: row, rows: limit - row });
        }
        let columns = limits.len();
        // A line or two beside a picture is no column.
        let beside = |slot: &Slot| inserts.iter().any(|i| (i.first..i.first + i.span).contains(&slot.column));
        if slots.iter().any(|slot| columns > 1 && (1..3).contains(&slot.rows) && beside(slot)) {
            return None;
        }
        slots.retain(|slot| slot.rows > 0);
        Some(slots)
    }

    /// Pours rows into slots: where each begins, and how many rows stay empty; none if they overflow.
    fn pour(rows: &[Row], slots: &[Slot]) -> Option<(Vec<(usize, usize)>, usize)> {
        let mut places = Vec::with_capacity(rows.len());
        let mut slot = 0;
        let mut at = 0;
        for row in rows {
            // A subheading is never the last in its column.
            let needs = row.height(at == 0) + usize::from(matches!(row, Row::Subheading(_)));
            if at + needs > slots.get(slot)?.rows {
                slot += 1;
                at = 0;
                slots.get(slot)?;
            }
            places.push((slot, at));
            at += row.height(at == 0);
        }
        let left = slots[slot].rows - at + slots[slot + 1..].iter().map(|slot| slot.rows).sum::<usize>();
        Some((places, left))
    }

    fn print_body(
        &self,
        printed: &mut Printed,
        shape: &Shape,
        notch: Option<Area>,
    ) -> Result<(), TypesetError> {
        struct Fit {
            cost: f32,
            size: f32,
            leading: f32,
            rows: Vec<Row>,
            slots: Vec<Slot>,
            inserts: Vec<Insert>,
            places: Vec<(usize, usize)>,
            left: usize,
            scale: f32,
            total: usize,
        }
        let id = self.piece.id;
        let columns = self.columns();
        let height = shape.body.height;
        let mut best: Option<Fit> = None;
        let mut nearest = String::from("nothing fits");
        for step in -4..=6 {
            let size = self.style.size + step as f32 * 0.25;
            let rows = self.rows(size, shape.column);
            let low = ((height - size) / (size * LOOSEST)).ceil() as usize + 1;
            let high = ((height - size) / (size * TIGHTEST)).floor().max(0.0) as usize + 1;
            for total in low.max(2)..=high {
                let leading = (height - size) / (total as f32 - 1.0);
                let limits: Vec<usize> = (0..columns)
                    .map(|column| {
                        let x = shape.body.x + column as f32 * (shape.column + COLUMN_GAP);
                        let under = notch.filter(|notch| x + shape.column > notch.x + 4.0);
                        under.map_or(total, |notch| {
                            let room = notch.y - 14.0 - shape.body.y - size;
                            ((room / leading).floor().max(0.0) as usize + 1).min(total)
                        })
                    })
                    .collect();
                let scales: &[f32] = if self.style.pictures.iter().any(|p| p.place != Place::Side) {
                    &[
                        1.0, 0.97, 1.03, 0.94, 1.06, 0.91, 1.1, 0.87, 1.15, 0.83, 1.2, 0.78, 1.27, 0.72,
                        1.34, 0.66, 1.42, 0.6, 1.5, 1.6, 1.7,
                    ]
                } else {
                    &[1.0]
                };
                for &scale in scales {
                    let Some(inserts) = self.inserts(shape, leading, total, scale) else { continue };
                    let Some(slots) = Self::slots(&inserts, &limits, total) else { continue };
                    let capacity: usize = slots.iter().map(|slot| slot.rows).sum();
                    let Some((places, left)) = Self::pour(&rows, &slots) else {
                        nearest = format!("{} rows for {capacity} at {size} pt", rows.len());
                        continue;
                    };
                    let cost = 0.5 * (left as f32).powi(2)
                        + ((leading / size - LEADING) / 0.06).powi(2)
                        + ((size - self.style.size) / 0.35).powi(2)
                        + (scale.ln() / 0.2).powi(2);
                    if best.as_ref().is_none_or(|best| cost < best.cost) {
                        best = Some(Fit {
                            cost,
                            size,
                            leading,
                            rows: rows.clone(),
                            slots,
                            inserts,
                            places,
                            left,
                            scale,
                            total,
                        });
                    }
                }
            }
        }
        let Some(fit) = best else {
            return Err(TypesetError::DoesNotFit { id, height, what: nearest });
        };
        // As many empty rows as columns is how the last lines of a text fall; more is a hole.
        if fit.left > columns + 1 {
            let what =
                format!("{} rows of {} stay empty at {} pt", fit.left, fit.left + fit.rows.len(), fit.size);
            printed.misfit = Some(TypesetError::DoesNotFit { id, height, what }.to_string());
        }
        printed.report = format!(
            "{id}: {} pt on {:.2}, pictures {:.2}, {} rows empty, cost {:.1}",
            fit.size,
            fit.leading / fit.size,
            fit.scale,
            fit.left,
            fit.cost
        );
        let column_x = |column: usize| shape.body.x + column as f32 * (shape.column + COLUMN_GAP);
        let row_y = |row: usize| shape.body.y + row as f32 * fit.leading;
        for (row, &(slot, at)) in fit.rows.iter().zip(&fit.places) {
            let slot = &fit.slots[slot];
            let (x, y) = (column_x(slot.column), row_y(slot.first + at));
            match row {
                Row::Line(line) => {
                    printed.inks.push(Ink::line(Face::Song, fit.size, BLACK, x, y, line));
                }
                Row::Subheading(lines) => {
                    let air = if at == 0 { 0.0 } else { fit.leading * 0.55 };
                    for (i, line) in lines.iter().enumerate() {
                        let y = y + air + i as f32 * fit.leading;
                        let x = x + ((shape.column - line.width) / 2.0).max(0.0);
                        printed.inks.push(Ink::line(Face::HeiBold, line.size, BLACK, x, y, line));
                    }
                }
            }
        }
        let total = fit.total;
        for insert in &fit.inserts {
            let start = Self::start(insert, total);
            let wide = Self::span_width(shape, insert.span);
            let mut area = Area {
                x: column_x(insert.first),
                y: row_y(start) + 1.0,
                width: wide,
                height: insert.rows as f32 * fit.leading - INSET_GAP,
            };
            if matches!(insert.place, Place::Bottom) {
                // It ends where the last line ends, not a leading below.
                area.y += 3.0;
                area.height = shape.body.bottom() - area.y;
            } else if matches!(insert.place, Place::Side) {
                area.height = height - 1.0;
            }
            match insert.what {
                What::Picture(index) => self.print_picture(printed, area, index),
                What::Table => self.print_table(printed, area),
            }
        }
        if self.style.rules {
            for slot in fit.slots.iter().filter(|slot| slot.column + 1 < columns) {
                let x = column_x(slot.column) + shape.column + COLUMN_GAP / 2.0;
                let crosses = fit.inserts.iter().any(|insert| {
                    insert.first <= slot.column
                        && insert.first + insert.span > slot.column + 1
                        && Self::start(insert, total) >= slot.first
                        && Self::start(insert, total) < slot.first + slot.rows
                });
                if !crosses {
                    let to = row_y(slot.first + slot.rows - 1) + fit.size;
                    let (from, to) = ((x, row_y(slot.first)), (x, to));
                    printed.inks.push(Ink::Rule { from, to, colour: HAIR, width: 0.35 });
                }
            }
        }
        Ok(())
    }

    fn print_table(&self, printed: &mut Printed, area: Area) {
        let Some(rows) = self.table() else { return };
        let pitch = area.height / rows.len() as f32;
        let weight = |cell: &String| cell.chars().count().max(2) as f32;
        let count = rows.iter().map(Vec::len).max().unwrap_or(1);
        let weights: Vec<f32> = (0..count)
            .map(|column| rows.iter().filter_map(|row| row.get(column)).map(weight).fold(2.0, f32::max) + 1.5)
            .collect();
        let sum: f32 = weights.iter().sum();
        let head = Area { height: pitch, ..area };
        printed.inks.push(Ink::Fill { area: head, colour: (228, 222, 210) });
        for (i, row) in rows.iter().enumerate() {
            let mut x = area.x;
            let face = if i == 0 { Face::HeiBold } else { Face::Hei };
            for (column, cell) in row.iter().enumerate() {
                let wide = area.width * weights[column] / sum;
                let natural = single(cell, self.fonts.get(face), 1.0, 0.0).width.max(0.1);
                let size = TABLE_SIZE.min((wide - 4.0) / natural);
                let line = single(cell, self.fonts.get(face), size, 0.0);
                let left = x + (wide - line.width) / 2.0;
                let top = area.y + i as f32 * pitch + (pitch - size) / 2.0;
                printed.inks.push(Ink::line(face, size, BLACK, left, top, &line));
                x += wide;
            }
            let y = area.y + (i + 1) as f32 * pitch;
            let (from, to) = ((area.x, y), (area.right(), y));
            printed.inks.push(Ink::Rule { from, to, colour: HAIR, width: 0.4 });
        }
        printed.inks.push(Ink::Frame { area, colour: BLACK, width: 0.7 });
    }
}

/// Marks as they stand in a vertical line.
fn upright(c: char) -> char {
    match c {
        '，' => '︐',
        '、' => '︑',
        '。' => '︒',
        '：' => '︓',
        '！' => '︕',
        '？' => '︖',
        '“' => '﹁',
        '”' => '﹂',
        '（' => '︵',
        '）' => '︶',
        '《' => '︽',
        '》' => '︾',
        '—' => '︱',
        other => other,
    }
}
