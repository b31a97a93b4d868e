//! Where a page's picture lies on its PDF: sites crop the one and not the other, and turn pages.
//!
//! The rule: both are looked at small, in grey. Sums along rows and columns give a few places and sizes that the picture
//! may have along either axis; the pair that fits best is then moved until the pixels differ least, coarse to fine, to a
//! fraction of a pixel. A fit that leaves doubt is none, and the two are then shown edge to edge.

use crate::Bitmap;
use hayro::kurbo::Affine;

/// The longer sides at which the two are compared, coarse to fine.
const SIDES: [u32; 3] = [96, 192, 512];

/// How much larger than the picture the PDF is drawn, so that a picture of a part of it has pixels to be compared with.
const ROOM: f64 = 1.5;

/// And how much finer it is drawn at first: images are drawn on whole pixels, and those had better be small.
const FINER: f64 = 2.0;

/// A correlation from which on two pages are the same page. Different pages of one newspaper, whose columns stand in the
/// same places, reach a little over a half.
const SAME: f64 = 0.75;

/// A correlation from which on edge to edge needs no other places beside it.
const PLAIN: f64 = 0.9;

/// A picture is at least so much of its PDF, and at most so much more than it, along either axis.
const SPANS: (f64, f64) = (0.5, 1.5);
const SPAN_STEP: f64 = 1.01;

/// How far the picture may reach over the PDF's edge, in widths of the PDF.
const OVERHANG: f64 = 0.25;

/// A page is squeezed to this ratio at most.
const MOST_SQUEEZED: f64 = 1.2;

/// Samples of a sum along an axis, and the places kept of each axis.
const SAMPLES: usize = 192;
const PLACES: usize = 6;

/// Of all pairs of places, those that are moved to fit, and the steps that one takes at most.
const MOST_MOVED: usize = 3;
const STEPS: usize = 20;

/// A step shorter than this changes nothing that is seen.
const SETTLED: f64 = 0.000_01;

/// Nearer to edge to edge than this, in fractions of the page, is edge to edge: half a pixel of a page on a screen, and about
/// as exact as a place is found.
const EXACT: f64 = 0.000_5;

/// A picture's place on its PDF, in fractions of the PDF's page as it would be seen without the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    /// How often the PDF's page is turned by a quarter, clockwise, before that.
    pub quarter_turns: u8,
}

impl Frame {
    pub const WHOLE: Self = Self { left: 0.0, top: 0.0, width: 1.0, height: 1.0, quarter_turns: 0 };

    /// From a page of this size to the frame, whose size it says too.
    pub(crate) fn place(&self, (width, height): (f64, f64)) -> (Affine, f64, f64) {
        let turned = match self.quarter_turns % 4 {
            1 => Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            2 => Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
            3 => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            _ => Affine::IDENTITY,
        };
        let (width, height) = if self.quarter_turns % 2 == 1 { (height, width) } else { (width, height) };
        let moved = Affine::translate((-self.left * width, -self.top * height));
        (moved * turned, self.width * width, self.height * height)
    }

    fn settled(self) -> Self {
        let apart = [self.left, self.top, self.left + self.width - 1.0, self.top + self.height - 1.0];
        let exact = apart.iter().all(|apart| apart.abs() < EXACT);
        if exact { Self { quarter_turns: self.quarter_turns, ..Self::WHOLE } } else { self }
    }

    fn is_sane(&self) -> bool {
        let spans = SPANS.0..=SPANS.1;
        let inside = |start: f64, span: f64| start > -OVERHANG - 0.05 && start + span < 1.0 + OVERHANG + 0.05;
        spans.contains(&self.width)
            && spans.contains(&self.height)
            && inside(self.left, self.width)
            && inside(self.top, self.height)
    }
}

/// A page drawn whole, and how many pixels it is wide and high exactly.
pub(crate) type Drawn = (Bitmap, (f64, f64));

/// The longer side in pixels at which the picture is wanted, and the PDF.
pub(crate) fn sides() -> (u32, u32) {
    let finest = SIDES[SIDES.len() - 1];
    (finest, (f64::from(finest) * ROOM * FINER) as u32)
}

/// The picture's place on the PDF, both drawn whole at [`sides`]; nothing where that is not sure.
pub(crate) fn find(picture: &Drawn, pdf: &Drawn) -> Option<Frame> {
    let picture = Grey::ink(&picture.0, picture.1);
    let upright = Grey::ink(&pdf.0, pdf.1);
    let small_pdf = upright.within((f64::from(SIDES[0]) * ROOM) as u32);
    let small = picture.within(SIDES[0]);
    let mut best: Option<(f64, Frame)> = None;
    for quarter_turns in 0..4 {
        let turned = small_pdf.turned(quarter_turns);
        let Some((likeness, frame)) = roughly(&small, &turned) else { continue };
        if best.is_none_or(|(best, _)| likeness > best) {
            best = Some((likeness, Frame { quarter_turns, ..frame }));
        }
        // Upright is what is to be expected.
        if likeness >= SAME {
            break;
        }
    }
    let (mut likeness, mut frame) = best?;
    let pdf = upright.turned(frame.quarter_turns);
    for &side in &SIDES[1..] {
        let picture = picture.within(side);
        // What lies under a pixel of the picture is then a pixel of the PDF, no more and no less.
        let span = if pdf.height > pdf.width { frame.height } else { frame.width };
        let pdf = pdf.within((picture.width.max(picture.height) as f64 / span).round() as u32);
        (likeness, frame) = moved_to_fit(&picture, &pdf, frame)?;
    }
    tracing::debug!(likeness, ?frame, "a picture's place on its PDF");
    (likeness >= SAME && frame.is_sane()).then(|| frame.settled())
}

/// The best place of a small picture on a small PDF, and how alike the two are then.
fn roughly(picture: &Grey, pdf: &Grey) -> Option<(f64, Frame)> {
    let plain = moved_to_fit(picture, pdf, Frame::WHOLE).filter(|(_, frame)| frame.is_sane());
    if plain.is_some_and(|(likeness, _)| likeness >= PLAIN) {
        return plain;
    }
    let across = places(&picture.sums(Axis::Across), &pdf.sums(Axis::Across));
    let down = places(&picture.sums(Axis::Down), &pdf.sums(Axis::Down));
    let shape = |grey: &Grey| grey.across / grey.down;
    let mut frames: Vec<(f64, Frame)> = across
        .iter()
        .flat_map(|&(left, width)| {
            down.iter().map(move |&(top, height)| Frame { left, top, width, height, quarter_turns: 0 })
        })
        .filter(|frame| {
            let squeezed = shape(pdf) * frame.width / frame.height / shape(picture);
            (1.0 / MOST_SQUEEZED..=MOST_SQUEEZED).contains(&squeezed)
        })
        .map(|frame| (likeness(picture, pdf, frame), frame))
        .collect();
    frames.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let moved =
        frames.into_iter().take(MOST_MOVED).filter_map(|(_, frame)| moved_to_fit(picture, pdf, frame));
    moved.chain(plain).filter(|(_, frame)| frame.is_sane()).max_by(|(a, _), (b, _)| a.total_cmp(b))
}

#[derive(Clone, Copy)]
enum Axis {
    Across,
    Down,
}

/// How dark each pixel is.
#[derive(Debug, Clone)]
struct Grey {
    width: usize,
    height: usize,
    dark: Vec<f32>,
    /// How many pixels the page is wide and high, exactly: the last column and row may be a part of one.
    across: f64,
    down: f64,
}

impl Grey {
    fn ink(bitmap: &Bitmap, (across, down): (f64, f64)) -> Self {
        let dark = |&[red, green, blue]: &[u8; 3]| {
            255.0 - (0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue))
        };
        Self {
            width: bitmap.width as usize,
            height: bitmap.height as usize,
            dark: bitmap.rgb.as_chunks::<3>().0.iter().map(dark).collect(),
            across,
            down,
        }
    }

    fn turned(&self, quarter_turns: u8) -> Self {
        let (width, height) = (self.width, self.height);
        let turned = |to_width: usize, to_height: usize, from: &dyn Fn(usize, usize) -> (usize, usize)| {
            let places = (0..to_height).flat_map(|y| (0..to_width).map(move |x| (x, y)));
            let dark = places.map(|(x, y)| from(x, y)).map(|(x, y)| self.dark[y * width + x]).collect();
            let (across, down) =
                if quarter_turns == 2 { (self.across, self.down) } else { (self.down, self.across) };
            Self { width: to_width, height: to_height, dark, across, down }
        };
        match quarter_turns {
            1 => turned(height, width, &|x, y| (y, height - 1 - x)),
            2 => turned(width, height, &|x, y| (width - 1 - x, height - 1 - y)),
            3 => turned(height, width, &|x, y| (width - 1 - y, x)),
            _ => self.clone(),
        }
    }

    /// Made smaller until its longer side is no more than that, each pixel the mean of what it covers.
    fn within(&self, side: u32) -> Self {
        let scale = f64::from(side) / self.width.max(self.height) as f64;
        if scale >= 1.0 {
            return self.clone();
        }
        let least = |length: usize| ((length as f64 * scale).round() as usize).max(1);
        let (width, height) = (least(self.width), least(self.height));
        let across = shrunk(&self.dark, self.width, self.height, width);
        let down = shrunk(&transposed(&across, width, self.height), self.height, width, height);
        let dark = transposed(&down, height, width);
        let across = self.across * width as f64 / self.width as f64;
        let down = self.down * height as f64 / self.height as f64;
        Self { width, height, dark, across, down }
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (x.floor(), y.floor());
        let (right, below) = (x - column, y - row);
        let pixel = |column: f32, row: f32| {
            let inside =
                column >= 0.0 && row >= 0.0 && column < self.width as f32 && row < self.height as f32;
            if inside { self.dark[row as usize * self.width + column as usize] } else { 0.0 }
        };
        let above = pixel(column, row) * (1.0 - right) + pixel(column + 1.0, row) * right;
        let under = pixel(column, row + 1.0) * (1.0 - right) + pixel(column + 1.0, row + 1.0) * right;
        above * (1.0 - below) + under * below
    }

    /// How dark each column is, or each row.
    fn sums(&self, axis: Axis) -> Vec<f32> {
        let mut sums = vec![
            0.0;
            match axis {
                Axis::Across => self.width,
                Axis::Down => self.height,
            }
        ];
        for (index, dark) in self.dark.iter().enumerate() {
            match axis {
                Axis::Across => sums[index % self.width] += dark,
                Axis::Down => sums[index / self.width] += dark,
            }
        }
        sums
    }
}

/// Rows of `width` made `to` long, by area.
fn shrunk(values: &[f32], width: usize, height: usize, to: usize) -> Vec<f32> {
    let step = width as f32 / to as f32;
    let mut shrunk = Vec::with_capacity(to * height);
    for row in values.chunks_exact(width) {
        for index in 0..to {
            let (from, until) = (index as f32 * step, (index as f32 + 1.0) * step);
            let cells = from as usize..(until.ceil() as usize).min(width);
            let covered = |cell: usize| (until.min(cell as f32 + 1.0) - from.max(cell as f32)).max(0.0);
            shrunk.push(cells.map(|cell| row[cell] * covered(cell)).sum::<f32>() / step);
        }
    }
    shrunk
}

fn transposed(values: &[f32], width: usize, height: usize) -> Vec<f32> {
    (0..width).flat_map(|x| (0..height).map(move |y| values[y * width + x])).collect()
}

/// Starts and spans, in lengths of `whole`, at which `part` fits best.
fn places(part: &[f32], whole: &[f32]) -> Vec<(f64, f64)> {
    let wanted: Vec<f32> =
        (0..SAMPLES).map(|index| between(part, (index as f64 + 0.5) / SAMPLES as f64)).collect();
    let wanted = Deviations::of(&wanted);
    let offset_step = 1.0 / whole.len() as f64;
    let mut found = Vec::new();
    let mut span = SPANS.0;
    let mut sampled = vec![0.0; SAMPLES];
    while span <= SPANS.1 {
        let mut best = (f64::MIN, 0.0);
        let mut start = -OVERHANG;
        while start + span <= 1.0 + OVERHANG {
            for (index, sample) in sampled.iter_mut().enumerate() {
                *sample = between(whole, start + span * (index as f64 + 0.5) / SAMPLES as f64);
            }
            let likeness = wanted.likeness(&sampled);
            if likeness > best.0 {
                best = (likeness, start);
            }
            start += offset_step;
        }
        found.push((best.0, best.1, span));
        span *= SPAN_STEP;
    }
    // The best of those around it alone: its neighbours are the same place.
    let peaks = (0..found.len()).filter(|&index| {
        let beside = [index.wrapping_sub(1), index + 1];
        beside.iter().all(|&beside| found.get(beside).is_none_or(|beside| beside.0 <= found[index].0))
    });
    let mut peaks: Vec<_> = peaks.map(|index| found[index]).collect();
    peaks.sort_by(|a, b| b.0.total_cmp(&a.0));
    peaks.into_iter().take(PLACES).map(|(_, start, span)| (start, span)).collect()
}

/// The value at a fraction of a row of samples; nothing lies outside it.
fn between(samples: &[f32], fraction: f64) -> f32 {
    let place = fraction * samples.len() as f64 - 0.5;
    let index = place.floor();
    let part = (place - index) as f32;
    let sample =
        |index: f64| if index < 0.0 { 0.0 } else { samples.get(index as usize).copied().unwrap_or(0.0) };
    sample(index) * (1.0 - part) + sample(index + 1.0) * part
}

/// Values less their mean, and what makes a correlation of them.
struct Deviations {
    values: Vec<f32>,
    length: f64,
}

impl Deviations {
    fn of(values: &[f32]) -> Self {
        let mean = values.iter().sum::<f32>() / values.len().max(1) as f32;
        let values: Vec<f32> = values.iter().map(|value| value - mean).collect();
        let length = values.iter().map(|value| f64::from(value * value)).sum::<f64>().sqrt();
        Self { values, length }
    }

    fn likeness(&self, others: &[f32]) -> f64 {
        let mean = others.iter().sum::<f32>() / others.len().max(1) as f32;
        let (mut product, mut square) = (0.0, 0.0);
        for (value, other) in self.values.iter().zip(others) {
            let other = other - mean;
            product += f64::from(value * other);
            square += f64::from(other * other);
        }
        product / (self.length * square.sqrt()).max(1e-9)
    }
}

/// The PDF's pixels under the picture's, in the picture's order.
fn under(picture: &Grey, pdf: &Grey, frame: Frame) -> Vec<f32> {
    let mut sampled = Vec::with_capacity(picture.dark.len());
    for row in 0..picture.height {
        let y = (frame.top + frame.height * (row as f64 + 0.5) / picture.down) * pdf.down - 0.5;
        for column in 0..picture.width {
            let x = (frame.left + frame.width * (column as f64 + 0.5) / picture.across) * pdf.across - 0.5;
            sampled.push(pdf.at(x as f32, y as f32));
        }
    }
    sampled
}

fn likeness(picture: &Grey, pdf: &Grey, frame: Frame) -> f64 {
    Deviations::of(&picture.dark).likeness(&under(picture, pdf, frame))
}

/// Moves the frame's edges until the pixels differ least (Gauss and Newton's way), and says how alike they then are.
fn moved_to_fit(picture: &Grey, pdf: &Grey, frame: Frame) -> Option<(f64, Frame)> {
    let wanted = Deviations::of(&picture.dark);
    let (columns, rows) = (picture.width, picture.height);
    let mut best = (f64::MIN, frame);
    let mut frame = frame;
    for _ in 0..STEPS {
        let sampled = under(picture, pdf, frame);
        let seen = Deviations::of(&sampled);
        if seen.length < 1e-6 || wanted.length < 1e-6 {
            return None;
        }
        let now = wanted.likeness(&sampled);
        if now > best.0 {
            best = (now, frame);
        } else if now < best.0 - 0.1 {
            break;
        }
        // The gain that leaves least: any other, and the frame would be pulled too small or too large.
        let gain = (now * wanted.length / seen.length) as f32;
        let mut normal = [[0.0_f64; 5]; 4];
        for row in 1..rows.saturating_sub(1) {
            let down = (row as f64 + 0.5) / picture.down;
            for column in 1..columns.saturating_sub(1) {
                let index = row * columns + column;
                let across = (column as f64 + 0.5) / picture.across;
                let slope_x = f64::from((seen.values[index + 1] - seen.values[index - 1]) * gain / 2.0);
                let slope_y =
                    f64::from((seen.values[index + columns] - seen.values[index - columns]) * gain / 2.0);
                // A slope is over one pixel of the picture, whose width is the frame's over its columns.
                let slope_x = slope_x * picture.across / frame.width;
                let slope_y = slope_y * picture.down / frame.height;
                let slopes = [slope_x, slope_x * across, slope_y, slope_y * down];
                let missing = f64::from(wanted.values[index] - seen.values[index] * gain);
                for (line, slope) in normal.iter_mut().zip(slopes) {
                    for (cell, other) in line.iter_mut().zip(slopes) {
                        *cell += slope * other;
                    }
                    line[4] += slope * missing;
                }
            }
        }
        let [left, width, top, height] = solved(normal)?;
        frame.left += left;
        frame.width += width;
        frame.top += top;
        frame.height += height;
        let moved = left.abs().max(width.abs()).max(top.abs()).max(height.abs());
        if moved < SETTLED || !frame.is_sane() {
            break;
        }
    }
    Some(best)
}

/// Four linear equations, each with its right side behind it.
fn solved(mut lines: [[f64; 5]; 4]) -> Option<[f64; 4]> {
    for pivot in 0..4 {
        let largest = (pivot..4).max_by(|&a, &b| lines[a][pivot].abs().total_cmp(&lines[b][pivot].abs()))?;
        lines.swap(pivot, largest);
        let line = lines[pivot];
        if line[pivot].abs() < 1e-9 {
            return None;
        }
        for (index, other) in lines.iter_mut().enumerate() {
            if index != pivot {
                let part = other[pivot] / line[pivot];
                for (cell, own) in other.iter_mut().zip(line) {
                    *cell -= part * own;
                }
            }
        }
    }
    Some([0, 1, 2, 3].map(|index| lines[index][4] / lines[index][index]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::stream;
    use crate::{Cut, Sheet, Size};
    use image::codecs::jpeg::JpegEncoder;
    use std::path::PathBuf;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    /// A fitted page is about so high on a screen; at four times that, two pixels are allowed.
    const FITTED: f64 = 1000.0;
    const MOST_APART: f64 = 2.0 / (4.0 * FITTED);

    /// Unoptimised, a place takes seconds to be found, which have a deadline: one test at a time.
    fn alone() -> MutexGuard<'static, ()> {
        static ALONE: Mutex<()> = Mutex::new(());
        ALONE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page of the press's, 01 of its newest issue.
    fn page_of_the_press() -> Vec<u8> {
        let path = "../press/paper/slrb/2026-11-24/01.pdf";
        std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    }

    /// The site's picture of a page, or of a part of it.
    fn picture_of(page: &Sheet, cut: Cut, width: u32) -> Sheet {
        // Made as sites make them, from a large drawing: a small one has its images on whole pixels.
        let large = Sheet::open(page.cut(cut, width * 5).unwrap().png().unwrap()).unwrap();
        let drawn = large.cut(Cut::WHOLE, width).unwrap();
        let mut jpeg = Vec::new();
        let colours = image::ExtendedColorType::Rgb8;
        JpegEncoder::new_with_quality(&mut jpeg, 85)
            .encode(&drawn.rgb, drawn.width, drawn.height, colours)
            .unwrap();
        Sheet::open(jpeg).unwrap()
    }

    /// The press's page on a larger sheet, with crop marks, and what `/CropBox` or `/Rotate` say: an update appended to its
    /// PDF gives the page other boxes and a second stream.
    fn on_a_larger_sheet([left, right, below, above]: [f64; 4], more: &str) -> Vec<u8> {
        let mut pdf = page_of_the_press();
        let place = |pdf: &[u8], words: &str| {
            pdf.windows(words.len()).rposition(|found| found == words.as_bytes()).unwrap()
        };
        let after = |pdf: &[u8], words: &str, until: &str| {
            let rest = &pdf[place(pdf, words) + words.len()..];
            let end = rest.windows(until.len()).position(|found| found == until.as_bytes()).unwrap();
            String::from_utf8(rest[..end].to_vec()).unwrap()
        };
        let (contents, parent) = (after(&pdf, "/Contents ", ">>"), after(&pdf, "/Parent ", "/Contents"));
        let size: usize = after(&pdf, "/Size ", "/Root").parse().unwrap();
        let (root, start) = (after(&pdf, "/Root ", "/ID"), after(&pdf, "startxref\n", "\n"));
        let own = place(&pdf, "<</Type/Page/Resources");
        let number: usize = after(&pdf[..own], "endobj\n", " 0 obj").parse().unwrap();
        let resources = after(&pdf, "<</Type/Page/Resources ", "/MediaBox");
        let (width, height) = Sheet::open(pdf.clone()).unwrap().size();
        let mut marks = String::from("0 G 0.5 w ");
        for (x, outward_x) in [(0.0, -1.0), (width, 1.0)] {
            for (y, outward_y) in [(0.0, -1.0), (height, 1.0)] {
                for (dx, dy) in [(outward_x, 0.0), (0.0, outward_y)] {
                    let at = |far: f64| (x + far * dx, y + far * dy);
                    let (from, to) = (at(4.0), at(14.0));
                    marks += &format!("{} {} m {} {} l S ", from.0, from.1, to.0, to.1);
                }
            }
        }
        let edges = format!("{} {} {} {}", -left, -below, width + right, height + above);
        let page = format!(
            "<</Type/Page/Resources {resources}/MediaBox[{edges}]{more}/Parent {parent}/Contents[{contents} {size} 0 R]>>"
        );
        let objects = [(number, page.into_bytes()), (size, stream("", marks.as_bytes()))];
        let mut table = String::from("xref\n");
        for (number, object) in objects {
            table += &format!("{number} 1\n{:010} 00000 n \n", pdf.len());
            pdf.extend(format!("{number} 0 obj\n").into_bytes());
            pdf.extend(object);
            pdf.extend(b"\nendobj\n");
        }
        let begin = pdf.len();
        table +=
            &format!("trailer<</Size {}/Root {root}/Prev {start}>>\nstartxref\n{begin}\n%%EOF", size + 1);
        pdf.extend(table.into_bytes());
        pdf
    }

    fn grey(bitmap: &Bitmap) -> Grey {
        Grey::ink(bitmap, (f64::from(bitmap.width), f64::from(bitmap.height)))
    }

    #[track_caller]
    fn check(found: Option<Frame>, wanted: Frame) {
        let found = found.expect("a place");
        assert_eq!(found.quarter_turns, wanted.quarter_turns);
        // What counts is where a point of the page is drawn, in fractions of the page.
        let edges =
            |frame: Frame| [frame.left, frame.left + frame.width, frame.top, frame.top + frame.height];
        let spans = [wanted.width, wanted.width, wanted.height, wanted.height];
        for ((found, wanted), span) in edges(found).into_iter().zip(edges(wanted)).zip(spans) {
            let apart = (found - wanted).abs() / span;
            assert!(apart < MOST_APART, "{apart} of the page: {found}, not {wanted}");
        }
    }

    #[test]
    fn margins_and_crop_marks_are_told_from_the_page() {
        let _alone = alone();
        let page = Sheet::open(page_of_the_press()).unwrap();
        let (width, height) = page.size();
        let picture = picture_of(&page, Cut::WHOLE, 350);
        let [left, right, below, above] = [31.0, 57.0, 44.0, 26.0];
        let larger = Sheet::open(on_a_larger_sheet([left, right, below, above], "")).unwrap();
        let (all_width, all_height) = larger.size();
        let wanted = Frame {
            left: left / all_width,
            top: above / all_height,
            width: width / all_width,
            height: height / all_height,
            quarter_turns: 0,
        };
        let found = larger.place_of(&picture).unwrap();
        check(found, wanted);
        // Drawn within it, the page is where the picture has it.
        let framed = larger.framed(&found.unwrap());
        assert!((framed.size().0 / width - 1.0).abs() < 2.0 * MOST_APART);
        let size = Size { width: 700, height: (700.0 * height / width).round() as u32 };
        let (straight, through) = (page.tile(size, 0, 0).unwrap(), framed.tile(size, 0, 0).unwrap());
        let likeness = likeness(&grey(&straight), &grey(&through), Frame::WHOLE);
        assert!(likeness > 0.9, "{likeness}");
    }

    #[test]
    fn a_crop_box_and_a_picture_of_less_than_it_are_found() {
        let _alone = alone();
        let page = Sheet::open(page_of_the_press()).unwrap();
        let (width, height) = page.size();
        // The PDF shows the page and a little of its surroundings; the site's picture lacks the page's edge.
        let crop = format!("/CropBox[-20 -10 {} {}]", width + 8.0, height + 12.0);
        let larger = Sheet::open(on_a_larger_sheet([40.0; 4], &crop)).unwrap();
        let (all_width, all_height) = larger.size();
        // As high as 606 whole pixels of it are.
        let cut = Cut { x: 0.03, y: 0.02, width: 0.94, height: 606.0 / 420.0 * 0.94 * width / height };
        let picture = picture_of(&page, cut, 420);
        let wanted = Frame {
            left: (20.0 + cut.x * width) / all_width,
            top: (12.0 + cut.y * height) / all_height,
            width: cut.width * width / all_width,
            height: cut.height * height / all_height,
            quarter_turns: 0,
        };
        check(larger.place_of(&picture).unwrap(), wanted);
    }

    #[test]
    fn a_turned_page_is_turned_back() {
        let _alone = alone();
        let page = Sheet::open(page_of_the_press()).unwrap();
        let picture = picture_of(&page, Cut::WHOLE, 350);
        // A site's PDF that says it lies on its side, while its picture stands.
        let turned = Sheet::open(on_a_larger_sheet([0.0; 4], "/Rotate 90")).unwrap();
        assert!(turned.size().0 > turned.size().1);
        let found = turned.place_of(&picture).unwrap();
        check(found, Frame { quarter_turns: 3, ..Frame::WHOLE });
        let upright = turned.framed(&found.unwrap());
        let (width, height) = (upright.size().0 - page.size().0, upright.size().1 - page.size().1);
        assert!(width.abs() < 1.5 && height.abs() < 1.5, "{width} {height}");
        let drawn = |sheet: &Sheet| grey(&sheet.cut(Cut::WHOLE, 300).unwrap());
        let likeness = likeness(&drawn(&page), &drawn(&upright), Frame::WHOLE);
        assert!(likeness > 0.9, "{likeness}");
        // And where both lie, nothing is to be done.
        assert_eq!(turned.place_of(&picture_of(&turned, Cut::WHOLE, 500)).unwrap(), None);
    }

    #[test]
    fn a_picture_that_shows_more_than_the_pdf_keeps_its_margins() {
        let _alone = alone();
        let page = Sheet::open(page_of_the_press()).unwrap();
        let (width, height) = page.size();
        let larger = Sheet::open(on_a_larger_sheet([30.0, 30.0, 40.0, 20.0], "")).unwrap();
        let picture = picture_of(&larger, Cut::WHOLE, 400);
        let frame = page.place_of(&picture).unwrap();
        let wanted = Frame {
            left: -30.0 / width,
            top: -20.0 / height,
            width: (width + 60.0) / width,
            height: (height + 60.0) / height,
            quarter_turns: 0,
        };
        check(frame, wanted);
        let framed = page.framed(&frame.unwrap()).cut(Cut::WHOLE, 300).unwrap();
        assert!(framed.rgb[..300 * 3].iter().all(|&channel| channel == 255), "beyond the PDF is paper");
    }

    #[test]
    fn edge_to_edge_is_left_alone_and_so_is_doubt() {
        let _alone = alone();
        let page = Sheet::open(page_of_the_press()).unwrap();
        assert_eq!(page.place_of(&picture_of(&page, Cut::WHOLE, 350)).unwrap(), None);
        let path = "../press/paper/slrb/2026-11-24/03.pdf";
        let other = std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let other = Sheet::open(other).unwrap();
        assert_eq!(page.place_of(&picture_of(&other, Cut::WHOLE, 350)).unwrap(), None, "another page");
        let mut blank = Vec::new();
        let paper = image::RgbImage::from_pixel(350, 500, image::Rgb([255; 3]));
        JpegEncoder::new(&mut blank).encode_image(&paper).unwrap();
        assert_eq!(page.place_of(&Sheet::open(blank).unwrap()).unwrap(), None, "nothing to go by");
    }
}
